// Monsters that fight for the caster.
#include <algorithm>
#include <iterator>

#include "content/game/game_fields.h"
#include "sim/ai/monsters.h"
#include "sim/skill/effects/all_effects.h"
#include "sim/skill/effects/effect_fields.h"
#include "sim/space/spawn_spot.h"

namespace throng::sim {
namespace {

/// Summoned monsters of one owner that live at once.
constexpr int kSummonsPerOwnerMax = 8;
constexpr std::int32_t kSummonDistance = 24 * kMilliunitsPerUnit;
constexpr Direction kRoundTheSummoner[] = {{{10'000}, {0}},     {{-10'000}, {0}},   {{0}, {10'000}},
                                           {{0}, {-10'000}},    {{7'000}, {7'000}}, {{-7'000}, {-7'000}},
                                           {{7'000}, {-7'000}}, {{-7'000}, {7'000}}};

int summons_of(const WorldState& state, ActorRef owner) {
  int count = 0;
  for (const EntityIndex index : state.entities.indexes(EntityKind::Monster)) {
    if (state.entities.alive(index) && !state.fighter(index).dead() && state.monster(index).owner == owner) ++count;
  }
  return count;
}

Milliunits part_of(BasisPoints direction) { return {kSummonDistance / 100 * direction.value / 100}; }

Position beside(Position centre, int place) {
  const Direction& direction = kRoundTheSummoner[static_cast<std::size_t>(place) % std::size(kRoundTheSummoner)];
  return {centre.x + part_of(direction.x), centre.y + part_of(direction.y)};
}

/// Round the aimed place, when the skill has one; else beside whom it lands on.
Position centre_of(const EffectContext& ctx) {
  const content::SkillDef& skill = ctx.state.content->skill(ctx.skill);
  const bool aimed = skill.shape == content::SkillShape::Circle && skill.range.value > 0;
  return aimed ? ctx.aim : ctx.state.positions[ctx.target.value];
}

void apply_summon(const content::EffectDef& effect, EffectContext& ctx) {
  WorldState& state = ctx.state;
  if (!content::is_set(effect.monster.ref)) return;
  const int already = summons_of(state, ctx.caster);
  const int count = std::min(effect.count, kSummonsPerOwnerMax - already);
  for (int i = 0; i < count; ++i) {
    const Position wanted = beside(centre_of(ctx), already + i);
    const auto spot = nearest_spot(ctx.tick.ground, state.map->walk.cell_size(), wanted);
    if (!spot) return;
    const auto index = add_monster(state, ctx.tick, effect.monster.ref, *spot, content::SpawnRef{content::kNoNumber});
    if (!index) return;
    state.monster(*index).owner = ctx.caster;
    state.monster(*index).expires = state.now + state.ticks(effect.duration_ms);
  }
}

}  // namespace

EffectType summon_effect() {
  return {
      {"summon",
       "Calls monsters to the side of whom it lands on, or, with `on_caster` in a circle that has a range, to the "
       "aimed place; nobody has more than eight of them",
       {content::reference_field("monster", &content::EffectDef::monster, {.required = true, .help = "Which kind"}),
        content::field("count", &content::EffectDef::count, {.min = 1, .max = kSummonsPerOwnerMax, .help = "How many"}),
        duration_field("How long they stay")}},
      apply_summon,
      false};
}

}  // namespace throng::sim
