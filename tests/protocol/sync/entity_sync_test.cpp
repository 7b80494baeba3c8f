#include "protocol/sync/entity_sync.h"

#include <gtest/gtest.h>

#include "protocol/state/mmo_state.h"
#include "protocol/vectors.h"

namespace throng::protocol {
namespace {

using testing::to_hex;

constexpr EntityIndex kFirst{0};
constexpr EntityIndex kSecond{1};

EntityRow row(std::uint32_t id, std::uint16_t hp = 0, std::string_view name = {}) {
  return {.id = id, .hp = hp, .name = InlineString<32>(name)};
}

class EntitySyncTest : public ::testing::Test {
 protected:
  void put(EntityIndex index, const EntityRow& now) {
    rows.put(index, now, [&] { return std::to_string(now.id); });
  }
  const DeltaSlot& slot(EntityIndex index) const { return sync.slots()[index.value]; }
  ByteSpan slot_bytes(EntityIndex index) const { return {slot(index).bytes, slot(index).size}; }

  EntitySync sync;
  RowTable<EntityRow> rows{sync, kEntitiesRef};
};

TEST_F(EntitySyncTest, HasNoDeltaForWhoAppears) {
  put(kFirst, row(7));
  EXPECT_TRUE(sync.live(kFirst));
  EXPECT_EQ(slot(kFirst).size, 0);
}

TEST_F(EntitySyncTest, KeepsASmallChangeInTheSlotWithItsSwitch) {
  put(kFirst, row(7));
  sync.begin_patch();
  put(kFirst, row(7, 0x1234));
  EXPECT_EQ(to_hex(slot_bytes(kFirst)),
            "ffcd0001"
            "83"
            "3412");
  EXPECT_EQ(sync.elsewhere_bytes(), 0u);
}

TEST_F(EntitySyncTest, KeepsBigChangesElsewhereAndApart) {
  put(kFirst, row(7));
  put(kSecond, row(8));
  sync.begin_patch();
  put(kFirst, row(7, 0, std::string(32, 'a')));
  put(kSecond, row(8, 0, std::string(30, 'b')));
  ASSERT_EQ(slot(kFirst).size, DeltaSlot::kElsewhere);
  ASSERT_EQ(slot(kSecond).size, DeltaSlot::kElsewhere);
  const ByteSpan first = sync.elsewhere(slot(kFirst));
  const ByteSpan second = sync.elsewhere(slot(kSecond));
  EXPECT_EQ(to_hex(first.first(4)), "ffcd0001");
  EXPECT_EQ(to_hex(second.first(4)), "ffcd0101");
  EXPECT_EQ(as_text(first).substr(first.size() - 32), std::string(32, 'a'));
  EXPECT_EQ(as_text(second).substr(second.size() - 30), std::string(30, 'b'));
  EXPECT_EQ(sync.elsewhere_bytes(), first.size() + second.size());
}

TEST_F(EntitySyncTest, FillsASlotToItsLastByte) {
  put(kFirst, row(7));
  sync.begin_patch();
  const std::size_t text = DeltaSlot::kBytes - EntitySync::kSwitchBytes - 2;  // field byte, length byte
  put(kFirst, row(7, 0, std::string(text, 'a')));
  EXPECT_EQ(slot(kFirst).size, DeltaSlot::kBytes);
  sync.begin_patch();
  put(kFirst, row(7, 0, std::string(text + 1, 'a')));
  EXPECT_EQ(slot(kFirst).size, DeltaSlot::kElsewhere);
}

TEST_F(EntitySyncTest, ForgetsChangesOfThePatchBefore) {
  put(kFirst, row(7));
  sync.begin_patch();
  put(kFirst, row(7, 0, std::string(32, 'a')));
  sync.begin_patch();
  put(kFirst, row(7, 0, std::string(32, 'a')));
  EXPECT_EQ(slot(kFirst).size, 0);
  EXPECT_EQ(sync.elsewhere_bytes(), 0u);
}

TEST_F(EntitySyncTest, AddsWithIndexKeyAndReferenceAndWritesEveryField) {
  put(kFirst, {});
  put(kSecond, row(42, 0, "w"));
  const EntitySync::Entering entering = sync.entering(kSecond);
  EXPECT_EQ(to_hex(entering.add),
            "80"
            "01"
            "a23432"
            "cd0101");
  EXPECT_EQ(to_hex(entering.body),
            "ffcd0101"
            "802a000000"
            "8100000000"
            "8200000000"
            "830000"
            "8400"
            "85a177");
}

TEST_F(EntitySyncTest, CutsKeysThatAreTooLong) {
  rows.put(kFirst, EntityRow{}, [] { return std::string(40, 'k'); });
  const EntitySync::Entering entering = sync.entering(kFirst);
  EXPECT_EQ(as_text(entering.add).find(std::string(15, 'k')), 3u);
  EXPECT_EQ(as_text(entering.add).find(std::string(16, 'k')), std::string_view::npos);
}

int times_encoded = 0;

TEST(EntitySyncBodies, AreEncodedOncePerPatchAndOnDemandOnly) {
  EntitySync sync;
  const auto encode = [](const void*, EntityIndex, std::uint8_t* at) {
    ++times_encoded;
    return write_u8(at, 0x80);
  };
  const EntitySync::MapNumber map = sync.add_map(1, 16, encode, nullptr);
  times_encoded = 0;
  sync.appear(kFirst, map, "1");
  sync.appear(kSecond, map, "2");
  for (int viewer = 0; viewer < 5; ++viewer) {
    sync.entering(kFirst);
    sync.entering(kSecond);
  }
  EXPECT_EQ(times_encoded, 2);
  sync.begin_patch();
  EXPECT_EQ(times_encoded, 2);
  sync.entering(kFirst);
  EXPECT_EQ(times_encoded, 3);
}

TEST_F(EntitySyncTest, KnowsWhetherAnIndexStillHoldsTheSameEntity) {
  put(kFirst, row(7));
  const std::uint32_t seen = sync.patch();
  sync.begin_patch();
  EXPECT_TRUE(sync.same_since(kFirst, seen));
  sync.remove(kFirst);
  EXPECT_FALSE(sync.same_since(kFirst, seen));
  sync.begin_patch();
  put(kFirst, row(9));
  EXPECT_FALSE(sync.same_since(kFirst, seen));
  EXPECT_TRUE(sync.same_since(kFirst, sync.patch()));
}

TEST_F(EntitySyncTest, SaysThatSomethingWasRemovedUntilTheNextPatchButOne) {
  put(kFirst, row(7));
  sync.begin_patch();
  EXPECT_FALSE(sync.any_removed());
  sync.remove(kFirst);
  EXPECT_TRUE(sync.any_removed());  // who is served after this must not be shown it
  sync.begin_patch();
  EXPECT_TRUE(sync.any_removed());
  sync.begin_patch();
  EXPECT_FALSE(sync.any_removed());
}

TEST_F(EntitySyncTest, NeverHeardOfWhoIsBornAndGoneBetweenTwoPatches) {
  sync.remove(EntityIndex{500});
  EXPECT_FALSE(sync.any_removed());
  EXPECT_FALSE(sync.live(EntityIndex{500}));
}

TEST(EntitySyncMaps, KeepTheirEntitiesApart) {
  EntitySync sync;
  RowTable<EntityRow> one(sync, 1);
  RowTable<EntityRow> two(sync, 2);
  one.put(kFirst, row(1), [] { return "a"; });
  two.put(kSecond, row(2), [] { return "b"; });
  EXPECT_EQ(sync.map_count(), 2u);
  EXPECT_EQ(sync.map_ref(sync.map_of(kFirst)), 1u);
  EXPECT_EQ(sync.map_ref(sync.map_of(kSecond)), 2u);
}

}  // namespace
}  // namespace throng::protocol
