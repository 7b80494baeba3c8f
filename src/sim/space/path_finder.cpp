#include "sim/space/path_finder.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "sim/space/line_of_sight.h"

namespace throng::sim {
namespace {

constexpr std::uint32_t kStraightCost = 10;
constexpr std::uint32_t kDiagonalCost = 14;
constexpr std::size_t kTableCells = 32'768;  // twice kNodesMax, a power of two

static_assert(kTableCells >= 2 * PathFinder::kNodesMax);

bool box_free(const content::WalkGrid& walk, Position at, Milliunits half) {
  return !walk.area_blocked({at.x - half, at.y - half}, {at.x + half, at.y + half});
}

}  // namespace

PathFinder::PathFinder() : table_(kTableCells) {
  nodes_.reserve(kNodesMax);
  open_.reserve(kNodesMax * 2);
}

PathOutcome PathFinder::find(const content::WalkGrid& walk, Position from, Position to, Milliunits half_size,
                             std::vector<Position>& waypoints) {
  waypoints.clear();
  begin(walk, half_size);
  const bool can_stand_there = box_free(walk, to, half_size);
  if (can_stand_there && way_clear(walk, from, to, half_size)) {
    waypoints.push_back(to);
    return PathOutcome::Reached;
  }
  const std::optional<Place> start = place_near(from);
  if (!start) return PathOutcome::Stuck;
  const std::optional<Place> goal = can_stand_there ? place_near(to) : std::nullopt;
  goal_ = goal.value_or(place_at(to));
  const std::uint32_t last = search(*start);
  const bool reached = goal && nodes_[last].place == *goal;
  trace(last);
  if (reached) places_on_way_.push_back(to);
  smooth(from, waypoints);
  return reached ? PathOutcome::Reached : PathOutcome::Partial;
}

void PathFinder::begin(const content::WalkGrid& walk, Milliunits half_size) {
  walk_ = &walk;
  cell_size_ = walk.cell_size().value;
  half_size_ = half_size.value;
  block_cells_ = (2 * half_size_ + cell_size_ - 1) / cell_size_;
  nodes_.clear();
  open_.clear();
  if (++search_ == 0) {  // after 2^32 searches the marks begin anew
    std::fill(table_.begin(), table_.end(), Cell{});
    search_ = 1;
  }
}

Position PathFinder::middle_of(Place place) const {
  const std::int32_t half_block = block_cells_ * cell_size_ / 2;
  return {{place.cx * cell_size_ + half_block}, {place.cy * cell_size_ + half_block}};
}

/// The place whose middle is nearest to `at`, or up to a cell north-west of it.
PathFinder::Place PathFinder::place_at(Position at) const {
  const std::int32_t half_block = block_cells_ * cell_size_ / 2;
  const auto cell = [&](Milliunits coordinate) { return std::max(0, coordinate.value - half_block) / cell_size_; };
  return {cell(at.x), cell(at.y)};
}

bool PathFinder::is_free(Place place) const {
  for (std::int32_t y = 0; y < block_cells_; ++y) {
    for (std::int32_t x = 0; x < block_cells_; ++x) {
      if (walk_->blocked(place.cx + x, place.cy + y)) return false;
    }
  }
  return true;
}

/// The nearest free place with a straight clear way to or from `at`; bodies stand anywhere, places only on the grid.
std::optional<PathFinder::Place> PathFinder::place_near(Position at) const {
  const Place corner = place_at(at);
  std::optional<Place> best;
  std::int64_t best_distance = std::numeric_limits<std::int64_t>::max();
  for (std::int32_t dy = -1; dy <= 2; ++dy) {
    for (std::int32_t dx = -1; dx <= 2; ++dx) {
      const Place place{corner.cx + dx, corner.cy + dy};
      const std::int64_t distance = distance_squared(middle_of(place), at);
      if (distance >= best_distance || !is_free(place)) continue;
      if (!way_clear(*walk_, at, middle_of(place), {half_size_})) continue;
      best = place;
      best_distance = distance;
    }
  }
  return best;
}

/// Octile distance: what the rest would cost without walls, so never too much.
std::uint32_t PathFinder::estimate(Place place) const {
  const auto dx = static_cast<std::uint32_t>(std::abs(place.cx - goal_.cx));
  const auto dy = static_cast<std::uint32_t>(std::abs(place.cy - goal_.cy));
  return kStraightCost * std::max(dx, dy) + (kDiagonalCost - kStraightCost) * std::min(dx, dy);
}

/// @return the node at the goal, else the one that came nearest to it, the cheapest of equals
std::uint32_t PathFinder::search(Place start) {
  reach(start, 0, 0);
  std::uint32_t best = 0;
  std::uint32_t best_to_go = estimate(start);
  std::uint32_t examined = 0;
  const auto after = [this](const Open& a, const Open& b) { return comes_after(a, b); };
  while (!open_.empty() && examined < kExpandedMax) {
    std::pop_heap(open_.begin(), open_.end(), after);
    const Open next = open_.back();
    open_.pop_back();
    if (nodes_[next.node].examined) continue;  // a cheaper way to it was taken before
    if (next.to_go < best_to_go) {
      best = next.node;
      best_to_go = next.to_go;
    }
    if (next.to_go == 0) break;
    examine(next.node);
    ++examined;
  }
  return best;
}

void PathFinder::examine(std::uint32_t node) {
  nodes_[node].examined = true;
  const Place at = nodes_[node].place;
  const std::uint32_t cost = nodes_[node].cost;
  bool free[3][3] = {};
  for (std::int32_t dy = -1; dy <= 1; ++dy) {
    for (std::int32_t dx = -1; dx <= 1; ++dx) free[dy + 1][dx + 1] = is_free({at.cx + dx, at.cy + dy});
  }
  for (std::int32_t dy = -1; dy <= 1; ++dy) {
    for (std::int32_t dx = -1; dx <= 1; ++dx) {
      if ((dx == 0 && dy == 0) || !free[dy + 1][dx + 1]) continue;
      const bool diagonal = dx != 0 && dy != 0;
      if (diagonal && (!free[1][dx + 1] || !free[dy + 1][1])) continue;
      reach({at.cx + dx, at.cy + dy}, node, cost + (diagonal ? kDiagonalCost : kStraightCost));
    }
  }
}

void PathFinder::reach(Place place, std::uint32_t parent, std::uint32_t cost) {
  Cell& cell = cell_of(place);
  if (cell.search != search_) {
    if (nodes_.size() >= kNodesMax) return;
    cell = {search_, static_cast<std::uint32_t>(nodes_.size())};
    nodes_.push_back({place, cost, parent, false});
    push_open(cell.node);
    return;
  }
  Node& node = nodes_[cell.node];
  if (node.examined || cost >= node.cost) return;
  node.cost = cost;
  node.parent = parent;
  push_open(cell.node);
}

PathFinder::Cell& PathFinder::cell_of(Place place) {
  const std::uint64_t key =
      static_cast<std::uint64_t>(static_cast<std::uint32_t>(place.cx)) << 32 | static_cast<std::uint32_t>(place.cy);
  std::size_t at = (key * 0x9e3779b97f4a7c15u >> 40) & (kTableCells - 1);
  while (table_[at].search == search_ && nodes_[table_[at].node].place != place) at = (at + 1) & (kTableCells - 1);
  return table_[at];
}

/// Heap order: least estimate first, of equals the nearer to the goal, then by place, row by row.
bool PathFinder::comes_after(const Open& a, const Open& b) const {
  if (a.estimate != b.estimate) return a.estimate > b.estimate;
  if (a.to_go != b.to_go) return a.to_go > b.to_go;
  const Place pa = nodes_[a.node].place;
  const Place pb = nodes_[b.node].place;
  return pa.cy != pb.cy ? pa.cy > pb.cy : pa.cx > pb.cx;
}

void PathFinder::push_open(std::uint32_t node) {
  const std::uint32_t to_go = estimate(nodes_[node].place);
  open_.push_back({nodes_[node].cost + to_go, to_go, node});
  std::push_heap(open_.begin(), open_.end(), [this](const Open& a, const Open& b) { return comes_after(a, b); });
}

void PathFinder::trace(std::uint32_t node) {
  places_on_way_.clear();
  for (;; node = nodes_[node].parent) {
    places_on_way_.push_back(middle_of(nodes_[node].place));
    if (nodes_[node].parent == node) break;
  }
  std::reverse(places_on_way_.begin(), places_on_way_.end());
}

/// Leaves out every place that can be passed by in a straight line.
void PathFinder::smooth(Position from, std::vector<Position>& waypoints) const {
  Position corner = from;
  std::size_t skipped = 0;
  for (std::size_t i = 0; i + 1 < places_on_way_.size(); ++i) {
    if (++skipped < kSmoothedCellsMax && way_clear(*walk_, corner, places_on_way_[i + 1], {half_size_})) continue;
    corner = places_on_way_[i];
    skipped = 0;
    waypoints.push_back(corner);
  }
  waypoints.push_back(places_on_way_.back());
}

}  // namespace throng::sim
