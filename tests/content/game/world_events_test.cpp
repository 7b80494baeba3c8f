#include "content/game/world_events.h"

#include <gtest/gtest.h>

#include "content/game/parse_problem.h"
#include "content/game/small_set.h"

namespace throng::content {
namespace {

WorldEventDef event_of(int experience_percent, int drop_chance_percent = 100, bool running = true) {
  WorldEventDef event;
  event.running = running;
  event.experience_percent = experience_percent;
  event.drop_chance_percent = drop_chance_percent;
  return event;
}

TEST(WorldEventsFile, ReadsEveryMember) {
  const Result<std::vector<WorldEventDef>> all = parse_world_events(test::small_events(), "events.json");
  ASSERT_TRUE(all.has_value()) << all.error().message;
  ASSERT_EQ(all->size(), 2u);
  const WorldEventDef& feast = (*all)[0];
  EXPECT_EQ(feast.id, "feast");
  EXPECT_EQ(feast.name, "Feast");
  EXPECT_EQ(feast.description, "Cake for everybody.");
  EXPECT_TRUE(feast.runs());
  EXPECT_EQ(feast.experience_percent, 150);
  EXPECT_EQ(feast.drop_chance_percent, 100);
  EXPECT_FALSE((*all)[1].runs()) << "nothing runs that nobody has started";
  EXPECT_EQ((*all)[1].drop_chance_percent, 300);
}

TEST(WorldEventsFile, PercentagesHaveTheirRange) {
  EXPECT_EQ(test::parse_problem(parse_world_events, "events", R"("name": "A", "experience_percent": 1001)"),
            "f:1:54: $.events.a.experience_percent: found 1001, expected an integer from 0 to 1000");
  EXPECT_EQ(test::parse_problem(parse_world_events, "events", R"("name": "A", "drop_chance_percent": -1)"),
            "f:1:55: $.events.a.drop_chance_percent: found -1, expected an integer from 0 to 1000");
  EXPECT_EQ(test::parse_problem(parse_world_events, "events", R"("name": "A", "experience_percent": 0)"), "none");
}

TEST(EventsInForce, AreAHundredPercentWhenNothingRuns) {
  EXPECT_EQ(events_in_force({}), EventsInForce{});
  EXPECT_EQ(events_in_force(std::vector{event_of(200, 200, false)}), EventsInForce{});
  WorldEventDef gone = event_of(200, 200);
  gone.retired = true;
  EXPECT_EQ(events_in_force(std::vector{gone}), EventsInForce{});
}

TEST(EventsInForce, Multiply) {
  const EventsInForce both = events_in_force(std::vector{event_of(200), event_of(150, 50), event_of(900, 0, false)});
  EXPECT_EQ(both.experience_percent, 300);
  EXPECT_EQ(both.drop_chance_percent, 50);
  EXPECT_EQ(events_in_force(std::vector{event_of(0), event_of(1000)}).experience_percent, 0);
}

TEST(EventsInForce, AreRoundedOnceWhateverTheirOrder) {
  const std::vector events = {event_of(33), event_of(300), event_of(101)};
  EXPECT_EQ(events_in_force(events).experience_percent, 99);  // 99.99
  EXPECT_EQ(events_in_force(std::vector{events[2], events[1], events[0]}).experience_percent, 99);
}

TEST(EventsInForce, AreBoundedHoweverManyRun) {
  const std::vector<WorldEventDef> most(kEventsRunningMax, event_of(kEventPercentMax, kEventPercentMax));
  EXPECT_EQ(events_in_force(most).experience_percent, kEventPercentMax);
  EXPECT_EQ(events_in_force(most).drop_chance_percent, kEventPercentMax);
}

}  // namespace
}  // namespace throng::content
