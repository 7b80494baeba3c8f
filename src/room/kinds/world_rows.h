#pragma once
// From the arrays of a World to the rows that clients see, once per patch.

#include <functional>
#include <string_view>
#include <vector>

#include "protocol/state/world_state.h"
#include "protocol/sync/entity_sync.h"
#include "sim/world.h"

namespace throng::room {

/// Milliunits as clients see them.
inline float to_world_units(Milliunits value) {
  return static_cast<float>(value.value) / static_cast<float>(kMilliunitsPerUnit);
}

/// The root and the four entity maps. Room's thread; the world outlives it.
class WorldRows {
 public:
  WorldRows(protocol::EntitySync& sync, const sim::World& world);

  /// Begins a patch and files every living entity. `session_id_of` names a player in its map.
  void encode(std::int64_t server_time_ms, const std::function<std::string_view(sim::PlayerKey)>& session_id_of);

  /// Operations on the root, by the last `encode`: the fields that change (for a patch), all of them with the links to
  /// the maps and to `me` (for a snapshot), the links to the maps alone (for a prune).
  ByteSpan root_changes() const { return root_changes_; }
  ByteSpan root_complete() const { return root_complete_; }
  ByteSpan links() const { return links_; }

  /// From now on this player is shown with this level, whatever it has; 0: with the one that it has.
  void show_level(sim::EntityIndex index, std::int32_t level);

 private:
  void put_player(sim::EntityIndex index, const std::function<std::string_view(sim::PlayerKey)>& session_id_of);
  void put_monster(sim::EntityIndex index);
  void put_npc(sim::EntityIndex index);
  void put_drop(sim::EntityIndex index);
  std::uint32_t owner_of(const sim::DropState& drop) const;

  protocol::EntitySync& sync_;
  const sim::World& world_;
  protocol::RowTable<protocol::PlayerRow> players_;
  protocol::RowTable<protocol::MonsterRow> monsters_;
  protocol::RowTable<protocol::NpcRow> npcs_;
  protocol::RowTable<protocol::DropRow> drops_;
  std::vector<std::uint16_t> shown_levels_;  // by entity index; bound: players that are kept came to be there
  protocol::WorldRootRow root_;
  std::vector<std::uint8_t> root_changes_;
  std::vector<std::uint8_t> root_complete_;
  std::vector<std::uint8_t> links_;
};

}  // namespace throng::room
