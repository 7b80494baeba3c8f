#include "services/database/migrations.h"

#include <array>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/database/engines.h"
#include "services/store/ledger_verify.h"
#include "services/store/schema/all_migrations.h"
#include "services/store/store.h"

namespace throng::services {
namespace {

using testing::HasSubstr;

constexpr Migration kFirst{1, "first",
                           "CREATE TABLE one (id {id from 1000}, word {text}){strict};\n"
                           "INSERT INTO one (id, word) VALUES (999, 'reserved');"};
constexpr Migration kSecond{2, "second", "ALTER TABLE one ADD COLUMN number {int} NOT NULL DEFAULT 5;"};
constexpr Migration kThird{3, "third",
                           "CREATE TABLE two (content {bytes}){strict}; INSERT INTO one (word) VALUES ('x');"};
constexpr Migration kBroken{3, "broken", "CREATE TABLE two (content {bytes}){strict}; CREATE TABLE one (id {int});"};

class MigrationsTest : public testing::TestWithParam<Engine> {
 protected:
  std::string refusal(std::span<const Migration> migrations) {
    const auto version = migrate(*connection_, migrations);
    EXPECT_FALSE(version);
    return version ? "" : version.error().message;
  }
  std::int64_t number(std::string_view sql) {
    const auto rows = connection_->run(sql);
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    return rows ? rows->integer(0, 0) : -1;
  }

  EmptyDatabase database_{GetParam()};
  std::unique_ptr<Connection> connection_ = database_.connect();
};

INSTANTIATE_TEST_SUITE_P(Both, MigrationsTest, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(MigrationsTest, AnEmptyDatabaseHasVersionZero) {
  const auto version = schema_version(*connection_);
  ASSERT_TRUE(version);
  EXPECT_EQ(*version, 0);
}

TEST_P(MigrationsTest, EveryStepIsMadeOnce) {
  for (int round = 0; round < 2; ++round) {
    const auto version = migrate(*connection_, std::array{kFirst, kSecond, kThird});
    ASSERT_TRUE(version) << version.error().message;
    EXPECT_EQ(*version, 3);
  }
  EXPECT_EQ(*schema_version(*connection_), 3);
  EXPECT_EQ(number("SELECT id FROM one WHERE word = 'x'"), 1000);
  EXPECT_EQ(number("SELECT count(*) FROM one"), 2);
}

TEST_P(MigrationsTest, LaterStepsGoOnFromAnyEarlierVersion) {
  ASSERT_TRUE(migrate(*connection_, std::array{kFirst}));
  ASSERT_TRUE(connection_->run("INSERT INTO one (word) VALUES ('old')"));
  ASSERT_TRUE(migrate(*connection_, std::array{kFirst, kSecond, kThird}));
  EXPECT_EQ(number("SELECT number FROM one WHERE word = 'old'"), 5);
}

TEST_P(MigrationsTest, AStepThatFailsLeavesTheOnesBefore) {
  EXPECT_THAT(refusal(std::array{kFirst, kSecond, kBroken}), HasSubstr("step 3 ('broken')"));
  EXPECT_EQ(*schema_version(*connection_), 2);
  ASSERT_TRUE(migrate(*connection_, std::array{kFirst, kSecond, kThird}));
}

TEST_P(MigrationsTest, ANewerDatabaseIsRefusedWithAdvice) {
  ASSERT_TRUE(migrate(*connection_, std::array{kFirst, kSecond, kThird}));
  const std::string message = refusal(std::array{kFirst, kSecond});
  EXPECT_THAT(message, HasSubstr("version 3, which is newer than this program's 2"));
  EXPECT_THAT(message, HasSubstr("run the newer program"));
  EXPECT_EQ(*schema_version(*connection_), 3);
}

TEST_P(MigrationsTest, AStrangersDatabaseIsLeftAlone) {
  ASSERT_TRUE(connection_->run("CREATE TABLE theirs (id INTEGER)"));
  EXPECT_THAT(refusal(std::array{kFirst}), HasSubstr("tables of something else"));
  EXPECT_EQ(*schema_version(*connection_), 0);
}

TEST_P(MigrationsTest, AnotherHistoryIsRefused) {
  ASSERT_TRUE(migrate(*connection_, std::array{kFirst, kSecond}));
  EXPECT_THAT(refusal(std::array{kFirst, Migration{2, "other", kSecond.sql}}), HasSubstr("'second'"));
  ASSERT_TRUE(connection_->run("DELETE FROM schema_version WHERE version = 1"));
  EXPECT_THAT(refusal(std::array{kFirst, kSecond}), HasSubstr("lacks step 1"));
}

TEST_P(MigrationsTest, AListWithAGapIsRefused) {
  EXPECT_THAT(refusal(std::array{kFirst, kThird}), HasSubstr("version 3 in the place of 2"));
  EXPECT_THAT(refusal(std::array{Migration{1, "typo", "CREATE TABLE one (id {integer})"}}), HasSubstr("{integer}"));
}

TEST_P(MigrationsTest, TwoProgramsAtOnceMakeEachStepOnce) {
  std::vector<std::unique_ptr<Connection>> connections;
  for (int i = 0; i < 4; ++i) connections.push_back(database_.connect());
  std::vector<std::thread> programs;
  std::vector<std::string> problems(connections.size());
  for (std::size_t i = 0; i < connections.size(); ++i) {
    programs.emplace_back([&, i] {
      const auto version = migrate(*connections[i], std::array{kFirst, kSecond, kThird});
      problems[i] = version ? "" : version.error().message;
    });
  }
  for (std::thread& program : programs) program.join();
  EXPECT_THAT(problems, testing::Each(""));
  EXPECT_EQ(number("SELECT count(*) FROM one"), 2);
}

TEST_P(MigrationsTest, TheServersOwnSchemaGrowsStepByStep) {
  const std::span<const Migration> all = all_migrations();
  for (std::size_t versions = 1; versions <= all.size(); ++versions) {
    const auto version = migrate(*connection_, all.first(versions));
    ASSERT_TRUE(version) << version.error().message;
    EXPECT_EQ(*version, static_cast<int>(versions));
  }
  EXPECT_EQ(number("INSERT INTO owner (kind, name) VALUES ('character', 'first') RETURNING id"), 1000);
}

/// Rows as servers of each version have left them.
const std::array kLeftBehind{
    "INSERT INTO account (id, name, created_at, last_seen_at) VALUES (7, 'Anna', 1, 1); "
    "INSERT INTO session_token (hash, account, purpose, created_at, last_used_at, expires_at) "
    "VALUES ({hash}, 7, 0, 1, 1, 2);",
    "INSERT INTO owner (id, kind, name) VALUES (1, 'source', 'loot'), (1001, 'character', 'Anna'); "
    "INSERT INTO character (id, account, name, name_key, created_at, played_at, level, map, saved_at) "
    "VALUES (1001, 7, 'Anna', 'anna', 1, 1, 3, 'meadow', 1); INSERT INTO asset (id, name) VALUES (1, 'coins'); "
    "INSERT INTO balance (owner, asset, amount) VALUES (1, 1, -5), (1001, 1, 5); "
    "INSERT INTO ledger (at, from_owner, to_owner, asset, amount, reason, room, tick) VALUES (1, 1, 1001, 1, 5, 1, "
    "'r', 9);",
    "INSERT INTO node (name, started_at, alive_until) VALUES ('n', 1, 1); UPDATE number_block SET next = 77 WHERE name "
    "= 'item_uids';",
    "INSERT INTO owner (id, kind, name) VALUES (1002, 'mail', 'mail of the game'); "
    "INSERT INTO mail (id, recipient, sender_name, subject, body, sent_at, expires_at, comes_back) "
    "VALUES (1002, 1001, 'The game', 's', 'b', 1, 2, 0); INSERT INTO asset (id, name) VALUES (2, 'sword'); "
    "INSERT INTO balance (owner, asset, amount) VALUES (1, 2, -1), (1002, 2, 1); "
    "INSERT INTO item (uid, asset, owner) VALUES (55, 2, 1002); "
    "INSERT INTO ledger (at, from_owner, to_owner, asset, amount, item, reason, room, tick) VALUES (1, 1, 1002, 2, 1, "
    "55, 1, 'r', 9);",
};

TEST_P(MigrationsTest, WhatServersOfEarlierVersionsKeptIsThereInTheNewest) {
  const std::span<const Migration> all = all_migrations();
  for (std::size_t version = 1; version <= kLeftBehind.size(); ++version) {
    SCOPED_TRACE(version);
    const EmptyDatabase database(GetParam());
    const auto connection = database.connect();
    ASSERT_TRUE(migrate(*connection, all.first(version)));
    for (std::size_t left = 0; left < version; ++left) {
      std::string rows = kLeftBehind[left];
      if (const std::size_t at = rows.find("{hash}"); at != std::string::npos)
        rows.replace(at, 6, GetParam() == Engine::Sqlite ? "x'0102'" : "'\\x0102'");
      const auto put = connection->run_script(rows);
      ASSERT_TRUE(put) << put.error().message;
    }
    ASSERT_TRUE(prepare_database(*connection));
    EXPECT_EQ(*schema_version(*connection), all.back().version);
    EXPECT_EQ(connection->run("SELECT name FROM account WHERE id = 7")->text(0, 0), "Anna");
    const auto report = verify_ledger(*connection);
    ASSERT_TRUE(report) << report.error().message;
    if (version == 1) continue;
    EXPECT_EQ(report->moves, version < 4 ? 1 : 2);
    EXPECT_EQ(connection->run("SELECT move FROM move_in_block WHERE owner = 1001")->integer(0, 0), 1);
    EXPECT_EQ(connection->run("SELECT level FROM character WHERE name_key = 'anna'")->integer(0, 0), 3);
    if (version < 3) continue;
    EXPECT_EQ(connection->run("SELECT next FROM number_block WHERE name = 'item_uids'")->integer(0, 0), 77);
    if (version < 4) continue;
    EXPECT_EQ(connection->run("SELECT durability FROM mail_piece WHERE item = 55 AND mail = 1002")->integer(0, 0), -1);
  }
}

}  // namespace
}  // namespace throng::services
