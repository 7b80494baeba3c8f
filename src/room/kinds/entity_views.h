#pragma once
// The views of a room whose state is maps of entities: one Viewer per session, and who is refreshed in which patch.

#include <span>
#include <vector>

#include "content/server/rooms_def.h"
#include "protocol/sync/entity_sync.h"
#include "protocol/sync/view_writer.h"
#include "room/session.h"
#include "room/tick_timer.h"
#include "sim/space/spatial_grid.h"

namespace throng::room {

/// What a view is cut from; valid from one patch to the next tick.
struct EntityScene {
  const sim::SpatialGrid& grid;
  std::span<const Position> positions;  ///< by entity index
};

/// Room's thread. Memory per session: the visible set and its recent leaves (ViewWriter's bounds).
class EntityViews {
 public:
  explicit EntityViews(const content::RoomKindDef& def);

  protocol::EntitySync& sync() { return sync_; }

  /// Whether the entity is part of the current patch, so that a view of it can be cut.
  bool shows(sim::EntityIndex index) const { return sync_.live(index); }

  /// Whether the session holds the entity, as far as it was sent.
  bool sees(SessionSlot slot, sim::EntityIndex index) const;

  /// A session that holds nothing yet.
  void open(SessionSlot slot);

  void write_prune(SessionSlot slot, const protocol::Eye& eye, const EntityScene& scene,
                   const protocol::FrameParts& parts, FrameBuffer& frame);
  void write_snapshot(SessionSlot slot, const protocol::Eye& eye, const EntityScene& scene,
                      const protocol::FrameParts& parts, FrameBuffer& frame);
  void write_patch(SessionSlot slot, const protocol::Eye& eye, const EntityScene& scene,
                   const protocol::FrameParts& parts, FrameBuffer& frame, TickTimer& timer);

 private:
  protocol::EntitySync sync_;
  protocol::ViewWriter writer_;
  const std::uint32_t patches_per_refresh_;
  std::vector<protocol::Viewer> viewers_;  // by session slot
};

}  // namespace throng::room
