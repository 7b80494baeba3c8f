#include "content/game/npcs.h"

#include <gtest/gtest.h>

#include "content/game/parse_problem.h"
#include "content/game/small_set.h"

namespace throng::content {
namespace {

TEST(NpcsFile, ReadsEveryMember) {
  const Result<std::vector<NpcDef>> npcs = parse_npcs(test::small_npcs(), "npcs.json");
  ASSERT_TRUE(npcs.has_value()) << npcs.error().message;
  EXPECT_EQ((*npcs)[0].lines, (std::vector<std::string>{"Welcome.", "Mind the pond."}));
  EXPECT_EQ((*npcs)[0].x, units(60));
  EXPECT_TRUE((*npcs)[0].shop.empty());
  EXPECT_EQ((*npcs)[1].shop[1].item.id, "sword");
  EXPECT_EQ((*npcs)[1].shop[1].price, 120);
}

TEST(NpcsFile, PeopleStandSomewhere) {
  EXPECT_EQ(test::parse_problem(parse_npcs, "npcs", R"("name": "A", "map": "m", "x_units": 4)"),
            "f:1:16: $.npcs.a: found no member \"y_units\", expected one");
}

}  // namespace
}  // namespace throng::content
