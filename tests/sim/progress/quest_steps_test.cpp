#include <gtest/gtest.h>

#include "sim/play_fixture.h"
#include "sim/progress/quests.h"

namespace throng::sim {
namespace {

using test::events_of;
using test::Play;

struct QuestStepsTest : testing::Test {
  Play play;
  EntityIndex player = play.join(1);

  Verdict accept(content::QuestRef quest) { return play.ask(QuestStep{{1}, quest, QuestAction::Accept}); }
  Verdict accept(std::string_view id) { return accept(play.quest(id)); }
  Verdict complete(std::string_view id) { return play.ask(QuestStep{{1}, play.quest(id), QuestAction::Complete}); }
  Verdict abandon(std::string_view id) { return play.ask(QuestStep{{1}, play.quest(id), QuestAction::Abandon}); }
  QuestEntry* entry(std::string_view id) { return find_quest(play.state.journal(player), play.quest(id)); }
  void kill_slimes(int count) {
    for (int i = 0; i < count; ++i) play.events.push_back(KillCredited{{1}, play.monster("slime"), true});
    TickContext ctx = play.context();
    progress_quests(play.state, ctx);
  }
  void finish_hunt() {
    accept("hunt");
    kill_slimes(2);
    ASSERT_EQ(complete("hunt"), Verdict::Accepted);
  }
  void change(std::string_view id, void (*how)(content::QuestDef&)) {
    play.reload([&](content::GameContent& game) { how(game.quests[play.quest(id).value]); });
  }
};

TEST_F(QuestStepsTest, AnAcceptedQuestIsTold) {
  EXPECT_EQ(accept("hunt"), Verdict::Accepted);
  ASSERT_EQ(events_of<QuestChanged>(play.events).size(), 1u);
  EXPECT_EQ(events_of<QuestChanged>(play.events)[0].state, QuestState::Active);
  EXPECT_EQ(accept("hunt"), Verdict::QuestActive);
}

TEST_F(QuestStepsTest, RefusesWhatDoesNotExist) {
  EXPECT_EQ(accept(content::QuestRef{999}), Verdict::NoSuchQuest);
  EXPECT_EQ(accept(content::QuestRef{content::kNoNumber}), Verdict::NoSuchQuest);
}

TEST_F(QuestStepsTest, RefusesWhatIsNotOpenYet) {
  EXPECT_EQ(accept("veteran"), Verdict::LevelTooLow);
  EXPECT_EQ(accept("gossip"), Verdict::QuestNotOpen);
  finish_hunt();
  EXPECT_EQ(accept("gossip"), Verdict::Accepted);
  EXPECT_EQ(accept("hunt"), Verdict::QuestNotOpen) << "done and not repeatable";
}

TEST_F(QuestStepsTest, TheGiverMustBeNear) {
  play.state.positions[player.value] = {units(700), units(500)};
  EXPECT_EQ(accept("hunt"), Verdict::OutOfRange);
  play.reload([](content::GameContent& game) { game.npcs[0].retired = true; });
  EXPECT_EQ(accept("hunt"), Verdict::NoSuchNpc);
}

TEST_F(QuestStepsTest, AQuestWithoutAGiverIsAcceptedAnywhere) {
  change("hunt", [](content::QuestDef& quest) { quest.giver = {}; });
  play.state.positions[player.value] = {units(900), units(500)};
  EXPECT_EQ(accept("hunt"), Verdict::Accepted);
}

TEST_F(QuestStepsTest, TheDeadTakeNoQuests) {
  play.state.fighter(player).hp = 0;
  EXPECT_EQ(accept("hunt"), Verdict::Dead);
}

TEST_F(QuestStepsTest, TheLogHoldsSoManyOpenQuests) {
  content::GameContent game = test::village();
  for (std::size_t i = 0; i <= kQuestsActiveMax; ++i) {
    game.quests.push_back(
        test::quest_def("q" + std::to_string(i), {test::objective(content::ObjectiveType::Kill, "wolf")}));
  }
  Play many(game);
  many.join(1);
  for (std::size_t i = 0; i < kQuestsActiveMax; ++i) {
    const auto quest = many.quest("q" + std::to_string(i));
    ASSERT_EQ(many.ask(QuestStep{{1}, quest, QuestAction::Accept}), Verdict::Accepted);
  }
  const auto last = many.quest("q" + std::to_string(kQuestsActiveMax));
  EXPECT_EQ(many.ask(QuestStep{{1}, last, QuestAction::Accept}), Verdict::QuestLogFull);
  many.ask(QuestStep{{1}, many.quest("q3"), QuestAction::Abandon});
  EXPECT_EQ(many.ask(QuestStep{{1}, last, QuestAction::Accept}), Verdict::Accepted);
}

TEST_F(QuestStepsTest, TheJournalIsBounded) {
  content::GameContent game = test::village();
  for (std::size_t i = 0; i <= kQuestEntriesMax; ++i) {
    game.quests.push_back(
        test::quest_def("q" + std::to_string(i), {test::objective(content::ObjectiveType::Kill, "wolf")}));
  }
  Play many(game);
  const EntityIndex reader = many.join(1);
  for (std::size_t i = 0; i < kQuestEntriesMax; ++i) {
    QuestEntry done;
    done.quest = many.quest("q" + std::to_string(i));
    done.state = QuestState::Completed;
    done.times_completed = 1;
    many.state.journal(reader).quests.push_back(done);
  }
  const auto last = many.quest("q" + std::to_string(kQuestEntriesMax));
  EXPECT_EQ(many.ask(QuestStep{{1}, last, QuestAction::Accept}), Verdict::QuestLogFull);
}

TEST_F(QuestStepsTest, TheJournalIsSortedByQuest) {
  accept("daily");
  accept("hunt");
  accept("gather");
  const auto& quests = play.state.journal(player).quests;
  ASSERT_EQ(quests.size(), 3u);
  EXPECT_TRUE(quests[0].quest < quests[1].quest && quests[1].quest < quests[2].quest);
}

TEST_F(QuestStepsTest, CompletingRewards) {
  finish_hunt();
  EXPECT_EQ(entry("hunt")->state, QuestState::Completed);
  EXPECT_EQ(entry("hunt")->times_completed, 1);
  EXPECT_EQ(play.held(player, "potion"), 2);
  EXPECT_EQ(play.coins(player), 20);
  const auto gained = events_of<ExperienceGained>(play.events);
  ASSERT_EQ(gained.size(), 1u);
  EXPECT_EQ(gained[0].amount, 50);
  EXPECT_EQ(gained[0].source, Source::Quest);
  for (const ItemMoved& moved : events_of<ItemMoved>(play.events)) EXPECT_EQ(moved.source, Source::Quest);
  EXPECT_EQ(complete("hunt"), Verdict::QuestNotActive);
}

TEST_F(QuestStepsTest, RefusesToCompleteWhatIsUnfinishedOrNotAccepted) {
  EXPECT_EQ(complete("hunt"), Verdict::QuestNotActive);
  accept("hunt");
  kill_slimes(1);
  EXPECT_EQ(complete("hunt"), Verdict::QuestUnfinished);
  EXPECT_EQ(play.coins(player), 0);
}

TEST_F(QuestStepsTest, CollectedThingsAreHandedOverAtTheReceiver) {
  accept("gather");
  play.give(player, "pelt", 5);
  play.state.positions[player.value] = {units(450), units(500)};
  EXPECT_EQ(complete("gather"), Verdict::OutOfRange) << "the elder is the receiver";
  play.state.positions[player.value] = {units(640), units(500)};
  EXPECT_EQ(complete("gather"), Verdict::Accepted);
  EXPECT_EQ(play.held(player, "pelt"), 2);
  EXPECT_EQ(play.held(player, "sword"), 1);
}

TEST_F(QuestStepsTest, RefusesWhatTheBagCannotTake) {
  accept("gather");
  play.give(player, "pelt", 5);
  play.fill_bag(player);
  EXPECT_EQ(complete("gather"), Verdict::BagFull);
  EXPECT_EQ(play.held(player, "pelt"), 5);
  EXPECT_EQ(entry("gather")->state, QuestState::Ready);
}

TEST_F(QuestStepsTest, WhatIsHandedOverMakesRoomForTheReward) {
  accept("gather");
  play.give(player, "pelt", 3);
  play.fill_bag(player);
  EXPECT_EQ(complete("gather"), Verdict::Accepted);
  EXPECT_EQ(play.held(player, "sword"), 1);
}

TEST_F(QuestStepsTest, OnePileDoesNotServeTwoObjectives) {
  change("gather", [](content::QuestDef& quest) { quest.objectives.push_back(quest.objectives[0]); });
  accept("gather");
  play.give(player, "pelt", 5);
  EXPECT_EQ(complete("gather"), Verdict::QuestUnfinished);
  play.give(player, "pelt", 1);
  EXPECT_EQ(complete("gather"), Verdict::Accepted);
  EXPECT_EQ(play.held(player, "pelt"), 0);
}

TEST_F(QuestStepsTest, ARepeatableQuestStartsAnew) {
  for (int i = 1; i <= 3; ++i) {
    ASSERT_EQ(accept("daily"), Verdict::Accepted);
    EXPECT_EQ(entry("daily")->counts[0], 0);
    play.tick({Talk{{1}, play.npc("elder")}});
    ASSERT_EQ(complete("daily"), Verdict::Accepted);
    EXPECT_EQ(entry("daily")->times_completed, i);
  }
  accept("daily");
  EXPECT_EQ(abandon("daily"), Verdict::Accepted);
  EXPECT_EQ(entry("daily")->state, QuestState::Completed) << "what was done stays done";
}

TEST_F(QuestStepsTest, AnAbandonedQuestIsForgotten) {
  EXPECT_EQ(abandon("hunt"), Verdict::QuestNotActive);
  accept("hunt");
  kill_slimes(1);
  EXPECT_EQ(abandon("hunt"), Verdict::Accepted);
  EXPECT_EQ(events_of<QuestChanged>(play.events).at(0).state, QuestState::None);
  EXPECT_EQ(entry("hunt"), nullptr);
  accept("hunt");
  EXPECT_EQ(entry("hunt")->counts[0], 0);
}

TEST_F(QuestStepsTest, ARetiredQuestCanOnlyBeAbandoned) {
  accept("hunt");
  kill_slimes(2);
  change("hunt", [](content::QuestDef& quest) { quest.retired = true; });
  EXPECT_EQ(complete("hunt"), Verdict::NoSuchQuest);
  EXPECT_EQ(abandon("hunt"), Verdict::Accepted);
  EXPECT_EQ(accept("hunt"), Verdict::NoSuchQuest);
}

}  // namespace
}  // namespace throng::sim
