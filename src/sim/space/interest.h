#pragma once
// Who sees whom. An entity nearer than the radius is seen, one beyond radius + margin is not; between the two
// what was seen stays seen, so that nobody flickers at the rim.

#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "sim/entity_pool.h"
#include "sim/space/spatial_grid.h"

namespace throng::sim {

struct InterestRange {
  Milliunits radius;
  Milliunits margin;
  /// Most entities that one viewer sees at once; beyond it the nearest stay.
  std::uint32_t visible_max = 2048;
};

/// What changed for one viewer. The three lists are disjoint; `stays` + `enters` is the new visible set.
struct InterestChange {
  std::vector<EntityIndex> stays;
  std::vector<EntityIndex> enters;
  std::vector<EntityIndex> leaves;
};

/// Works out interest changes; owns the scratch memory that all viewers of a room share.
/// One room's thread. Cost: linear in the entities near the viewer and those that it saw before.
class InterestFinder {
 public:
  /// @param self    always visible while it is alive (in the grid), whatever the cap; may be none
  /// @param before  the viewer's visible set, without doubles; entities that have died since simply leave
  /// @param change  is overwritten
  void refresh(const SpatialGrid& grid, Position centre, EntityIndex self, const InterestRange& range,
               std::span<const EntityIndex> before, InterestChange& change);

 private:
  struct Candidate {
    std::int64_t distance_squared;
    EntityIndex index;
  };

  void mark_before(std::span<const EntityIndex> before);
  void collect(const SpatialGrid& grid, Position centre, EntityIndex self, const InterestRange& range);
  void keep_nearest(std::uint32_t visible_max);
  void list_kept(std::span<const EntityIndex> before, InterestChange& change);

  /// Fewest entities in a view for which listing by index pays.
  static constexpr std::size_t kDenseMin = 128;

  std::vector<std::uint32_t> seen_stamp_;  // EntityIndex -> pass in which it was in `before`, stays, or enters
  std::uint32_t pass_ = 0;
  std::vector<Candidate> candidates_;
};

inline constexpr EntityIndex kNoEntity{0xffff'ffffu};

}  // namespace throng::sim
