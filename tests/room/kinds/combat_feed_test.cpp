#include "room/kinds/combat_feed.h"

#include <gtest/gtest.h>

namespace throng::room {
namespace {

TEST(CombatFeed, TellsEachListenerItsOwnEventsOnce) {
  CombatFeed feed;
  CombatListener ann;
  CombatListener bob;
  const auto first = feed.add({.type = "damage", .source = 1, .target = 2, .amount = 3});
  const auto second = feed.add({.type = "death", .source = 1, .target = 2});
  ASSERT_TRUE(first && second);
  feed.hear(ann, *first);
  feed.hear(ann, *second);
  feed.hear(bob, *second);
  feed.begin_patch();
  ByteWriter to_ann;
  ByteWriter to_bob;
  ASSERT_TRUE(feed.write(ann, to_ann));
  ASSERT_TRUE(feed.write(bob, to_bob));
  protocol::MsgpackDocument document;
  ASSERT_TRUE(document.parse(to_ann.view()));
  EXPECT_EQ(document.root().size(), 2u);
  ASSERT_TRUE(document.parse(to_bob.view()));
  EXPECT_EQ(document.root().at(0).find("type")->as_string(), "death");
  EXPECT_FALSE(feed.write(ann, to_ann));
}

TEST(CombatFeed, TellsAClientSixtyFourEventsOfAPatchAtMost) {
  CombatFeed feed;
  CombatListener ann;
  for (int i = 0; i < 70; ++i) {
    const auto number = feed.add({.type = "damage", .source = 1, .target = 2, .amount = i});
    ASSERT_TRUE(number);
    EXPECT_EQ(feed.hear(ann, *number), i < 64);
  }
  feed.begin_patch();
  ByteWriter out;
  ASSERT_TRUE(feed.write(ann, out));
  protocol::MsgpackDocument document;
  ASSERT_TRUE(document.parse(out.view()));
  ASSERT_EQ(document.root().size(), CombatListener::kEventsMax);
  EXPECT_EQ(document.root().at(63).find("amount")->as_number(), 63);
  ASSERT_TRUE(feed.hear(ann, *feed.add({.type = "death", .target = 2})));  // the next patch begins anew
}

TEST(CombatFeed, HasABoundForAllTogether) {
  CombatFeed feed;
  for (std::uint32_t i = 0; i < CombatFeed::kEventsMax; ++i) ASSERT_TRUE(feed.add({.type = "heal"}));
  EXPECT_FALSE(feed.add({.type = "heal"}));
  feed.begin_patch();
  EXPECT_TRUE(feed.add({.type = "heal"}));
}

TEST(CombatFeed, ForgetsWhatAClientWasNotServedIn) {
  CombatFeed feed;
  CombatListener slow;
  feed.hear(slow, *feed.add({.type = "heal", .target = 2, .amount = 3}));
  feed.begin_patch();
  feed.begin_patch();
  ByteWriter out;
  EXPECT_FALSE(feed.write(slow, out));
}

}  // namespace
}  // namespace throng::room
