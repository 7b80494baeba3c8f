#include "room/kinds/world_beginning.h"

#include <gtest/gtest.h>

#include "room/kinds/world_content.h"
#include "sim/loot/loot.h"

namespace throng::room {
namespace {

/// A room that begins with what the test says.
class BeginningControl final : public RoomControl {
 public:
  const std::string& room_id() const override { return id; }
  const content::RoomKindDef& def() const override { return kind; }
  const std::string& session_id(SessionSlot) const override { return id; }
  void send(SessionSlot, std::string_view, ByteSpan) override {}
  void broadcast(std::string_view, ByteSpan) override {}
  void answer(SessionSlot, const Question&, const MessageVerdict&) override {}
  void seek_seat(SessionSlot, const std::string&, std::shared_ptr<const Arrival>) override {}
  void dismiss(SessionSlot, std::string_view) override {}
  void expel(SessionSlot, int, std::string_view) override {}
  std::vector<RoomListing> listings() const override { return {}; }
  const SavedRoom& saved() const override { return begins_with; }
  std::int64_t unix_milliseconds() const override { return 0; }
  TickTimer& tick_timer() override { return timer; }

  std::string id = "room1";
  content::RoomKindDef kind = test::world_def();
  SavedRoom begins_with;
  TickTimer timer{system_clock(), nullptr};
};

class WorldBeginningTest : public ::testing::Test {
 protected:
  WorldBeginning begin(std::int64_t uids = 0) {
    sim::WorldSettings settings;
    settings.item_uid_base = uids;
    settings.player_speed = speed;
    return begin_world(control, {test::field_map(), content, 7, nullptr}, settings);
  }
  /// What a world with five slimes is after a second with a player in it.
  std::vector<std::uint8_t> played_world() {
    WorldBeginning beginning = begin();
    const sim::Intent joins = sim::SpawnPlayer{{9}, sim::PlayerName("ann"), std::nullopt, {}, {}};
    beginning.world.tick({&joins, 1});
    for (int i = 0; i < 20; ++i) beginning.world.tick({});
    return beginning.world.save();
  }
  static std::size_t count(const sim::World& world, sim::EntityKind kind) { return world.entities().alive_count(kind); }

  SharedContent content = test::slimes(5);
  Milliunits speed = units(160);
  BeginningControl control;
};

TEST_F(WorldBeginningTest, ARoomWithoutAPastBeginsAnew) {
  const WorldBeginning beginning = begin();
  EXPECT_FALSE(beginning.carried_on);
  EXPECT_EQ(beginning.world.now(), Tick{0});
  EXPECT_TRUE(beginning.intents.empty());
  EXPECT_EQ(beginning.first_key, 1u);
}

TEST_F(WorldBeginningTest, CarriesOnWithoutThePlayersThatWereThere) {
  control.begins_with.world = played_world();
  WorldBeginning beginning = begin();
  EXPECT_TRUE(beginning.carried_on);
  EXPECT_EQ(beginning.world.now(), Tick{21});
  EXPECT_EQ(count(beginning.world, sim::EntityKind::Monster), 5u);
  EXPECT_GT(beginning.first_key, 9u);
  beginning.world.tick(beginning.intents);
  EXPECT_EQ(count(beginning.world, sim::EntityKind::Player), 0u);
}

TEST_F(WorldBeginningTest, PiecesGetNumbersThatNoEarlierRunGaveOut) {
  control.begins_with.world = played_world();
  EXPECT_EQ(begin(std::int64_t{5} << 32).world.state().next_item_uid, (std::int64_t{5} << 32) + 1);
}

TEST_F(WorldBeginningTest, WhatCannotBeReadOrIsOfOtherSettingsBeginsAnew) {
  const std::vector<std::uint8_t> saved = played_world();
  control.begins_with.world = {1, 2, 3};
  EXPECT_FALSE(begin().carried_on);
  control.begins_with.world = saved;
  control.begins_with.world.back() ^= 1u;
  EXPECT_FALSE(begin().carried_on);
  control.begins_with.world = saved;
  speed = units(200);
  EXPECT_FALSE(begin().carried_on);
}

}  // namespace
}  // namespace throng::room
