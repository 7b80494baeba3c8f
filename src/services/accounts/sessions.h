#pragma once
// Whose a token is, and its end.

#include <functional>
#include <string>

#include "services/accounts/accounts_context.h"
#include "services/accounts/auth_reply.h"
#include "services/characters/token_verifier.h"

namespace throng::services {

/// Any thread; answers come from any thread, maybe at once. Ends after the store, which calls back.
class Sessions final : public TokenVerifier {
 public:
  explicit Sessions(const AccountsContext& context) : context_(context) {}

  void verify(std::string token, std::function<void(TokenHolder)> done) override;
  /// Refused: 401 `invalid_token`, 503.
  void account_of(const std::string& token, OnAccount reply);
  void log_out(const std::string& token, OnDone reply);
  /// Every session of the token's account.
  void log_out_all(const std::string& token, OnDone reply);

 private:
  void extend(const Blob& hash, AccountId account, std::int64_t now);

  const AccountsContext& context_;
};

}  // namespace throng::services
