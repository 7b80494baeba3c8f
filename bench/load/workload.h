#pragma once
// The reference workloads' geometry: how large the square is, and how a player wanders in it.

#include <cstdint>

#include "base/rng.h"

namespace throng::bench {

inline constexpr double kViewUnits = 256;            // an entity nearer than this must be visible
inline constexpr double kOthersInView = 20;          // on average, in the reference workload
inline constexpr double kCrowdSideUnits = 180;       // everybody sees everybody
inline constexpr double kWalkUnitsPerSecond = 60;

/// Side of the square, in units, in which `players` players and twice as many monsters, spread evenly, have
/// kOthersInView others within kViewUnits on average. With rho = view / side the chance that two random points of
/// the square are that near is pi rho^2 - 8/3 rho^3 + rho^4 / 2; it must be 20 / (3 N - 1). The expression holds
/// for rho in [0, 1], so that below 8 players the side is simply kViewUnits.
double reference_side_units(int players);

/// A walker in the square [0, side)². Positions are float32 values, as they come back from the server.
class RandomWalk {
 public:
  RandomWalk() : RandomWalk(1, 1) {}
  /// Starts at a random place.
  RandomWalk(std::uint64_t seed, double side_units);
  /// Starts at a given place.
  RandomWalk(std::uint64_t seed, double side_units, double x, double y);

  /// Goes on by `units`, turning a little; turns round at the edge rather than leave the square.
  void advance(double units);
  /// Takes a heading at least a quarter turn away from the present one.
  void turn_sharply();

  float x() const { return x_; }
  float y() const { return y_; }
  double heading_x() const;
  double heading_y() const;

 private:
  double fraction();  // uniform in [0, 1)

  Rng rng_;
  double side_;
  float x_ = 0;
  float y_ = 0;
  double heading_ = 0;  // radians
};

}  // namespace throng::bench
