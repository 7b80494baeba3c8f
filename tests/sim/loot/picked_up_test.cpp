#include "sim/loot/picked_up.h"

#include <gtest/gtest.h>

#include "sim/loot/loot.h"
#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using test::kVillageSquare;
using test::Play;

struct PickedUpTest : testing::Test {
  Play play;

  void drop(std::string_view id, int count) {
    TickContext ctx = play.context();
    drop_stack(play.state, ctx, kVillageSquare, {play.item(id), static_cast<std::uint16_t>(count), 0, false}, 0,
               kNobody, 0xffff);
  }
  void drop_coins(std::int64_t coins) {
    TickContext ctx = play.context();
    drop_stack(play.state, ctx, kVillageSquare, {}, coins, kNobody, 0xffff);
  }
  std::int64_t lying(std::optional<content::ItemRef> item) {
    std::int64_t sum = 0;
    for (const EntityIndex index : play.state.entities.indexes(EntityKind::Drop)) {
      if (!play.state.entities.alive(index)) continue;
      const DropState& drop = play.state.drop(index);
      sum += !item ? drop.coins : drop.stack.item == *item ? drop.stack.count : 0;
    }
    return sum;
  }
  std::size_t drops() { return play.state.entities.alive_count(EntityKind::Drop); }
};

TEST_F(PickedUpTest, TakesDropByDropAndPartsOfOne) {
  drop("pelt", 3);
  drop("pelt", 4);
  take_off_ground(play.state, play.item("pelt"), 5);
  EXPECT_EQ(lying(play.item("pelt")), 2);
  EXPECT_EQ(drops(), 1u);
}

TEST_F(PickedUpTest, CoinsAndThingsAreNotMixedUp) {
  drop("pelt", 3);
  drop_coins(10);
  take_off_ground(play.state, std::nullopt, 4);
  EXPECT_EQ(lying(std::nullopt), 6);
  EXPECT_EQ(lying(play.item("pelt")), 3);
}

TEST_F(PickedUpTest, MoreThanLiesThereLeavesNothing) {
  drop_coins(10);
  drop("pelt", 1);
  take_off_ground(play.state, std::nullopt, 1'000'000);
  take_off_ground(play.state, play.item("pelt"), 2);
  EXPECT_EQ(drops(), 0u);
  take_off_ground(play.state, play.item("pelt"), 2);
  EXPECT_EQ(drops(), 0u);
}

}  // namespace
}  // namespace throng::sim
