#include "sim/skill/conditions.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

using content::ConditionDef;
using content::ConditionType;
using test::Battle;

struct Doubt : Battle {
  Doubt() : hero(add_player(1, {units(100), units(100)})), ctx(context()) {}
  bool holds(std::vector<ConditionDef> when, bool critical = false) {
    content::EffectDef effect;
    effect.when = std::move(when);
    EffectContext effects{.state = state,
                          .tick = ctx,
                          .caster = state.ref(hero),
                          .target = hero,
                          .skill = {},
                          .from = {},
                          .caster_stats = {},
                          .critical = critical};
    return conditions_hold(effect, effects);
  }
  EntityIndex hero;
  TickContext ctx;
};

ConditionDef condition(ConditionType type, std::int32_t share = 0) {
  return {.type = type, .share = BasisPoints{share}, .status = {}};
}

TEST(ConditionsHold, WithoutAnyAndOnlyIfAllDo) {
  Doubt doubt;
  EXPECT_TRUE(doubt.holds({}));
  EXPECT_FALSE(doubt.holds({condition(ConditionType::Chance, 10'000), condition(ConditionType::Chance, 0)}));
}

TEST(ConditionsHold, HealthBelowIsStrict) {
  Doubt doubt;
  doubt.fighter(doubt.hero).hp = 30;
  EXPECT_FALSE(doubt.holds({condition(ConditionType::HealthBelow, 3'000)}));
  doubt.fighter(doubt.hero).hp = 29;
  EXPECT_TRUE(doubt.holds({condition(ConditionType::HealthBelow, 3'000)}));
}

TEST(ConditionsHold, HasBuffLooksForTheStatus) {
  Doubt doubt;
  ConditionDef marked = condition(ConditionType::HasBuff);
  marked.status_ref = content::StatusRef{3};
  EXPECT_FALSE(doubt.holds({marked}));
  StatusToApply wanted;
  wanted.status.status = content::StatusRef{3};
  wanted.duration = Tick{10};
  apply_status(doubt.state, doubt.ctx, doubt.hero, wanted);
  EXPECT_TRUE(doubt.holds({marked}));
}

TEST(ConditionsHold, CriticalIsThatOfTheHit) {
  Doubt doubt;
  EXPECT_FALSE(doubt.holds({condition(ConditionType::Critical)}));
  EXPECT_TRUE(doubt.holds({condition(ConditionType::Critical)}, true));
}

TEST(ConditionsHold, ChanceComesAsOftenAsItsShare) {
  Doubt doubt;
  int held = 0;
  for (int i = 0; i < 4'000; ++i) held += doubt.holds({condition(ConditionType::Chance, 2'500)}) ? 1 : 0;
  EXPECT_NEAR(held, 1'000, 140);  // five standard deviations
}

}  // namespace
}  // namespace throng::sim
