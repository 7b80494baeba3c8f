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
  const auto create = [&](const std::string& name) {
    return create_character(*connection, AccountId{1}, name, "key of " + name, 1)->id;
  };
  const CharacterId ada = create("Ada");
  const room::Acquaintance zoe{create("Zoë"), "Zoë"};
  const room::Acquaintance bob{create("Bob"), "Bob"};
  EXPECT_EQ(*load_acquaintances(*connection, ada), Acquaintances{});
  Acquaintances lists{{zoe, bob}, {bob}};
  ASSERT_TRUE(save_acquaintances(*connection, ada, lists));
  EXPECT_EQ(*load_acquaintances(*connection, ada), lists);
  lists.friends = {bob};
  lists.ignored.assign(kAcquaintancesMax + 5, zoe);
  ASSERT_TRUE(save_acquaintances(*connection, ada, lists));
  EXPECT_EQ(load_acquaintances(*connection, ada)->friends.size(), 1U);
  EXPECT_EQ(load_acquaintances(*connection, ada)->ignored.size(), kAcquaintancesMax);
}

TEST_P(AcquaintancesTest, FollowARenameAndAreNotInheritedWithAName) {
  const EmptyDatabase database(GetParam());
  const auto connection = database.connect();
  ASSERT_TRUE(migrate(*connection, all_migrations()));
  ASSERT_TRUE(connection->run("INSERT INTO account (name, created_at, last_seen_at) VALUES ('a', 0, 0)"));
  const CharacterId ada = create_character(*connection, AccountId{1}, "Ada", "ada", 1)->id;
  const CharacterId bob = create_character(*connection, AccountId{1}, "Bob", "bob", 1)->id;
  const CharacterId cid = create_character(*connection, AccountId{1}, "Cid", "cid", 1)->id;
  ASSERT_TRUE(save_acquaintances(*connection, ada, {{{cid, "Cid"}, {{}, "some guest"}}, {{bob, "Bob"}}}));
  ASSERT_TRUE(rename_character(*connection, bob, AccountId{1}, {"Robert", "robert", 2}));
  ASSERT_TRUE(create_character(*connection, AccountId{1}, "Bob", "bob", 3));
  ASSERT_TRUE(purge_character(*connection, cid, 4));
  EXPECT_EQ(*load_acquaintances(*connection, ada), (Acquaintances{{}, {{bob, "Robert"}}}));
}

TEST_P(AcquaintancesTest, ThatWereKeptByNameAreThoseWhoHaveItNow) {
  const EmptyDatabase database(GetParam());
  const auto connection = database.connect();
  constexpr std::size_t kByName = 8;  // steps of the schema
  ASSERT_TRUE(migrate(*connection, all_migrations().subspan(0, kByName)));
  ASSERT_TRUE(connection->run_script(
      "INSERT INTO account (name, created_at, last_seen_at) VALUES ('a', 0, 0);"
      "INSERT INTO owner (id, kind, name) VALUES (2001, 'character', 'Ada'), (2002, 'character', 'Bob'), "
      "(2003, 'mail', 'mail of Ada');"
      "INSERT INTO character (id, account, name, name_key, created_at, played_at, level, map, saved_at) VALUES "
      "(2001, 1, 'Ada', 'ada', 1, 1, 1, '', 1), (2002, 1, 'Bob', 'bob', 1, 1, 1, '', 1);"
      "INSERT INTO acquaintance (owner, ignored, place, name) VALUES (2001, 0, 0, 'A Guest'), (2001, 1, 0, 'Bob');"));
  ASSERT_TRUE(migrate(*connection, all_migrations()));
  EXPECT_EQ(*load_acquaintances(*connection, {2001}), (Acquaintances{{}, {{{2002}, "Bob"}}}));
  EXPECT_EQ(connection->run("SELECT name FROM owner WHERE kind = 'mail'")->text(0, 0), "mail");
}

}  // namespace
}  // namespace throng::services
