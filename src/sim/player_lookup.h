#pragma once
// From the room's key of a player to the entity. A cache: it can be rebuilt from the players' rows.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/entity_pool.h"
#include "sim/intent.h"

namespace throng::sim {

/// Open addressing with linear probing, at most half full. Never iterated, so its order cannot reach the state.
/// Bounded by the number of living players; allocates only when it doubles.
class PlayerLookup {
 public:
  PlayerLookup();

  std::optional<EntityIndex> find(PlayerKey key) const;
  /// @return false, and changes nothing, when the key is there already
  bool insert(PlayerKey key, EntityIndex index);
  /// @return false when there is no such key
  bool erase(PlayerKey key);
  std::size_t size() const { return size_; }

 private:
  struct Cell {
    PlayerKey key;
    EntityIndex index;
    bool used = false;
  };

  std::size_t home_of(PlayerKey key) const;
  std::size_t next(std::size_t cell) const { return (cell + 1) & (cells_.size() - 1); }
  std::size_t locate(PlayerKey key) const;
  void grow();

  std::vector<Cell> cells_;  // a power of two
  std::size_t size_ = 0;
};

}  // namespace throng::sim
