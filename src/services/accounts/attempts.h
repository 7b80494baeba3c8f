#pragma once
// How often something may be tried, counted in the database so that it holds across nodes and restarts. Inside the
// caller's transaction.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "content/server/accounts_def.h"
#include "services/database/connection.h"

namespace throng::services {

struct AttemptVerdict {
  std::int64_t wait_ms = 0;  ///< until the next try is looked at; 0: go on
  std::int64_t locked_until = 0;  ///< what this try has put down, in Unix milliseconds; 0: nobody has to wait after it
  bool allowed() const { return wait_ms == 0; }
};

/// The key of what somebody does from an IP address; of IPv6 the whole /64 counts as one, since a household gets that.
std::string address_attempts_key(std::string_view what, const std::string& address);

/// Counts a try before it is made, unless it has to wait. Tries at the same instant each count.
/// @param key  as hashed_key makes them; the table's size is bounded by what is swept
Result<AttemptVerdict> begin_attempt(Connection& connection, const std::string& key,
                                     const content::AttemptLimitDef& limit, std::int64_t now);
/// The same for a try that `give_back_attempt` takes off again when it was well, and `keep_attempt` keeps when it was not.
/// Until then it counts, but what was counted before is remembered no longer for it.
Result<AttemptVerdict> reserve_attempt(Connection& connection, const std::string& key,
                                       const content::AttemptLimitDef& limit, std::int64_t now);
/// As if it had not been tried, also for those who came behind it.
/// @param reserved  was allowed
Result<void> give_back_attempt(Connection& connection, const std::string& key, const content::AttemptLimitDef& limit,
                               const AttemptVerdict& reserved);
/// What is counted is remembered from now on as long as after `begin_attempt`.
Result<void> keep_attempt(Connection& connection, const std::string& key, const content::AttemptLimitDef& limit,
                          std::int64_t now);
/// It was well: all is forgotten.
Result<void> forget_attempts(Connection& connection, const std::string& key);

/// @return rows that were gone
Result<std::int64_t> sweep_attempts(Connection& connection, std::int64_t now);

}  // namespace throng::services
