#include "sim/ai/kill_credit.h"

#include <map>

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"
#include "sim/ai/threat.h"

namespace throng::sim::test {
namespace {

content::GameContent worth_a_hundred() {
  content::GameContent game = bestiary();
  for (content::MonsterDef& kind : game.monsters) kind.experience = 100;
  return game;
}

void make_party(Wilds& wilds, std::initializer_list<EntityIndex> members) {
  PartyState party;
  for (const EntityIndex member : members) {
    party.members.push_back(wilds.state.player(member).key);
    wilds.state.player(member).party = static_cast<std::uint16_t>(wilds.state.parties.size());
  }
  wilds.state.parties.push_back(party);
}

/// Experience by key, and whose kill it was above all.
struct Spoils {
  std::map<std::uint32_t, std::int64_t> experience;
  std::map<std::uint32_t, bool> credited;
};

Spoils spoils_of(const Wilds& wilds) {
  Spoils spoils;
  for (const ExperienceGained& gained : wilds.told<ExperienceGained>())
    spoils.experience[gained.key.value] += gained.amount;
  for (const KillCredited& credit : wilds.told<KillCredited>()) spoils.credited[credit.key.value] = credit.own;
  return spoils;
}

TEST(KillCredit, IsSharedByDamage) {
  Wilds wilds(worth_a_hundred());
  const EntityIndex boar = wilds.monster("boar");
  const EntityIndex strong = wilds.player(Wilds::at(20));
  const EntityIndex weak = wilds.player(Wilds::at(30));
  wilds.hit(strong, boar, 75);
  wilds.hit(weak, boar, 1000);
  const Spoils spoils = spoils_of(wilds);
  EXPECT_EQ(spoils.experience.at(1), 75);
  EXPECT_EQ(spoils.experience.at(2), 25);
  EXPECT_TRUE(spoils.credited.at(1));
  EXPECT_FALSE(spoils.credited.at(2));
}

TEST(KillCredit, APartyPoolsItsShareAndGetsABonus) {
  Wilds wilds(worth_a_hundred());
  const EntityIndex boar = wilds.monster("boar");
  const EntityIndex fighter = wilds.player(Wilds::at(20));
  const EntityIndex friend_near = wilds.player(Wilds::at(100));
  const EntityIndex friend_far = wilds.player(Wilds::at(900));
  make_party(wilds, {fighter, friend_near, friend_far});
  wilds.hit(fighter, boar, 1000);
  const Spoils spoils = spoils_of(wilds);
  EXPECT_EQ(spoils.experience.at(1), 55);
  EXPECT_EQ(spoils.experience.at(2), 55);
  EXPECT_FALSE(spoils.experience.contains(3));
  EXPECT_FALSE(spoils.credited.contains(3));
}

TEST(KillCredit, OneWhoHelpedAndIsDeadHasTheKillOnly) {
  Wilds wilds(worth_a_hundred());
  const EntityIndex boar = wilds.monster("boar");
  const EntityIndex fighter = wilds.player(Wilds::at(20));
  const EntityIndex fallen = wilds.player(Wilds::at(30));
  make_party(wilds, {fighter, fallen});
  wilds.hit(fallen, boar, 60);
  wilds.set_hp(fallen, 0);
  wilds.hit(fighter, boar, 1000);
  const Spoils spoils = spoils_of(wilds);
  EXPECT_EQ(spoils.experience.at(1), 100);
  EXPECT_TRUE(spoils.credited.at(2));
  EXPECT_FALSE(spoils.experience.contains(2));
}

TEST(KillCredit, LessForThoseWhoAreFarAboveTheMonster) {
  EXPECT_EQ(experience_for_level(100, 5, 1), 100);
  EXPECT_EQ(experience_for_level(100, 6, 1), 80);
  EXPECT_EQ(experience_for_level(100, 60, 1), 5);
  EXPECT_EQ(experience_for_level(100, 1, 60), 100);
}

TEST(KillCredit, SharesNeverExceedTheWhole) {
  for (int members = 1; members <= 8; ++members) {
    const std::int64_t each = party_share(1000, 7, 7, members, BasisPoints{1'000});
    EXPECT_LE(each * members, 1000 + 100 * (members - 1));
  }
  EXPECT_EQ(party_share(100, 0, 0, 1, BasisPoints{0}), 0);
  EXPECT_EQ(party_share(2'000'000'000, kThreatMax, kThreatMax, 1, BasisPoints{0}), 2'000'000'000);
}

TEST(KillCredit, ASummonedMonstersDamageIsItsOwners) {
  Wilds wilds(worth_a_hundred());
  const EntityIndex boar = wilds.monster("boar");
  const EntityIndex owner = wilds.player(Wilds::at(20));
  const EntityIndex wolf = wilds.monster("wolf", Wilds::at(30));
  wilds.state.monster(wolf).owner = wilds.state.ref(owner);
  wilds.hit(wolf, boar, 1000);
  EXPECT_EQ(spoils_of(wilds).experience.at(1), 100);
}

TEST(KillCredit, ACorpseLiesForItsTime) {
  Wilds wilds;
  const EntityIndex boar = wilds.monster("boar");
  wilds.hit(wilds.player(Wilds::at(20)), boar, 1000);
  EXPECT_EQ(wilds.ai(boar), AiState::Dead);
  wilds.tick(19);
  EXPECT_TRUE(wilds.state.entities.alive(boar));
  wilds.tick(2);
  EXPECT_FALSE(wilds.state.entities.alive(boar));
  EXPECT_EQ(wilds.told<EntityRemoved>().size(), 1u);
}

}  // namespace
}  // namespace throng::sim::test
