#include "sim/progress/quests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using test::events_of;
using test::Play;
using testing::ElementsAre;

struct QuestsTest : testing::Test {
  Play play;
  EntityIndex player = play.join(1);

  void accept(std::string_view id) {
    ASSERT_EQ(play.ask(QuestStep{{1}, play.quest(id), QuestAction::Accept}), Verdict::Accepted);
  }
  QuestEntry* entry(std::string_view id) { return find_quest(play.state.journal(player), play.quest(id)); }
  void credit(std::string_view monster, std::uint32_t key = 1) {
    play.events.push_back(KillCredited{{key}, play.monster(monster), true});
  }
  /// Folds what has been told.
  void fold() {
    TickContext ctx = play.context();
    progress_quests(play.state, ctx);
  }
  std::vector<QuestState> told() {
    std::vector<QuestState> states;
    for (const QuestChanged& changed : events_of<QuestChanged>(play.events)) states.push_back(changed.state);
    return states;
  }
};

TEST_F(QuestsTest, KillsCountUntilThereAreEnough) {
  accept("hunt");
  play.events.clear();
  credit("slime");
  credit("wolf");
  fold();
  EXPECT_EQ(entry("hunt")->counts[0], 1);
  EXPECT_THAT(told(), ElementsAre(QuestState::Active));
  play.events.clear();
  credit("slime");
  credit("slime");
  fold();
  EXPECT_EQ(entry("hunt")->counts[0], 2);
  EXPECT_THAT(told(), ElementsAre(QuestState::Active, QuestState::Ready));
  EXPECT_EQ(entry("hunt")->state, QuestState::Ready);
}

TEST_F(QuestsTest, OnlyTheKillersOwnQuestMovesOn) {
  play.join(2);
  accept("hunt");
  play.events.clear();
  credit("slime", 2);
  credit("slime", 77);
  fold();
  EXPECT_EQ(entry("hunt")->counts[0], 0);
  EXPECT_TRUE(told().empty());
}

TEST_F(QuestsTest, WhatHappenedBeforeTheQuestWasAcceptedDoesNotCount) {
  play.tick({Talk{{1}, play.npc("elder")}, QuestStep{{1}, play.quest("daily"), QuestAction::Accept}});
  EXPECT_EQ(entry("daily")->counts[0], 0);
  play.tick({QuestStep{{1}, play.quest("daily"), QuestAction::Abandon},
             QuestStep{{1}, play.quest("daily"), QuestAction::Accept}, Talk{{1}, play.npc("elder")}});
  EXPECT_EQ(entry("daily")->counts[0], 1);
}

TEST_F(QuestsTest, NoEventIsCountedTwice) {
  accept("hunt");
  play.events.clear();
  credit("slime");
  fold();
  play.tick();
  play.tick();
  EXPECT_EQ(entry("hunt")->counts[0], 1);
}

TEST_F(QuestsTest, CollectedThingsAreCountedInTheBag) {
  accept("gather");
  play.events.clear();
  play.give(player, "pelt", 2);
  fold();
  EXPECT_EQ(entry("gather")->counts[0], 2);
  play.give(player, "pelt", 7);
  fold();
  EXPECT_EQ(entry("gather")->counts[0], 3) << "no more than are asked for";
  EXPECT_EQ(entry("gather")->state, QuestState::Ready);
  play.tick({ArrangeBag{{1}, BagAction::Destroy, 0, 0, 8}});
  EXPECT_EQ(entry("gather")->counts[0], 1);
  EXPECT_EQ(entry("gather")->state, QuestState::Active);
  EXPECT_THAT(told(), ElementsAre(QuestState::Active));
}

TEST_F(QuestsTest, WhatOneHasAlreadyCountsAtOnce) {
  play.give(player, "pelt", 5);
  accept("gather");
  EXPECT_THAT(told(), ElementsAre(QuestState::Active, QuestState::Ready));
}

TEST_F(QuestsTest, APlaceIsVisitedWithinFourTicks) {
  accept("look");
  play.tick_times(4);
  EXPECT_EQ(entry("look")->counts[0], 0);
  play.state.positions[player.value] = {units(150), units(150)};
  play.tick_times(4);
  EXPECT_EQ(entry("look")->state, QuestState::Ready);
  play.state.positions[player.value] = {units(500), units(500)};
  play.tick_times(4);
  EXPECT_EQ(entry("look")->state, QuestState::Ready) << "been there is been there";
}

TEST_F(QuestsTest, PlacesOfOtherMapsAndTheDeadDoNotCount) {
  accept("look");
  play.state.positions[player.value] = {units(150), units(150)};
  play.state.fighter(player).hp = 0;
  play.tick_times(4);
  EXPECT_EQ(entry("look")->counts[0], 0);
  play.state.fighter(player).hp = 1;
  play.reload([&](content::GameContent& game) { game.quests[play.quest("look").value].objectives[0].map = "forest"; });
  play.tick_times(4);
  EXPECT_EQ(entry("look")->counts[0], 0);
}

TEST_F(QuestsTest, AReloadThatAsksForLessOrMoreIsObeyed) {
  accept("hunt");
  play.events.clear();
  credit("slime");
  fold();
  play.reload([&](content::GameContent& game) { game.quests[play.quest("hunt").value].objectives[0].count = 1; });
  play.tick_times(4);
  EXPECT_EQ(entry("hunt")->state, QuestState::Ready);
  play.reload([&](content::GameContent& game) { game.quests[play.quest("hunt").value].objectives[0].count = 3; });
  play.tick_times(4);
  EXPECT_EQ(entry("hunt")->state, QuestState::Active);
}

TEST_F(QuestsTest, ARetiredQuestStaysButDoesNotMoveOn) {
  accept("hunt");
  play.reload([&](content::GameContent& game) { game.quests[play.quest("hunt").value].retired = true; });
  play.events.clear();
  credit("slime");
  fold();
  play.tick_times(8);
  ASSERT_NE(entry("hunt"), nullptr);
  EXPECT_EQ(entry("hunt")->counts[0], 0);
}

/// Slimes beside the smith, who leave a pelt each.
content::GameContent hunting_ground(const content::MapDef& map) {
  content::GameContent game = test::village();
  content::LootTableDef table;
  table.id = "pelts";
  table.entries.resize(1);
  table.entries[0].item.id = "pelt";
  game.loot_tables = {table};
  game.monsters[0].loot.id = "pelts";
  game.monsters[0].patrol = content::PatrolMode::None;
  game.spawns = {test::spawns_in(map, {{units(490), units(490)}, {units(510), units(510)}}, "slime", 3)};
  return game;
}

std::vector<Intent> attack_any_slime(const World& world) {
  for (const EntityIndex index : world.entities().indexes(EntityKind::Monster)) {
    if (world.entities().alive(index) && !world.fighter(index).dead()) {
      return {Attack{{1}, world.entities().id(index), content::SkillRef{content::kNoNumber}, {}}};
    }
  }
  return {};
}

TEST(Quests, AHuntInAWholeWorldFromTheFirstBlowToTheReward) {
  const content::MapDef map = content::open_field("village", 1'000, 1'000);
  World world = test::make_world(map, {}, 5, hunting_ground(map));
  const content::QuestRef hunt = *world.content().find_quest("hunt");
  const content::ItemRef pelt = *world.content().find_item("pelt");
  world.tick(std::vector<Intent>{test::spawn_at(1, test::kVillageSquare), QuestStep{{1}, hunt, QuestAction::Accept}});
  bool ready = false;
  int pelts = 0;
  for (int i = 0; i < 2'000 && !(ready && pelts > 0); ++i) {
    std::vector<Intent> intents = attack_any_slime(world);
    for (const EntityIndex index : world.entities().indexes(EntityKind::Drop)) {
      if (world.entities().alive(index)) intents.push_back(PickUp{{1}, world.entities().id(index)});
    }
    const TickOutput& output = world.tick(intents);
    for (const QuestChanged& changed : events_of<QuestChanged>(output)) ready |= changed.state == QuestState::Ready;
    for (const PickedUp& picked : events_of<PickedUp>(output)) pelts += picked.item == pelt ? picked.count : 0;
  }
  ASSERT_TRUE(ready);
  EXPECT_GT(pelts, 0);
  const auto& output = world.tick(std::vector<Intent>{QuestStep{{1}, hunt, QuestAction::Complete}});
  EXPECT_EQ(events_of<QuestChanged>(output).at(0).state, QuestState::Completed);
  EXPECT_EQ(events_of<CoinsMoved>(output).at(0).amount, 20);
}

}  // namespace
}  // namespace throng::sim
