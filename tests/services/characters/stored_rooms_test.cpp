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
    return keep(*node, checkpoint, tick, looter, coins);
  }
  room::CutOutcome keep(Node& keeper, const room::RoomCheckpoint& checkpoint, std::int64_t tick,
                        CharacterId looter = {}, std::int64_t coins = 0) {
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
        keeper.store->keep(std::move(cut), [&](room::CutOutcome outcome) { done.set_value(std::move(outcome)); }));
    return done.get_future().get();
  }
  static room::RoomCheckpoint checkpoint(const room::SavedRoom& room, std::vector<std::uint8_t> world,
                                         bool old_aside = false) {
    return {
        .key = room.key, .fence = room.fence, .content_version = 3, .world = std::move(world), .old_aside = old_aside};
  }
  room::SavedRoom take(const std::string& place = kPlace) { return taken(*node, place); }
  static room::SavedRoom taken(Node& node, const std::string& place = kPlace) {
    return node.characters->rooms().take(place).value();
  }
  void restart(bool killed, bool alone = true) {
    node->killed = killed;
    open_node("node-" + std::to_string(++starts_), alone);
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
  EXPECT_TRUE(keep(checkpoint(take(), {1, 2, 3}), 10).refused.empty());
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
    EXPECT_EQ(keep(checkpoint(before, world), 10).refused, "");
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
  const room::SavedRoom room = take();
  EXPECT_EQ(room.fence, 5000);
  keep(checkpoint(room, {4}), 10);
  restart(true);
  EXPECT_EQ(take().world, std::vector<std::uint8_t>{4});
}

TEST_P(StoredRoomsTest, WhatIsTakenIsNotGivenAgain) {
  keep(checkpoint(take(), {1, 2, 3}), 10);
  restart(true);
  const room::SavedRoom first = take();
  EXPECT_EQ(first.world.size(), 3u);
  const room::SavedRoom second = take();
  EXPECT_TRUE(second.world.empty());
  EXPECT_EQ(second.fence, first.fence);
}

TEST_P(StoredRoomsTest, APlaceThatIsOverBeginsAnew) {
  const room::SavedRoom before = take();
  keep(checkpoint(before, {1, 2, 3}), 10);
  keep(checkpoint(before, {}), 20);
  restart(true);
  EXPECT_TRUE(take().world.empty());
}

TEST_P(StoredRoomsTest, WhoeverHasLostThePlaceWritesNothing) {
  const room::SavedRoom before = take();
  keep(checkpoint(before, {1, 2, 3}), 10);
  restart(true);
  keep(checkpoint(before, {6, 6, 6}), 20);
  restart(true);
  EXPECT_EQ(take().world, (std::vector<std::uint8_t>{1, 2, 3}));
}

TEST_P(StoredRoomsTest, EveryRoomOfSeveralServersCarriesOnEvenOfTheSamePlace) {
  if (GetParam() == Engine::Sqlite) return;  // one server at a time has the file
  settings.node_lease = std::chrono::seconds(3);  // long enough for a busy machine to say in time that it lives
  Node other(url_, "node-b", settings);
  EXPECT_EQ(keep(*node, checkpoint(take(), {1, 1, 1}), 10).refused, "");
  EXPECT_EQ(keep(other, checkpoint(taken(other), {2, 2, 2}), 10).refused, "");
  EXPECT_EQ(keep(*node, checkpoint(take(), {1, 1}), 20).refused, "");
  other.killed = true;
  restart(true, false);
  EXPECT_EQ(take().world, (std::vector<std::uint8_t>{1, 1})) << "what lives is not taken";
  EXPECT_TRUE(take("world/meadow/1").world.empty());
}

TEST_P(StoredRoomsTest, WhateverServersLeftGetsNumbersFromNoughtOnAndThoseThatAreOverTheLast) {
  const auto named = [](const char* key, std::vector<std::uint8_t> world) {
    return room::RoomCheckpoint{.key = key, .fence = 1, .world = std::move(world)};
  };
  keep(named("world/meadow/0@node-x", {}), 10);
  keep(named("world/meadow/7@node-x", {7}), 10);
  keep(named("world/meadow/2@node-y", {2}), 10);
  keep(named("world/meadow/2", {22}), 10);
  keep(named("world/caves/5@node-y", {5}), 10);
  restart(true);
  using Worlds = std::vector<std::vector<std::uint8_t>>;
  Worlds meadows;
  for (int i = 0; i < 4; ++i) meadows.push_back(take("world/meadow/" + std::to_string(i)).world);
  EXPECT_EQ(meadows, (Worlds{{22}, {2}, {7}, {}}));
  EXPECT_EQ(take("world/caves/0").world, std::vector<std::uint8_t>{5});
}

TEST_P(StoredRoomsTest, WithoutNumbersForPiecesThereIsNoRoom) {
  room::SavedRooms& rooms = node->characters->rooms();
  ASSERT_TRUE(write_and_wait(*node->store, [](Connection& connection) {
    return connection.run_script("UPDATE number_block SET name = 'gone' WHERE name = 'item_uids'");
  }));
  std::int64_t made = 0;
  while (made <= 2 * StoredRooms::kBlocksAtOnce && rooms.take("")) ++made;
  EXPECT_EQ(made, StoredRooms::kBlocksAtOnce);
  ASSERT_TRUE(write_and_wait(*node->store, [](Connection& connection) {
    return connection.run_script("UPDATE number_block SET name = 'item_uids' WHERE name = 'gone'");
  }));
  bool again = false;
  for (int i = 0; i < 10 && !again; ++i) {  // the first may only ask for some
    again = rooms.take("").has_value();
    ASSERT_TRUE(node->store->flush(std::chrono::seconds(10)));
  }
  EXPECT_TRUE(again);
}

TEST_P(StoredRoomsTest, AWorldThatCouldNotBeReadIsKeptAside) {
  const room::SavedRoom before = take();
  keep(checkpoint(before, {1, 2, 3}), 10);
  keep(checkpoint(before, {4, 5}, true), 20);
  restart(true);
  EXPECT_EQ(take().world, (std::vector<std::uint8_t>{4, 5}));
  std::int64_t aside = 0;
  ASSERT_TRUE(write_and_wait(*node->store, [&](Connection& connection) -> Result<void> {
    THRONG_TRY(const Rows rows,
               connection.run("SELECT tick FROM room_checkpoint WHERE key LIKE 'aside:world/meadow/0%'"));
    aside = rows.integer(0, 0);
    return {};
  }));
  EXPECT_EQ(aside, 10);
}

TEST_P(StoredRoomsTest, KnowsWhatWasPickedUpAfterTheCheckpoint) {
  const auto ann = node->arrive(new_account(), test::option("name", "Ann"));
  ASSERT_NE(ann, nullptr);
  const CharacterId looter = ann->lease.character;
  const room::SavedRoom before = take();
  EXPECT_EQ(keep({}, 5, looter, 100).refused, "");
  EXPECT_EQ(keep(checkpoint(before, {1, 2, 3}), 10, looter, 30).refused, "");
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
