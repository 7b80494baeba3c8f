#include "sim/space/motion.h"

#include <algorithm>

#include "sim/space/integer_sqrt.h"

namespace throng::sim {
namespace {

std::uint64_t length_squared(std::int64_t x, std::int64_t y) { return static_cast<std::uint64_t>(x * x + y * y); }

struct StepOfAxis {
  std::int32_t step;
  std::int32_t part;
};

StepOfAxis step_of(std::int32_t direction, std::int32_t speed, std::int32_t scale) {
  const std::int64_t distance = std::int64_t{speed} * direction;
  std::int64_t step = distance / scale;
  std::int64_t part = distance % scale;
  if (part < 0) {
    part += scale;
    --step;
  }
  return {static_cast<std::int32_t>(step), static_cast<std::int32_t>(part)};
}

BasisPoints scaled(std::int64_t part, std::int64_t length) {
  return {static_cast<std::int32_t>(part * kBasisPointsWhole / length)};
}

}  // namespace

Direction shortened(BasisPoints dx, BasisPoints dy) {
  const std::int32_t x = std::clamp(dx.value, -kBasisPointsWhole, kBasisPointsWhole);
  const std::int32_t y = std::clamp(dy.value, -kBasisPointsWhole, kBasisPointsWhole);
  const std::int64_t length = integer_sqrt_up(length_squared(x, y));
  if (length <= kBasisPointsWhole) return {{x}, {y}};
  return {scaled(x, length), scaled(y, length)};
}

Direction towards(Position from, Position to) {
  const std::int64_t dx = std::int64_t{to.x.value} - from.x.value;
  const std::int64_t dy = std::int64_t{to.y.value} - from.y.value;
  const std::int64_t length = integer_sqrt_up(length_squared(dx, dy));
  if (length == 0) return {};
  return {scaled(dx, length), scaled(dy, length)};
}

void set_course(Motion& motion, Direction direction, Milliunits speed, int tick_rate_hz) {
  const std::int32_t scale = motion_scale(tick_rate_hz);
  const StepOfAxis x = step_of(direction.x.value, speed.value, scale);
  const StepOfAxis y = step_of(direction.y.value, speed.value, scale);
  motion.step_x = x.step;
  motion.part_x = x.part;
  motion.step_y = y.step;
  motion.part_y = y.part;
  motion.stalled = 0;
}

void halt(Motion& motion) {
  motion.step_x = motion.step_y = motion.part_x = motion.part_y = 0;
  motion.stalled = 0;
}

}  // namespace throng::sim
