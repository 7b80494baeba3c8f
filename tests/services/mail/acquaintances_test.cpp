#include "services/mail/acquaintances.h"

#include <gtest/gtest.h>

#include "services/database/engines.h"
#include "services/store/characters_repository.h"
#include "services/store/schema/all_migrations.h"

namespace throng::services {
namespace {

class AcquaintancesTest : public testing::TestWithParam<Engine> {};
INSTANTIATE_TEST_SUITE_P(Both, AcquaintancesTest, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(AcquaintancesTest, ListsComeBackInTheirOrder) {
  const EmptyDatabase database(GetParam());
  const auto connection = database.connect();
  ASSERT_TRUE(migrate(*connection, all_migrations()));
  ASSERT_TRUE(connection->run("INSERT INTO account (name, created_at, last_seen_at) VALUES ('a', 0, 0)"));
  const CharacterId ada = create_character(*connection, AccountId{1}, "Ada", "ada", 1)->id;
  EXPECT_EQ(*load_acquaintances(*connection, ada), Acquaintances{});
  Acquaintances lists{{"Zoë", "Bob", "'; --"}, {"Bob"}};
  ASSERT_TRUE(save_acquaintances(*connection, ada, lists));
  EXPECT_EQ(*load_acquaintances(*connection, ada), lists);
  lists.friends = {"Bob"};
  lists.ignored.assign(kAcquaintancesMax + 5, "x");
  ASSERT_TRUE(save_acquaintances(*connection, ada, lists));
  EXPECT_EQ(load_acquaintances(*connection, ada)->friends.size(), 1U);
  EXPECT_EQ(load_acquaintances(*connection, ada)->ignored.size(), kAcquaintancesMax);
}

}  // namespace
}  // namespace throng::services
