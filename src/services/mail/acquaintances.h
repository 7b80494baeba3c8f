#pragma once
// Friends and those whom a character does not want to hear. Kept by number: who is renamed stays on the lists, and whoever
// takes a name that has become free is on none. Within jobs of the store.

#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "room/keeping.h"
#include "services/database/connection.h"

namespace throng::services {

inline constexpr std::size_t kAcquaintancesMax = 200;  ///< in one list; what is beyond is not kept

using room::Acquaintances;

/// Under the names that they have now; without those who are gone.
Result<Acquaintances> load_acquaintances(Connection& connection, CharacterId character);
/// The statements of save_acquaintances, to be run with others.
void append_acquaintances(CharacterId character, const Acquaintances& acquaintances,
                          std::vector<SqlStatement>& statements);
/// Replaces what was kept. Guests are left out.
Result<void> save_acquaintances(Connection& connection, CharacterId character, const Acquaintances& acquaintances);
/// Whom it knew, and who knew it.
Result<void> forget_acquaintances(Connection& connection, CharacterId character);

}  // namespace throng::services
