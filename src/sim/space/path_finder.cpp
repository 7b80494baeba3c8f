#include "sim/space/path_finder.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <limits>

#include "base/assert.h"
#include "sim/space/line_of_sight.h"

namespace throng::sim {
namespace {

constexpr std::uint32_t kStraightCost = 10;
constexpr std::uint32_t kDiagonalCost = 14;
/// What is still to go counts half as much again as what is gone: a way may be that much longer than the shortest one, and
/// is found after a fifth of the places.
constexpr std::uint64_t kCostWeight = 2;
constexpr std::uint64_t kToGoWeight = 3;
constexpr std::size_t kTableCells = 4'096;  // a power of two

/// A body and its neighbourhood are read as one word of a row.
constexpr std::int32_t kBlockCellsMax = 62;

static_assert(kTableCells >= 2 * PathFinder::kSquaresMax);

bool box_free(const content::WalkGrid& walk, Position at, Milliunits half) {
  return !walk.area_blocked({at.x - half, at.y - half}, {at.x + half, at.y + half});
}

}  // namespace

PathFinder::PathFinder() : table_(kTableCells) {
  nodes_.reserve(kNodesMax);
  open_.reserve(kNodesMax * 2);
  squares_.reserve(kSquaresMax);
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
  THRONG_ASSERT(block_cells_ <= kBlockCellsMax, "a body too large to find ways for");
  nodes_.clear();
  open_.clear();
  squares_.clear();
  examined_ = 0;
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
    if (walk_->run_blocked(place.cy + y, place.cx, place.cx + block_cells_ - 1)) return false;
  }
  return true;
}

/// Which of the places round one are free. A place is blocked when any of its cells is, so each row of cells is folded
/// over itself, and then the rows.
PathFinder::Round PathFinder::free_round(Place place) const {
  std::array<std::uint64_t, 3> blocked{};
  for (std::int32_t y = 0; y < block_cells_ + 2; ++y) {
    const std::uint64_t cells = walk_->row_bits(place.cx - 1, place.cy - 1 + y, block_cells_ + 2);
    std::uint64_t places = 0;
    for (std::int32_t x = 0; x < block_cells_; ++x) places |= cells >> x;
    for (std::int32_t n = std::max(0, y - block_cells_ + 1); n <= std::min(y, 2); ++n) {
      blocked[static_cast<std::size_t>(n)] |= places;
    }
  }
  Round round;
  for (std::size_t n = 0; n < 3; ++n) round[n] = {!(blocked[n] & 1), !(blocked[n] & 2), !(blocked[n] & 4)};
  return round;
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
  while (!open_.empty() && examined_ < kExpandedMax) {
    std::pop_heap(open_.begin(), open_.end(), std::greater<>());
    const Open next = open_.back();
    open_.pop_back();
    const auto node = static_cast<std::uint32_t>(next & ((1u << kOpenToGoShift) - 1));
    if (nodes_[node].examined) continue;  // a cheaper way to it was taken before
    const auto to_go =
        static_cast<std::uint32_t>(next >> kOpenToGoShift & ((1u << (kOpenEstimateShift - kOpenToGoShift)) - 1));
    if (to_go < best_to_go) {
      best = node;
      best_to_go = to_go;
    }
    if (to_go == 0) break;
    examine(node);
    ++examined_;
  }
  return best;
}

void PathFinder::examine(std::uint32_t node) {
  nodes_[node].examined = true;
  const Place at = nodes_[node].place;
  const std::uint32_t cost = nodes_[node].cost;
  const Round free = free_round(at);
  for (std::int32_t dy = -1; dy <= 1; ++dy) {
    for (std::int32_t dx = -1; dx <= 1; ++dx) {
      const auto column = static_cast<std::size_t>(dx + 1);
      const auto row = static_cast<std::size_t>(dy + 1);
      if ((dx == 0 && dy == 0) || !free[row][column]) continue;
      const bool diagonal = dx != 0 && dy != 0;
      if (diagonal && (!free[1][column] || !free[row][1])) continue;
      reach({at.cx + dx, at.cy + dy}, node, cost + (diagonal ? kDiagonalCost : kStraightCost));
    }
  }
}

void PathFinder::reach(Place place, std::uint32_t parent, std::uint32_t cost) {
  Square* const square = square_of(place);
  if (square == nullptr) return;
  const auto within = static_cast<std::size_t>(place.cy % kSquareSide * kSquareSide + place.cx % kSquareSide);
  const std::uint64_t bit = std::uint64_t{1} << within;
  if ((square->known & bit) == 0) {
    if (nodes_.size() >= kNodesMax) return;
    square->known |= bit;
    square->nodes[within] = static_cast<std::uint16_t>(nodes_.size());
    nodes_.push_back({place, cost, parent, false});
    push_open(square->nodes[within]);
    return;
  }
  Node& node = nodes_[square->nodes[within]];
  if (node.examined || cost >= node.cost) return;
  node.cost = cost;
  node.parent = parent;
  push_open(square->nodes[within]);
}

/// The square that a place lies in, a fresh one if need be; null when there are too many.
PathFinder::Square* PathFinder::square_of(Place place) {
  const Place at{place.cx / kSquareSide, place.cy / kSquareSide};
  if (last_square_ < squares_.size() && squares_[last_square_].at == at) return &squares_[last_square_];
  const std::uint64_t key =
      static_cast<std::uint64_t>(static_cast<std::uint32_t>(at.cx)) << 32 | static_cast<std::uint32_t>(at.cy);
  std::size_t cell = (key * 0x9e3779b97f4a7c15u >> 40) & (kTableCells - 1);
  while (table_[cell].search == search_ && squares_[table_[cell].square].at != at)
    cell = (cell + 1) & (kTableCells - 1);
  if (table_[cell].search != search_) {
    if (squares_.size() >= kSquaresMax) return nullptr;
    table_[cell] = {search_, static_cast<std::uint32_t>(squares_.size())};
    squares_.emplace_back();
    squares_.back().at = at;
  }
  last_square_ = table_[cell].square;
  return &squares_[last_square_];
}

void PathFinder::push_open(std::uint32_t node) {
  const std::uint64_t to_go = estimate(nodes_[node].place);
  const std::uint64_t sum = kCostWeight * nodes_[node].cost + kToGoWeight * to_go;
  open_.push_back(sum << kOpenEstimateShift | to_go << kOpenToGoShift | node);
  std::push_heap(open_.begin(), open_.end(), std::greater<>());
}

void PathFinder::trace(std::uint32_t node) {
  places_on_way_.clear();
  for (;; node = nodes_[node].parent) {
    places_on_way_.push_back(middle_of(nodes_[node].place));
    if (nodes_[node].parent == node) break;
  }
  std::reverse(places_on_way_.begin(), places_on_way_.end());
}

/// The last place on the way that can be gone to from `from` in a straight line: one that is seen, twice as far each time,
/// and then the furthest between it and the first that is not. At least the next place, `first`.
std::size_t PathFinder::last_seen(Position from, std::size_t first) const {
  const std::size_t end = std::min(places_on_way_.size(), first + kSmoothedCellsMax);
  const auto seen = [&](std::size_t place) { return way_clear(*walk_, from, places_on_way_[place], {half_size_}); };
  std::size_t good = first;
  std::size_t bad = end;
  for (std::size_t step = 1; good + 1 < bad; step *= 2) {
    const std::size_t next = std::min(good + step, bad - 1);
    if (!seen(next)) {
      bad = next;
      break;
    }
    good = next;
  }
  while (good + 1 < bad) {
    const std::size_t middle = good + (bad - good) / 2;
    (seen(middle) ? good : bad) = middle;
  }
  return good;
}

/// Leaves out places that can be passed by in a straight line.
void PathFinder::smooth(Position from, std::vector<Position>& waypoints) const {
  Position corner = from;
  for (std::size_t next = 0; next < places_on_way_.size(); ++next) {
    next = last_seen(corner, next);
    corner = places_on_way_[next];
    waypoints.push_back(corner);
  }
}

}  // namespace throng::sim
