#include "sim/space/move_bodies.h"

#include <gtest/gtest.h>

#include "sim/sim_fixtures.h"

namespace throng::sim {
namespace {

struct MovingBody {
  explicit MovingBody(content::MapDef map, Position at, Direction direction, Milliunits speed = units(160))
      : scene(std::move(map)), state(scene.state), index(*state.add_entity(EntityKind::Player, at)) {
    set_course(state.motions[index.value], direction, speed, state.settings.tick_rate_hz);
  }

  void move(int ticks) {
    TickContext ctx = scene.context();
    for (int i = 0; i < ticks; ++i) move_bodies(state, ctx);
  }

  test::Scene scene;
  WorldState& state;
  EntityIndex index;
};

TEST(MoveBodies, CoversTheSpeedInASecond) {
  MovingBody body(content::open_field("field", 1000, 100), {units(50), units(50)}, {{10'000}, {0}});
  body.move(20);
  EXPECT_EQ(body.state.positions[0], (Position{units(210), units(50)}));
  EXPECT_EQ(body.state.motions[0].stalled, 0);
}

TEST(MoveBodies, MarksABodyThatCannotMoveAtAll) {
  MovingBody body(content::open_field("field", 100, 100), {units(94), units(50)}, {{10'000}, {0}});
  body.move(1);
  EXPECT_EQ(body.state.motions[0].stalled, 1);
}

TEST(MoveBodies, DoesNotMarkABodyThatSlides) {
  MovingBody body(content::open_field("field", 100, 100), {units(94), units(50)}, {{7'000}, {7'000}});
  body.move(1);
  EXPECT_EQ(body.state.motions[0].stalled, 0);
  EXPECT_EQ(body.state.positions[0], (Position{units(94), {55'600}}));
}

TEST(MoveBodies, LeavesBodiesAtRestAlone) {
  MovingBody body(content::open_field("field", 100, 100), {units(50), units(50)}, {});
  body.move(10);
  EXPECT_EQ(body.state.positions[0], (Position{units(50), units(50)}));
}

}  // namespace
}  // namespace throng::sim
