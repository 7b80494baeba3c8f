#pragma once
// Everything that a world remembers between two ticks, as plain arrays that the systems read and write.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/digest.h"
#include "base/units.h"
#include "content/map/map_def.h"
#include "content/monsters.h"
#include "sim/actors.h"
#include "sim/entity_pool.h"
#include "sim/player_lookup.h"
#include "sim/space/motion.h"
#include "sim/streams.h"
#include "sim/world_settings.h"

namespace throng::sim {

/// Structure of arrays. Invariants between systems: `positions` and `motions` are `entities.high_water()` long;
/// `players` and `monster_rows` have one row per slot of their kind; every living body is inside the map and
/// clear of walls; `players_by_key` holds exactly the living players.
struct WorldState {
  WorldState(std::shared_ptr<const content::MapDef> map_def, std::shared_ptr<const content::MonstersDef> monsters_def,
             const WorldSettings& world_settings, std::uint64_t room_seed);

  std::shared_ptr<const content::MapDef> map;
  std::shared_ptr<const content::MonstersDef> monsters;
  WorldSettings settings;
  std::uint64_t seed;
  Tick now{0};
  Streams streams;

  EntityPool entities;
  std::vector<Position> positions;  // by EntityIndex; centre of the body
  std::vector<Motion> motions;      // by EntityIndex

  std::vector<PlayerState> players;        // by slot of EntityKind::Player
  std::vector<MonsterState> monster_rows;  // by slot of EntityKind::Monster

  PlayerLookup players_by_key;                  // can be rebuilt from `players`
  std::vector<std::uint64_t> kind_fingerprints; // by MonsterState::kind; made from the ids, not from their order

  /// A new entity at rest at `at`; its kind's row is there, with default values. Nothing when the world is full.
  std::optional<EntityIndex> add_entity(EntityKind kind, Position at);
  /// Ends a living entity and stops its motion.
  void remove_entity(EntityIndex index);

  PlayerState& player(EntityIndex index) { return players[entities.slot(index)]; }
  MonsterState& monster(EntityIndex index) { return monster_rows[entities.slot(index)]; }
  const PlayerState& player(EntityIndex index) const { return players[entities.slot(index)]; }
  const MonsterState& monster(EntityIndex index) const { return monster_rows[entities.slot(index)]; }

  std::uint64_t digest() const;
};

}  // namespace throng::sim
