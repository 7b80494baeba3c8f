#pragma once
// The world: a pure function of its map, content, settings, seed and intents. No clock, no I/O, no floats.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/units.h"
#include "content/game/game_content.h"
#include "content/map/map_def.h"
#include "sim/actors.h"
#include "sim/entity_pool.h"
#include "sim/event.h"
#include "sim/intent.h"
#include "sim/space/path_finder.h"
#include "sim/space/spatial_grid.h"
#include "sim/tick_watch.h"
#include "sim/world_settings.h"
#include "sim/world_state.h"

namespace throng::sim {

struct CharacterSheet;

/// What one tick did. Valid until the next tick, or until the world is moved from or destroyed.
struct TickOutput {
  std::span<const Event> events;
};

/// One simulated map with everything on it. Confined to one thread at a time; movable, not copyable.
/// Equal arguments and intents give equal events and an equal digest after every tick, in every build.
class World {
 public:
  /// The monsters of this map's spawns and its npcs exist at once, at tick 0; the first tick tells of them.
  /// @param map,content  not null; the content's spawns and npcs of other maps are of no interest
  /// @param settings     must pass `check_settings`
  World(std::shared_ptr<const content::MapDef> map, std::shared_ptr<const content::GameContent> content,
        const WorldSettings& settings, std::uint64_t seed);

  World(World&&) noexcept = default;
  World& operator=(World&&) noexcept = default;

  /// One step of 1 / tick_rate_hz seconds. Intents are applied in their order; whoever collects them bounds their
  /// number. Allocates only when the world grows beyond what it ever was.
  /// @param watch  told of the parts of the tick as they begin; null: nobody is
  const TickOutput& tick(std::span<const Intent> intents, TickWatch* watch = nullptr);

  /// Ticks done so far.
  Tick now() const { return state_.now; }
  std::uint64_t seed() const { return state_.seed; }
  const WorldSettings& settings() const { return state_.settings; }
  const content::MapDef& map() const { return *state_.map; }
  const content::GameContent& content() const { return *state_.content; }
  const std::shared_ptr<const content::GameContent>& shared_content() const { return state_.content; }

  /// Fingerprint of the whole state. Linear in the number of entities: not for every tick of a big world.
  std::uint64_t digest() const;
  /// The whole state, versioned; `restore` gives a world with the same digest and the same future.
  std::vector<std::uint8_t> save() const;
  /// Any bytes are safe: what is damaged, of another map, or of a newer version is refused with the reason.
  /// Definitions are matched by id. When the content changed in between, the world is fitted to it as by `adopt`, and
  /// what it no longer has is left out.
  static Result<World> restore(ByteSpan saved, std::shared_ptr<const content::MapDef> map,
                               std::shared_ptr<const content::GameContent> content);

  /// Goes on with another version of the content, between two ticks. It must have been loaded with the present one as
  /// `previous`, so that numbers still mean the same (asserted). docs/determinism.md says what changes for whom.
  /// @return what happened by it, for whoever reads the events of ticks; valid until the next tick
  const TickOutput& adopt(std::shared_ptr<const content::GameContent> content);

  /// From now on new pieces get their uids from here, 0..kItemUidBaseMax; between two ticks, before anything is recorded. A
  /// world that was restored must not give out those again that it gave out after it was saved.
  void give_uids_from(std::int64_t base);
  /// What was picked up after this world was saved does not lie on its ground: so much less of an item, or of coins.
  /// Between two ticks, before anything is recorded. What the content does not have is no matter.
  /// @param asset  an item's id, or `coins`
  void take_off_ground(std::string_view asset, std::int64_t amount);

  /// Why the watched monster (intent ExplainMonster) did what it did.
  const WhyLog& why() const { return state_.why; }
  /// Everything, for tools and tests; rooms use the accessors.
  const WorldState& state() const { return state_; }
  /// What the character of a living player has become; for travel, logout and the store.
  CharacterSheet sheet(EntityIndex player) const;

  // Read access. Arrays are indexed by EntityIndex::value and `entities().high_water()` long; rows of the dead
  // keep their last values. Spans are valid until the next tick.
  const EntityPool& entities() const { return state_.entities; }
  std::span<const Position> positions() const { return state_.positions; }
  std::span<const std::uint8_t> alive() const { return state_.entities.alive_flags(); }
  /// The index must be that of a player, alive or dead.
  const PlayerState& player(EntityIndex index) const;
  /// The index must be that of a monster, alive or dead.
  const MonsterState& monster(EntityIndex index) const;
  /// Of a player or monster, alive or dead.
  const Fighter& fighter(EntityIndex index) const { return state_.fighter(index); }
  std::span<const ActiveStatus> statuses(EntityIndex index) const {
    return {state_.statuses[index.value].data(), state_.fighter(index).status_count};
  }
  std::optional<EntityIndex> find_player(PlayerKey key) const { return state_.players_by_key.find(key); }
  /// Living entities by place, as of the end of the last tick.
  const SpatialGrid& grid() const { return grid_; }

 private:
  explicit World(WorldState&& state);
  const TickOutput& fit();

  WorldState state_;
  SpatialGrid grid_;  // can be rebuilt from the state
  std::unique_ptr<PathFinder> paths_;
  std::vector<Event> events_;
  TickOutput output_;
};

}  // namespace throng::sim
