#pragma once
// What comes of a request about an account, before it becomes HTTP.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "services/accounts/account.h"

namespace throng::services {

/// Told to the client: the status, and `{"error": code}`.
struct AuthRefusal {
  int status = 401;
  std::string code;            ///< `invalid_credentials` …
  std::int64_t retry_after_s = 0;  ///< 0: not a matter of time
};
struct SignedIn {
  Account account;
  std::string token;
};

using SignInReply = std::variant<SignedIn, AuthRefusal>;
using AccountReply = std::variant<Account, AuthRefusal>;
/// Nothing: done.
using DoneReply = std::optional<AuthRefusal>;
using OnSignedIn = std::function<void(SignInReply)>;
using OnAccount = std::function<void(AccountReply)>;
using OnDone = std::function<void(DoneReply)>;

inline AuthRefusal refused(int status, std::string_view code) { return {status, std::string(code), 0}; }
/// The database is away, or too much waits.
inline AuthRefusal unavailable() { return {503, "unavailable", 1}; }
inline AuthRefusal too_many_attempts(std::int64_t wait_ms) {
  return {429, "too_many_attempts", (wait_ms + 999) / 1000};
}

}  // namespace throng::services
