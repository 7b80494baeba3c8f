#include "protocol/messages/leaderboard.h"

#include "protocol/messages/judged.h"

namespace throng::protocol {
namespace {

TEST(Leaderboard, IsOneOfThree) {
  testing::expect_judged<LeaderboardMessage>({
      {{{"board", "level"}}, ""},
      {{{"board", "kills"}}, ""},
      {{{"board", "wealth"}}, ""},
      {nlohmann::json::object(), "field_missing"},
      {{{"board", 2}}, "field_wrong_type"},
      {{{"board", "Level"}}, "field_out_of_range"},
  });
  EXPECT_EQ(testing::taken<LeaderboardMessage>({{"board", "wealth"}})->board, LeaderboardKind::Wealth);
}

}  // namespace
}  // namespace throng::protocol
