#include "services/party/party_table.h"

#include <gtest/gtest.h>

#include "services/database/engines.h"
#include "services/store/store.h"

namespace throng::services {
namespace {

/// Without a single party; what fills it is in stored_parties_test.cpp.
class PartyTableTest : public testing::TestWithParam<Engine> {
 protected:
  PartyTableTest() : connection(database.connect()) { EXPECT_TRUE(prepare_database(*connection)); }

  EmptyDatabase database{GetParam()};
  std::unique_ptr<Connection> connection;
};

INSTANTIATE_TEST_SUITE_P(Engines, PartyTableTest, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(PartyTableTest, OfNobodyHasNoParty) {
  EXPECT_EQ(party_of(*connection, CharacterId{1'234})->value, 0);
  EXPECT_EQ(*load_party_of(*connection, CharacterId{1'234}, 0), nullptr);
  const auto roster = load_party(*connection, PartyId{7}, 0);
  EXPECT_EQ(roster->id.value, 7);
  EXPECT_TRUE(roster->mates.empty());
}

TEST_P(PartyTableTest, ForgetsNothingWhereNothingIs) {
  EXPECT_TRUE(leave_party_for_good(*connection, CharacterId{1'234}));
  EXPECT_EQ(*end_forgotten_parties(*connection, 1'000, 2'000), 0);
}

}  // namespace
}  // namespace throng::services
