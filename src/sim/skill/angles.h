#pragma once
// Directions and angles in whole numbers, for the shapes of skills.

#include <algorithm>
#include <cstdint>

#include "base/units.h"
#include "sim/space/integer_sqrt.h"

namespace throng::sim {

inline constexpr std::int64_t kMillion = 1'000'000;

/// A direction of length 1 in millionths, right to about two of them. (0, 0): none.
struct UnitVector {
  std::int64_t x = 0;
  std::int64_t y = 0;
  friend bool operator==(UnitVector, UnitVector) = default;
};

constexpr UnitVector unit_towards(Position from, Position to) {
  std::int64_t dx = std::int64_t{to.x.value} - from.x.value;
  std::int64_t dy = std::int64_t{to.y.value} - from.y.value;
  const std::int64_t longest = std::max(dx < 0 ? -dx : dx, dy < 0 ? -dy : dy);
  if (longest == 0) return {};
  // Short ones are stretched first, so that the root is as exact for them.
  const std::int64_t stretch = std::max<std::int64_t>(1, 1'000'000'000 / longest);
  dx *= stretch;
  dy *= stretch;
  const auto length = static_cast<std::int64_t>(integer_sqrt_up(static_cast<std::uint64_t>(dx * dx + dy * dy)));
  return {dx * kMillion / length, dy * kMillion / length};
}

/// Cosine of `half_degrees` / 2 degrees in millionths; [0, 360]. Taylor's series, right to the last digit or one beside it.
constexpr std::int64_t cosine_of_half_degrees(int half_degrees) {
  if (half_degrees > 180) return -cosine_of_half_degrees(360 - half_degrees);
  constexpr std::int64_t kOne = 1'000'000'000;
  constexpr std::int64_t kHalfDegree = 8'726'646;  // pi / 360, in billionths
  const std::int64_t angle = half_degrees * kHalfDegree;
  const std::int64_t square = angle * angle / kOne;
  std::int64_t sum = kOne;
  std::int64_t term = kOne;
  for (int n = 2; n <= 16; n += 2) {
    term = -term * square / kOne / (n * (n - 1));
    sum += term;
  }
  return (sum + (sum < 0 ? -500 : 500)) / 1000;
}

}  // namespace throng::sim
