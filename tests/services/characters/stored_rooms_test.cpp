#include "services/characters/stored_rooms.h"

#include "services/characters/character_fixture.h"
#include "services/store/ledger_batch.h"

namespace throng::services {
namespace {

using test::Node;

constexpr const char* kPlace = "world/meadow/0";

class StoredRoomsTest : public test::CharacterTest {
 protected:
  StoredRoomsTest() { open_node(); }

  /// A cut with a checkpoint, and coins that a character took from the ground in it.
  room::CutOutcome keep(const room::RoomCheckpoint& checkpoint, std::int64_t tick, CharacterId looter = {},
                        std::int64_t coins = 0) {
    room::Cut cut;
    cut.room_id = "room1";
    cut.number = ++number_;
    cut.tick = tick;
    if (coins > 0) {
      cut.moves.push_back({.from = room::owner_of(room::LedgerSource::Loot),
                           .to = room::owner_of(looter),
                           .asset = room::kCoinsAsset,
                           .amount = coins,
                           .item_uid = 0,
                           .reason = room::LedgerSource::Loot,
                           .note = {}});
    }
    if (!checkpoint.key.empty()) cut.checkpoint = checkpoint;
    std::promise<room::CutOutcome> done;
    EXPECT_TRUE(
        node->store->keep(std::move(cut), [&](room::CutOutcome outcome) { done.set_value(std::move(outcome)); }));
    return done.get_future().get();
  }
  static room::RoomCheckpoint checkpoint(std::int64_t fence, std::vector<std::uint8_t> world, bool old_aside = false) {
    return {.key = kPlace, .fence = fence, .content_version = 3, .world = std::move(world), .old_aside = old_aside};
  }
  room::SavedRoom take(const std::string& place = kPlace) { return node->characters->rooms().take(place); }
  void restart(bool killed) {
    node->killed = killed;
    open_node("node-" + std::to_string(++starts_), true);
  }

 private:
  std::int64_t number_ = 0;
  int starts_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Engines, StoredRoomsTest, test::engines(), test::engine_name);

TEST_P(StoredRoomsTest, APlaceWithoutAPastBeginsAnew) {
  const room::SavedRoom room = take();
  EXPECT_TRUE(room.world.empty());
  EXPECT_EQ(room.fence, 1);
}

TEST_P(StoredRoomsTest, ANodeThatEndedBeforeTheClockWasPutBackIsNotWaitedForUntilItHasCaughtUp) {
  EXPECT_TRUE(keep(checkpoint(take().fence, {1, 2, 3}), 10).refused.empty());
  ASSERT_TRUE(write_and_wait(*node->store, [](Connection& connection) -> Result<void> {
    return connection.run_script("UPDATE node SET alive_until = alive_until + 3600000");
  }));
  node->killed = true;
  open_node("node-later", false);
  EXPECT_EQ(take().world, (std::vector<std::uint8_t>{1, 2, 3}));
}

TEST_P(StoredRoomsTest, ARoomThatIsNotToCarryOnMayNotWrite) { EXPECT_EQ(take("").fence, 0); }

TEST_P(StoredRoomsTest, CarriesOnAfterAnEndAndAfterACrash) {
  for (const bool killed : {false, true}) {
    const room::SavedRoom before = take();
    const std::vector<std::uint8_t> world(100'000, static_cast<std::uint8_t>(killed ? 1 : 2));
    EXPECT_EQ(keep(checkpoint(before.fence, world), 10).refused, "");
    restart(killed);
    const room::SavedRoom after = take();
    EXPECT_EQ(after.world, world);
    EXPECT_EQ(after.fence, before.fence + 1);
  }
}

TEST_P(StoredRoomsTest, NewPlacesBeginWithAFenceThatCounts) {
  ASSERT_TRUE(write_and_wait(*node->store, [](Connection& connection) -> Result<void> {
    return connection.run_script("UPDATE number_block SET next = 5000 WHERE name = 'room_fences'");
  }));
  restart(true);
  const std::int64_t fence = take().fence;
  EXPECT_EQ(fence, 5000);
  keep(checkpoint(fence, {4}), 10);
  restart(true);
  EXPECT_EQ(take().world, std::vector<std::uint8_t>{4});
}

TEST_P(StoredRoomsTest, WhatIsTakenIsNotGivenAgain) {
  keep(checkpoint(take().fence, {1, 2, 3}), 10);
  restart(true);
  const room::SavedRoom first = take();
  EXPECT_EQ(first.world.size(), 3u);
  const room::SavedRoom second = take();
  EXPECT_TRUE(second.world.empty());
  EXPECT_EQ(second.fence, first.fence);
}

TEST_P(StoredRoomsTest, APlaceThatIsOverBeginsAnew) {
  const std::int64_t fence = take().fence;
  keep(checkpoint(fence, {1, 2, 3}), 10);
  keep(checkpoint(fence, {}), 20);
  restart(true);
  EXPECT_TRUE(take().world.empty());
}

TEST_P(StoredRoomsTest, WhoeverHasLostThePlaceWritesNothing) {
  const std::int64_t fence = take().fence;
  keep(checkpoint(fence, {1, 2, 3}), 10);
  restart(true);
  keep(checkpoint(fence, {6, 6, 6}), 20);
  restart(true);
  EXPECT_EQ(take().world, (std::vector<std::uint8_t>{1, 2, 3}));
}

TEST_P(StoredRoomsTest, AWorldThatCouldNotBeReadIsKeptAside) {
  const std::int64_t fence = take().fence;
  keep(checkpoint(fence, {1, 2, 3}), 10);
  keep(checkpoint(fence, {4, 5}, true), 20);
  restart(true);
  EXPECT_EQ(take().world, (std::vector<std::uint8_t>{4, 5}));
  std::int64_t aside = 0;
  ASSERT_TRUE(write_and_wait(*node->store, [&](Connection& connection) -> Result<void> {
    THRONG_TRY(const Rows rows,
               connection.run("SELECT tick FROM room_checkpoint WHERE key = $1", {"aside:world/meadow/0"}));
    aside = rows.integer(0, 0);
    return {};
  }));
  EXPECT_EQ(aside, 10);
}

TEST_P(StoredRoomsTest, KnowsWhatWasPickedUpAfterTheCheckpoint) {
  const auto ann = node->arrive(new_account(), test::option("name", "Ann"));
  ASSERT_NE(ann, nullptr);
  const CharacterId looter = ann->lease.character;
  const std::int64_t fence = take().fence;
  EXPECT_EQ(keep({}, 5, looter, 100).refused, "");
  EXPECT_EQ(keep(checkpoint(fence, {1, 2, 3}), 10, looter, 30).refused, "");
  EXPECT_EQ(keep({}, 12, looter, 7).refused, "");
  EXPECT_EQ(keep({}, 14, looter, 5).refused, "");
  restart(true);
  const room::SavedRoom room = take();
  ASSERT_EQ(room.picked_up.size(), 1u);
  EXPECT_EQ(room.picked_up[0].first.view(), room::kCoinsAsset);
  EXPECT_EQ(room.picked_up[0].second, 12);
}

TEST_P(StoredRoomsTest, NumbersOfPiecesAreNeverGivenOutTwice) {
  std::set<std::int64_t> given;
  for (int run = 0; run < 3; ++run) {
    for (int room = 0; room < 5; ++room) {
      const std::int64_t uids = take("").item_uids;
      EXPECT_GT(uids, 0);
      EXPECT_EQ(uids % StoredRooms::kUidsPerBlock, 0);
      EXPECT_TRUE(given.insert(uids).second);
    }
    restart(true);
  }
}

TEST_P(StoredRoomsTest, MoreNumbersAreAskedForInTime) {
  std::set<std::int64_t> given;
  for (std::int64_t i = 0; i < 3 * StoredRooms::kBlocksAtOnce; ++i) {
    const std::int64_t uids = take("").item_uids;
    ASSERT_GT(uids, 0) << i;
    ASSERT_TRUE(given.insert(uids).second) << i;
    if (i % 1000 != 0) continue;
    ASSERT_TRUE(node->store->flush(std::chrono::seconds(10)));
  }
}

}  // namespace
}  // namespace throng::services
