#pragma once
// The units of the simulated world. One world unit is one map pixel; positions are whole thousandths of it.

#include <cstdint>

#include "base/strong.h"

namespace throng {

/// Simulation steps since the room began (or a span of them).
using Tick = Quantity<struct TickTag, std::uint32_t>;
/// Thousandths of a world unit. Range that the simulation relies on: ±1'000'000'000 (a map of 1,000,000 units).
using Milliunits = Quantity<struct MilliunitsTag, std::int32_t>;
/// Hundredths of a per cent: 10'000 is the whole.
using BasisPoints = Quantity<struct BasisPointsTag, std::int32_t>;

inline constexpr std::int32_t kMilliunitsPerUnit = 1000;
inline constexpr std::int32_t kBasisPointsWhole = 10'000;

constexpr Milliunits units(std::int32_t whole_units) { return {whole_units * kMilliunitsPerUnit}; }

/// A place on the map. x grows to the east, y to the south, as in Tiled.
struct Position {
  Milliunits x;
  Milliunits y;
  friend constexpr bool operator==(Position, Position) = default;
};

/// Square of the distance, in square milliunits; exact.
constexpr std::int64_t distance_squared(Position a, Position b) {
  const std::int64_t dx = std::int64_t{a.x.value} - b.x.value;
  const std::int64_t dy = std::int64_t{a.y.value} - b.y.value;
  return dx * dx + dy * dy;
}

}  // namespace throng
