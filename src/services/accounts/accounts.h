#pragma once
// Accounts as one thing: /auth/*, whose a token is, mail, and the broom.

#include <memory>
#include <string>

#include "base/clock.h"
#include "content/server/accounts_def.h"
#include "services/accounts/accounts_context.h"
#include "services/accounts/auth_routes.h"
#include "services/characters/alarm.h"

namespace throng::services {

/// Made before the rooms; any thread may use its parts. First the rooms end, then `stop`, then the store, then this.
class Accounts {
 public:
  /// @param transport   what takes our mail
  /// @param public_url  that links in mails begin with, without a slash at its end
  Accounts(content::AccountsDef settings, Store& store, std::unique_ptr<MailTransport> transport,
           std::string public_url, const Clock& clock = system_clock());
  ~Accounts();
  Accounts(const Accounts&) = delete;
  Accounts& operator=(const Accounts&) = delete;

  net::Routes& routes() { return routes_; }
  TokenVerifier& verifier() { return sessions_; }

  /// Passwords that wait are computed, what comes now is refused. Harmless twice. Mails go on until this is destroyed: nothing
  /// that is to be kept waits for them, and the store's last words may still ask for one.
  void stop();

 private:
  void sweep_later(std::chrono::milliseconds delay);
  void sweep();

  const content::AccountsDef settings_;
  WorkPool pool_;
  Mailer mailer_;
  SessionCache cache_;
  const AccountsContext context_;
  Sessions sessions_;
  Recovery recovery_;
  SignIn sign_in_;
  AuthRoutes routes_;
  Alarm alarm_;
};

/// What has run out: tokens, counted tries, anonymous accounts that nobody can come back to. Inside a transaction.
Result<void> sweep_accounts(Connection& connection, const content::AccountsDef& settings, std::int64_t now);

}  // namespace throng::services
