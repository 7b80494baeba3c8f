#include "sim/space/interest.h"

#include <algorithm>

namespace throng::sim {

void InterestFinder::refresh(const SpatialGrid& grid, Position centre, EntityIndex self, const InterestRange& range,
                             std::span<const EntityIndex> before, InterestChange& change) {
  change.stays.clear();
  change.enters.clear();
  change.leaves.clear();
  mark_before(before);
  collect(grid, centre, self, range);
  keep_nearest(range.visible_max);
  list_kept(before, change);
}

/// A view that holds much of the world is listed by index, not by place: then viewers who see the same have the same
/// list, and whoever walks it reads memory in order.
void InterestFinder::list_kept(std::span<const EntityIndex> before, InterestChange& change) {
  const std::uint32_t was_seen = pass_;
  const std::uint32_t stays = pass_ + 1;
  const std::uint32_t enters = pass_ += 2;
  const bool dense = candidates_.size() >= kDenseMin && candidates_.size() * 4 >= seen_stamp_.size();
  for (const Candidate& candidate : candidates_) {
    std::uint32_t& stamp = seen_stamp_[candidate.index.value];
    stamp = stamp == was_seen ? stays : enters;
    if (!dense) (stamp == stays ? change.stays : change.enters).push_back(candidate.index);
  }
  for (std::uint32_t i = 0; dense && i < seen_stamp_.size(); ++i) {
    if (seen_stamp_[i] == stays) change.stays.push_back({i});
    if (seen_stamp_[i] == enters) change.enters.push_back({i});
  }
  for (const EntityIndex index : before) {
    if (seen_stamp_[index.value] == was_seen) change.leaves.push_back(index);
  }
}

void InterestFinder::mark_before(std::span<const EntityIndex> before) {
  if (pass_ > 0xffff'fff0u) {  // the stamps would wrap: start afresh
    std::fill(seen_stamp_.begin(), seen_stamp_.end(), 0);
    pass_ = 0;
  }
  ++pass_;
  for (const EntityIndex index : before) {
    if (index.value >= seen_stamp_.size()) seen_stamp_.resize(index.value + 1, 0);
    seen_stamp_[index.value] = pass_;
  }
}

void InterestFinder::collect(const SpatialGrid& grid, Position centre, EntityIndex self, const InterestRange& range) {
  candidates_.clear();
  const Milliunits reach = range.radius + range.margin;
  const std::int64_t inner = std::int64_t{range.radius.value} * range.radius.value;
  const std::int64_t outer = std::int64_t{reach.value} * reach.value;
  grid.visit_near(centre, reach, [&](const SpatialGrid::Entry& entry) {
    const std::int64_t distance = entry.index == self ? -1 : distance_squared(centre, entry.position);
    if (distance > outer) return;
    if (entry.index.value >= seen_stamp_.size()) seen_stamp_.resize(entry.index.value + 1, 0);
    if (distance < inner || seen_stamp_[entry.index.value] == pass_) candidates_.push_back({distance, entry.index});
  });
}

void InterestFinder::keep_nearest(std::uint32_t visible_max) {
  if (candidates_.size() <= visible_max) return;
  const auto nearer = [](const Candidate& a, const Candidate& b) {
    return a.distance_squared != b.distance_squared ? a.distance_squared < b.distance_squared : a.index < b.index;
  };
  const auto cut = candidates_.begin() + visible_max;
  std::nth_element(candidates_.begin(), cut, candidates_.end(), nearer);
  candidates_.erase(cut, candidates_.end());
}

}  // namespace throng::sim
