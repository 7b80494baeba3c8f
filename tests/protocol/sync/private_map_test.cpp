#include "protocol/sync/private_map.h"

#include <gtest/gtest.h>

#include "protocol/state/private_rows.h"
#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

using Bag = PrivateMap<ItemSlotRow, kBagRefs>;

std::string changes_of(Bag& bag) {
  FrameBuffer frame;
  bag.write_changes(frame);
  return testing::to_hex(frame.view());
}

TEST(PrivateMap, SaysNothingWhileNothingChanges) {
  Bag bag;
  EXPECT_EQ(changes_of(bag), "");
  bag.append("0");
  EXPECT_NE(changes_of(bag), "");
  bag.set(0, {});
  EXPECT_FALSE(bag.has_news());
  EXPECT_EQ(changes_of(bag), "");
}

TEST(PrivateMap, IntroducesAnEntryOnceAndThenTellsWhatDiffers) {
  Bag bag;
  bag.append("0");
  bag.set(0, {.item = {"a"}, .count = 2});
  EXPECT_EQ(changes_of(bag),
            "ff11"      // the map
            "8000a130"  // index 0, key "0"
            "20"        // refId
            "ff20"
            "80a161"
            "810200"
            "820000"
            "8300");
  bag.set(0, {.item = {"a"}, .count = 3});
  EXPECT_EQ(changes_of(bag), "ff20810300");
}

TEST(PrivateMap, ForgetsAChangeThatWasTakenBack) {
  Bag bag;
  bag.append("0");
  changes_of(bag);
  bag.set(0, {.item = {}, .count = 3});
  bag.set(0, {});
  EXPECT_EQ(changes_of(bag), "");
}

TEST(PrivateMap, IsBounded) {
  Bag bag;
  for (std::size_t i = 0; i < Bag::kEntriesMax; ++i) ASSERT_TRUE(bag.append(std::to_string(i)));
  EXPECT_FALSE(bag.append("one more"));
  EXPECT_EQ(bag.find("59"), 59u);
  EXPECT_FALSE(bag.find("60"));
}

TEST(PrivateMap, RefIdsOfAllMapsAreApart) {
  constexpr PrivateMapRefs kAll[] = {kBagRefs, kEquipmentRefs, kSkillsRefs, kBuffsRefs, kQuestsRefs, kPartyRefs};
  std::uint32_t next = kMeRef + 1;
  for (const PrivateMapRefs& refs : kAll) EXPECT_EQ(refs.map, next++);
  for (const PrivateMapRefs& refs : kAll) {
    EXPECT_GE(refs.first_entry, next);
    next = refs.first_entry + static_cast<std::uint32_t>(refs.entries);
  }
  EXPECT_LE(next, kFirstEntityRef);
}

}  // namespace
}  // namespace throng::protocol
