#pragma once
// A database with somebody in it who has played: an account, a character with a sheet, coins and a sword.

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/accounts/account.h"
#include "services/accounts/token_table.h"
#include "services/accounts/tokens.h"
#include "services/database/engines.h"
#include "services/store/characters_repository.h"
#include "services/store/ledger_batch.h"
#include "services/store/ledger_verify.h"
#include "services/store/store.h"
#include "sim/character_sheet.h"

namespace throng::services::test {

inline constexpr std::int64_t kPersonNow = 1'700'000'000'000;

template <typename T>
T person_value(Result<T> result) {
  EXPECT_TRUE(result.has_value()) << (result ? "" : result.error().message);
  return result ? *std::move(result) : T{};
}
inline void expect_well(const Result<void>& result) {
  EXPECT_TRUE(result.has_value()) << (result ? "" : result.error().message);
}

class DatabaseWithPeople {
 public:
  explicit DatabaseWithPeople(Engine engine) : database(engine), connection(database.connect()) {
    expect_well(prepare_database(*connection));
  }

  AccountId add_account(const std::string& email, const std::string& name) {
    Account account;
    account.email = email;
    account.name = name;
    account.created_at = kPersonNow;
    return person_value(insert_account(*connection, account)).value_or(AccountId{});
  }
  CharacterId add_character(AccountId account, const std::string& name) {
    expect_well(connection->begin());
    const CharacterId id = person_value(create_character(*connection, account, name, "key of " + name, kPersonNow)).id;
    sim::CharacterSheet sheet;
    sheet.experience = 77;
    sheet.coins = 30;
    sheet.bag.push_back(
        {.item = "sword", .count = 1, .durability = 10, .bound = false, .slot = 0, .uid = ++last_piece});
    person_value(connection->run("UPDATE character SET sheet = $1, map = 'meadow', level = 3 WHERE id = $2",
                                 {sim::save_sheet(sheet), id.value}));
    const std::array<room::LedgerMove, 2> moves{room::LedgerMove{room::owner_of(room::LedgerSource::Loot),
                                                                 room::owner_of(id),
                                                                 room::kCoinsAsset,
                                                                 30,
                                                                 0,
                                                                 room::LedgerSource::Loot,
                                                                 {}},
                                                room::LedgerMove{room::owner_of(room::LedgerSource::Quest),
                                                                 room::owner_of(id),
                                                                 std::string_view("sword"),
                                                                 1,
                                                                 last_piece,
                                                                 room::LedgerSource::Quest,
                                                                 {}}};
    expect_well(apply_moves(*connection, moves, {"room", 5, kPersonNow}));
    expect_well(connection->commit());
    return id;
  }
  void add_session(AccountId account) {
    expect_well(insert_token(
        *connection,
        {auth_token_hash(make_auth_token()), account, TokenPurpose::Session, kPersonNow, kPersonNow + 1000}, 20));
  }
  /// Of a query that asks for one number.
  std::int64_t number(std::string_view sql) {
    const Rows rows = person_value(connection->run(sql));
    return rows.empty() ? -1 : rows.integer(0, 0);
  }

  EmptyDatabase database;
  std::unique_ptr<Connection> connection;
  std::int64_t last_piece = 0;
};

}  // namespace throng::services::test
