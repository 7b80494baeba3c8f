#include "services/mail/acquaintances.h"

#include <algorithm>

namespace throng::services {
namespace {

constexpr std::string_view kKeepName = "INSERT INTO acquaintance (owner, ignored, place, name) VALUES ($1, $2, $3, $4)";

void append_names(std::vector<SqlStatement>& statements, CharacterId owner, bool ignored,
                  const std::vector<std::string>& names) {
  const std::size_t count = std::min(names.size(), kAcquaintancesMax);
  for (std::size_t place = 0; place < count; ++place) {
    statements.push_back(
        {kKeepName, {owner.value, std::int64_t{ignored ? 1 : 0}, static_cast<std::int64_t>(place), names[place]}, 1});
  }
}

}  // namespace

Result<Acquaintances> load_acquaintances(Connection& connection, CharacterId character) {
  THRONG_TRY(const Rows rows, connection.run("SELECT ignored, name FROM acquaintance WHERE owner = $1 "
                                             "ORDER BY ignored, place",
                                             {character.value}));
  Acquaintances loaded;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    (rows.integer(i, 0) != 0 ? loaded.ignored : loaded.friends).push_back(rows.text(i, 1));
  }
  return loaded;
}

void append_acquaintances(CharacterId character, const Acquaintances& acquaintances,
                          std::vector<SqlStatement>& statements) {
  statements.push_back({"DELETE FROM acquaintance WHERE owner = $1", {character.value}});
  append_names(statements, character, false, acquaintances.friends);
  append_names(statements, character, true, acquaintances.ignored);
}

Result<void> save_acquaintances(Connection& connection, CharacterId character, const Acquaintances& acquaintances) {
  std::vector<SqlStatement> statements;
  append_acquaintances(character, acquaintances, statements);
  return connection.run_all(statements);
}

}  // namespace throng::services
