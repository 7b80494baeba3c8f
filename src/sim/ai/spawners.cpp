#include "sim/ai/spawners.h"

#include <algorithm>

#include "sim/ai/behaviours/patrol_goal.h"
#include "sim/ai/behaviours/peace.h"
#include "sim/ai/monsters.h"
#include "sim/combat/combat_stats.h"
#include "sim/space/spawn_spot.h"

namespace throng::sim {
namespace {

/// Spots that are tried so that two do not appear on one point.
constexpr int kSpotTries = 4;
constexpr Milliunits kSpotRoom = units(16);

/// Whether the spawn makes monsters in this world.
bool is_open(const WorldState& state, const content::SpawnDef& spawn) {
  return !spawn.retired && spawn.map == state.map->name && content::is_set(spawn.monster.ref) &&
         !state.content->monster(spawn.monster.ref).retired;
}

std::vector<SpawnerState>::iterator place_of(WorldState& state, content::SpawnRef spawn) {
  return std::lower_bound(state.spawners.begin(), state.spawners.end(), spawn,
                          [](const SpawnerState& spawner, content::SpawnRef ref) { return spawner.spawn < ref; });
}

void add_due(SpawnerState& spawner, Tick when) {
  spawner.due.insert(std::upper_bound(spawner.due.begin(), spawner.due.end(), when), when);
}

/// The usual kind, or a rare one.
content::MonsterRef draw_kind(const WorldState& state, const content::SpawnDef& spawn, Rng& rng) {
  for (const content::SpawnAlternate& alternate : spawn.alternates) {
    const bool drawn = rng.below(kBasisPointsWhole) < static_cast<std::uint32_t>(alternate.chance.value);
    if (drawn && !state.content->monster(alternate.monster.ref).retired) return alternate.monster.ref;
  }
  return spawn.monster.ref;
}

bool is_taken(const WorldState& state, const TickContext& ctx, Position at) {
  bool taken = false;
  ctx.grid.visit_near(at, kSpotRoom, [&](const SpatialGrid::Entry& entry) {
    taken = taken || (distance_squared(at, entry.position) < std::int64_t{kSpotRoom.value} * kSpotRoom.value &&
                      state.entities.alive(entry.index) && state.kind(entry.index) == EntityKind::Monster);
  });
  return taken;
}

std::optional<Position> draw_spot(WorldState& state, TickContext& ctx, const content::MapArea& box) {
  std::optional<Position> spot;
  for (int i = 0; i < kSpotTries; ++i) {
    spot = spot_in_area(ctx.ground, state.map->walk.cell_size(), box, ctx.rng(Stream::Spawn));
    if (!spot || !is_taken(state, ctx, *spot)) break;
  }
  return spot;
}

bool spawn_one(WorldState& state, TickContext& ctx, content::SpawnRef ref) {
  const content::SpawnDef& spawn = state.content->spawn(ref);
  const content::MonsterRef kind = draw_kind(state, spawn, ctx.rng(Stream::Spawn));
  const std::optional<Position> spot = draw_spot(state, ctx, spawn.box);
  return spot && add_monster(state, ctx, kind, *spot, ref).has_value();
}

/// Makes what is due, at most `budget`. @return how many were made
int run_spawner(WorldState& state, TickContext& ctx, SpawnerState& spawner, int budget) {
  int made = 0;
  while (made < budget && !spawner.due.empty() && spawner.due.front() <= state.now) {
    spawner.due.erase(spawner.due.begin());
    if (!spawn_one(state, ctx, spawner.spawn)) {
      add_due(spawner, state.now + std::max(Tick{1}, state.ticks(kSpawnRetryMs)));
      break;
    }
    ++spawner.alive;
    ++made;
  }
  return made;
}

/// As many are alive or due as the content says; those that live stay.
void adjust(WorldState& state, SpawnerState& spawner, const content::SpawnDef& spawn) {
  const std::size_t wanted = is_open(state, spawn) ? static_cast<std::size_t>(spawn.count) : 0;
  spawner.due.reserve(wanted);
  while (!spawner.due.empty() && spawner.alive + spawner.due.size() > wanted) spawner.due.pop_back();
  while (spawner.alive + spawner.due.size() < wanted) add_due(spawner, state.now);
}

}  // namespace

std::optional<EntityIndex> add_monster(WorldState& state, TickContext& ctx, content::MonsterRef kind, Position at,
                                       content::SpawnRef spawn) {
  const std::optional<EntityIndex> index = state.add_entity(EntityKind::Monster, at);
  if (!index) return std::nullopt;
  const content::MonsterDef& def = state.content->monster(kind);
  MonsterState& monster = state.monster(*index);
  monster.kind = kind;
  monster.spawn = spawn;
  monster.home = monster.chase_from = monster.destination = at;
  monster.state_since = state.now;
  monster.waypoint = nearest_waypoint(state, spawn, at);
  monster.decide_at = state.now + pause_of({state, ctx, *index});
  Fighter& fighter = state.fighter(*index);
  fighter.level = def.level;
  refresh_stats(state, *index);
  fighter.hp = fighter.max_hp();
  fighter.mana = fighter.max_mana();
  if (state.now != Tick{0}) ctx.tell(MonsterSpawned{*index, state.entities.id(*index), kind});
  return index;
}

void plan_respawn(WorldState& state, TickContext& ctx, EntityIndex index) {
  const MonsterState& monster = state.monster(index);
  if (!content::is_set(monster.spawn)) return;
  const auto spawner = place_of(state, monster.spawn);
  if (spawner == state.spawners.end() || spawner->spawn != monster.spawn || spawner->alive == 0) return;
  --spawner->alive;
  const content::SpawnDef& spawn = state.content->spawn(monster.spawn);
  if (!is_open(state, spawn) || spawner->alive + spawner->due.size() >= static_cast<std::size_t>(spawn.count)) return;
  const content::MonsterDef& def = state.monster_def(index);
  const int respawn_ms = spawn.respawn_ms >= 0 ? spawn.respawn_ms : def.respawn_ms;
  const auto jitter =
      static_cast<std::int32_t>(std::int64_t{respawn_ms} * def.respawn_jitter.value / kBasisPointsWhole);
  const std::int32_t off = ctx.rng(Stream::Spawn).between(-jitter, jitter);
  add_due(*spawner, state.now + std::max(Tick{1}, state.ticks(respawn_ms + off)));
}

void populate(WorldState& state, TickContext& ctx) {
  for (std::size_t i = 0; i < state.content->spawns.size(); ++i) {
    const content::SpawnRef ref{static_cast<std::uint16_t>(i)};
    const content::SpawnDef& spawn = state.content->spawns[i];
    auto spawner = place_of(state, ref);
    const bool known = spawner != state.spawners.end() && spawner->spawn == ref;
    if (!known && !is_open(state, spawn)) continue;
    if (!known) spawner = state.spawners.insert(spawner, SpawnerState{.spawn = ref, .alive = 0, .due = {}});
    adjust(state, *spawner, spawn);
    if (state.now == Tick{0}) run_spawner(state, ctx, *spawner, spawn.count);
  }
}

void announce_population(const WorldState& state, TickContext& ctx) {
  for (const EntityIndex index : state.entities.indexes(EntityKind::Monster)) {
    if (!state.entities.alive(index)) continue;
    ctx.tell(MonsterSpawned{index, state.entities.id(index), state.monster(index).kind});
  }
}

void run_spawners(WorldState& state, TickContext& ctx) {
  int budget = kSpawnsPerTickMax;
  for (SpawnerState& spawner : state.spawners) {
    if (spawner.due.empty() || spawner.due.front() > state.now || budget == 0) continue;
    budget -= run_spawner(state, ctx, spawner, budget);
  }
}

}  // namespace throng::sim
