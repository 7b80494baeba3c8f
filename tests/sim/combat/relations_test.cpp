#include "sim/combat/relations.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"
#include "sim/party/party.h"

namespace throng::sim {
namespace {

using content::PvpRule;
using test::Battle;

content::MapArea zone_box(int x, int y, int size) { return {{units(x), units(y)}, {units(x + size), units(y + size)}}; }

/// Contested ground from (400, 0), an arena from (700, 0), each 200 wide; safe elsewhere.
content::MapDef zoned_map() {
  content::MapDef map = content::open_field("field", 1'000, 1'000);
  map.zones = {{"wilds", PvpRule::Contested, zone_box(400, 0, 200)}, {"ring", PvpRule::Arena, zone_box(700, 0, 200)}};
  return map;
}

Position in_safety() { return {units(100), units(100)}; }
Position in_wilds() { return {units(450), units(100)}; }
Position in_ring() { return {units(750), units(100)}; }

struct Meeting : Battle {
  Meeting() : Battle(test::small_game(), zoned_map()) {}

  void make_party(EntityIndex leader, EntityIndex member) {
    TickContext ctx = context();
    const PlayerKey first = state.player(leader).key;
    const PlayerKey second = state.player(member).key;
    step_party(state, ctx, {.key = first, .action = PartyAction::Invite, .other = second});
    step_party(state, ctx, {.key = second, .action = PartyAction::Join, .other = first});
    ASSERT_TRUE(same_party(state, leader, member));
  }
};

TEST(PvpRuleAt, TheLaterZoneHolds) {
  content::MapDef map = zoned_map();
  map.zones.push_back({"camp", PvpRule::Safe, zone_box(450, 50, 50)});
  EXPECT_EQ(pvp_rule_at(map, in_safety()), PvpRule::Safe);
  EXPECT_EQ(pvp_rule_at(map, {units(400), units(0)}), PvpRule::Contested);
  EXPECT_EQ(pvp_rule_at(map, {units(600), units(0)}), PvpRule::Safe);
  EXPECT_EQ(pvp_rule_at(map, {units(460), units(60)}), PvpRule::Safe);
  EXPECT_EQ(pvp_rule_at(map, in_ring()), PvpRule::Arena);
}

TEST(MayHarm, PlayersAndMonstersAreEnemiesEverywhere) {
  Meeting scene;
  const EntityIndex hero = scene.add_player(1, in_safety());
  const EntityIndex wolf = scene.add_foe("wolf", in_safety());
  const EntityIndex slime = scene.add_foe("slime", in_safety());
  EXPECT_EQ(may_harm(scene.state, hero, wolf), Verdict::Accepted);
  EXPECT_EQ(may_harm(scene.state, wolf, hero), Verdict::Accepted);
  EXPECT_EQ(may_harm(scene.state, wolf, slime), Verdict::WrongTarget);
  EXPECT_EQ(may_harm(scene.state, hero, hero), Verdict::WrongTarget);
  EXPECT_TRUE(are_allies(scene.state, wolf, slime));
  EXPECT_FALSE(are_allies(scene.state, wolf, hero));
}

TEST(MayHarm, NobodyHarmsTheDeadOrMonstersGoingHome) {
  Meeting scene;
  const EntityIndex hero = scene.add_player(1, in_safety());
  const EntityIndex wolf = scene.add_foe("wolf", in_safety());
  scene.state.monster(wolf).ai = AiState::Return;
  EXPECT_EQ(may_harm(scene.state, hero, wolf), Verdict::WrongTarget);
  scene.fighter(wolf).hp = 0;
  EXPECT_EQ(may_harm(scene.state, hero, wolf), Verdict::Dead);
}

TEST(MayHarm, NeitherDropsNorPeopleOfTheStoryAreTargets) {
  Meeting scene;
  const EntityIndex hero = scene.add_player(1, in_safety());
  const EntityIndex npc = scene.state.add_entity(EntityKind::Npc, in_safety()).value();
  EXPECT_EQ(may_harm(scene.state, hero, npc), Verdict::WrongTarget);
  EXPECT_FALSE(are_allies(scene.state, hero, npc));
}

TEST(MayHarm, PlayersFightWhereBothStandOnGroundForIt) {
  Meeting scene;
  const EntityIndex safe = scene.add_player(1, in_safety());
  const EntityIndex wild = scene.add_player(2, in_wilds());
  const EntityIndex wild_too = scene.add_player(3, in_wilds());
  EXPECT_EQ(may_harm(scene.state, safe, wild), Verdict::SafeZone);
  EXPECT_EQ(may_harm(scene.state, wild, safe), Verdict::SafeZone);
  EXPECT_EQ(may_harm(scene.state, wild, wild_too), Verdict::Accepted);
  EXPECT_TRUE(are_allies(scene.state, safe, wild));
  EXPECT_FALSE(are_allies(scene.state, wild, wild_too));
}

TEST(MayHarm, APartyHoldsTogetherExceptInTheArena) {
  Meeting scene;
  const EntityIndex a = scene.add_player(1, in_wilds());
  const EntityIndex b = scene.add_player(2, in_wilds());
  scene.make_party(a, b);
  EXPECT_EQ(may_harm(scene.state, a, b), Verdict::WrongTarget);
  EXPECT_TRUE(are_allies(scene.state, a, b));
  scene.state.positions[a.value] = scene.state.positions[b.value] = in_ring();
  EXPECT_EQ(may_harm(scene.state, a, b), Verdict::Accepted);
}

TEST(MayHarm, ASummonedMonsterIsOnItsOwnersSide) {
  Meeting scene;
  const EntityIndex hero = scene.add_player(1, in_safety());
  const EntityIndex other = scene.add_player(2, in_safety());
  const EntityIndex pet = scene.add_foe("slime", in_safety());
  const EntityIndex wolf = scene.add_foe("wolf", in_safety());
  scene.state.monster(pet).owner = scene.state.ref(hero);
  EXPECT_EQ(may_harm(scene.state, pet, wolf), Verdict::Accepted);
  EXPECT_EQ(may_harm(scene.state, wolf, pet), Verdict::Accepted);
  EXPECT_EQ(may_harm(scene.state, pet, hero), Verdict::WrongTarget);
  EXPECT_EQ(may_harm(scene.state, other, pet), Verdict::SafeZone);
  EXPECT_TRUE(are_allies(scene.state, hero, pet));
  EXPECT_TRUE(is_between_players(scene.state, scene.state.ref(pet), other));
  EXPECT_FALSE(is_between_players(scene.state, scene.state.ref(wolf), other));
}

}  // namespace
}  // namespace throng::sim
