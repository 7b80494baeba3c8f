#include "room/kinds/all_kinds.h"

#include <gtest/gtest.h>

#include "room/kinds/world_content.h"
#include "room/logic_room.h"

namespace throng::room {
namespace {

using content::RoomKind;

class KindsOfRooms : public ::testing::TestWithParam<RoomKind> {};

TEST_P(KindsOfRooms, HaveLogicThatTakesAPlayer) {
  content::RoomKindDef def;
  def.kind = GetParam();
  if (def.kind == RoomKind::World) def.world.emplace();
  if (def.kind == RoomKind::Mmo) def.mmo.emplace();
  const LogicFactory factory = make_logic_factory({});
  test::LogicRoom room(def, factory(def, "field", test::slimes()));
  room.enter(1, "ann");
  EXPECT_EQ(room.room.has_ticks(), def.kind != RoomKind::Lobby);
  EXPECT_EQ(room.room.content_status().has_value(), def.kind == RoomKind::World);
  if (!room.room.has_ticks()) return;
  room.step(2);
  EXPECT_TRUE(room.players.at(1).client.has_state());
}

TEST(AllKinds, CannotMakeAWorldOfAMapThatTheContentDoesNotHave) {
  content::RoomKindDef def;
  def.world.emplace();
  const LogicFactory factory = make_logic_factory({});
  EXPECT_FALSE(factory(def, "nowhere", test::slimes()));
  EXPECT_FALSE(factory(def, "field", nullptr));
}

INSTANTIATE_TEST_SUITE_P(Kinds, KindsOfRooms, ::testing::Values(RoomKind::World, RoomKind::Lobby, RoomKind::Mmo));

}  // namespace
}  // namespace throng::room
