#include "sim/skill/effects/all_effects.h"

#include <set>

#include <gtest/gtest.h>

#include "sim/combat/damage.h"
#include "sim/game_fixtures.h"
#include "sim/skill/casting.h"
#include "support/files.h"

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

/// A hero who casts a skill with one effect on a wolf (80 health) thirty units to the east, or on itself.
struct Trial : Battle {
  explicit Trial(const EffectDef& tried, TargetRule rule = TargetRule::Enemy,
                 content::MapDef map = content::open_field("field", 1'000, 1'000))
      : Battle(test::small_game_with({test::free_skill("tried", SkillShape::Target, rule, {tried})}), std::move(map)),
        hero(add_player(1, {units(100), units(100)})),
        wolf(add_foe("wolf", {units(130), units(100)})) {}

  void cast_on(EntityIndex target) {
    TickContext ctx = context();
    const Aim aim{state.ref(target), {}};
    ASSERT_EQ(check_cast(state, ctx, hero, skill("tried"), aim, Tick{0}), Verdict::Accepted);
    Tick ready;
    begin_cast(state, ctx, hero, skill("tried"), aim, ready);
  }
  EntityIndex hero;
  EntityIndex wolf;
};

TEST(Effects, HaveNamesOfTheirOwnAndHelpForEveryField) {
  std::set<std::string_view> names;
  for (const content::EffectFormat& format : effect_formats()) {
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_FALSE(format.help.empty()) << format.name;
    EXPECT_FALSE(format.fields.empty()) << format.name;
  }
  EXPECT_EQ(names.size(), 15u);
}

TEST(Effects, ThePageOfSkillsHasARowForEach) {
  const std::string page = shipped_file("docs/skills.md");
  for (const content::EffectFormat& format : effect_formats()) {
    std::string row = "| `" + std::string(format.name) + "` | " + std::string(format.help) + " | ";
    for (const auto& field : format.fields) {
      row += (&field == &format.fields.front() ? "" : ", ") + ("`" + field.name + "`") + (field.required ? "*" : "");
    }
    EXPECT_NE(page.find(row + " |\n"), std::string::npos) << "docs/skills.md lacks the line\n" << row << " |";
  }
}

TEST(Effects, DamageScalesWithAStatOfTheCaster) {
  EffectDef damage = effect("damage", 10);
  damage.scaling = BasisPoints{20'000};
  Trial trial(damage);
  trial.cast_on(trial.wolf);
  EXPECT_EQ(trial.fighter(trial.wolf).hp, 80 - 10 - 2 * 10);
}

TEST(Effects, HealGivesHitPointsBack) {
  Trial trial(effect("heal", 40), TargetRule::Ally);
  trial.fighter(trial.hero).hp = 50;
  trial.cast_on(trial.hero);
  EXPECT_EQ(trial.fighter(trial.hero).hp, 90);
}

TEST(Effects, DamageOverTimeGoesOnAfterTheCastersDeath) {
  Trial trial(lasting("damage_over_time", 5, 4'000));
  trial.cast_on(trial.wolf);
  trial.fighter(trial.hero).hp = 0;
  trial.run(advance_statuses, 100);
  EXPECT_EQ(trial.fighter(trial.wolf).hp, 60);
  EXPECT_EQ(events_of<Damaged>(trial.events).front().source, trial.state.ref(trial.hero));
}

TEST(Effects, HealOverTimeGivesBackInSteps) {
  EffectDef balm = lasting("heal_over_time", 5, 2'000);
  balm.interval_ms = 500;
  Trial trial(balm, TargetRule::Ally);
  trial.fighter(trial.hero).hp = 50;
  trial.fighter(trial.hero).stats[Stat::HpRegen] = 0;
  trial.cast_on(trial.hero);
  trial.run(advance_statuses, 39);
  EXPECT_EQ(events_of<Healed>(trial.events).size(), 3u);
  trial.run(advance_statuses, 20);
  EXPECT_EQ(events_of<Healed>(trial.events).size(), 4u);
}

TEST(Effects, BuffAndDebuffChangeAStatAndGiveItBack) {
  EffectDef buff = lasting("buff", 10, 5'000);
  buff.stat = Stat::Attack;
  Trial helped(buff, TargetRule::Ally);
  helped.cast_on(helped.hero);
  EXPECT_EQ(helped.fighter(helped.hero).stats[Stat::Attack], 20);
  helped.run(advance_statuses, 100);
  EXPECT_EQ(helped.fighter(helped.hero).stats[Stat::Attack], 10);

  EffectDef debuff = lasting("debuff", 3, 5'000);
  debuff.stat = Stat::Attack;
  Trial harmed(debuff);
  harmed.cast_on(harmed.wolf);
  EXPECT_EQ(harmed.fighter(harmed.wolf).stats[Stat::Attack], 5);
}

TEST(Effects, ShieldAbsorbs) {
  Trial trial(lasting("shield", 25, 5'000), TargetRule::Ally);
  trial.cast_on(trial.hero);
  EXPECT_EQ(trial.fighter(trial.hero).shield, 25);
  trial.run(advance_statuses, 100);
  EXPECT_EQ(trial.fighter(trial.hero).shield, 0);
}

TEST(Effects, StunRootAndSilenceHoldForTheirTime) {
  const auto held = [](std::string_view type, bool (*holds)(const WorldState&, EntityIndex)) {
    Trial trial(lasting(type, 0, 1'000));
    set_course(trial.state.motions[trial.wolf.value], {BasisPoints{10'000}, {}}, units(90), 20);
    trial.cast_on(trial.wolf);
    EXPECT_TRUE(holds(trial.state, trial.wolf)) << type;
    EXPECT_EQ(trial.state.motions[trial.wolf.value].rests(), type != "silence") << type;
    trial.run(advance_statuses, 19);
    EXPECT_TRUE(holds(trial.state, trial.wolf)) << type;
    trial.run(advance_statuses);
    EXPECT_FALSE(holds(trial.state, trial.wolf)) << type;
  };
  held("stun", is_stunned);
  held("root", is_rooted);
  held("silence", is_silenced);
}

TEST(Effects, KnockbackEndsFlushAgainstTheWall) {
  EffectDef push = effect("knockback");
  push.distance = units(50);
  Trial free(push);
  free.cast_on(free.wolf);
  EXPECT_EQ(free.state.positions[free.wolf.value], (Position{units(180), units(100)}));

  content::MapDef map = content::open_field("field", 1'000, 1'000);
  for (int row = 0; row < 40; ++row) map.walk.block(20, row);  // x from 160
  Trial walled(push, TargetRule::Enemy, map);
  walled.cast_on(walled.wolf);
  EXPECT_EQ(walled.state.positions[walled.wolf.value], (Position{units(154), units(100)}));
}

TEST(Effects, DashMakesFaster) {
  EffectDef dash = lasting("dash", 0, 2'000);
  dash.factor = BasisPoints{20'000};
  Trial trial(dash, TargetRule::Self);
  trial.cast_on(trial.hero);
  EXPECT_EQ(player_speed(trial.state, trial.hero), units(320));
  trial.run(advance_statuses, 40);
  EXPECT_EQ(player_speed(trial.state, trial.hero), units(160));
}

TEST(Effects, SummonCallsAFewWhoServeTheCasterForAWhile) {
  EffectDef call = lasting("summon", 0, 10'000);
  call.monster.id = "slime";
  call.count = 3;
  Trial trial(call, TargetRule::Self);
  for (int i = 0; i < 4; ++i) trial.cast_on(trial.hero);
  const auto spawned = events_of<MonsterSpawned>(trial.events);
  ASSERT_EQ(spawned.size(), 8u) << "nobody has more";
  for (const MonsterSpawned& one : spawned) {
    EXPECT_EQ(trial.state.monster(one.index).owner, trial.state.ref(trial.hero));
    EXPECT_EQ(trial.state.monster(one.index).expires, trial.state.now + Tick{200});
    EXPECT_TRUE(Ground(*trial.state.map, units(6)).fits(trial.state.positions[one.index.value]));
  }
}

TEST(Effects, SummonComesToTheAimedPlaceOfACircle) {
  EffectDef call = lasting("summon", 0, 10'000);
  call.monster.id = "slime";
  call.on_caster = true;
  content::SkillDef skill = test::free_skill("call", SkillShape::Circle, TargetRule::Ally, {call});
  skill.range = units(300);
  Battle battle(test::small_game_with({skill}));
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)});
  TickContext ctx = battle.context();
  const Position aim{units(300), units(200)};
  cast_skill(battle.state, ctx, {.key = {1}, .target = {}, .skill = battle.skill("call"), .aim = aim, .request = 1});
  const auto spawned = events_of<MonsterSpawned>(battle.events);
  ASSERT_EQ(spawned.size(), 1u);
  EXPECT_EQ(battle.state.monster(spawned[0].index).owner, battle.state.ref(hero));
  EXPECT_LE(distance_squared(battle.state.positions[spawned[0].index.value], aim), 30'000LL * 30'000);
}

TEST(Effects, DispelFreesFriendsAndStripsEnemies) {
  const auto left = [](Trial& trial, EntityIndex target) {
    TickContext ctx = trial.context();
    for (const bool harmful : {true, false}) {
      StatusToApply wanted;
      wanted.status.status = content::StatusRef{static_cast<std::uint16_t>(harmful)};
      wanted.status.harmful = harmful;
      wanted.duration = Tick{100};
      apply_status(trial.state, ctx, target, wanted);
    }
    trial.cast_on(target);
    EXPECT_EQ(trial.fighter(target).status_count, 1);
    return trial.state.statuses[target.value][0].harmful;
  };
  Trial friendly(effect("dispel"), TargetRule::Ally);
  EXPECT_FALSE(left(friendly, friendly.hero));
  Trial hostile(effect("dispel"));
  EXPECT_TRUE(left(hostile, hostile.wolf));
}

TEST(Effects, TauntTurnsAMonsterOnTheCaster) {
  Trial trial(lasting("taunt", 0, 3'000));
  const EntityIndex other = trial.add_player(2, {units(120), units(100)});
  TickContext ctx = trial.context();
  threaten(trial.state, ctx, trial.wolf, trial.state.ref(other), 1'000, 0);
  trial.cast_on(trial.wolf);
  EXPECT_EQ(trial.state.monster(trial.wolf).target, trial.state.ref(trial.hero));
}

TEST(Effects, TheExampleOfThePageWorks) {
  const auto parsed =
      content::parse_skills(shipped_file("docs/examples/skills.json"), "docs/examples/skills.json", effect_formats());
  ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
  content::GameContent game = test::small_game_with({parsed->front()});
  Battle battle(game);
  const EntityIndex hero = battle.add_player(1, {units(100), units(100)}, parsed->front().level);
  const EntityIndex wolf = battle.add_foe("wolf", {units(200), units(100)});
  const std::int32_t strength = battle.fighter(hero).stats[Stat::Attack];
  TickContext ctx = battle.context();
  cast_skill(battle.state, ctx,
             {.key = {1}, .target = battle.state.entities.id(wolf), .skill = battle.skill("venom_spit"), .aim = {}});
  EXPECT_EQ(battle.fighter(wolf).hp, 80 - 12 - strength * 4 / 10);
  EXPECT_TRUE(has_status(battle.state, wolf, battle.state.content->find_status("poisoned").value()));
  const std::int32_t hurt = battle.fighter(wolf).hp;
  battle.run(advance_statuses, 200);
  EXPECT_EQ(battle.fighter(wolf).hp, hurt - 5 * 4);
  EXPECT_FALSE(is_stunned(battle.state, wolf)) << "nobody strikes critically in the small game";
}

}  // namespace
}  // namespace throng::sim
