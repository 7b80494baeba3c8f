#include "services/database/migrations.h"

#include <array>
#include <thread>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/database/engines.h"
#include "services/mail/mailbox.h"
#include "services/store/index_moves.h"
#include "services/store/ledger_verify.h"
#include "services/store/owned.h"
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

/// What servers of a version have left in the tables that it introduced.
struct LeftBehind {
  int first;  ///< the version
  int last;  ///< and the last one in which these tables are like that
  const char* sql;
};
constexpr int kEver = 1'000;
constexpr std::array kLeftBehind{
    LeftBehind{
        1, kEver,
        "INSERT INTO account (id, name, created_at, last_seen_at) VALUES (7, 'Anna', 1, 1); "
        "INSERT INTO session_token (hash, account, purpose, created_at, last_used_at, expires_at) "
        "VALUES ({bytes}, 7, 0, 1, 1, 2); "
        "INSERT INTO attempt (key, count, window_began_at, locked_until, forget_at) VALUES ('login/x', 3, 1, 9, 9);"},
    LeftBehind{2, kEver,
               "INSERT INTO owner (id, kind, name) VALUES (1, 'source', 'loot'), (1001, 'character', 'Anna'); "
               "INSERT INTO character (id, account, name, name_key, created_at, played_at, level, map, saved_at) "
               "VALUES (1001, 7, 'Anna', 'anna', 1, 1, 3, 'meadow', 1); "
               "INSERT INTO asset (id, name) VALUES (1, 'coins'), (2, 'sword'); "
               "INSERT INTO balance (owner, asset, amount) VALUES (1, 1, -5), (1001, 1, 5), (1, 2, -1), (1001, 2, 1); "
               "INSERT INTO item (uid, asset, owner) VALUES (54, 2, 1001); "
               "INSERT INTO ledger (at, from_owner, to_owner, asset, amount, item, reason, room, tick) "
               "VALUES (1, 1, 1001, 1, 5, NULL, 1, 'r', 9), (1, 1, 1001, 2, 1, 54, 1, 'r', 9); "
               "INSERT INTO room_cut (room, number, at) VALUES ('r', 4, 1); "
               "INSERT INTO command_key (key, at, answer) VALUES ('k', 1, 'done');"},
    LeftBehind{
        3, kEver,
        "INSERT INTO node (name, started_at, alive_until) VALUES ('n', 1, 1); "
        "INSERT INTO room_checkpoint (key, node, fence, room, tick, content_version, saved_at, ledger_id, state) "
        "VALUES ('world/meadow/1', 'n', 6, 'r', 9, 1, 1, 1, {bytes}); "
        "UPDATE number_block SET next = 77 WHERE name = 'item_uids';"},
    LeftBehind{4, kEver,
               "INSERT INTO owner (id, kind, name) VALUES (1002, 'mail', 'mail of the game'); "
               "INSERT INTO mail (id, recipient, sender_name, subject, body, sent_at, expires_at, comes_back) "
               "VALUES (1002, 1001, 'The game', 's', 'b', 1, 2, 0); "
               "UPDATE balance SET amount = -2 WHERE owner = 1 AND asset = 2; "
               "INSERT INTO balance (owner, asset, amount) VALUES (1002, 2, 1); "
               "INSERT INTO item (uid, asset, owner) VALUES (55, 2, 1002); "
               "INSERT INTO ledger (at, from_owner, to_owner, asset, amount, item, reason, room, tick) "
               "VALUES (1, 1, 1002, 2, 1, 55, 1, 'r', 9);"},
    // Somebody who is gone, and somebody who is there.
    LeftBehind{4, 8,
               "INSERT INTO acquaintance (owner, ignored, place, name) VALUES (1001, 0, 0, 'Bert'), "
               "(1001, 0, 1, 'Anna');"},
    LeftBehind{5, kEver,
               "INSERT INTO owner (id, kind, name) VALUES (1003, 'mail', 'mail of the game'); "
               "INSERT INTO mail (id, recipient, sender_name, subject, body, sent_at, expires_at, comes_back) "
               "VALUES (1003, 1001, 'The game', 's', 'b', 1, 2, 0); "
               "UPDATE balance SET amount = -3 WHERE owner = 1 AND asset = 2; "
               "INSERT INTO balance (owner, asset, amount) VALUES (1003, 2, 1); "
               "INSERT INTO item (uid, asset, owner) VALUES (56, 2, 1003); "
               "INSERT INTO ledger (at, from_owner, to_owner, asset, amount, item, reason, room, tick) "
               "VALUES (1, 1, 1003, 2, 1, 56, 1, 'r', 9); "
               "INSERT INTO mail_piece (item, mail, durability) VALUES (56, 1003, 40);"},
    // Two moves are entered, the others not yet.
    LeftBehind{6, 6,
               "INSERT INTO move_of (owner, move) VALUES (1001, 1), (1001, 2); "
               "UPDATE number_block SET next = 3 WHERE name = 'moves_by_owner';"},
    LeftBehind{7, kEver,
               "INSERT INTO move_in_block (block, owner, move) VALUES (0, 1001, 1), (0, 1001, 2); "
               "UPDATE number_block SET next = 3 WHERE name = 'moves_by_owner'; "
               "INSERT INTO mail_piece (item, mail, durability) VALUES (55, 1002, -1);"},
    LeftBehind{8, kEver,
               "INSERT INTO content_text (text_id, body) VALUES ('t', {bytes}); "
               "INSERT INTO content_version (version, texts_id, hash, made_at, author, reason, diff) "
               "VALUES (1, 's', 'h', '2026', 'a', 'r', '{}'); "
               "INSERT INTO content_file (version, name, text_id) VALUES (1, 'items.json', 't'); "
               "UPDATE content_live SET version = 1;"},
    LeftBehind{9, kEver,
               "INSERT INTO acquaintance (owner, ignored, place, character) VALUES (1001, 0, 1, 1001); "
               "INSERT INTO given_up_name (name_key, character, free_at) VALUES ('annie', 1001, 9);"},
};

/// From each version on, with rows in every table that it and the ones before introduced.
class EarlierVersion : public testing::TestWithParam<std::tuple<Engine, int>> {
 protected:
  void SetUp() override {
    const auto [engine, version] = GetParam();
    ASSERT_TRUE(migrate(*connection_, all_migrations().first(static_cast<std::size_t>(version))));
    for (const LeftBehind& left : kLeftBehind) {
      if (version < left.first || version > left.last) continue;
      std::string rows = left.sql;
      for (std::size_t at = rows.find("{bytes}"); at != std::string::npos; at = rows.find("{bytes}"))
        rows.replace(at, 7, engine == Engine::Sqlite ? "x'0102'" : "'\\x0102'");
      const auto put = connection_->run_script(rows);
      ASSERT_TRUE(put) << put.error().message;
    }
    const auto prepared = prepare_database(*connection_);
    ASSERT_TRUE(prepared) << prepared.error().message;
    while (*index_moves(*connection_, kMuchLaterMs) > 0) {
    }
  }
  int version() const { return std::get<int>(GetParam()); }
  std::int64_t number(std::string_view sql) const {
    const auto rows = connection_->run(sql);
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    return rows ? rows->integer(0, 0) : -1;
  }

  static constexpr std::int64_t kMuchLaterMs = 1'000'000'000;
  EmptyDatabase database_{std::get<Engine>(GetParam())};
  std::unique_ptr<Connection> connection_ = database_.connect();
};

TEST_P(EarlierVersion, HasEverythingInTheNewest) {
  EXPECT_EQ(*schema_version(*connection_), all_migrations().back().version);
  EXPECT_EQ(connection_->run("SELECT name FROM account WHERE id = 7")->text(0, 0), "Anna");
  EXPECT_EQ(number("SELECT count(*) FROM session_token"), 1);
  EXPECT_EQ(number("SELECT locked_until FROM attempt WHERE key = 'login/x'"), 9);
  if (version() < 2) return;
  EXPECT_EQ(number("SELECT level FROM character WHERE name_key = 'anna'"), 3);
  EXPECT_EQ(number("SELECT number FROM room_cut WHERE room = 'r'"), 4);
  EXPECT_EQ(connection_->run("SELECT answer FROM command_key WHERE key = 'k'")->text(0, 0), "done");
  if (version() < 3) return;
  EXPECT_EQ(number("SELECT next FROM number_block WHERE name = 'item_uids'"), 77);
  EXPECT_EQ(number("SELECT fence FROM room_checkpoint WHERE key = 'world/meadow/1'"), 6);
  EXPECT_LE(number("SELECT next FROM number_block WHERE name = 'room_fences'"), 6);
  if (version() < 4) return;
  EXPECT_EQ(number("SELECT character FROM acquaintance WHERE owner = 1001 AND place = 1"), 1001);
  EXPECT_EQ(number("SELECT count(*) FROM acquaintance"), 1);
  if (version() < 8) return;
  EXPECT_EQ(
      number("SELECT count(*) FROM content_live JOIN content_file ON content_file.version = content_live.version"), 1);
}

TEST_P(EarlierVersion, HasTheSameOwnersAndMoves) {
  if (version() < 2) return;
  const auto report = verify_ledger(*connection_);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->moves, version() < 4 ? 2 : version() < 5 ? 3 : 4);
  EXPECT_THAT(report->problems, testing::ElementsAre("character Anna (1001) has 0 coins with it and owns 5",
                                                     "character Anna (1001) has 0 sword with it and owns 1"))
      << "its sheet is empty, and nothing else is wrong";
  EXPECT_EQ(number("SELECT count(*) FROM move_in_block WHERE owner = 1001"), 2);
  const auto has = possessions_of(*connection_, OwnerId{1001});
  ASSERT_EQ(has->size(), 2u);
  EXPECT_EQ((*has)[0].item_uid, 54);
  EXPECT_EQ((*has)[1].amount, 5);
}

TEST_P(EarlierVersion, HasWhatIsAttachedToItsMails) {
  if (version() < 4) return;
  EXPECT_EQ(number("SELECT durability FROM mail_piece WHERE item = 55 AND mail = 1002"), -1);
  const auto mails = list_mail(*connection_, CharacterId{1001}, 10);
  ASSERT_TRUE(mails) << mails.error().message;
  ASSERT_EQ(mails->size(), version() < 5 ? 1u : 2u);
  const auto& oldest = mails->back().attachments;
  ASSERT_EQ(oldest.size(), 1u);
  EXPECT_EQ(oldest[0].item_uid, 55);
  EXPECT_FALSE(oldest[0].durability) << "as new";
  if (version() < 5) return;
  const auto& newest = mails->front().attachments;
  ASSERT_EQ(newest.size(), 1u);
  EXPECT_EQ(newest[0].item_uid, 56);
  EXPECT_EQ(newest[0].durability, 40);
}

INSTANTIATE_TEST_SUITE_P(Versions, EarlierVersion,
                         testing::Combine(testing::Values(Engine::Sqlite, Engine::Postgres),
                                          testing::Range(1, all_migrations().back().version + 1)),
                         [](const auto& each) {
                           return std::string(std::get<0>(each.param) == Engine::Sqlite ? "Sqlite" : "Postgres") +
                                  std::to_string(std::get<1>(each.param));
                         });

}  // namespace
}  // namespace throng::services
