#include "room/kinds/all_kinds.h"

#include <gtest/gtest.h>

#include "room/kinds/world_content.h"
#include "room/logic_room.h"

namespace throng::room {
namespace {

using content::RoomKind;

class AllKinds : public ::testing::TestWithParam<RoomKind> {};

TEST_P(AllKinds, HaveLogicThatTakesAPlayer) {
  content::RoomKindDef def;
  def.kind = GetParam();
  if (def.kind == RoomKind::World) def.world.emplace();
  if (def.kind == RoomKind::Mmo) def.mmo.emplace();
  std::string asked_for;
  const LogicFactory factory = make_logic_factory({[&](const std::string& map) {
                                                     asked_for = map;
                                                     return test::field_map();
                                                   },
                                                   test::slimes()});
  test::LogicRoom room(def, factory(def, "field"));
  room.enter(1, "ann");
  EXPECT_EQ(room.room.has_ticks(), def.kind != RoomKind::Lobby);
  EXPECT_EQ(asked_for, def.kind == RoomKind::World ? "field" : "");
  if (!room.room.has_ticks()) return;
  room.step(2);
  EXPECT_TRUE(room.players.at(1).client.has_state());
}

INSTANTIATE_TEST_SUITE_P(Kinds, AllKinds, ::testing::Values(RoomKind::World, RoomKind::Lobby, RoomKind::Mmo));

}  // namespace
}  // namespace throng::room
