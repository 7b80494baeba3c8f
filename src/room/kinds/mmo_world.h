#pragma once
// The simulation of the reference workload (bench/README.md): players who say where they are, and monsters
// that wander, in an open square. It measures the server; it is no game.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/rng.h"
#include "base/units.h"
#include "sim/entity_pool.h"
#include "sim/space/spatial_grid.h"

namespace throng::room {

struct MmoSettings {
  Milliunits side = units(3000);
  std::uint32_t monsters = 0;
  std::uint32_t entities_max = 65'000;
  std::int32_t tick_rate_hz = 20;
  Tick index_quarantine{80};
};

/// One thread. Deterministic for a seed and the same calls.
class MmoWorld {
 public:
  struct Vitals {
    std::uint16_t hp = 100;
    std::uint8_t state = 0;
  };

  MmoWorld(const MmoSettings& settings, std::uint64_t seed);

  /// Nothing when the world is full. Positions are held inside the square.
  std::optional<sim::EntityIndex> add_player(Position at);
  void remove_player(sim::EntityIndex index);
  /// Where the player wants to be; a step of more than 32 units in one message is shortened to that.
  void move_player(sim::EntityIndex index, Position target);

  void tick();

  const sim::EntityPool& entities() const { return pool_; }
  std::span<const Position> positions() const { return positions_; }
  std::span<const std::uint8_t> alive() const { return alive_; }
  const Vitals& vitals(sim::EntityIndex index) const { return vitals_[index.value]; }
  const sim::SpatialGrid& grid() const { return grid_; }

 private:
  struct Heading {
    Milliunits x;
    Milliunits y;
    std::int32_t ticks_left = 0;
  };

  void file(sim::EntityIndex index, Position at);
  void wander(std::uint32_t index);
  Position inside(Position position) const;

  const MmoSettings settings_;
  Rng rng_;
  Tick now_{0};
  sim::EntityPool pool_;
  std::vector<Position> positions_;  // these four by entity index
  std::vector<std::uint8_t> alive_;
  std::vector<Vitals> vitals_;
  std::vector<Heading> headings_;
  sim::SpatialGrid grid_;
};

}  // namespace throng::room
