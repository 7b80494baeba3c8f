#include "load/workload.h"

#include <cmath>
#include <numbers>

namespace throng::bench {
namespace {

constexpr double kTurnMax = 0.4;  // radians per step, to either side

double share_in_view(double rho) {
  return std::numbers::pi * rho * rho - 8.0 / 3.0 * rho * rho * rho + rho * rho * rho * rho / 2;
}

}  // namespace

double reference_side_units(int players) {
  const double wanted = kOthersInView / (3.0 * players - 1);
  double low = 0;
  double high = 1;  // share_in_view rises on [0, 1], to 0.975
  if (players < 1 || wanted >= share_in_view(high)) return kViewUnits;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (share_in_view(middle) < wanted ? low : high) = middle;
  }
  return kViewUnits / high;
}

RandomWalk::RandomWalk(std::uint64_t seed, double side_units) : rng_(seed), side_(side_units) {
  x_ = static_cast<float>(fraction() * side_);
  y_ = static_cast<float>(fraction() * side_);
  heading_ = fraction() * 2 * std::numbers::pi;
}

RandomWalk::RandomWalk(std::uint64_t seed, double side_units, double x, double y) : RandomWalk(seed, side_units) {
  x_ = static_cast<float>(x);
  y_ = static_cast<float>(y);
}

void RandomWalk::advance(double units) {
  heading_ += (fraction() * 2 - 1) * kTurnMax;
  for (int attempt = 0; attempt < 16; ++attempt) {
    const double x = x_ + heading_x() * units;
    const double y = y_ + heading_y() * units;
    if (x >= 0 && y >= 0 && x < side_ && y < side_) {
      x_ = static_cast<float>(x);
      y_ = static_cast<float>(y);
      return;
    }
    turn_sharply();
  }
}

void RandomWalk::turn_sharply() { heading_ += std::numbers::pi / 2 + fraction() * std::numbers::pi; }

double RandomWalk::heading_x() const { return std::cos(heading_); }
double RandomWalk::heading_y() const { return std::sin(heading_); }

double RandomWalk::fraction() { return static_cast<double>(rng_.next() >> 11) * 0x1.0p-53; }

}  // namespace throng::bench
