#include "sim/ai/spawners.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"
#include "sim/space/interest.h"

namespace throng::sim::test {
namespace {

content::GameContent with_spawn(int count) {
  content::GameContent game = bestiary();
  const content::MapDef map = content::open_field("field", 2000, 2000);
  game.spawns = {spawns_in(map, {{units(800), units(800)}, {units(1200), units(1200)}}, "sheep", count)};
  return game;
}

struct Pasture : Wilds {
  explicit Pasture(content::GameContent game) : Wilds(std::move(game)) {
    state.now = Tick{0};
    fill();
  }
  void fill() {
    TickContext ctx = context();
    populate(state, ctx);
  }
  int alive() const {
    int count = 0;
    for (const EntityIndex index : state.entities.indexes(EntityKind::Monster)) {
      count += state.entities.alive(index) && !state.fighter(index).dead() ? 1 : 0;
    }
    return count;
  }
  EntityIndex first_alive() const {
    for (const EntityIndex index : state.entities.indexes(EntityKind::Monster)) {
      if (state.entities.alive(index) && !state.fighter(index).dead()) return index;
    }
    return kNoEntity;
  }
  void kill(EntityIndex index) {
    TickContext ctx = context();
    state.fighter(index).hp = 0;
    monster_died(state, ctx, index, {});
  }
  void adopt(content::GameContent game) { state.content = content::link_by_hand(std::move(game)); }
};

TEST(Spawners, AreFullAtTickZeroAndInsideTheirArea) {
  Pasture pasture(with_spawn(30));
  EXPECT_EQ(pasture.alive(), 30);
  EXPECT_TRUE(pasture.told<MonsterSpawned>().empty());
  for (const EntityIndex index : pasture.state.entities.indexes(EntityKind::Monster)) {
    EXPECT_GE(pasture.place(index).x, units(800));
    EXPECT_LT(pasture.place(index).y, units(1200));
  }
}

TEST(Spawners, NeverHaveMoreThanTheirCount) {
  Pasture pasture(with_spawn(5));
  Rng rng(7);
  for (int i = 0; i < 2000; ++i) {
    if (rng.below(20) == 0 && pasture.first_alive() != kNoEntity) pasture.kill(pasture.first_alive());
    pasture.tick();
    const SpawnerState& spawner = pasture.state.spawners.front();
    ASSERT_EQ(spawner.alive, pasture.alive());
    ASSERT_EQ(spawner.alive + spawner.due.size(), 5u);
    ASSERT_TRUE(std::is_sorted(spawner.due.begin(), spawner.due.end()));
  }
  EXPECT_FALSE(pasture.told<MonsterSpawned>().empty());
}

TEST(Spawners, RespawnWithinTheJitter) {
  content::GameContent game = with_spawn(40);
  game.monsters[3].respawn_ms = 10'000;
  game.monsters[3].respawn_jitter = {2'000};
  Pasture pasture(std::move(game));
  while (pasture.first_alive() != kNoEntity) pasture.kill(pasture.first_alive());
  const std::vector<Tick>& due = pasture.state.spawners.front().due;
  ASSERT_EQ(due.size(), 40u);
  EXPECT_GE(due.front(), Tick{160});
  EXPECT_LE(due.back(), Tick{240});
  EXPECT_GT(std::set(due.begin(), due.end()).size(), 10u);
}

TEST(Spawners, TheSpawnsOwnTimeGoesBeforeTheMonsters) {
  content::GameContent game = with_spawn(1);
  game.monsters[3].respawn_jitter = {0};
  game.spawns[0].respawn_ms = 2'000;
  Pasture pasture(std::move(game));
  pasture.kill(pasture.first_alive());
  pasture.tick(39);
  EXPECT_EQ(pasture.alive(), 0);
  pasture.tick(2);
  EXPECT_EQ(pasture.alive(), 1);
}

TEST(Spawners, RareOnesComeAboutAsOftenAsSaid) {
  content::GameContent game = with_spawn(1000);
  content::SpawnAlternate rare;
  rare.monster.id = "wolf";
  rare.chance = {1'000};
  game.spawns[0].alternates = {rare};
  Pasture pasture(std::move(game));
  const content::MonsterRef wolf = *pasture.state.content->find_monster("wolf");
  int wolves = 0;
  for (const EntityIndex index : pasture.state.entities.indexes(EntityKind::Monster)) {
    wolves += pasture.state.monster(index).kind == wolf ? 1 : 0;
  }
  EXPECT_GT(wolves, 60);
  EXPECT_LT(wolves, 140);
}

TEST(Spawners, AReloadBringsMoreOrFewer) {
  Pasture pasture(with_spawn(5));
  pasture.tick();
  pasture.adopt(with_spawn(8));
  pasture.fill();
  pasture.tick();
  EXPECT_EQ(pasture.alive(), 8);
  EXPECT_EQ(pasture.told<MonsterSpawned>().size(), 3u);
  pasture.adopt(with_spawn(6));
  pasture.fill();
  pasture.kill(pasture.first_alive());
  pasture.tick(1000);
  EXPECT_EQ(pasture.alive(), 7) << "those that live stay; one above the count is not replaced";
}

TEST(Spawners, ARetiredOneMakesNoMore) {
  Pasture pasture(with_spawn(5));
  pasture.tick();
  content::GameContent game = with_spawn(5);
  game.spawns[0].retired = true;
  pasture.adopt(std::move(game));
  pasture.fill();
  EXPECT_EQ(pasture.alive(), 5);
  pasture.kill(pasture.first_alive());
  pasture.tick(1000);
  EXPECT_EQ(pasture.alive(), 4);
}

TEST(Spawners, OfOtherMapsAreOfNoInterest) {
  content::GameContent game = with_spawn(5);
  game.spawns[0].map = "elsewhere";
  Pasture pasture(std::move(game));
  EXPECT_EQ(pasture.alive(), 0);
  EXPECT_TRUE(pasture.state.spawners.empty());
}

TEST(Spawners, MakeABoundedNumberInATick) {
  Pasture pasture(with_spawn(500));
  while (pasture.first_alive() != kNoEntity) pasture.kill(pasture.first_alive());
  int before = 0;
  for (int i = 0; i < 800; ++i) {
    pasture.tick();
    ASSERT_LE(pasture.alive() - before, kSpawnsPerTickMax);
    before = pasture.alive();
  }
  EXPECT_EQ(pasture.alive(), 500);
}

TEST(Spawners, AFullWorldIsTriedAgain) {
  content::GameContent game = with_spawn(5);
  game.monsters[3].corpse_ms = 100;
  Wilds full(std::move(game), content::open_field("field", 2000, 2000));
  full.state.settings.entities_max = 3;
  full.state.entities = EntityPool(3, Tick{40});
  full.state.now = Tick{0};
  TickContext ctx = full.context();
  populate(full.state, ctx);
  EXPECT_EQ(full.state.spawners.front().alive, 3);
  EXPECT_EQ(full.state.spawners.front().due.size(), 2u);
}

}  // namespace
}  // namespace throng::sim::test
