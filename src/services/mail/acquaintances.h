#pragma once
// Friends and those whom a character does not want to hear, as the room has them. Within jobs of the store.

#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "room/keeping.h"
#include "services/database/connection.h"

namespace throng::services {

inline constexpr std::size_t kAcquaintancesMax = 200;  ///< in one list; what is beyond is not kept

using room::Acquaintances;

Result<Acquaintances> load_acquaintances(Connection& connection, CharacterId character);
/// The statements of save_acquaintances, to be run with others.
void append_acquaintances(CharacterId character, const Acquaintances& acquaintances,
                          std::vector<SqlStatement>& statements);
/// Replaces what was kept.
Result<void> save_acquaintances(Connection& connection, CharacterId character, const Acquaintances& acquaintances);

}  // namespace throng::services
