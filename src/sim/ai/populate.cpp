#include "sim/ai/populate.h"

#include "sim/ai/behaviours/wander.h"
#include "sim/space/spawn_spot.h"

namespace throng::sim {
namespace {

void spawn_monster(WorldState& state, TickContext& ctx, const content::MapArea& area, std::uint16_t kind) {
  const std::optional<Position> spot =
      spot_in_area(ctx.ground, state.map->walk.cell_size(), area, ctx.rng(Stream::Spawn));
  if (!spot) return;
  const std::optional<EntityIndex> index = state.add_entity(EntityKind::Monster, *spot);
  if (!index) return;
  const content::MonsterDef& def = state.monsters->kinds[kind];
  MonsterState& monster = state.monster(*index);
  monster.kind = kind;
  monster.level = def.level;
  monster.hp = def.max_hp;
  monster.max_hp = def.max_hp;
  monster.home = *spot;
  pause(state, ctx, *index);
}

}  // namespace

void populate(WorldState& state, TickContext& ctx) {
  for (const content::MonsterSpawn& spawn : state.map->monster_spawns) {
    const content::MonsterDef* def = state.monsters->find(spawn.kind);
    if (def == nullptr) continue;
    const auto kind = static_cast<std::uint16_t>(def - state.monsters->kinds.data());
    for (int i = 0; i < spawn.count; ++i) spawn_monster(state, ctx, spawn.area, kind);
  }
}

void announce_population(const WorldState& state, TickContext& ctx) {
  for (const EntityIndex index : state.entities.indexes(EntityKind::Monster)) {
    if (!state.entities.alive(index)) continue;
    ctx.events.push_back(MonsterSpawned{index, state.entities.id(index), state.monster(index).kind});
  }
}

}  // namespace throng::sim
