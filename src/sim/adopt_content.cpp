#include "sim/adopt_content.h"

#include <algorithm>

#include "sim/ai/monsters.h"
#include "sim/combat/combat_stats.h"
#include "sim/people/people.h"
#include "sim/progress/experience.h"
#include "sim/progress/progress_systems.h"
#include "sim/skill/casting.h"
#include "sim/skill/skill_book.h"

namespace throng::sim {
namespace {

void end_retired_cast(WorldState& state, TickContext& ctx, EntityIndex index) {
  const Cast& cast = state.fighter(index).cast;
  if (cast.active() && state.content->skill(cast.skill).retired) interrupt_cast(state, ctx, index);
}

/// The level follows from the experience, by the curve of today.
void fit_level(WorldState& state, TickContext& ctx, EntityIndex index) {
  Fighter& fighter = state.fighter(index);
  const std::int32_t before = fighter.level;
  fighter.level = level_for(state.content->balance, state.player(index).experience);
  if (fighter.level > before) ctx.tell(LevelReached{state.player(index).key, fighter.level});
}

void fit_player(WorldState& state, TickContext& ctx, EntityIndex index) {
  end_retired_cast(state, ctx, index);
  fit_level(state, ctx, index);
  learn_by_level(state, ctx, index);
  count_level(state, ctx, index);
  refresh_stats(state, index);
  apply_player_course(state, index);
}

void fit_monster(WorldState& state, TickContext& ctx, EntityIndex index) {
  end_retired_cast(state, ctx, index);
  state.fighter(index).level = state.monster_def(index).level;
  refresh_stats(state, index);
}

void bound_player(const WorldState& state, PlayerState& player, Fighter& fighter) {
  fighter.level = std::min(fighter.level, state.content->balance.experience.level_max);
  const std::size_t lines = content::is_set(player.talked_to) ? state.content->npc(player.talked_to).lines.size() : 0;
  if (player.talk_line > lines) player.talk_line = 0;
}

void bound_monster(const WorldState& state, MonsterState& monster) {
  const std::size_t phases = state.content->monster(monster.kind).phases.size();
  monster.phase = static_cast<std::uint8_t>(std::min<std::size_t>(monster.phase, phases));
  const std::size_t waypoints =
      content::is_set(monster.spawn) ? state.content->spawn(monster.spawn).waypoints.size() : 0;
  if (monster.waypoint > waypoints) monster.waypoint = 0;
}

}  // namespace

void bound_by_content(WorldState& state) {
  for (const EntityIndex index : state.entities.indexes(EntityKind::Player)) {
    if (state.entities.alive(index)) bound_player(state, state.player(index), state.fighter(index));
  }
  for (const EntityIndex index : state.entities.indexes(EntityKind::Monster)) {
    if (state.entities.alive(index)) bound_monster(state, state.monster(index));
  }
}

void fit_to_content(WorldState& state, TickContext& ctx) {
  bound_by_content(state);
  for (const EntityIndex index : state.entities.indexes(EntityKind::Player)) {
    if (state.entities.alive(index)) fit_player(state, ctx, index);
  }
  for (const EntityIndex index : state.entities.indexes(EntityKind::Monster)) {
    if (state.entities.alive(index)) fit_monster(state, ctx, index);
  }
  populate(state, ctx);
  place_npcs(state, ctx);
  progress_quests(state, ctx);
  progress_deeds(state, ctx);
}

}  // namespace throng::sim
