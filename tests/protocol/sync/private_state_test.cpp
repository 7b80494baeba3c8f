#include "protocol/sync/private_state.h"

#include <gtest/gtest.h>

#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

std::string told(PrivateState& state) {
  FrameBuffer frame;
  state.write_changes(frame);
  return testing::to_hex(frame.view());
}
std::string complete(PrivateState& state) {
  FrameBuffer frame;
  state.write_complete(frame);
  return testing::to_hex(frame.view());
}
bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A potion in the bag, a skill, a quest.
PrivateState adventurer() {
  PrivateState state;
  state.me.entity_id = 5;
  state.me.mana = 9;
  state.bag.append("0");
  state.bag.set(0, {.item = InlineString<32>("potion"), .count = 2});
  state.skills.append("fireball");
  state.quests.append("wolves");
  state.quests.set(0, {.state = 1, .c0 = 3});
  return state;
}

TEST(PrivateState, TellsOnlyWhatDiffersFromWhatWasTold) {
  PrivateState state = adventurer();
  complete(state);
  EXPECT_EQ(told(state), "");
  state.me.mana = 8;
  EXPECT_EQ(told(state), "ff108508000000");  // `me`, its sixth field
  EXPECT_EQ(told(state), "");
  state.bag.set(0, {.item = InlineString<32>("potion"), .count = 1});
  EXPECT_EQ(told(state), "ff20810100");
  EXPECT_EQ(told(state), "");
}

TEST(PrivateState, ForgetsChangesThatWereTakenBackBetweenTwoPatches) {
  PrivateState state = adventurer();
  complete(state);
  state.me.mana = 8;
  state.me.mana = 9;
  state.quests.set(0, {.state = 2, .c0 = 3});
  state.quests.set(0, {.state = 1, .c0 = 3});
  EXPECT_EQ(told(state), "");
}

TEST(PrivateState, IsCompleteAgainAfterASnapshotWhateverWasToldBefore) {
  PrivateState state = adventurer();
  const std::string first = complete(state);
  EXPECT_TRUE(holds(first, testing::to_hex(as_bytes("potion"))));
  EXPECT_TRUE(holds(first, testing::to_hex(as_bytes("fireball"))));
  EXPECT_TRUE(holds(first, testing::to_hex(as_bytes("wolves"))));
  EXPECT_EQ(complete(state), first);  // the client has pruned everything
  state.bag.set(0, {});
  state.bag.append("1");
  state.bag.set(1, {.item = InlineString<32>("sword"), .count = 1});
  told(state);
  const std::string later = complete(state);
  EXPECT_FALSE(holds(later, testing::to_hex(as_bytes("potion"))));
  EXPECT_TRUE(holds(later, testing::to_hex(as_bytes("sword"))));
  EXPECT_EQ(told(state), "");
}

TEST(PrivateState, TellsInASnapshotWhatWaitedForAPatch) {
  PrivateState state = adventurer();
  complete(state);
  state.me.mana = 1;
  state.bag.append("1");
  complete(state);
  EXPECT_EQ(told(state), "");
}

}  // namespace
}  // namespace throng::protocol
