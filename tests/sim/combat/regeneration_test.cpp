#include "sim/combat/regeneration.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

using test::Battle;

/// 100 health and 50 mana, two of each back a second.
struct Camp : Battle {
  explicit Camp(int tick_rate_hz)
      : Battle(test::small_game(), content::open_field("field", 1'000, 1'000), {.tick_rate_hz = tick_rate_hz}),
        hero(add_player(1, {units(100), units(100)})) {
    fighter(hero).hp = 1;
    fighter(hero).mana = 0;
  }
  void rest(int ticks) {
    for (int i = 0; i < ticks; ++i) regenerate(state, hero);
  }
  EntityIndex hero;
};

TEST(Regenerate, IsExactOverTimeAtAnyRate) {
  for (const int rate : {7, 20, 30, 60}) {
    Camp camp(rate);
    camp.rest(rate * 20);
    EXPECT_EQ(camp.fighter(camp.hero).hp, 41) << rate;
    EXPECT_EQ(camp.fighter(camp.hero).mana, 40) << rate;
  }
}

TEST(Regenerate, AFightLeavesAShareOfTheHealthAndAllOfTheMana) {
  Camp camp(20);
  camp.fighter(camp.hero).combat_until = camp.state.now + Tick{100'000};
  camp.rest(20 * 20);
  EXPECT_EQ(camp.fighter(camp.hero).hp, 11);  // a quarter of two a second
  EXPECT_EQ(camp.fighter(camp.hero).mana, 40);
}

TEST(Regenerate, StopsAtWholeAndSavesNothingUp) {
  Camp camp(20);
  camp.rest(20 * 1'000);
  EXPECT_EQ(camp.fighter(camp.hero).hp, 100);
  EXPECT_EQ(camp.fighter(camp.hero).regen_hp_part, 0);
  camp.fighter(camp.hero).hp = 50;
  camp.rest(9);
  EXPECT_EQ(camp.fighter(camp.hero).hp, 50);
  camp.rest(1);
  EXPECT_EQ(camp.fighter(camp.hero).hp, 51);
}

}  // namespace
}  // namespace throng::sim
