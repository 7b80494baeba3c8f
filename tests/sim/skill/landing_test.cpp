#include "sim/skill/landing.h"

#include <gtest/gtest.h>

#include "sim/game_fixtures.h"

namespace throng::sim {
namespace {

using content::EffectDef;
using content::SkillShape;
using content::Stat;
using content::TargetRule;
using test::Battle;
using test::effect;
using test::events_of;
using test::lasting;

struct Strike : Battle {
  explicit Strike(std::vector<EffectDef> effects, SkillShape shape = SkillShape::Circle)
      : Battle(test::small_game_with({test::free_skill("tried", shape, TargetRule::Enemy, std::move(effects))})),
        hero(add_player(1, {units(100), units(100)})) {}
  void land() {
    TickContext ctx = context();
    land_cast(state, ctx, hero, {skill("tried"), {}, state.positions[hero.value], state.now});
  }
  EntityIndex hero;
};

TEST(LandCast, WhatGoesToTheCasterGoesThereOnce) {
  EffectDef back = effect("heal", 10);
  back.on_caster = true;
  Strike strike({effect("damage", 10), back});
  strike.fighter(strike.hero).hp = 50;
  for (int i = 1; i <= 3; ++i) strike.add_foe("wolf", {units(100 + i * 10), units(100)});
  strike.land();
  EXPECT_EQ(events_of<Damaged>(strike.events).size(), 3u);
  EXPECT_EQ(strike.fighter(strike.hero).hp, 60);
}

TEST(LandCast, TheRestLandsAfterTheCastersDeath) {
  EffectDef price = effect("damage", 1'000);
  price.on_caster = true;
  Strike strike({price, effect("damage", 10)});
  const EntityIndex wolf = strike.add_foe("wolf", {units(120), units(100)});
  strike.land();
  EXPECT_TRUE(strike.fighter(strike.hero).dead());
  EXPECT_EQ(strike.fighter(wolf).hp, 70);
}

TEST(LandCast, TheDeadAreLeftAloneByWhatFollows) {
  Strike strike({effect("damage", 1'000), lasting("damage_over_time", 5, 1'000), effect("damage", 10)});
  const EntityIndex wolf = strike.add_foe("wolf", {units(120), units(100)});
  strike.land();
  EXPECT_EQ(events_of<Damaged>(strike.events).size(), 1u);
  EXPECT_EQ(strike.fighter(wolf).status_count, 0);
}

TEST(LandCast, ACriticalHitIsRolledForEachTarget) {
  Strike strike({effect("damage", 10)});
  for (int i = 0; i < 16; ++i) strike.add_foe("wolf", {units(100 + i * 3), units(110)});
  strike.fighter(strike.hero).stats[Stat::CritChance] = 5'000;
  strike.land();
  int critical = 0;
  for (const Damaged& told : events_of<Damaged>(strike.events)) critical += told.critical ? 1 : 0;
  EXPECT_GT(critical, 0);
  EXPECT_LT(critical, 16);
}

TEST(LandCast, HarmGoesNowhereItMayNot) {
  content::GameContent game = test::small_game_with(
      {test::free_skill("tried", SkillShape::Circle, TargetRule::Any, {effect("damage", 10), effect("heal", 1)})});
  Battle battle(game);
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  const EntityIndex other = battle.add_player(2, {units(110), units(100)});
  const EntityIndex wolf = battle.add_foe("wolf", {units(120), units(100)});
  TickContext ctx = battle.context();
  land_cast(battle.state, ctx, hero, {battle.skill("tried"), {}, battle.state.positions[hero.value], battle.state.now});
  EXPECT_EQ(battle.fighter(other).hp, 100);
  EXPECT_EQ(battle.fighter(wolf).hp, 71);
}

// ---- Anything goes, and what must hold all the same -----------------------------------------------------------

/// A skill for every type of effect, aimed at anybody.
content::GameContent brawl_game() {
  content::GameContent game = test::small_game();
  for (const content::EffectFormat& format : effect_formats()) {
    EffectDef one = lasting(format.name, 15, 1'500);
    one.distance = units(40);
    one.factor = BasisPoints{15'000};
    one.stacking = content::Stacking::Stack;
    one.stacks_max = 3;
    if (format.name == "summon") one.monster.id = "slime";
    const bool round = game.skills.size() % 2 == 0;
    content::SkillDef skill = test::free_skill("all_" + std::string(format.name),
                                               round ? SkillShape::Circle : SkillShape::Target, TargetRule::Any, {one});
    skill.mana_cost = 1;
    skill.cast_ms = game.skills.size() % 3 == 0 ? 300 : 0;
    game.skills.push_back(skill);
  }
  game.balance.start[Stat::CritChance] = 2'000;
  game.balance.respawn_ms = 500;
  return game;
}

content::MapDef brawl_map() {
  content::MapDef map = test::scattered_map(5, 50);
  map.zones = {{"wilds", content::PvpRule::Contested, {{}, {map.width / 2, map.height}}},
               {"ring", content::PvpRule::Arena, {{map.width / 2, {0}}, {map.width, map.height / 2}}}};
  return map;
}

std::vector<Intent> brawl_intents(const World& world, Rng& rng) {
  std::vector<Intent> intents;
  for (std::uint32_t key = 1; key <= 8; ++key) {
    const std::uint32_t choice = rng.below(12);
    const EntityIndex whom{rng.below(world.entities().high_water())};
    if (choice == 0) intents.push_back(test::move(key, rng.between(-10'000, 10'000), rng.between(-10'000, 10'000)));
    if (choice == 1) intents.push_back(test::move(key, 0, 0));
    if (choice == 2) intents.push_back(Attack{.key = {key}, .target = world.entities().id(whom), .aim = {}});
    if (choice < 3 || choice > 8) continue;
    const auto skill = static_cast<std::uint16_t>(rng.below(static_cast<std::uint32_t>(world.content().skills.size())));
    intents.push_back(Attack{.key = {key}, .target = world.entities().id(whom), .skill = {skill}, .aim = {}});
  }
  return intents;
}

void expect_sound(const World& world, EntityIndex index) {
  const Fighter& fighter = world.fighter(index);
  EXPECT_GE(fighter.hp, 0);
  EXPECT_LE(fighter.hp, fighter.max_hp());
  EXPECT_GE(fighter.mana, 0);
  EXPECT_LE(fighter.mana, fighter.max_mana());
  std::int32_t shields = 0;
  for (const ActiveStatus& status : world.statuses(index)) {
    if (status.kind == StatusKind::Shield) shields += status.amount;
    EXPECT_GE(status.stacks, 1);
    EXPECT_GT(status.until, world.now()) << "what is over is gone";
  }
  EXPECT_EQ(fighter.shield, shields);
  if (!fighter.dead()) return;
  EXPECT_EQ(fighter.status_count, 0);
  EXPECT_FALSE(fighter.cast.active());
  EXPECT_EQ(fighter.shield, 0);
}

void brawl(std::uint64_t seed, int ticks, std::size_t& deaths) {
  const content::MapDef map = brawl_map();
  World world = test::game_world(map, brawl_game(), {}, seed);
  Rng rng(seed);
  for (std::uint32_t key = 1; key <= 8; ++key) {
    const int x = rng.between(20, 380);
    test::spawn_player(world, key, {units(x), units(rng.between(20, 380))});
    test::spawn_monster(world, key % 2 == 0 ? "wolf" : "slime", {units(x), units(200)});
  }
  const Ground ground(map, world.settings().body_half_size);
  for (int i = 0; i < ticks && !testing::Test::HasFailure(); ++i) {
    const std::vector<Intent> intents = brawl_intents(world, rng);
    deaths += events_of<Died>(world.tick(intents)).size();
    for (std::uint32_t at = 0; at < world.entities().high_water(); ++at) {
      const EntityIndex index{at};
      const EntityKind kind = world.entities().kind(index);
      if (!world.entities().alive(index) || (kind != EntityKind::Player && kind != EntityKind::Monster)) continue;
      expect_sound(world, index);
      EXPECT_TRUE(ground.fits(world.positions()[at]));
    }
  }
}

TEST(RandomFights, LeaveEverybodySound) {
  std::size_t deaths = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    brawl(seed, 400, deaths);
    if (HasFailure()) return;
  }
  EXPECT_GT(deaths, 20u) << "the fights are too tame to show anything";
}

TEST(RandomFights, AreTheSameForTheSameSeed) {
  const auto digest = [] {
    World world = test::game_world(brawl_map(), brawl_game(), {}, 9);
    Rng rng(9);
    for (std::uint32_t key = 1; key <= 8; ++key) test::spawn_player(world, key, {units(200), units(200)});
    for (int i = 0; i < 300; ++i) world.tick(brawl_intents(world, rng));
    return world.digest();
  };
  EXPECT_EQ(digest(), digest());
}

}  // namespace
}  // namespace throng::sim
