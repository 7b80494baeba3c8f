// A raid against a pack and a boss, over seeds: what must hold after every tick, whatever happens.
#include "sim/ai/monsters.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"

namespace throng::sim::test {
namespace {

constexpr int kRaiders = 8;
constexpr int kTicks = 1'500;

content::GameContent raid_content(const content::MapDef& map) {
  content::GameContent game = bestiary();
  game.balance.start[content::Stat::MaxHp] = 150;
  game.balance.start[content::Stat::Attack] = 12;
  for (content::MonsterDef& kind : game.monsters) {
    kind.respawn_ms = 4'000;
    kind.attack = 12;
  }
  content::MonsterDef& boss = game.monsters[1];
  boss.boss = true;
  boss.max_hp = 600;
  boss.attack = 20;
  content::BossPhaseDef angry;
  angry.damage_factor = angry.speed_factor = {15'000};
  boss.phases = {angry};
  const content::MapArea lair{{map.width / 3, map.height / 3}, {map.width * 2 / 3, map.height * 2 / 3}};
  game.spawns = {spawns_in(map, lair, "wolf", 8), spawns_in(map, lair, "boar", 1), spawns_in(map, lair, "goblin", 4),
                 spawns_in(map, lair, "sheep", 4)};
  return game;
}

EntityId monster_near(const World& world, Position at) {
  EntityId found{0};
  world.grid().visit_near(at, units(40), [&](const SpatialGrid::Entry& entry) {
    const bool lives = world.entities().kind(entry.index) == EntityKind::Monster && !world.fighter(entry.index).dead();
    if (lives && within(at, entry.position, units(40))) found = world.entities().id(entry.index);
  });
  return found;
}

Attack attack(std::uint32_t key, EntityId target) {
  return {.key = {key}, .target = target, .skill = {content::kNoNumber}, .aim = {}, .request = 0};
}

/// Bots that run at the monsters, hit whom they meet, and leave and come back now and then.
std::vector<Intent> raid(const World& world, Rng& rng) {
  std::vector<Intent> intents;
  for (std::uint32_t key = 1; key <= kRaiders; ++key) {
    const std::uint32_t dice = rng.below(100);
    const auto index = world.find_player(PlayerKey{key});
    if (!index) {
      if (dice < 20) intents.push_back(spawn_at(key, {units(30), units(30)}));
      continue;
    }
    if (dice == 0 && rng.below(10) == 0) intents.push_back(RemovePlayer{PlayerKey{key}});
    if (dice < 60) continue;
    const Position at = world.positions()[index->value];
    const EntityId target = monster_near(world, at);
    if (target.value != 0) {
      intents.push_back(move(key, 0, 0));
      intents.push_back(attack(key, target));
      continue;
    }
    const Direction way = towards(at, {world.map().width / 2, world.map().height / 2});
    const std::int32_t aside = rng.between(-6'000, 6'000);
    intents.push_back(move(key, way.x.value + aside, way.y.value - aside));
  }
  return intents;
}

void check_fighters(const World& world) {
  const Ground ground(world.map(), world.settings().body_half_size);
  for (std::uint32_t i = 0; i < world.entities().high_water(); ++i) {
    const EntityIndex index{i};
    const EntityKind kind = world.entities().kind(index);
    if (!world.entities().alive(index) || (kind != EntityKind::Player && kind != EntityKind::Monster)) continue;
    const Fighter& fighter = world.fighter(index);
    ASSERT_GE(fighter.hp, 0);
    ASSERT_LE(fighter.hp, fighter.max_hp());
    ASSERT_TRUE(ground.fits(world.positions()[i])) << "in a wall";
    const bool lies_dead = kind == EntityKind::Monster && world.monster(index).ai == AiState::Dead;
    ASSERT_TRUE(kind == EntityKind::Player || fighter.dead() == lies_dead);
  }
}

void check_spawners(const World& world) {
  const WorldState& state = world.state();
  std::map<std::uint16_t, std::uint32_t> alive;
  for (const EntityIndex index : state.entities.indexes(EntityKind::Monster)) {
    const bool lives = state.entities.alive(index) && !state.fighter(index).dead();
    if (lives && content::is_set(state.monster(index).spawn)) ++alive[state.monster(index).spawn.value];
  }
  for (const SpawnerState& spawner : state.spawners) {
    ASSERT_EQ(alive[spawner.spawn.value], spawner.alive) << "a lost monster";
    const int count = state.content->spawn(spawner.spawn).count;
    ASSERT_EQ(spawner.alive + spawner.due.size(), static_cast<std::size_t>(count));
  }
}

/// Monsters change state by the table only, and experience comes with kills only.
void check_events(const TickOutput& output) {
  std::set<std::pair<AiState, AiState>> allowed;
  for (const Transition& row : transitions()) allowed.insert({row.from, row.to});
  for (const Event& event : output.events) {
    if (const auto* change = std::get_if<MonsterStateChanged>(&event)) {
      ASSERT_TRUE(allowed.contains({change->from, change->to}));
    }
  }
}

struct RaidResult {
  std::uint64_t digest = 0;
  int kills = 0;
  int deaths = 0;
};

RaidResult run_raid(std::uint64_t seed) {
  const content::MapDef map = scattered_map(seed, 70);
  World world = make_world(map, {}, seed, raid_content(map));
  Rng rng(seed);
  RaidResult result;
  for (int i = 0; i < kTicks && !testing::Test::HasFatalFailure(); ++i) {
    const std::vector<Intent> intents = raid(world, rng);
    const TickOutput& output = world.tick(intents);
    for (const Died& died : events_of<Died>(output))
      ++(died.kind == EntityKind::Monster ? result.kills : result.deaths);
    check_events(output);
    check_fighters(world);
    check_spawners(world);
  }
  result.digest = world.digest();
  return result;
}

TEST(Monsters, SurviveARaidWithAllThatMustHold) {
  int kills = 0;
  int deaths = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const RaidResult result = run_raid(seed);
    if (HasFatalFailure()) return;
    kills += result.kills;
    deaths += result.deaths;
  }
  EXPECT_GT(kills, 50);
  EXPECT_GT(deaths, 10);
}

TEST(Monsters, ARaidIsTheSameForTheSameSeed) { EXPECT_EQ(run_raid(77).digest, run_raid(77).digest); }

}  // namespace
}  // namespace throng::sim::test
