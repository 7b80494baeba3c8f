#include <algorithm>

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"
#include "sim/ai/threat.h"

namespace throng::sim::test {
namespace {

content::MapDef wide() { return content::open_field("wide", 8000, 8000); }
constexpr Position kFarAway{units(7000), units(7000)};

/// Ticks in which a chasing monster turns towards a target that changes sides in every fourth.
int turns_in(Wilds& wilds, EntityIndex monster, EntityIndex target, int ticks) {
  int turns = 0;
  for (int i = 0; i < ticks; ++i) {
    const Position at = wilds.place(monster);
    wilds.put(target, {at.x + units(i / 4 % 2 == 0 ? 100 : -100), at.y + units(100)});
    const Motion before = wilds.state.motions[monster.value];
    wilds.tick();
    turns += wilds.state.motions[monster.value].step_x != before.step_x ? 1 : 0;
  }
  return turns;
}

TEST(ThinkMonsters, NearPlayersInEveryTick) {
  for (int ticks = 1; ticks <= 8; ++ticks) {
    Wilds wilds(bestiary(), wide());
    const EntityIndex boar = wilds.monster("boar");
    const EntityIndex player = wilds.player(Wilds::at(300));
    wilds.fight(boar, player);
    wilds.tick(ticks);
    ASSERT_EQ(wilds.ai(boar), AiState::Chase);
    wilds.put(player, wilds.place(boar));
    wilds.tick();
    EXPECT_EQ(wilds.ai(boar), AiState::Attack) << "after " << ticks;
  }
}

TEST(ThinkMonsters, NearPlayersAimOften) {
  Wilds wilds(bestiary(), wide());
  const EntityIndex boar = wilds.monster("boar");
  const EntityIndex player = wilds.player(Wilds::at(100));
  wilds.fight(boar, player);
  wilds.tick();
  EXPECT_GE(turns_in(wilds, boar, player, 40), 9);
}

TEST(ThinkMonsters, FarFromEverybodySeldom) {
  Wilds wilds(bestiary(), wide());
  const EntityIndex boar = wilds.monster("boar", kFarAway);
  const EntityIndex prey = wilds.monster("sheep", kFarAway);
  wilds.fight(boar, prey);
  wilds.tick();
  EXPECT_LE(turns_in(wilds, boar, prey, 40), 2);
}

TEST(ThinkMonsters, FarOnesStrollAllTheSame) {
  Wilds wilds(bestiary(), wide());
  const EntityIndex stroller = wilds.monster("stroller", kFarAway);
  wilds.state.monster(stroller).decide_at = wilds.state.now;
  bool moved = false;
  for (int i = 0; i < 400; ++i) {
    wilds.tick();
    ASSERT_TRUE(within(wilds.place(stroller), kFarAway, units(161)));
    moved = moved || wilds.place(stroller) != kFarAway;
  }
  EXPECT_TRUE(moved);
  EXPECT_GT(wilds.told<MonsterStateChanged>().size(), 4u);
}

TEST(ThinkMonsters, TheLeashHoldsHoweverTheyAreLed) {
  Wilds wilds(bestiary(), wide());
  const EntityIndex boar = wilds.monster("boar", Wilds::at(2000, 2000));
  const EntityIndex player = wilds.player(Wilds::at(2050, 2000));
  const Position home = wilds.place(boar);
  Rng rng(3);
  for (int i = 0; i < 3000; ++i) {
    if (i % 20 == 0) wilds.hit(player, boar, 1);
    const Position at = wilds.place(boar);
    wilds.put(player, {at.x + units(rng.between(40, 90)), at.y + units(rng.between(-60, 60))});
    wilds.tick();
    ASSERT_TRUE(within(wilds.place(boar), home, wilds.state.monster_def(boar).leash_range + units(16)));
  }
}

TEST(ThinkMonsters, TheWatchedOneSaysWhy) {
  Wilds wilds;
  const EntityIndex boar = wilds.monster("boar");
  const EntityIndex player = wilds.player(Wilds::at(100));
  wilds.state.why.monster = wilds.state.ref(boar);
  wilds.hit(player, boar, 10);
  ASSERT_TRUE(wilds.reaches(boar, AiState::Attack, 100));
  const auto& entries = wilds.state.why.entries;
  ASSERT_FALSE(entries.empty());
  EXPECT_LE(entries.size(), WhyLog::kEntriesMax);
  EXPECT_TRUE(std::any_of(entries.begin(), entries.end(), [](const WhyEntry& entry) {
    return entry.before == AiState::Chase && entry.after == AiState::Attack;
  }));
}

TEST(ThinkMonsters, BeingWatchedChangesNothing) {
  Wilds watched;
  Wilds unwatched;
  for (Wilds* wilds : {&watched, &unwatched}) {
    const EntityIndex wolf = wilds->monster("wolf");
    wilds->player(Wilds::at(150));
    if (wilds == &watched) wilds->state.why.monster = wilds->state.ref(wolf);
    wilds->tick(200);
  }
  EXPECT_EQ(watched.state.digest(), unwatched.state.digest());
}

TEST(ThinkMonsters, ASummonedOneWhoseTimeIsUpIsForgotten) {
  Wilds wilds;
  const EntityIndex boar = wilds.monster("boar");
  const EntityIndex player = wilds.player(Wilds::at(500));
  const EntityIndex helper = wilds.monster("wolf", Wilds::at(20));
  wilds.state.monster(helper).owner = wilds.state.ref(player);
  wilds.state.monster(helper).expires = wilds.state.now + Tick{5};
  const ActorRef gone = wilds.state.ref(helper);
  wilds.hit(helper, boar, 10);
  EXPECT_GT(find_threat(wilds.state.threat(boar), gone)->threat, 0);
  wilds.tick(6);
  EXPECT_FALSE(wilds.state.exists(gone));
  const ThreatTable::Entry* const entry = find_threat(wilds.state.threat(boar), gone);
  EXPECT_TRUE(entry == nullptr || entry->threat == 0);
}

}  // namespace
}  // namespace throng::sim::test
