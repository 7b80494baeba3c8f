#pragma once
// The world: a pure function of its map, monsters, settings, seed and intents. No clock, no I/O, no floats.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/units.h"
#include "content/map/map_def.h"
#include "content/monsters.h"
#include "sim/actors.h"
#include "sim/entity_pool.h"
#include "sim/event.h"
#include "sim/intent.h"
#include "sim/space/spatial_grid.h"
#include "sim/world_settings.h"
#include "sim/world_state.h"

namespace throng::sim {

/// What one tick did. Valid until the next tick, or until the world is moved from or destroyed.
struct TickOutput {
  std::span<const Event> events;
};

/// One simulated map with everything on it. Confined to one thread at a time; movable, not copyable.
/// Equal arguments and intents give equal events and an equal digest after every tick, in every build.
class World {
 public:
  /// The monsters of the map's spawns exist at once, at tick 0; the first tick tells of them. A spawn of a kind
  /// that `monsters` lacks, or without ground for a body, yields nothing (loading content refuses such sets).
  /// @param map,monsters  not null
  /// @param settings      must pass `check_settings`
  World(std::shared_ptr<const content::MapDef> map, std::shared_ptr<const content::MonstersDef> monsters,
        const WorldSettings& settings, std::uint64_t seed);

  World(World&&) noexcept = default;
  World& operator=(World&&) noexcept = default;

  /// One step of 1 / tick_rate_hz seconds. Intents are applied in their order; whoever collects them bounds their
  /// number. Allocates only when the world grows beyond what it ever was.
  const TickOutput& tick(std::span<const Intent> intents);

  /// Ticks done so far.
  Tick now() const { return state_.now; }
  std::uint64_t seed() const { return state_.seed; }
  const WorldSettings& settings() const { return state_.settings; }
  const content::MapDef& map() const { return *state_.map; }
  const content::MonstersDef& monsters() const { return *state_.monsters; }

  /// Fingerprint of the whole state. Linear in the number of entities: not for every tick of a big world.
  std::uint64_t digest() const;
  /// The whole state, versioned; `restore` gives a world with the same digest and the same future.
  std::vector<std::uint8_t> save() const;
  /// Any bytes are safe: what is damaged, of another map, or of a newer version is refused with the reason.
  /// Monster kinds are matched by id, so their figures may have changed in between.
  static Result<World> restore(ByteSpan saved, std::shared_ptr<const content::MapDef> map,
                               std::shared_ptr<const content::MonstersDef> monsters);

  // Read access. Arrays are indexed by EntityIndex::value and `entities().high_water()` long; rows of the dead
  // keep their last values. Spans are valid until the next tick.
  const EntityPool& entities() const { return state_.entities; }
  std::span<const Position> positions() const { return state_.positions; }
  std::span<const std::uint8_t> alive() const { return state_.entities.alive_flags(); }
  /// The index must be that of a player, alive or dead.
  const PlayerState& player(EntityIndex index) const;
  /// The index must be that of a monster, alive or dead.
  const MonsterState& monster(EntityIndex index) const;
  std::optional<EntityIndex> find_player(PlayerKey key) const { return state_.players_by_key.find(key); }
  /// Living entities by place, as of the end of the last tick.
  const SpatialGrid& grid() const { return grid_; }

 private:
  explicit World(WorldState&& state);

  WorldState state_;
  SpatialGrid grid_;  // can be rebuilt from the state
  std::vector<Event> events_;
  TickOutput output_;
};

}  // namespace throng::sim
