#include <gtest/gtest.h>

#include <string>

#include "content/game/small_set.h"

namespace throng::content {
namespace {

using test::set_problems;
using test::small_set_with;

/// So many events, of which the first ones run.
std::string events_with(int all, int running) {
  std::string text = "{\"events\": {\"feast\": {\"name\": \"Feast\"}";
  for (int i = 0; i < all; ++i) {
    text += ",\n\"e" + std::to_string(i) + "\": {\"name\": \"E\", \"running\": " + (i < running ? "true}" : "false}");
  }
  return text + "}}";
}

TEST(EventsOfContent, AFewMayRunAtATime) {
  ContentTexts texts = test::small_set();
  texts["events.json"] = events_with(20, kEventsRunningMax);
  EXPECT_EQ(set_problems(texts), "none");
  texts["events.json"] = events_with(20, kEventsRunningMax + 1);
  EXPECT_EQ(set_problems(texts),
            "events.json:8:32: $.events.e6.running: found one more event that runs, expected at most 6 at a time");
}

TEST(EventsOfContent, LootNamesEventsThatAreThere) {
  EXPECT_EQ(
      set_problems(small_set_with("loot_tables.json", "\"event\": \"feast\"", "\"event\": \"fast\"")),
      "loot_tables.json:11:58: $.loot_tables.wolf_loot.groups[1].one_of[0].event: found \"fast\", expected the id "
      "of a world event; did you mean \"feast\"?");
}

TEST(EventsOfContent, ASetMayBeWithoutThem) {
  ContentTexts texts = small_set_with("loot_tables.json", ", \"event\": \"feast\"", "");
  texts["events.json"] = "{\"events\": {}}";
  const auto empty = load_content(texts, test::small_formats(), nullptr);
  ASSERT_TRUE(empty) << empty.error().message;
  texts.erase("events.json");
  const auto none = load_content(texts, test::small_formats(), nullptr);
  ASSERT_TRUE(none) << none.error().message;
  EXPECT_EQ((*none)->hash, (*empty)->hash);
}

TEST(EventsOfContent, OneThatAFileNoLongerHasEnds) {
  const auto first = load_content(test::small_set(), test::small_formats(), nullptr);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ((*first)->in_force.experience_percent, 150);
  EXPECT_TRUE((*first)->runs(WorldEventRef{0}));
  ContentTexts texts = small_set_with("loot_tables.json", ", \"event\": \"feast\"", "");
  texts.erase("events.json");
  const auto second = load_content(texts, test::small_formats(), first->get());
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ((*second)->in_force, EventsInForce{});
  EXPECT_FALSE((*second)->runs(WorldEventRef{0}));
}

}  // namespace
}  // namespace throng::content
