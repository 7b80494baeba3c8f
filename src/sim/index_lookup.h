#pragma once
// From a key or an id to the entity. A cache: it can be rebuilt from the rows.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/strong.h"

namespace throng::sim {

/// Open addressing with linear probing, at most half full. Never iterated, so its order cannot reach the state.
/// Bounded by the number of living entities; allocates only when it doubles.
/// @tparam Key    a strong number with a member `value`
/// @tparam Index  what is found
template <typename Key, typename Index>
class IndexLookup {
 public:
  IndexLookup() : cells_(kCellsAtStart) {}

  std::optional<Index> find(Key key) const {
    const Cell& cell = cells_[locate(key)];
    if (!cell.used) return std::nullopt;
    return cell.index;
  }

  /// @return false, and changes nothing, when the key is there already
  bool insert(Key key, Index index) {
    if (cells_[locate(key)].used) return false;
    if ((size_ + 1) * 2 > cells_.size()) grow();
    cells_[locate(key)] = {key, index, true};
    ++size_;
    return true;
  }

  /// @return false when there is no such key
  bool erase(Key key) {
    std::size_t hole = locate(key);
    if (!cells_[hole].used) return false;
    --size_;
    // Pull back what had to step over the hole, so that searches need no tombstones.
    for (std::size_t at = next(hole); cells_[at].used; at = next(at)) {
      const std::size_t mask = cells_.size() - 1;
      const std::size_t steps_from_home = (at - home_of(cells_[at].key)) & mask;
      if (steps_from_home < ((at - hole) & mask)) continue;
      cells_[hole] = cells_[at];
      hole = at;
    }
    cells_[hole] = {};
    return true;
  }

  std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kCellsAtStart = 64;

  struct Cell {
    Key key{};
    Index index{};
    bool used = false;
  };

  std::size_t home_of(Key key) const { return (key.value * 0x9e3779b97f4a7c15u >> 32) & (cells_.size() - 1); }
  std::size_t next(std::size_t cell) const { return (cell + 1) & (cells_.size() - 1); }

  /// The cell of the key, or the free cell where its search ends.
  std::size_t locate(Key key) const {
    std::size_t cell = home_of(key);
    while (cells_[cell].used && cells_[cell].key != key) cell = next(cell);
    return cell;
  }

  void grow() {
    std::vector<Cell> old = std::exchange(cells_, std::vector<Cell>(cells_.size() * 2));
    for (const Cell& cell : old) {
      if (cell.used) cells_[locate(cell.key)] = cell;
    }
  }

  std::vector<Cell> cells_;  // a power of two
  std::size_t size_ = 0;
};

}  // namespace throng::sim
