#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/database/connection.h"

namespace throng::services {
namespace {

TEST(ConnectDatabase, AnAddressOfNeitherEngineIsRefusedWithoutItsPassword) {
  for (const char* const url : {"mysql://u:secret@host/x", "", "throng.db", "sqlite:", "postgres:u:secret"}) {
    const auto connection = connect_database(url);
    ASSERT_FALSE(connection) << url;
    EXPECT_THAT(connection.error().message, testing::HasSubstr("sqlite:PATH"));
    EXPECT_THAT(connection.error().message, testing::Not(testing::HasSubstr("secret")));
  }
}

TEST(ConnectDatabase, APostgresAddressThatCannotBeReadIsRefusedWithoutItsPassword) {
  const auto connection = connect_database("postgres://u:secret%zz@host/x");
  ASSERT_FALSE(connection);
  EXPECT_THAT(connection.error().message, testing::Not(testing::HasSubstr("secret")));
}

TEST(ShownDatabaseUrl, HasNoUserAndNoPassword) {
  EXPECT_EQ(shown_database_url("postgres://u:secret@db.example:5433/game?sslmode=require"),
            "postgres://db.example:5433/game");
  EXPECT_EQ(shown_database_url("postgresql:///game?host=/run/pg&password=secret&user=u"), "postgres:///run/pg/game");
  EXPECT_EQ(shown_database_url("sqlite:data/throng.db"), "sqlite:data/throng.db");
  EXPECT_EQ(shown_database_url("postgres://u:secret%zz@host/x"), "postgres:…");
}

}  // namespace
}  // namespace throng::services
