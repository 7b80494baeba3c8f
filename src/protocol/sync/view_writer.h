#pragma once
// Gather per client: turns one viewer's interest and the shared bytes of EntitySync into snapshots and patches.

#include <cstdint>
#include <span>
#include <vector>

#include "base/frame_buffer.h"
#include "base/units.h"
#include "protocol/sync/entity_sync.h"
#include "sim/space/interest.h"

namespace throng::protocol {

/// An index that left a view a short while ago: a client that lost its last frames may still hold it.
struct RecentLeave {
  EntityIndex index;
  std::uint32_t patch;
};

/// What one client holds, by what we sent it. Survives the socket.
struct Viewer {
  /// Bound of `recent_leaves`; beyond it a reconnection prunes every index that the room ever used.
  static constexpr std::size_t kRecentLeavesMax = 512;

  std::vector<EntityIndex> visible;          // bound: InterestRange::visible_max; no order
  std::vector<RecentLeave> recent_leaves;    // oldest first
  std::vector<EntityIndex> stale;            // visible, but some fields are older than the world; oldest first
  std::uint32_t last_patch = 0;              // number of the last patch or snapshot that was sent
  bool recent_leaves_lost = false;
};

/// Where a viewer looks from.
struct Eye {
  Position position;
  EntityIndex self = sim::kNoEntity;
};

/// The parts of a frame that are not entities. Each is complete wire, its own switch included where one is needed.
struct FrameParts {
  ByteSpan root;     // operations on the root, first in the frame
  ByteSpan own;      // private structure of this client, last in the frame
};

/// How much a patch may carry, and how long a lost frame can matter.
struct ViewLimits {
  sim::InterestRange interest;
  /// Bytes of one patch; beyond it near entities come first and far ones follow in later patches. At least 1'024.
  std::size_t patch_bytes_max = 16'384;
  /// Patches for which a leave may still be on its way to a client whose connection is dying.
  std::uint32_t recent_patches = 240;
};

/// One per room; holds the scratch memory for all viewers. Room's thread. Steady state allocates nothing.
class ViewWriter {
 public:
  ViewWriter(EntitySync& sync, ViewLimits limits) : sync_(sync), limits_(limits) {}

  const ViewLimits& limits() const { return limits_; }

  /// ROOM_STATE: everything that `eye` sees now. `parts.root` must introduce every map (SPEC 12.4 rule 10).
  void write_snapshot(Viewer& viewer, const Eye& eye, const sim::SpatialGrid& grid, const FrameParts& parts,
                      FrameBuffer& frame);

  /// The first half of a patch: who enters, stays and leaves. With `refresh` the visible set is worked out anew; without,
  /// only the dead leave it. A viewer that missed patches (its `last_patch` is not the one before) is refreshed and will
  /// be brought up to date by complete bodies.
  /// @param positions  by entity index, as of this patch; used to order by distance under pressure
  void look(Viewer& viewer, const Eye& eye, bool refresh, const sim::SpatialGrid& grid,
            std::span<const Position> positions);
  /// The second half: ROOM_STATE_PATCH of what the same viewer's `look` has just found.
  void write_seen(Viewer& viewer, const Eye& eye, std::span<const Position> positions, const FrameParts& parts,
                  FrameBuffer& frame);
  /// Both halves.
  void write_patch(Viewer& viewer, const Eye& eye, bool refresh, const sim::SpatialGrid& grid,
                   std::span<const Position> positions, const FrameParts& parts, FrameBuffer& frame) {
    look(viewer, eye, refresh, grid, positions);
    write_seen(viewer, eye, positions, parts, frame);
  }

  /// The patch that goes before the snapshot of a reconnection: deletes every index that the client may still hold and
  /// that is not, as the same entity, in its new view (SPEC 13.3). `parts.root` must introduce every map.
  void write_prune(Viewer& viewer, const Eye& eye, const sim::SpatialGrid& grid, const FrameParts& parts,
                   FrameBuffer& frame);

 private:
  struct Ranked {
    std::int64_t distance_squared;
    EntityIndex index;
  };

  std::size_t refresh_view(Viewer& viewer, const Eye& eye, const sim::SpatialGrid& grid);
  void set_aside_reborn(const Viewer& viewer);
  std::size_t drop_dead(Viewer& viewer);
  void bound_enters(const Eye& eye, std::span<const Position> positions);
  void note_leaves(Viewer& viewer);
  void write_map_part(FrameBuffer& frame, std::span<const EntityIndex> leaves, std::span<const EntityIndex> enters);
  void write_bodies(FrameBuffer& frame, std::span<const EntityIndex> entities);
  bool gather_all(FrameBuffer& frame, std::span<const EntityIndex> stays, std::size_t bytes_max);
  std::uint8_t* copy_deltas(std::span<const EntityIndex> stays, std::uint8_t* at) const;
  bool is_shared(std::span<const EntityIndex> stays) const;
  void share(std::span<const EntityIndex> stays, ByteSpan bytes);
  void gather_nearest(FrameBuffer& frame, Viewer& viewer, std::size_t stays, const Eye& eye,
                      std::span<const Position> positions, std::size_t bytes_max);
  void write_stale(FrameBuffer& frame, Viewer& viewer, std::size_t bytes_max);
  void rank(std::span<const EntityIndex> entities, const Eye& eye, std::span<const Position> positions);

  EntitySync& sync_;
  ViewLimits limits_;
  sim::InterestFinder finder_;
  sim::InterestChange change_;
  std::size_t stays_ = 0;  // of the viewer that `look` was called for; they come first in its visible set
  std::vector<Ranked> ranked_;
  std::vector<EntityIndex> prune_;
  std::vector<EntityIndex> sorted_stale_;

  /// In a crowd many see the same, and then what one got is copied whole for the next. Bound: one view.
  static constexpr std::size_t kSharedViewMin = 128;  // smaller ones are gathered as fast as compared
  static constexpr std::uint32_t kSharedMissesMax = 8;
  std::vector<EntityIndex> shared_view_;
  std::vector<std::uint8_t> shared_bytes_;
  std::uint32_t shared_patch_ = 0;
  std::uint32_t shared_misses_ = 0;  // in a row; a crowd of different views is not worth keeping
};

}  // namespace throng::protocol
