#include "sim/player_lookup.h"

#include <utility>

namespace throng::sim {
namespace {

constexpr std::size_t kLookupCellsAtStart = 64;

}  // namespace

PlayerLookup::PlayerLookup() : cells_(kLookupCellsAtStart) {}

std::size_t PlayerLookup::home_of(PlayerKey key) const {
  return (key.value * 0x9e3779b97f4a7c15u >> 32) & (cells_.size() - 1);
}

/// The cell of the key, or the free cell where its search ends.
std::size_t PlayerLookup::locate(PlayerKey key) const {
  std::size_t cell = home_of(key);
  while (cells_[cell].used && cells_[cell].key != key) cell = next(cell);
  return cell;
}

std::optional<EntityIndex> PlayerLookup::find(PlayerKey key) const {
  const Cell& cell = cells_[locate(key)];
  if (!cell.used) return std::nullopt;
  return cell.index;
}

bool PlayerLookup::insert(PlayerKey key, EntityIndex index) {
  if (cells_[locate(key)].used) return false;
  if ((size_ + 1) * 2 > cells_.size()) grow();
  cells_[locate(key)] = {key, index, true};
  ++size_;
  return true;
}

bool PlayerLookup::erase(PlayerKey key) {
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

void PlayerLookup::grow() {
  std::vector<Cell> old = std::exchange(cells_, std::vector<Cell>(cells_.size() * 2));
  for (const Cell& cell : old) {
    if (cell.used) cells_[locate(cell.key)] = cell;
  }
}

}  // namespace throng::sim
