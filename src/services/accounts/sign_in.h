#pragma once
// How somebody gets a token: as nobody in particular, as somebody new, or as who they were.

#include <string>

#include "services/accounts/accounts_context.h"
#include "services/accounts/auth_reply.h"
#include "services/accounts/recovery.h"

namespace throng::services {

struct Registration {
  std::string email;     ///< as written
  std::string password;
  std::string name;      ///< wished for; empty: one is made up
  std::string token;  ///< of an anonymous account that is to become this one; empty, or of anybody else: a new one
  std::string address;  ///< of the peer
};

/// Any thread; answers come from any thread. Passwords are computed on the pool. Ends after the store and the pool.
class SignIn {
 public:
  SignIn(const AccountsContext& context, Recovery& recovery);

  /// Refused: 400 `name_…`, 403 `anonymous_not_allowed`, 429, 503.
  void anonymously(const std::string& name, const std::string& address, OnSignedIn reply);
  /// Refused: 400 `email_malformed`, `password_…`, `name_…`, 401 `email_already_in_use`, 403 `registration_closed`, 429, 503.
  void register_account(Registration wanted, OnSignedIn reply);
  /// Refused: 401 `invalid_credentials`, whatever is wrong and after the same work; 429, 503.
  void log_in(const std::string& email, std::string password, const std::string& address, OnSignedIn reply);

 private:
  struct Login;
  struct Newcomer;
  Result<void> give_address_back(Connection& connection, const Login& login) const;
  void turn_away(const std::shared_ptr<Login>& login);
  void check_password(const std::shared_ptr<Login>& login);
  void refuse_login(const std::shared_ptr<Login>& login);
  void open_session(const std::shared_ptr<Login>& login, const std::string& new_hash);
  void keep_newcomer(const std::shared_ptr<Newcomer>& newcomer);
  void welcome(const Newcomer& newcomer);

  const AccountsContext& context_;
  Recovery& recovery_;
  std::string hash_of_nobody_;  ///< what is computed when there is no such account
};

}  // namespace throng::services
