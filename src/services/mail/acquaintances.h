#pragma once
// Friends and those whom a character does not want to hear, as the room has them: shown names in the order of the list.
// Within jobs of the store.

#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

inline constexpr std::size_t kAcquaintancesMax = 200;  ///< in one list; what is beyond is not kept

struct Acquaintances {
  std::vector<std::string> friends;
  std::vector<std::string> ignored;
  friend bool operator==(const Acquaintances&, const Acquaintances&) = default;
};

Result<Acquaintances> load_acquaintances(Connection& connection, CharacterId character);
/// Replaces what was kept.
Result<void> save_acquaintances(Connection& connection, CharacterId character, const Acquaintances& acquaintances);

}  // namespace throng::services
