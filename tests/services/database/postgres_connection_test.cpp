#include "services/database/postgres_connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/postgres_server.h"

namespace throng::services {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr const char* kCoins =
    "CREATE TABLE purse (id BIGINT PRIMARY KEY, coins BIGINT NOT NULL); INSERT INTO purse VALUES (1, 0), (2, 0)";
constexpr std::string_view kEarn = "UPDATE purse SET coins = coins + $1 WHERE id = $2";

class PostgresTest : public testing::Test {
 protected:
  std::unique_ptr<Connection> connect(std::chrono::milliseconds answer_timeout = 10'000ms,
                                      std::chrono::milliseconds lock_timeout = 10'000ms) {
    PostgresSettings settings;
    settings.url = database_.url();
    settings.answer_timeout = answer_timeout;
    settings.lock_timeout = lock_timeout;
    auto connection = open_postgres(settings);
    EXPECT_TRUE(connection) << (connection ? "" : connection.error().message);
    return connection ? *std::move(connection) : nullptr;
  }
  static std::int64_t coins(Connection& connection) {
    const auto rows = connection.run("SELECT sum(coins) FROM purse");
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    return rows ? rows->integer(0, 0) : -1;
  }
  /// Ends the sessions of everybody else, as a server does that is shut down.
  void cut_all_others() {
    ASSERT_TRUE(
        connect()->run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                       "current_database() AND pid <> pg_backend_pid()"));
  }
  static Result<Rows> earn(Connection& connection, std::int64_t amount) {
    return connection.run(kEarn, {amount, std::int64_t{1}});
  }

  PostgresServer& server_ = PostgresServer::shared();
  PostgresDatabase database_;
};

TEST_F(PostgresTest, ASessionThatWasCutIsTakenUpAgain) {
  const auto connection = connect();
  ASSERT_TRUE(connection->run_script(kCoins));
  ASSERT_TRUE(earn(*connection, 5));
  cut_all_others();
  EXPECT_FALSE(earn(*connection, 5));
  EXPECT_EQ(connection->trouble(), Trouble::Away);
  EXPECT_FALSE(connection->begin());
  EXPECT_EQ(connection->trouble(), Trouble::Away);
  ASSERT_TRUE(connection->reconnect());
  EXPECT_EQ(connection->trouble(), Trouble::None);
  ASSERT_TRUE(earn(*connection, 2));
  EXPECT_EQ(coins(*connection), 7);
}

TEST_F(PostgresTest, ACutInMidTransactionUndoesIt) {
  const auto connection = connect();
  ASSERT_TRUE(connection->run_script(kCoins));
  ASSERT_TRUE(connection->begin());
  ASSERT_TRUE(earn(*connection, 5));
  cut_all_others();
  EXPECT_FALSE(connection->commit());
  EXPECT_EQ(connection->trouble(), Trouble::Away);
  ASSERT_TRUE(connection->reconnect());
  EXPECT_EQ(coins(*connection), 0);
}

TEST_F(PostgresTest, ACutInABatchUndoesIt) {
  const auto connection = connect();
  ASSERT_TRUE(connection->run_script(kCoins));
  ASSERT_TRUE(earn(*connection, 1));
  ASSERT_TRUE(connection->begin());
  ASSERT_TRUE(earn(*connection, 1));
  cut_all_others();
  const std::vector<SqlStatement> many(2'000, SqlStatement{kEarn, {std::int64_t{1}, std::int64_t{2}}, 1});
  EXPECT_FALSE(connection->run_all(many));
  EXPECT_EQ(connection->trouble(), Trouble::Away);
  connection->rollback();
  ASSERT_TRUE(connection->reconnect());
  ASSERT_TRUE(connection->run_all(many));
  EXPECT_EQ(coins(*connection), 2'001);
}

TEST_F(PostgresTest, AServerThatRestartsIsFoundAgain) {
  const auto connection = connect();
  ASSERT_TRUE(connection->run_script(kCoins));
  ASSERT_TRUE(earn(*connection, 5));
  server_.stop();
  EXPECT_FALSE(earn(*connection, 5));
  EXPECT_EQ(connection->trouble(), Trouble::Away);
  EXPECT_FALSE(connection->reconnect());
  EXPECT_EQ(connection->trouble(), Trouble::Away);
  server_.start();
  ASSERT_TRUE(connection->reconnect());
  EXPECT_EQ(coins(*connection), 5);
}

TEST_F(PostgresTest, WhatWasCommittedOutlivesACrashOfTheServer) {
  const auto connection = connect();
  ASSERT_TRUE(connection->run_script(kCoins));
  ASSERT_TRUE(earn(*connection, 5));
  ASSERT_TRUE(connection->begin());
  ASSERT_TRUE(earn(*connection, 5));
  server_.kill();
  server_.start();
  EXPECT_FALSE(connection->commit());
  EXPECT_EQ(connection->trouble(), Trouble::Away);
  ASSERT_TRUE(connection->reconnect());
  EXPECT_EQ(coins(*connection), 5);
}

TEST_F(PostgresTest, APausedServerIsNoticed) {
  const auto connection = connect(200ms);
  ASSERT_TRUE(connection->run_script(kCoins));
  ASSERT_TRUE(earn(*connection, 5));
  server_.pause();
  const auto waited = earn(*connection, 5);
  EXPECT_FALSE(waited);
  EXPECT_EQ(connection->trouble(), Trouble::Away);
  EXPECT_FALSE(connection->reconnect());
  EXPECT_EQ(connection->trouble(), Trouble::Away);
  server_.resume();
  ASSERT_TRUE(connection->reconnect());
  // Whether the second took effect is not known: that is what Away says.
  EXPECT_THAT(coins(*connection), testing::AnyOf(5, 10));
  EXPECT_THAT(waited.error().message, HasSubstr("paused"));
}

TEST_F(PostgresTest, ALockThatStaysIsBusy) {
  const auto holder = connect();
  const auto waiter = connect(10'000ms, 200ms);
  ASSERT_TRUE(holder->run_script(kCoins));
  ASSERT_TRUE(holder->begin());
  ASSERT_TRUE(earn(*holder, 5));
  EXPECT_FALSE(earn(*waiter, 7));
  EXPECT_EQ(waiter->trouble(), Trouble::Busy);
  ASSERT_TRUE(holder->commit());
  ASSERT_TRUE(earn(*waiter, 7));
  EXPECT_EQ(coins(*waiter), 12);
}

TEST_F(PostgresTest, ACommitIsOnTheDiskWhateverTheServersDefaultIs) {
  const auto connection = connect();
  ASSERT_TRUE(connection->run_script("ALTER ROLE postgres SET synchronous_commit = off"));
  const auto later = connect();
  EXPECT_EQ(later->run("SHOW synchronous_commit")->text(0, 0), "on");
  ASSERT_TRUE(connection->run_script("ALTER ROLE postgres RESET synchronous_commit"));
}

TEST_F(PostgresTest, AServerThatMayNotBeWrittenIsFull) {
  const auto connection = connect();
  ASSERT_TRUE(connection->run_script(kCoins));
  ASSERT_TRUE(connection->run_script("SET default_transaction_read_only = on"));
  EXPECT_FALSE(earn(*connection, 5));
  EXPECT_EQ(connection->trouble(), Trouble::Full);
}

TEST_F(PostgresTest, AnotherEncodingIsRefusedWithAdvice) {
  ASSERT_TRUE(connect()->run_script("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0"));
  PostgresSettings settings;
  settings.url = server_.url("latin");
  const auto connection = open_postgres(settings);
  ASSERT_FALSE(connection);
  EXPECT_THAT(connection.error().message, HasSubstr("ENCODING 'UTF8'"));
  ASSERT_TRUE(connect()->run_script("DROP DATABASE latin WITH (FORCE)"));
}

TEST_F(PostgresTest, AMissingDatabaseIsNamed) {
  PostgresSettings settings;
  settings.url =
      "postgresql://postgres:secret@/nothing?host=" + server_.url("x").substr(server_.url("x").find('=') + 1);
  const auto connection = open_postgres(settings);
  ASSERT_FALSE(connection);
  EXPECT_THAT(connection.error().message, HasSubstr("\"nothing\" does not exist"));
  EXPECT_THAT(connection.error().message, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace throng::services
