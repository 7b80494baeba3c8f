#include "room/kinds/mmo_room.h"

#include <gtest/gtest.h>

#include "protocol/codes.h"
#include "room/logic_room.h"

namespace throng::room {
namespace {

using test::DecodingClient;
using test::move_payload;
using Texts = std::vector<std::string>;

content::RoomKindDef mmo_def() {
  content::RoomKindDef def;
  def.name = "mmo";
  def.kind = content::RoomKind::Mmo;
  def.max_clients = 1000;
  def.messages_per_s_max = 1000;
  return def;
}

JoinOptions spawn_at(double x, double y) {
  JoinOptions options;
  options.add("x", x);
  options.add("y", y);
  return options;
}

class MmoRoomTest : public ::testing::Test {
 protected:
  void open(const MmoSettings& settings, const content::RoomKindDef& def = mmo_def()) {
    rooms.emplace(def, [settings](RoomControl& control) { return make_mmo_room(control, settings, 3); });
  }
  test::LogicRoom& room() { return *rooms; }
  std::optional<test::LogicRoom> rooms;
};

TEST_F(MmoRoomTest, PutsAPlayerWhereItAskedToBe) {
  open({.side = units(1000)});
  const DecodingClient& ann = room().enter(1, "ann", spawn_at(120.5, 40)).client;
  room().enter(2, "bob", spawn_at(-5, 1e9));
  room().enter(3, "cid");
  room().step(6);
  EXPECT_EQ(ann.entry("entities", "ann", "x").number, 120.5);
  EXPECT_EQ(ann.entry("entities", "ann", "y").number, 40);
  EXPECT_EQ(ann.entry("entities", "ann", "name").text, "player");
  EXPECT_EQ(ann.keys("entities"), (Texts{"ann", "cid"}));
  EXPECT_FLOAT_EQ(static_cast<float>(room().players.at(2).client.entry("entities", "bob", "y").number), 999.999f);
}

TEST_F(MmoRoomTest, ShowsMonstersByTheirIds) {
  open({.side = units(200), .monsters = 20});
  const DecodingClient& ann = room().enter(1, "ann", spawn_at(100, 100)).client;
  room().step(2);
  ASSERT_EQ(ann.keys("entities").size(), 21u);
  EXPECT_EQ(ann.entry("entities", "1", "name").text, "monster");
  EXPECT_EQ(ann.entry("entities", "1", "id").number, 1);
}

TEST_F(MmoRoomTest, MovesAtMostThirtyTwoUnitsPerMessage) {
  open({.side = units(1000)});
  const DecodingClient& ann = room().enter(1, "ann", spawn_at(500, 500)).client;
  room().step();
  room().say(1, "move", move_payload(900, 510));
  room().step();
  EXPECT_EQ(ann.entry("entities", "ann", "x").number, 532);
  EXPECT_EQ(ann.entry("entities", "ann", "y").number, 510);
}

TEST_F(MmoRoomTest, RefusesMovesThatAreNoNumbers) {
  open({.side = units(1000)});
  room().enter(1, "ann");
  room().step();
  room().say(1, "move", move_payload(2e6, 0));
  EXPECT_EQ(room().texts(1, "error", "code"), Texts{"field_out_of_range"});
  room().say(1, "chat", test::text_payload("message", "hi"));
  EXPECT_EQ(test::error_code_of(room().transport.to({1}).back()), protocol::kErrorInvalidMessage);
}

TEST_F(MmoRoomTest, IsSilentWhileNothingChanges) {
  open({.side = units(1000)});
  room().enter(1, "ann");
  room().step();
  const std::size_t frames = room().transport.to({1}).size();
  room().step(20);
  EXPECT_EQ(room().transport.to({1}).size(), frames);
}

TEST_F(MmoRoomTest, RefusesToOverfillTheWorld) {
  open({.side = units(1000), .monsters = 1, .entities_max = 2});
  room().enter(1, "ann");
  ASSERT_TRUE(room().room.reserve_seat("bob", {}));
  EXPECT_FALSE(room().room.connect({2}, {.room_id = "room1", .session_id = "bob", .reconnection_token = {}}).accepted);
  EXPECT_EQ(test::error_code_of(room().transport.to({2}).back()), 526);
}

TEST_F(MmoRoomTest, ForgetsWhoHasLeft) {
  open({.side = units(1000)});
  const DecodingClient& ann = room().enter(1, "ann").client;
  const SessionSlot bob = room().enter(2, "bob").slot;
  room().step(6);
  ASSERT_EQ(ann.keys("entities").size(), 2u);
  room().room.on_frame(bob, {2}, test::leave_frame());
  room().step();
  EXPECT_EQ(ann.keys("entities"), Texts{"ann"});
}

TEST_F(MmoRoomTest, BearsPlayersWhoLeaveWhileAPatchOverBudgetIsBeingSent) {
  content::RoomKindDef def = mmo_def();
  def.patch_bytes_max = 1024;
  open({.side = units(100)}, def);
  constexpr std::uint64_t kPlayers = 210;  // three groups; everybody sees everybody
  for (std::uint64_t link = 1; link <= kPlayers; ++link)
    room().enter(link, "s" + std::to_string(link), spawn_at(50, 50));
  room().step(2);
  for (std::uint64_t gone = kPlayers; gone > kPlayers - 20; gone -= 2) {
    for (std::uint64_t link = 1; link < gone - 1; ++link)
      room().say(link, "move", move_payload(static_cast<double>(link % 50), static_cast<double>(gone % 40)));
    room().clock.advance(room().room.tick_interval());
    room().room.tick();
    room().room.flush_group();
    room().room.on_frame(room().players.at(gone).slot, {gone}, test::leave_frame());
    while (room().room.flush_group()) {
    }
  }
  room().step(60);  // nothing moves: every view becomes what is really there
  const DecodingClient& first = room().players.at(1).client;
  EXPECT_EQ(first.keys("entities").size(), kPlayers - 10);
  for (const std::string& key : first.keys("entities")) {
    const std::uint64_t link = std::stoull(key.substr(1));
    EXPECT_EQ(first.entry("entities", key, "x").number,
              room().players.at(link).client.entry("entities", key, "x").number)
        << key;
  }
}

}  // namespace
}  // namespace throng::room
