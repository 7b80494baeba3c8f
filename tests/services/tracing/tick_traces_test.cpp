#include "services/tracing/tick_traces.h"

#include <gtest/gtest.h>

#include "support/span_trap.h"

namespace throng::services {
namespace {

using room::RoomPhase;
using throng::test::attribute_text;
using throng::test::SpanTrap;

class TickTracesTest : public ::testing::Test {
 protected:
  static room::TickProfile tick_of(std::chrono::milliseconds time) {
    room::TickProfile profile;
    profile.room_id = "room1";
    profile.kind = "world";
    profile.place = "meadow";
    profile.tick = 7;
    profile.interval = std::chrono::milliseconds(50);
    profile.began = MonotonicTime(std::chrono::seconds(5));
    profile.due = profile.began - std::chrono::milliseconds(2);
    profile.at(RoomPhase::Input) = time / 2;
    profile.at(RoomPhase::Ai) = time - time / 2;
    profile.intents_of_kind[2] = 12;
    profile.intents_of_kind[3] = 90;
    profile.events_of_kind[5] = 40;
    profile.busiest_session = std::string_view("session1");
    profile.busiest_session_bytes = 999;
    return profile;
  }

  ManualClock clock;
};

TEST_F(TickTracesTest, ASlowTickIsKeptWhateverTheSampler) {
  const SpanTrap trap({.kind = Sampler::Kind::AlwaysOff});
  TraceId told;
  TickTraces traces({.tick_ratio = 0}, clock, [&](const room::TickProfile&, TraceId trace) { told = trace; });
  traces.tick_done(tick_of(std::chrono::milliseconds(25)));
  EXPECT_TRUE(trap.spans().empty()) << "half of the interval is not slow";
  traces.tick_done(tick_of(std::chrono::milliseconds(30)));
  ASSERT_EQ(trap.spans().size(), 3u);
  const SpanRecord tick = trap.named("tick");
  EXPECT_EQ(tick.context.trace, told);
  EXPECT_EQ(tick.ended - tick.began, std::chrono::milliseconds(30));
  EXPECT_EQ(attribute_text(tick, "game.tick.slow"), "true");
  EXPECT_EQ(attribute_text(tick, "game.room.kind"), "world");
  EXPECT_EQ(attribute_text(tick, "game.tick.late_us"), "2000");
  EXPECT_EQ(attribute_text(tick, "game.tick.top_intents"), "attack 90, move 12");
  EXPECT_EQ(attribute_text(tick, "game.tick.top_events"), "damaged 40");
  EXPECT_EQ(attribute_text(tick, "game.tick.busiest_session"), "session1");
  EXPECT_EQ(tick.dropped_attributes, 0u);
  const SpanRecord input = trap.named("tick input");
  const SpanRecord ai = trap.named("tick ai");
  EXPECT_EQ(input.parent, tick.context.span);
  EXPECT_EQ(input.began, tick.began);
  EXPECT_EQ(ai.began, input.ended);
  EXPECT_EQ(ai.ended, tick.ended);
}

TEST_F(TickTracesTest, TracesOfSlowTicksAreLimitedByTheMinute) {
  const SpanTrap trap({.kind = Sampler::Kind::AlwaysOff});
  TickTraces traces({.tick_ratio = 0, .slow_per_minute = 2}, clock);
  for (int i = 0; i < 5; ++i) traces.tick_done(tick_of(std::chrono::milliseconds(100)));
  EXPECT_EQ(trap.count_named("tick"), 2u);
  clock.advance(std::chrono::minutes(1));
  traces.tick_done(tick_of(std::chrono::milliseconds(100)));
  EXPECT_EQ(trap.count_named("tick"), 3u);
}

TEST_F(TickTracesTest, OtherTicksAreKeptByLuckAndBySampler) {
  const SpanTrap trap;
  TickTraces all({.tick_ratio = 1}, clock);
  TickTraces none({.tick_ratio = 0}, clock);
  TickTraces tenth({.tick_ratio = 0.1}, clock);
  all.tick_done(tick_of(std::chrono::milliseconds(1)));
  EXPECT_EQ(trap.count_named("tick"), 1u);
  EXPECT_EQ(attribute_text(trap.named("tick"), "game.tick.slow"), "false");
  none.tick_done(tick_of(std::chrono::milliseconds(1)));
  EXPECT_EQ(trap.count_named("tick"), 1u);
  for (int i = 0; i < 2'000; ++i) tenth.tick_done(tick_of(std::chrono::milliseconds(1)));
  EXPECT_NEAR(static_cast<double>(trap.count_named("tick")), 201, 100);
}

TEST_F(TickTracesTest, WithTheSamplerOffOnlySlowOnesAreKept) {
  const SpanTrap trap({.kind = Sampler::Kind::AlwaysOff});
  TickTraces traces({.tick_ratio = 1}, clock);
  traces.tick_done(tick_of(std::chrono::milliseconds(1)));
  EXPECT_TRUE(trap.spans().empty());
}

}  // namespace
}  // namespace throng::services
