#pragma once
// Whose a bearer token is. The port that characters need of accounts.

#include <cstdint>
#include <functional>
#include <string>

#include "base/ids.h"

namespace throng::services {

enum class TokenVerdict : std::uint8_t {
  Valid,
  Unknown,  ///< never given out, run out, revoked, or of an account that is gone
  Barred,   ///< known, but may not play; `text` says why and until when
  Away,     ///< nobody can say now: the store does not answer
};

/// Who holds a token. All but the verdict is of Valid only.
struct TokenHolder {
  TokenVerdict verdict = TokenVerdict::Unknown;
  AccountId account;
  std::string name;  ///< shown; of the account
  int role = 0;      ///< 0 player … 4 administrator
  std::string text;  ///< for the person, when it is not Valid; may be empty
};

class TokenVerifier {
 public:
  virtual ~TokenVerifier() = default;
  /// Any thread; never blocks. `done` is called once, from any thread; maybe before this returns.
  virtual void verify(std::string token, std::function<void(TokenHolder)> done) = 0;
};

}  // namespace throng::services
