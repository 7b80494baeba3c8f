// Whole worlds with everything going on, over many seeds: the rules hold after every tick, a twin that is saved and
// restored on the way stays equal, and content may change at any time.

#include <gtest/gtest.h>

#include "sim/recording.h"
#include "sim/scenario/invariants.h"
#include "sim/scenario/random_game.h"

namespace throng::sim {
namespace {

WorldSettings game_settings(std::uint64_t seed) {
  constexpr int kRates[] = {5, 20, 30};
  return {.tick_rate_hz = kRates[seed % 3], .entities_max = 220, .index_quarantine_ms = 1'000};
}

World game_world(std::uint64_t seed) {
  const content::MapDef map = test::playable_map(seed, 90);
  return test::make_world(map, game_settings(seed), seed, test::playable(map, 12));
}

Result<World> restored(const World& world) {
  return World::restore(world.save(), world.state().map, world.shared_content());
}

/// How often something happened, so that a scenario in which nothing does is noticed.
struct Happened {
  int damage = 0, deaths = 0, drops = 0, picked_up = 0, casts = 0, levels = 0, statuses = 0, trades = 0, parties = 0,
      quests = 0;

  void read(const TickOutput& output) {
    for (const Event& event : output.events) {
      damage += std::holds_alternative<Damaged>(event);
      deaths += std::holds_alternative<Died>(event);
      drops += std::holds_alternative<DropAppeared>(event);
      picked_up += std::holds_alternative<PickedUp>(event);
      casts += std::holds_alternative<CastTold>(event);
      levels += std::holds_alternative<LevelReached>(event);
      statuses += std::holds_alternative<StatusChanged>(event);
      parties += std::holds_alternative<PartyChanged>(event);
      quests += std::holds_alternative<QuestChanged>(event);
      if (const auto* moved = std::get_if<CoinsMoved>(&event)) trades += moved->source == Source::Shop;
    }
  }
};

void run_game(std::uint64_t seed, int ticks, Happened& happened, bool trades = false) {
  World world = game_world(seed);
  World twin = game_world(seed);
  test::RandomGame game(seed, trades);
  test::EventBook book;
  test::Ledger ledger;
  for (int i = 0; i < ticks; ++i) {
    SCOPED_TRACE(testing::Message() << "tick " << i + 1);
    const std::vector<Intent> intents = game.next(world);
    const TickOutput& output = world.tick(intents);
    happened.read(output);
    ASSERT_NO_FATAL_FAILURE(book.read(output, world));
    ASSERT_NO_FATAL_FAILURE(ledger.read(output, world));
    ASSERT_NO_FATAL_FAILURE(test::expect_sound(world));
    twin.tick(intents);
    ASSERT_EQ(world.digest(), twin.digest());
    if (i % 23 != 0) continue;
    Result<World> again = restored(twin);  // from here on the twin is a world that was saved
    ASSERT_TRUE(again.has_value()) << again.error().message;
    ASSERT_EQ(again->digest(), twin.digest());
    twin = *std::move(again);
  }
}

TEST(GameScenario, KeepsItsRulesAndItsTwinOverManySeeds) {
  Happened happened;
  for (std::uint64_t seed = 1; seed <= 9; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    ASSERT_NO_FATAL_FAILURE(run_game(seed, 500, happened));
  }
  for (const int times : {happened.damage, happened.deaths, happened.drops, happened.picked_up, happened.casts,
                          happened.levels, happened.statuses, happened.trades, happened.parties, happened.quests}) {
    EXPECT_GT(times, 5);
  }
}

TEST(GameScenario, KeepsItsRulesWhilePlayersExchangeThings) {
  Happened happened;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    ASSERT_NO_FATAL_FAILURE(run_game(seed, 500, happened, true));
  }
}

TEST(GameScenario, GivesTheGoldenDigestInEveryBuild) {
  // Changes only with the rules of the world; then the new value belongs into the same commit, with the reason.
  World world = game_world(2024);
  test::RandomGame game(7);
  for (int i = 0; i < 600; ++i) world.tick(game.next(world));
  EXPECT_EQ(world.digest(), 12426714533414128325u);
}

TEST(GameScenario, ReplaysToTheSameWorld) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    World world = game_world(seed);
    test::RandomGame game(seed);
    RecordingWriter writer(world);
    for (int i = 0; i < 400; ++i) {
      const std::vector<Intent> intents = game.next(world);
      world.tick(intents);
      writer.record_tick(intents, world);
    }
    const auto summary = replay(writer.pending(), world.state().map, world.shared_content());
    ASSERT_TRUE(summary.has_value()) << summary.error().message;
    EXPECT_FALSE(summary->first_difference.has_value());
    EXPECT_EQ(summary->digests, 20u);
    EXPECT_EQ(summary->digest, world.digest());
  }
}

/// The same game with other figures; one spawn, one skill, one npc and an event come and go.
std::shared_ptr<const content::GameContent> changed(const content::GameContent& before, Rng& rng) {
  content::GameContent next = before;
  for (content::MonsterDef& kind : next.monsters) {
    kind.max_hp = rng.between(20, 200);
    kind.attack = rng.between(1, 12);
    if (kind.boss) kind.phases.resize(rng.below(3));
  }
  for (content::SkillDef& skill : next.skills) skill.cast_ms = rng.between(0, 600);
  next.balance.start[content::Stat::MaxHp] = rng.between(60, 140);
  next.balance.experience.base = rng.between(50, 150);
  next.spawns[0].count = rng.between(4, 12);
  next.spawns[1].retired = rng.below(3) == 0;
  next.skills[rng.below(static_cast<std::uint32_t>(next.skills.size()))].retired = rng.below(2) == 0;
  next.npcs[0].retired = rng.below(4) == 0;
  next.world_events[0].running = rng.below(2) == 0;
  return content::link_by_hand(std::move(next));
}

TEST(GameScenario, GoesOnThroughTwoHundredChangesOfContent) {
  World world = game_world(5);
  test::RandomGame game(5);
  Rng rng(11);
  test::EventBook book;
  test::Ledger ledger;
  std::uint32_t most = 0;
  for (int i = 0; i < 200; ++i) {
    SCOPED_TRACE(testing::Message() << "change " << i);
    for (int t = 0; t < 4; ++t) {
      const TickOutput& output = world.tick(game.next(world));
      ASSERT_NO_FATAL_FAILURE(book.read(output, world));
      ASSERT_NO_FATAL_FAILURE(ledger.read(output, world));
      ASSERT_NO_FATAL_FAILURE(test::expect_sound(world));
    }
    const TickOutput& output = world.adopt(changed(world.content(), rng));
    ASSERT_NO_FATAL_FAILURE(book.read(output, world));
    ASSERT_NO_FATAL_FAILURE(ledger.read(output, world));
    ASSERT_NO_FATAL_FAILURE(test::expect_sound(world));
    Result<World> again = restored(world);
    ASSERT_TRUE(again.has_value()) << again.error().message;
    ASSERT_EQ(again->digest(), world.digest());
    most = std::max(most, world.entities().alive_count(EntityKind::Monster));
  }
  EXPECT_LE(most, 100u) << "monsters pile up";
}

TEST(GameScenario, ARecordingGoesOnThroughChangesOfContent) {
  World world = game_world(6);
  test::RandomGame game(6);
  Rng rng(12);
  RecordingWriter writer(world);
  std::vector<std::shared_ptr<const content::GameContent>> contents{world.shared_content()};
  for (int i = 0; i < 200; ++i) {
    const std::vector<Intent> intents = game.next(world);
    world.tick(intents);
    writer.record_tick(intents, world);
    if (i % 60 != 59) continue;
    contents.push_back(changed(world.content(), rng));
    content::GameContent named = *contents.back();
    named.hash = contents.size();  // by hand sets of the same ids have the same hash
    contents.back() = std::make_shared<const content::GameContent>(std::move(named));
    world.adopt(contents.back());
    writer.record_content(world);
  }
  const ContentSource all = [&](const RecordedContent& wanted) -> std::shared_ptr<const content::GameContent> {
    for (const auto& content : contents) {
      if (content->hash == wanted.hash) return content;
    }
    return nullptr;
  };
  const auto whole = replay(writer.pending(), world.state().map, all);
  ASSERT_TRUE(whole.has_value()) << whole.error().message;
  EXPECT_EQ(whole->digest, world.digest());
  EXPECT_EQ(whole->contents, 4u);
  EXPECT_FALSE(whole->missing_content.has_value());
  contents.pop_back();
  const auto part = replay(writer.pending(), world.state().map, all);
  ASSERT_TRUE(part.has_value()) << part.error().message;
  ASSERT_TRUE(part->missing_content.has_value());
  EXPECT_EQ(part->missing_content->hash, 4u);
  EXPECT_EQ(part->last, Tick{180});
}

}  // namespace
}  // namespace throng::sim
