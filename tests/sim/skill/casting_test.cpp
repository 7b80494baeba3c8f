#include "sim/skill/casting.h"

#include <gtest/gtest.h>

#include "sim/combat/death.h"
#include "sim/game_fixtures.h"
#include "sim/player/apply_intents.h"

namespace throng::sim {
namespace {

using content::SkillShape;
using content::TargetRule;
using test::Battle;
using test::events_of;

/// Takes a second; 30 damage.
content::SkillDef slow_bolt() {
  content::SkillDef bolt =
      test::free_skill("bolt", SkillShape::Target, TargetRule::Enemy, {test::effect("damage", 30)});
  bolt.cast_ms = 1'000;
  bolt.mana_cost = 10;
  bolt.range = units(100);
  return bolt;
}

struct ShootingRange : Battle {
  explicit ShootingRange(content::GameContent game = test::small_game_with({slow_bolt()}),
                         content::MapDef map = content::open_field("field", 1'000, 1'000))
      : Battle(std::move(game), std::move(map)),
        hero(add_player(1, {units(100), units(100)})),
        wolf(add_foe("wolf", {units(150), units(100)})) {}

  Verdict check(std::string_view id, Aim aim) {
    const TickContext ctx = context();
    return check_cast(state, ctx, hero, skill(id), aim, known_skill(state.player(hero), skill(id))->ready);
  }
  Aim at_wolf() const { return {state.ref(wolf), {}}; }
  /// As a player asks for it.
  Verdict cast(std::string_view id, EntityIndex target) {
    events.clear();
    TickContext ctx = context();
    cast_skill(state, ctx,
               {.key = {1}, .target = state.entities.id(target), .skill = skill(id), .aim = {}, .request = 3});
    const auto refused = events_of<IntentRefused>(events);
    return refused.empty() ? Verdict::Accepted : refused[0].verdict;
  }
  std::vector<CastStage> stages() const {
    std::vector<CastStage> all;
    for (const CastTold& told : events_of<CastTold>(events)) all.push_back(told.stage);
    return all;
  }

  EntityIndex hero;
  EntityIndex wolf;
};

TEST(CastSkill, FireballDoesWhatItsNumbersSay) {
  ShootingRange range;
  EXPECT_EQ(range.cast("fireball", range.wolf), Verdict::Accepted);
  EXPECT_EQ(range.fighter(range.wolf).hp, 80 - 35);
  EXPECT_EQ(range.fighter(range.hero).mana, 30);
  EXPECT_EQ(range.stages(), std::vector<CastStage>{CastStage::Finished});
  EXPECT_EQ(range.cast("fireball", range.wolf), Verdict::OnCooldown);
  range.state.now += Tick{60};
  EXPECT_EQ(range.cast("fireball", range.wolf), Verdict::Accepted);
}

TEST(CastSkill, TheGlobalCooldownHoldsEverySkillBack) {
  ShootingRange range;
  range.fighter(range.hero).hp = 50;
  EXPECT_EQ(range.cast("fireball", range.wolf), Verdict::Accepted);
  EXPECT_EQ(range.cast("heal", range.hero), Verdict::OnCooldown);
  range.state.now += Tick{10};
  EXPECT_EQ(range.cast("heal", range.hero), Verdict::Accepted);
  EXPECT_EQ(range.fighter(range.hero).hp, 90);
}

TEST(CastSkill, SaysWhatACharacterLacks) {
  content::SkillDef book = slow_bolt();
  book.id = "book_skill";
  book.needs_book = true;
  content::SkillDef beastly = slow_bolt();
  beastly.id = "beastly";
  beastly.monsters_only = true;
  ShootingRange range(test::small_game_with({book, beastly}));
  EXPECT_EQ(range.cast("book_skill", range.wolf), Verdict::NotLearned);
  EXPECT_EQ(range.cast("beastly", range.wolf), Verdict::UnknownSkill);
  TickContext ctx = range.context();
  cast_skill(range.state, ctx, {.key = {1}, .target = {}, .skill = content::SkillRef{999}, .aim = {}});
  EXPECT_EQ(events_of<IntentRefused>(range.events).back().verdict, Verdict::UnknownSkill);
  cast_skill(range.state, ctx, {.key = {1}, .target = {77'777}, .skill = range.skill("fireball"), .aim = {}});
  EXPECT_EQ(events_of<IntentRefused>(range.events).back().verdict, Verdict::NoSuchTarget);
}

TEST(CheckCast, KnowsEveryReasonOfTheCaster) {
  ShootingRange range;
  Fighter& hero = range.fighter(range.hero);
  EXPECT_EQ(range.check("bolt", range.at_wolf()), Verdict::Accepted);
  hero.mana = 9;
  EXPECT_EQ(range.check("bolt", range.at_wolf()), Verdict::NotEnoughMana);
  hero.global_ready = range.state.now + Tick{1};
  EXPECT_EQ(range.check("bolt", range.at_wolf()), Verdict::OnCooldown);
  range.state.player(range.hero).direction_x = BasisPoints{10'000};
  apply_player_course(range.state, range.hero);
  EXPECT_EQ(range.check("bolt", range.at_wolf()), Verdict::Moving);
  hero.level = 0;
  EXPECT_EQ(range.check("bolt", range.at_wolf()), Verdict::LevelTooLow);
  hero.cast.skill = range.skill("fireball");
  EXPECT_EQ(range.check("bolt", range.at_wolf()), Verdict::Busy);
  hero.silenced_until = range.state.now + Tick{1};
  EXPECT_EQ(range.check("bolt", range.at_wolf()), Verdict::Silenced);
  hero.stunned_until = range.state.now + Tick{1};
  EXPECT_EQ(range.check("bolt", range.at_wolf()), Verdict::Stunned);
  hero.hp = 0;
  EXPECT_EQ(range.check("bolt", range.at_wolf()), Verdict::Dead);
}

TEST(CheckCast, KnowsEveryReasonOfTheTarget) {
  content::MapDef map = content::open_field("field", 1'000, 1'000);
  for (int column = 0; column < 30; ++column) map.walk.block(column, 15);  // y 120 to 128
  ShootingRange range(test::small_game_with({slow_bolt()}), map);
  const EntityIndex friendly = range.add_player(2, {units(110), units(100)});
  const EntityIndex hidden = range.add_foe("slime", {units(100), units(150)});
  const EntityIndex drop = range.state.add_entity(EntityKind::Drop, {units(100), units(100)}).value();
  const auto check = [&](EntityIndex target) { return range.check("bolt", {range.state.ref(target), {}}); };
  EXPECT_EQ(check(friendly), Verdict::SafeZone);
  EXPECT_EQ(check(hidden), Verdict::NotVisible);
  EXPECT_EQ(check(drop), Verdict::WrongTarget);
  EXPECT_EQ(range.check("heal", range.at_wolf()), Verdict::WrongTarget);
  EXPECT_EQ(range.check("bolt", {}), Verdict::NoSuchTarget);
  EXPECT_EQ(range.check("heal", {}), Verdict::Accepted) << "without a target it is oneself";
  EXPECT_EQ(range.check("bolt", {{range.wolf, EntityId{9'999}}, {}}), Verdict::NoSuchTarget);
  range.state.positions[range.wolf.value].x = units(201);
  EXPECT_EQ(check(range.wolf), Verdict::OutOfRange);
  range.fighter(range.wolf).hp = 0;
  EXPECT_EQ(check(range.wolf), Verdict::WrongTarget);
}

TEST(CheckCast, KnowsEveryReasonOfThePlace) {
  content::SkillDef rain = test::free_skill("rain", SkillShape::Circle, TargetRule::Enemy, {test::effect("damage", 1)});
  rain.range = units(100);
  content::SkillDef cone = test::free_skill("cone", SkillShape::Cone, TargetRule::Enemy, {test::effect("damage", 1)});
  content::MapDef map = content::open_field("field", 1'000, 1'000);
  for (int column = 0; column < 30; ++column) map.walk.block(column, 15);
  ShootingRange range(test::small_game_with({rain, cone}), map);
  const auto place = [](int x, int y) { return Aim{{}, Position{units(x), units(y)}}; };
  EXPECT_EQ(range.check("rain", place(190, 100)), Verdict::Accepted);
  EXPECT_EQ(range.check("rain", place(201, 100)), Verdict::OutOfRange);
  EXPECT_EQ(range.check("rain", place(100, 150)), Verdict::NotVisible);
  EXPECT_EQ(range.check("rain", {}), Verdict::Accepted) << "round oneself";
  EXPECT_EQ(range.check("cone", place(900, 900)), Verdict::Accepted) << "only a direction";
  EXPECT_EQ(range.check("cone", place(100, 100)), Verdict::NoSuchTarget) << "no direction";
  EXPECT_EQ(range.check("cone", {}), Verdict::NoSuchTarget);
}

TEST(AdvanceCasts, ASlowCastLandsWhenItsTimeHasCome) {
  ShootingRange range;
  EXPECT_EQ(range.cast("bolt", range.wolf), Verdict::Accepted);
  EXPECT_EQ(range.state.player(range.hero).activity, Activity::Casting);
  EXPECT_EQ(range.fighter(range.hero).mana, 40);
  range.run(advance_casts, 19);
  EXPECT_EQ(range.fighter(range.wolf).hp, 80);
  range.run(advance_casts);
  EXPECT_EQ(range.fighter(range.wolf).hp, 50);
  EXPECT_EQ(range.stages(), (std::vector<CastStage>{CastStage::Started, CastStage::Finished}));
  EXPECT_EQ(range.state.player(range.hero).activity, Activity::Idle);
}

TEST(AdvanceCasts, WalkingStunSilenceAndDeathEndACast) {
  const auto ends = [](void (*what)(ShootingRange&)) {
    ShootingRange range;
    EXPECT_EQ(range.cast("bolt", range.wolf), Verdict::Accepted);
    range.run(advance_casts, 5);
    what(range);
    range.run(advance_casts, 40);
    EXPECT_EQ(range.fighter(range.wolf).hp, 80);
    EXPECT_EQ(range.stages(), (std::vector<CastStage>{CastStage::Started, CastStage::Interrupted}));
    EXPECT_EQ(range.fighter(range.hero).mana, 40) << "what was paid stays paid";
  };
  ends([](ShootingRange& range) {
    const std::vector<Intent> walk{test::move(1, 10'000, 0)};
    TickContext ctx = range.context(walk);
    apply_intents(range.state, ctx);
  });
  const auto afflict = [](ShootingRange& range, StatusKind kind) {
    StatusToApply wanted;
    wanted.status.status = content::StatusRef{0};
    wanted.status.kind = kind;
    wanted.duration = Tick{5};
    TickContext ctx = range.context();
    apply_status(range.state, ctx, range.hero, wanted);
  };
  static const auto apply = afflict;
  ends([](ShootingRange& range) { apply(range, StatusKind::Stun); });
  ends([](ShootingRange& range) { apply(range, StatusKind::Silence); });
  ends([](ShootingRange& range) {
    TickContext ctx = range.context();
    die(range.state, ctx, range.hero, {});
  });
}

TEST(AdvanceCasts, ATargetThatDiesOrGetsAwayEndsACast) {
  for (const bool dies : {true, false}) {
    ShootingRange range;
    EXPECT_EQ(range.cast("bolt", range.wolf), Verdict::Accepted);
    range.run(advance_casts, 5);
    if (dies) range.fighter(range.wolf).hp = 0;
    if (!dies) range.state.positions[range.wolf.value].x = units(226);
    range.run(advance_casts, 40);
    EXPECT_EQ(range.stages().back(), CastStage::Interrupted);
  }
}

TEST(AdvanceCasts, ATargetMayStepALittleOutOfRange) {
  ShootingRange range;
  EXPECT_EQ(range.cast("bolt", range.wolf), Verdict::Accepted);
  range.state.positions[range.wolf.value].x = units(224);
  range.run(advance_casts, 20);
  EXPECT_EQ(range.fighter(range.wolf).hp, 50);
}

TEST(CastSkill, OneOnOneselfIsToldAsThatWhateverWasSelected) {
  ShootingRange range;
  EXPECT_EQ(range.cast("shield", range.wolf), Verdict::Accepted);
  const auto told = events_of<CastTold>(range.events);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].target, range.state.ref(range.hero));
}

}  // namespace
}  // namespace throng::sim
