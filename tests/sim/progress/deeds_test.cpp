#include <gtest/gtest.h>

#include <algorithm>

#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using content::Deed;
using test::events_of;
using test::Play;

content::AchievementDef achievement(std::string id, Deed deed, int count) {
  content::AchievementDef made;
  made.id = made.name = std::move(id);
  made.deed = deed;
  made.count = count;
  return made;
}

/// The nine that are counted, with rewards that lead from one to the next.
content::GameContent ambitious_village() {
  content::GameContent game = test::village();
  game.achievements = {achievement("first_blood", Deed::Kills, 1),      achievement("dealer", Deed::DamageDealt, 100),
                       achievement("tank", Deed::DamageTaken, 100),     achievement("grown", Deed::Level, 5),
                       achievement("helper", Deed::QuestsCompleted, 1), achievement("butterfly", Deed::ChatLines, 3),
                       achievement("survivor", Deed::SurvivedLow, 1),   achievement("collector", Deed::ItemsLooted, 5),
                       achievement("rich", Deed::CoinsEarned, 100),     achievement("wolf_bane", Deed::Kills, 2)};
  game.achievements.back().monster.id = "wolf";
  game.achievements[0].coins = 100;
  game.achievements[8].experience = 10;
  return game;
}

struct DeedsTest : testing::Test {
  Play play{ambitious_village()};
  EntityIndex player = play.join(1);
  EntityIndex slime = *play.state.add_entity(EntityKind::Monster, test::kVillageSquare);

  void fold() {
    TickContext ctx = play.context();
    progress_deeds(play.state, ctx);
  }
  /// A tick in which just this happened.
  void after(const Event& event) {
    play.events.clear();
    play.events.push_back(event);
    fold();
  }
  int earned(std::string_view id) {
    int times = 0;
    for (const AchievementEarned& told : events_of<AchievementEarned>(play.events)) {
      times += told.achievement == play.state.content->find_achievement(id) ? 1 : 0;
    }
    return times;
  }
  std::int64_t count(std::string_view id) {
    for (const DeedEntry& entry : play.state.journal(player).deeds) {
      if (entry.achievement == play.state.content->find_achievement(id)) return entry.count;
    }
    return 0;
  }
  Event kill(std::string_view monster) { return KillCredited{{1}, play.monster(monster), true}; }
  Event damage(ActorRef source, ActorRef target, int amount) {
    return Damaged{source, target, amount, 0, {}, {}, false};
  }
};

TEST_F(DeedsTest, TheFirstKillIsWorthAMentionOnce) {
  after(kill("slime"));
  EXPECT_EQ(earned("first_blood"), 1);
  after(kill("slime"));
  EXPECT_EQ(earned("first_blood"), 0);
}

TEST_F(DeedsTest, RewardsAreDeedsToo) {
  after(kill("slime"));
  EXPECT_EQ(play.coins(player), 100);
  EXPECT_EQ(events_of<CoinsMoved>(play.events).at(0).source, Source::Achievement);
  EXPECT_EQ(earned("rich"), 1) << "a hundred coins for the first kill";
  EXPECT_EQ(events_of<ExperienceGained>(play.events).at(0).source, Source::Achievement);
}

TEST_F(DeedsTest, AKindOfMonsterMayBeAskedFor) {
  after(kill("slime"));
  EXPECT_EQ(count("wolf_bane"), 0);
  after(kill("wolf"));
  after(kill("wolf"));
  EXPECT_EQ(earned("wolf_bane"), 1);
}

TEST_F(DeedsTest, DamageIsCountedForBothSides) {
  after(damage(play.state.ref(player), play.state.ref(slime), 99));
  EXPECT_EQ(count("dealer"), 99);
  after(damage(play.state.ref(slime), play.state.ref(player), 40));
  EXPECT_EQ(count("tank"), 40);
  EXPECT_EQ(count("dealer"), 99);
  after(damage(play.state.ref(player), play.state.ref(slime), 5));
  EXPECT_EQ(earned("dealer"), 1);
  EXPECT_EQ(count("dealer"), 100) << "no more than are asked for";
}

TEST_F(DeedsTest, DamageToOneselfIsNotDealt) {
  after(damage(play.state.ref(player), play.state.ref(player), 40));
  EXPECT_EQ(count("dealer"), 0);
  EXPECT_EQ(count("tank"), 40);
}

TEST_F(DeedsTest, TheDeadHaveNotSurvivedTheDamage) {
  play.state.fighter(player).hp = 0;
  after(damage(play.state.ref(slime), play.state.ref(player), 40));
  EXPECT_EQ(count("tank"), 0);
}

TEST_F(DeedsTest, WhoeverIsGoneEarnsNothing) {
  const ActorRef gone = play.state.ref(player);
  play.run({RemovePlayer{{1}}});
  after(damage(gone, play.state.ref(slime), 500));
  after(kill("slime"));
  EXPECT_TRUE(events_of<AchievementEarned>(play.events).empty());
}

TEST_F(DeedsTest, TheHighestLevelCounts) {
  after(LevelReached{{1}, 4});
  after(LevelReached{{1}, 3});
  EXPECT_EQ(count("grown"), 4);
  after(LevelReached{{1}, 6});
  EXPECT_EQ(earned("grown"), 1);
}

TEST_F(DeedsTest, ALevelBroughtAlongCounts) {
  play.state.fighter(player).level = 7;
  after(PlayerSpawned{{1}, player, play.state.entities.id(player)});
  EXPECT_EQ(earned("grown"), 1);
}

TEST_F(DeedsTest, OnlyCompletedQuestsCount) {
  after(QuestChanged{{1}, play.quest("hunt"), QuestState::Ready});
  EXPECT_EQ(count("helper"), 0);
  after(QuestChanged{{1}, play.quest("hunt"), QuestState::Completed});
  EXPECT_EQ(earned("helper"), 1);
}

TEST_F(DeedsTest, LinesSaidToOthersCount) {
  play.tick({NoteChat{{1}}, NoteChat{{1}}});
  EXPECT_EQ(count("butterfly"), 2);
  play.tick({NoteChat{{1}}, NoteChat{{9}}});
  EXPECT_EQ(earned("butterfly"), 1);
}

TEST_F(DeedsTest, AFightWonWithLessThanATenthOfTheHealthIsSurvived) {
  Fighter& fighter = play.state.fighter(player);
  fighter.hp = fighter.max_hp() / 10;
  after(kill("slime"));
  EXPECT_EQ(count("survivor"), 0);
  fighter.hp -= 1;
  after(kill("slime"));
  EXPECT_EQ(earned("survivor"), 1);
}

TEST_F(DeedsTest, ThingsPickedUpCountAndHeapsOfCoinsDoNot) {
  after(PickedUp{{1}, {5}, play.item("pelt"), 4});
  after(PickedUp{{1}, {6}, content::ItemRef{content::kNoNumber}, 50});
  EXPECT_EQ(count("collector"), 4);
}

TEST_F(DeedsTest, SalesAndGiftsAreNoEarnings) {
  after(CoinsMoved{{1}, 50, Source::Shop});
  after(CoinsMoved{{1}, 50, Source::GameMaster});
  after(CoinsMoved{{1}, -50, Source::Loot});
  EXPECT_EQ(count("rich"), 0);
  after(CoinsMoved{{1}, 50, Source::Loot});
  EXPECT_EQ(count("rich"), 50);
}

TEST_F(DeedsTest, ARetiredAchievementIsNotEarned) {
  play.reload([](content::GameContent& game) { game.achievements[0].retired = true; });
  after(kill("slime"));
  EXPECT_EQ(earned("first_blood"), 0);
}

TEST_F(DeedsTest, TheJournalIsSortedByAchievement) {
  after(kill("wolf"));
  after(damage(play.state.ref(player), play.state.ref(slime), 9));
  const auto& deeds = play.state.journal(player).deeds;
  EXPECT_TRUE(std::is_sorted(deeds.begin(), deeds.end(),
                             [](const DeedEntry& a, const DeedEntry& b) { return a.achievement < b.achievement; }));
  EXPECT_GE(deeds.size(), 3u);
}

}  // namespace
}  // namespace throng::sim
