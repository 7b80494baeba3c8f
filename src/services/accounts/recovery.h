#pragma once
// Proof by mail: a new password for who forgot it, and that an address is somebody's own.

#include <string>

#include "services/accounts/accounts_context.h"
#include "services/accounts/auth_reply.h"

namespace throng::services {

/// Any thread; answers come from any thread. Ends after the store and the pool.
class Recovery {
 public:
  explicit Recovery(const AccountsContext& context) : context_(context) {}

  /// Mails a link when there is such an account. Says nothing about it, and the answer does not wait for it.
  void forgot_password(const std::string& email, const std::string& address);
  /// Whether a link is still good. Refused: 401 `invalid_token`.
  void look_at_reset(const std::string& token, OnDone reply);
  /// The link works once. All sessions end, and the address counts as confirmed. Refused: 400 `password_…`, 401, 503.
  void reset_password(const std::string& token, std::string password, OnDone reply);

  /// Mails a link to a new account.
  void ask_to_confirm(AccountId account, const std::string& email);
  void confirm_email(const std::string& token, OnDone reply);

 private:
  struct Reset;
  void keep_password(const std::shared_ptr<Reset>& reset);

  const AccountsContext& context_;
};

/// A link to a new password for this account, to be used once; for operators who are asked. Inside a transaction.
Result<std::string> make_reset_token(Connection& connection, AccountId account, std::int64_t now,
                                     const content::AccountsDef& settings);

/// The key that logins of this e-mail are counted by.
std::string login_attempts_key(const std::string& email);

}  // namespace throng::services
