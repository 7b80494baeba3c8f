#include "sim/space/move_bodies.h"

namespace throng::sim {
namespace {

void move_body(Position& position, Motion& motion, const Ground& ground, std::int32_t scale) {
  const std::int32_t dx = take_step(motion.step_x, motion.part_x, motion.carried_x, scale);
  const std::int32_t dy = take_step(motion.step_y, motion.part_y, motion.carried_y, scale);
  const Slide slide = ground.slide(position, dx, dy);
  // A fraction is worth nothing against a wall; kept, it would let a body at rest there seem to move.
  if (slide.hit_x) motion.carried_x = 0;
  if (slide.hit_y) motion.carried_y = 0;
  motion.stalled = (slide.hit_x || slide.hit_y) && slide.position == position ? 1 : 0;
  position = slide.position;
}

}  // namespace

void move_bodies(WorldState& state, TickContext& ctx) {
  const std::int32_t scale = motion_scale(state.settings.tick_rate_hz);
  for (std::size_t i = 0; i < state.motions.size(); ++i) {
    if (!state.motions[i].rests()) move_body(state.positions[i], state.motions[i], ctx.ground, scale);
  }
}

}  // namespace throng::sim
