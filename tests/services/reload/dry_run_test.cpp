#include "services/reload/dry_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace throng::services {
namespace {

using ::testing::ElementsAre;

room::RoomContentStatus room_with(const std::string& id, const std::string& map,
                                  std::vector<std::pair<std::string, int>> monsters) {
  return {id, "world", map, {1, 2, std::move(monsters)}};
}

class DryRunTest : public ::testing::Test {
 protected:
  DryRunTest() {
    content::MonsterDef slime, king;
    slime.id = "slime";
    slime.loot.id = "slime_loot";
    king.id = "king";
    king.skills.resize(1);
    king.skills[0].skill.id = "stomp";
    king.phases.resize(1);
    king.phases[0].on_enter.id = "roar";
    live.monsters = {slime, king};
    content::SpawnDef spawn;
    spawn.id = "slimes";
    spawn.map = "meadow";
    live.spawns = {spawn};
  }
  std::vector<std::string> touched(const std::string& kind, const std::string& id) {
    return touched_by({{kind, id, "words"}}, live, &next, rooms);
  }

  content::GameContent live;
  content::GameContent next;
  std::vector<room::RoomContentStatus> rooms{room_with("r1", "meadow", {{"slime", 10}, {"king", 1}}),
                                             room_with("r2", "meadow", {{"slime", 5}}), room_with("r3", "caves", {})};
};

TEST_F(DryRunTest, CountsTheLivingOfAKindAndNamesTheirRooms) {
  EXPECT_THAT(touched("monsters", "slime"),
              ElementsAre("monsters/slime: 15 living slime in world r1 (meadow), world r2 (meadow)"));
  EXPECT_THAT(touched("monsters", "king"), ElementsAre("monsters/king: 1 living king in world r1 (meadow)"));
}

TEST_F(DryRunTest, FollowsSkillsAndLootToTheMonstersThatUseThem) {
  EXPECT_THAT(touched("skills", "stomp"), ElementsAre("skills/stomp: 1 living king in world r1 (meadow)"));
  EXPECT_THAT(touched("skills", "roar"), ElementsAre("skills/roar: 1 living king in world r1 (meadow)"));
  EXPECT_THAT(touched("loot_tables", "slime_loot"),
              ElementsAre("loot_tables/slime_loot: 15 living slime in world r1 (meadow), world r2 (meadow)"));
}

TEST_F(DryRunTest, SaysWhichEventsWouldStartAndEnd) {
  content::WorldEventDef fair;
  fair.id = "fair";
  live.world_events = next.world_events = {fair};
  EXPECT_THAT(touched("events", "fair"), ElementsAre("events/fair: does not run"));
  next.world_events[0].running = true;
  const std::string rooms_named = "world r1 (meadow), world r2 (meadow), world r3 (caves)";
  EXPECT_THAT(touched("events", "fair"), ElementsAre("events/fair: would start in " + rooms_named));
  live.world_events[0].running = true;
  EXPECT_THAT(touched("events", "fair"), ElementsAre("events/fair: runs in " + rooms_named));
  next.world_events[0].retired = true;
  EXPECT_THAT(touched("events", "fair"), ElementsAre("events/fair: would end in " + rooms_named));
}

TEST_F(DryRunTest, SaysThatNoneLives) {
  rooms.resize(0);
  EXPECT_THAT(touched("monsters", "slime"), ElementsAre("monsters/slime: no living monster"));
  EXPECT_THAT(touched("balance", ""), ElementsAre("balance: no room"));
}

TEST_F(DryRunTest, NamesTheRoomsOfAMap) {
  EXPECT_THAT(touched("spawns", "slimes"), ElementsAre("spawns/slimes: world r1 (meadow), world r2 (meadow)"));
  EXPECT_THAT(touched("maps", "caves.tmx"),
              ElementsAre("maps/caves.tmx: world r3 (caves); a room keeps its map until it is made anew"));
}

TEST_F(DryRunTest, NamesAFewRoomsAndCountsTheRest) {
  for (int i = 4; i <= 9; ++i) rooms.push_back(room_with("r" + std::to_string(i), "caves", {}));
  EXPECT_THAT(touched("balance", ""),
              ElementsAre("balance: world r1 (meadow), world r2 (meadow), world r3 (caves), world r4 (caves), world r5 "
                          "(caves) and 4 more"));
}

}  // namespace
}  // namespace throng::services
