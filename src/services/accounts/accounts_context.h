#pragma once
// What the parts of the accounts share. All of it outlives them.

#include <string>

#include "base/clock.h"
#include "content/server/accounts_def.h"
#include "services/accounts/session_cache.h"
#include "services/accounts/work_pool.h"
#include "services/mailer/mailer.h"
#include "services/store/store.h"

namespace throng::services {

struct AccountsContext {
  const content::AccountsDef& settings;
  Store& store;
  WorkPool& pool;  ///< for passwords
  Mailer& mailer;
  SessionCache& sessions;
  const Clock& clock;
  std::string public_url;  ///< that links in mails begin with

  std::int64_t session_ms() const { return std::int64_t{settings.session_days} * 86'400'000; }
};

}  // namespace throng::services
