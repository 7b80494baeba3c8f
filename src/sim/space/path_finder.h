#pragma once
// The way round walls for a body: A* over the walk grid.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/units.h"
#include "content/map/walk_grid.h"

namespace throng::sim {

enum class PathOutcome : std::uint8_t {
  Reached,  ///< the last waypoint is the destination
  Partial,  ///< the last waypoint is the nearest place to it that the search came to
  Stuck,    ///< the body cannot leave where it stands; no waypoints
};

/// Reusable search memory, about 0.9 MiB, whatever the size of the map; one per thread is enough. Holds nothing
/// between two calls, so results depend on the arguments only.
class PathFinder {
 public:
  /// Places examined before a search gives up with what it has.
  static constexpr std::uint32_t kExpandedMax = 4096;
  /// Places remembered, examined or not.
  static constexpr std::uint32_t kNodesMax = 16'384;
  /// Squares of the map that these may lie in; a way through a maze of narrow passages needs most.
  static constexpr std::uint32_t kSquaresMax = 2'048;
  /// Longest straight piece that smoothing looks for, in cells; bounds its cost.
  static constexpr std::size_t kSmoothedCellsMax = 64;

  PathFinder();

  /// Places for the middle of the body, after `from`, each in a straight clear line from the one before. Steps to
  /// the eight neighbours, never past the corner of a wall; of equals the one found first, so the way is always the same.
  /// @param half_size  of the body, above 0 and under 31 cells
  /// @param waypoints  is overwritten
  PathOutcome find(const content::WalkGrid& walk, Position from, Position to, Milliunits half_size,
                   std::vector<Position>& waypoints);

  /// Places that the last call examined: what it cost.
  std::uint32_t examined() const { return examined_; }

 private:
  /// A block of cells that a body fills: named by its north-western cell.
  struct Place {
    std::int32_t cx = 0;
    std::int32_t cy = 0;
    friend bool operator==(Place, Place) = default;
  };
  struct Node {
    Place place;
    std::uint32_t cost = 0;  ///< of the best way found so far
    std::uint32_t parent = 0;  ///< itself at the start
    bool examined = false;
  };
  /// Least estimate first (weighted sum of the cost so far and at least still to go), of equals the nearer to the goal, then the one that was
  /// found first: in one number, so that the heap compares quickly.
  using Open = std::uint64_t;
  static constexpr int kOpenToGoShift = 16;
  static constexpr int kOpenEstimateShift = 40;
  static_assert(kNodesMax <= 1u << kOpenToGoShift);

  static constexpr std::int32_t kSquareSide = 8;
  /// Eight by eight places. A search touches few of them, which therefore stay in the cache.
  struct Square {
    Place at;  ///< in squares
    std::uint64_t known = 0;  ///< a bit for each place that has a node
    std::array<std::uint16_t, kSquareSide * kSquareSide> nodes{};
  };
  struct Cell {
    std::uint32_t search = 0;  ///< stale unless it is the current one
    std::uint32_t square = 0;
  };
  /// The 3 x 3 places round one, by [dy + 1][dx + 1].
  using Round = std::array<std::array<bool, 3>, 3>;

  void begin(const content::WalkGrid& walk, Milliunits half_size);
  Position middle_of(Place place) const;
  bool is_free(Place place) const;
  Round free_round(Place place) const;
  std::optional<Place> place_near(Position at) const;
  Place place_at(Position at) const;
  std::uint32_t estimate(Place place) const;
  std::uint32_t search(Place start);
  void examine(std::uint32_t node);
  void reach(Place place, std::uint32_t parent, std::uint32_t cost);
  Square* square_of(Place place);
  void push_open(std::uint32_t node);
  void trace(std::uint32_t node);
  void smooth(Position from, std::vector<Position>& waypoints) const;
  std::size_t last_seen(Position from, std::size_t first) const;

  const content::WalkGrid* walk_ = nullptr;  // only during a call
  std::int32_t cell_size_ = 1;
  std::int32_t half_size_ = 1;
  std::int32_t block_cells_ = 1;  // side of a body in whole cells
  Place goal_;
  std::uint32_t search_ = 0;
  std::uint32_t examined_ = 0;
  std::vector<Node> nodes_;
  std::vector<Open> open_;
  std::vector<Cell> table_;  // open addressing, from the place of a square to its number
  std::vector<Square> squares_;
  std::uint32_t last_square_ = 0;  // neighbours mostly lie in the same one
  std::vector<Position> places_on_way_;
};

}  // namespace throng::sim
