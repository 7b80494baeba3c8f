#pragma once
// How an entity moves from tick to tick, exact to the fraction of a milliunit.

#include <cstdint>

#include "base/units.h"

namespace throng::sim {

/// A way to go: length at most kBasisPointsWhole, zero stands.
struct Direction {
  BasisPoints x;
  BasisPoints y;
  friend bool operator==(Direction, Direction) = default;
};

/// Cuts each part to [-10'000, 10'000] and shortens what is longer than 1 to 1 (never to more; to less by under
/// two basis points).
Direction shortened(BasisPoints dx, BasisPoints dy);
/// The direction of length 1 (rounded towards zero) from one place to another; zero when they are the same.
Direction towards(Position from, Position to);

/// Displacement per tick, split into whole milliunits and a fraction, and the fraction carried from tick to tick:
/// after n ticks the sum is floor(n * speed * direction / rate), with no drift at any rate.
struct Motion {
  std::int32_t step_x = 0;  ///< whole milliunits per tick, rounded down
  std::int32_t step_y = 0;
  std::int32_t part_x = 0;  ///< [0, motion_scale): the rest of a tick's displacement, in 1 / scale milliunits
  std::int32_t part_y = 0;
  std::int32_t carried_x = 0;  ///< [0, motion_scale): fraction of a milliunit gone but not yet shown
  std::int32_t carried_y = 0;
  std::int32_t stalled = 0;  ///< 1: wanted to move in the last tick and could not at all

  bool rests() const { return (step_x | step_y | part_x | part_y) == 0; }
  friend bool operator==(const Motion&, const Motion&) = default;
};

/// Fractions of a milliunit that a displacement per tick can have.
constexpr std::int32_t motion_scale(int tick_rate_hz) { return kBasisPointsWhole * tick_rate_hz; }

/// Sets the displacement per tick; keeps the carried fraction.
/// @param speed  per second, [0, kSpeedMax]
void set_course(Motion& motion, Direction direction, Milliunits speed, int tick_rate_hz);
/// Stands still; keeps the carried fraction.
void halt(Motion& motion);

/// One axis of one tick: the whole milliunits to go now.
inline std::int32_t take_step(std::int32_t step, std::int32_t part, std::int32_t& carried, std::int32_t scale) {
  carried += part;
  const std::int32_t whole = carried >= scale ? 1 : 0;
  carried -= scale & -whole;  // without a branch, which could not be predicted
  return step + whole;
}

}  // namespace throng::sim
