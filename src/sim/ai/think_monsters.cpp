#include <algorithm>

#include "sim/ai/behaviours/all_behaviours.h"
#include "sim/ai/find_paths.h"
#include "sim/ai/monsters.h"
#include "sim/ai/senses.h"
#include "sim/ai/summoned.h"

namespace throng::sim {
namespace {

/// By AiState.
constexpr void (*kBehaviours[kAiStates])(const Mind&) = {think_idle, think_patrol, think_chase, think_attack,
                                                         think_flee, think_return, think_dead};

/// States in which a monster that nobody sees sleeps until `decide_at`.
bool sleeps(AiState state) {
  return state == AiState::Idle || state == AiState::Patrol || state == AiState::Return || state == AiState::Dead;
}

bool is_turn(Tick now, std::uint32_t slot, std::uint32_t ticks) { return (now.value + slot) % ticks == 0; }

/// What a thought costs is mostly spent on those near players; the others are awake when their leg or pause ends, and
/// now and then. At peace nobody looks round in every tick.
bool is_due(const MonsterState& monster, bool near, Tick now, std::uint32_t slot) {
  if (sleeps(monster.ai)) {
    if (now >= monster.decide_at) return true;
    if (monster.ai == AiState::Dead) return false;
    if (near && monster.ai != AiState::Return) return is_turn(now, slot, kSenseTicks);
  }
  return near || is_turn(now, slot, kFarThinkTicks);
}

bool differs(const WhyEntry& a, const WhyEntry& b) {
  if (a.before != b.before || a.after != b.after || a.target != b.target || a.option_count != b.option_count)
    return true;
  return !std::equal(a.options.begin(), a.options.begin() + a.option_count, b.options.begin(),
                     [](const WhyOption& x, const WhyOption& y) { return x.what == y.what && x.verdict == y.verdict; });
}

/// Only what differs from the last decision is worth a line.
void remember(WhyLog& log, const WhyEntry& entry) {
  if (!log.entries.empty() && !differs(log.entries.back(), entry)) return;
  if (log.entries.size() == WhyLog::kEntriesMax) log.entries.erase(log.entries.begin());
  log.entries.push_back(entry);
}

void think_watched(Mind mind) {
  WhyEntry entry{.tick = mind.now(), .before = mind.monster().ai, .after = {}, .target = {}, .hp = mind.fighter().hp};
  mind.why = &entry;
  kBehaviours[static_cast<std::size_t>(entry.before)](mind);
  const MonsterState& monster = mind.monster();
  entry.after = monster.ai;
  entry.target = monster.target;
  entry.target_distance_mu = distance_to_target(mind);
  if (entry.option_count > 0 || entry.before != entry.after) remember(mind.state.why, entry);
}

void vanish(WorldState& state, TickContext& ctx, EntityIndex index) {
  const ActorRef gone = state.ref(index);
  forget(state, gone);
  state.remove_entity(index);
  ctx.tell(EntityRemoved{index, EntityKind::Monster, gone.id});
}

void think(const Mind& mind) {
  const MonsterState& monster = mind.monster();
  const bool summoned = monster.expires != Tick{} || monster.owner.named();
  if (summoned && monster.ai != AiState::Dead && is_spent(mind.state, monster)) {
    return vanish(mind.state, mind.ctx, mind.self);
  }
  if (mind.state.why.monster.named() && mind.state.why.monster == mind.ref()) return think_watched(mind);
  kBehaviours[static_cast<std::size_t>(monster.ai)](mind);
}

}  // namespace

void think_monsters(WorldState& state, TickContext& ctx) {
  MonsterScratch& scratch = state.monster_scratch;
  scratch.players.rebuild(state.map->width, state.map->height, state.positions, state.entities);
  scratch.queue.clear();
  // A thought may summon more; those begin to think in the next tick.
  const auto count = static_cast<std::uint32_t>(state.entities.indexes(EntityKind::Monster).size());
  for (std::uint32_t slot = 0; slot < count; ++slot) {
    const EntityIndex index = state.entities.indexes(EntityKind::Monster)[slot];
    if (!state.entities.alive(index)) continue;
    const bool near = scratch.players.anybody_near(state.positions[index.value]);
    if (is_due(state.monster_rows[slot], near, state.now, slot)) think({state, ctx, index, near});
    const MonsterState& monster = state.monster_rows[slot];
    if (monster.path_wanted && monster.path_due <= state.now && state.entities.alive(index)) {
      scratch.queue.push_back({monster.path_due, index, near});
    }
  }
  find_paths(state, ctx);
}

}  // namespace throng::sim
