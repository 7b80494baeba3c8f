#pragma once
// What happened in a tick, told once; everything that counts, shows or stores is a reader of these.

#include <cstdint>
#include <type_traits>
#include <variant>

#include "base/ids.h"
#include "sim/entity_kind.h"
#include "sim/entity_pool.h"
#include "sim/intent.h"

namespace throng::sim {

struct PlayerSpawned {
  PlayerKey key;
  EntityIndex index;
  EntityId id;
};

enum class SpawnRefusal : std::uint8_t {
  KeyInUse,   ///< the room's mistake: this key already has a player
  WorldFull,  ///< entities_max reached, counting indexes that still rest
  NoGround,   ///< nowhere near any spawn point is there room for a body
};

struct SpawnRefused {
  PlayerKey key;
  SpawnRefusal reason;
};

/// Also told for every monster of the map, in the first tick.
struct MonsterSpawned {
  EntityIndex index;
  EntityId id;
  std::uint16_t kind;  ///< index in MonstersDef::kinds
};

/// The entity is gone; its index is at rest.
struct EntityRemoved {
  EntityIndex index;
  EntityKind kind;
  EntityId id;
};

using Event = std::variant<PlayerSpawned, SpawnRefused, MonsterSpawned, EntityRemoved>;

static_assert(std::is_trivially_copyable_v<Event>);

}  // namespace throng::sim
