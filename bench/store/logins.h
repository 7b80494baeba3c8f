#pragma once
// Logging in with a password, as over /auth/login but for the socket.

#include "base/result.h"
#include "services/store/store.h"
#include "store/pump.h"

namespace throng::bench {

struct LoginFigures {
  PumpFigures logins;
  int memory_kib = 0;  ///< of one Argon2id computation: the default of accounts.json, as the next two
  int passes = 0;
  int threads = 0;     ///< that compute
};
/// As many at once as there are threads for passwords, twice over.
Result<LoginFigures> measure_logins(services::Store& store, double seconds);

}  // namespace throng::bench
