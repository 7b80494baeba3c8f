#include "services/mail/acquaintances.h"

#include <algorithm>

namespace throng::services {
namespace {

constexpr std::string_view kKeepAcquaintance =
    "INSERT INTO acquaintance (owner, ignored, place, character) VALUES ($1, $2, $3, $4)";

void append_list(std::vector<SqlStatement>& statements, CharacterId owner, bool ignored,
                 const std::vector<room::Acquaintance>& list) {
  const std::size_t count = std::min(list.size(), kAcquaintancesMax);
  for (std::size_t place = 0; place < count; ++place) {
    if (list[place].character.value == 0) continue;
    statements.push_back(
        {kKeepAcquaintance,
         {owner.value, std::int64_t{ignored ? 1 : 0}, static_cast<std::int64_t>(place), list[place].character.value},
         1});
  }
}

}  // namespace

Result<Acquaintances> load_acquaintances(Connection& connection, CharacterId character) {
  THRONG_TRY(const Rows rows,
             connection.run("SELECT acquaintance.ignored, character.id, character.name FROM acquaintance "
                            "JOIN character ON character.id = acquaintance.character "
                            "WHERE acquaintance.owner = $1 AND character.name_key IS NOT NULL "
                            "ORDER BY acquaintance.ignored, acquaintance.place",
                            {character.value}));
  Acquaintances loaded;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    (rows.integer(i, 0) != 0 ? loaded.ignored : loaded.friends).push_back({{rows.integer(i, 1)}, rows.text(i, 2)});
  }
  return loaded;
}

void append_acquaintances(CharacterId character, const Acquaintances& acquaintances,
                          std::vector<SqlStatement>& statements) {
  statements.push_back({"DELETE FROM acquaintance WHERE owner = $1", {character.value}});
  append_list(statements, character, false, acquaintances.friends);
  append_list(statements, character, true, acquaintances.ignored);
}

Result<void> save_acquaintances(Connection& connection, CharacterId character, const Acquaintances& acquaintances) {
  std::vector<SqlStatement> statements;
  append_acquaintances(character, acquaintances, statements);
  return connection.run_all(statements);
}

Result<void> forget_acquaintances(Connection& connection, CharacterId character) {
  THRONG_CHECK(connection.run("DELETE FROM acquaintance WHERE owner = $1", {character.value}));
  THRONG_CHECK(connection.run("DELETE FROM acquaintance WHERE character = $1", {character.value}));
  return {};
}

}  // namespace throng::services
