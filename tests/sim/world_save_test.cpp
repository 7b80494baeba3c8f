#include "sim/world_save.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/save/seal.h"
#include "sim/scenario/invariants.h"
#include "sim/scenario/random_game.h"
#include "sim/sim_fixtures.h"

namespace throng::sim {
namespace {

using testing::HasSubstr;

struct SavedWorld {
  SavedWorld() : map(test::playable_map(3, 60)), game(test::playable(map, 5)) {
    World world = test::make_world(map, {.entities_max = 90, .index_quarantine_ms = 500}, 9, game);
    test::RandomGame players(4);
    for (int i = 0; i < 250; ++i) world.tick(players.next(world));
    bytes = world.save();
    digest = world.digest();
  }

  Result<World> restore(ByteSpan saved) const {
    return World::restore(saved, std::make_shared<const content::MapDef>(map), content::link_by_hand(game));
  }

  content::MapDef map;
  content::GameContent game;
  std::vector<std::uint8_t> bytes;
  std::uint64_t digest = 0;
};

std::vector<std::uint8_t> sealed_again(std::vector<std::uint8_t> forged) {
  forged.resize(forged.size() - sizeof(std::uint64_t));
  ByteWriter out;
  out.append(forged);
  put_seal(out);
  return out.take();
}

TEST(WorldSave, GivesTheSameBytesAgain) {
  const SavedWorld saved;
  const auto world = saved.restore(saved.bytes);
  ASSERT_TRUE(world.has_value()) << world.error().message;
  EXPECT_EQ(world->digest(), saved.digest);
  EXPECT_EQ(world->save(), saved.bytes);
  EXPECT_EQ(world->grid().entity_count(), world->entities().alive_count());
}

TEST(WorldSave, RefusesEverySaveThatIsCutOffOrTooLong) {
  SavedWorld saved;
  for (std::size_t size = 0; size < saved.bytes.size(); size += 5) {
    ASSERT_FALSE(saved.restore(ByteSpan(saved.bytes).first(size)).has_value()) << size;
  }
  saved.bytes.push_back(0);
  EXPECT_FALSE(saved.restore(saved.bytes).has_value());
}

TEST(WorldSave, RefusesEveryDamagedByte) {
  SavedWorld saved;
  for (std::size_t at = 0; at < saved.bytes.size(); at += 3) {
    saved.bytes[at] = static_cast<std::uint8_t>(saved.bytes[at] ^ (1u << (at % 8)));
    ASSERT_FALSE(saved.restore(saved.bytes).has_value()) << "byte " << at;
    saved.bytes[at] = static_cast<std::uint8_t>(saved.bytes[at] ^ (1u << (at % 8)));
  }
}

/// What a forger does who knows the seal: whatever passes the checks must be a world that goes on.
void run_forged(const SavedWorld& saved, std::uint64_t seed, int& accepted) {
  Rng rng(seed);
  std::vector<std::uint8_t> forged = saved.bytes;
  for (std::uint32_t i = rng.below(3) + 1; i > 0; --i) {
    const std::size_t at = rng.below(static_cast<std::uint32_t>(forged.size() - 12));
    const std::uint32_t bytes = rng.below(4) + 1;
    for (std::size_t b = 0; b < bytes; ++b) {
      forged[at + b] = rng.below(3) == 0 ? 0xff : static_cast<std::uint8_t>(rng.next());
    }
  }
  Result<World> world = saved.restore(sealed_again(forged));
  if (!world) return;
  ++accepted;
  test::RandomGame players(seed);
  for (int i = 0; i < 6; ++i) {
    world->tick(players.next(*world));
    ASSERT_NO_FATAL_FAILURE(test::expect_bodies_on_the_ground(*world));
  }
}

TEST(WorldSave, GoesOnOrRefusesWhateverIsForged) {
  const SavedWorld saved;
  int accepted = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    ASSERT_NO_FATAL_FAILURE(run_forged(saved, seed, accepted));
  }
  EXPECT_GT(accepted, 20);
}

TEST(WorldSave, SaysWhichMapItIsOf) {
  SavedWorld saved;
  saved.map.name = "another";
  saved.map.content_hash = content::content_hash(saved.map);
  const auto world = saved.restore(saved.bytes);
  ASSERT_FALSE(world.has_value());
  EXPECT_THAT(world.error().message, HasSubstr("map \"scattered\""));
  EXPECT_THAT(world.error().message, HasSubstr("\"another\""));
}

/// The same definitions in another order.
content::GameContent turned(content::GameContent game) {
  std::reverse(game.skills.begin(), game.skills.end());
  std::reverse(game.items.begin(), game.items.end());
  std::reverse(game.monsters.begin(), game.monsters.end());
  std::reverse(game.spawns.begin(), game.spawns.end());
  std::reverse(game.achievements.begin(), game.achievements.end());
  return game;
}

TEST(WorldSave, FindsDefinitionsByTheirId) {
  SavedWorld saved;
  const std::uint64_t hash = content::link_by_hand(saved.game)->hash;
  content::GameContent other = *content::link_by_hand(turned(saved.game));
  other.hash = hash;  // so that nothing but the numbers is new to the world
  const auto world = World::restore(saved.bytes, std::make_shared<const content::MapDef>(saved.map),
                                    std::make_shared<const content::GameContent>(other));
  ASSERT_TRUE(world.has_value()) << world.error().message;
  EXPECT_EQ(world->digest(), saved.digest);
}

TEST(WorldSave, LeavesOutWhatTheContentNoLongerHas) {
  SavedWorld saved;
  content::GameContent& game = saved.game;
  game.spawns.erase(game.spawns.begin() + 1);
  game.monsters.erase(game.monsters.begin() + 1);
  game.quests.clear();
  game.npcs.clear();
  game.items.resize(2);
  game.loot_tables[0].entries.resize(2);
  game.skills.resize(7);
  game.achievements.resize(1);
  Result<World> world = saved.restore(saved.bytes);
  ASSERT_TRUE(world.has_value()) << world.error().message;
  EXPECT_EQ(world->entities().alive_count(EntityKind::Npc), 0u);
  EXPECT_GT(world->entities().alive_count(EntityKind::Monster), 0u);
  test::RandomGame players(3);
  for (int i = 0; i < 100; ++i) {
    world->tick(players.next(*world));
    ASSERT_NO_FATAL_FAILURE(test::expect_sound(*world));
  }
}

TEST(WorldSave, FitsTheWorldToNewFigures) {
  SavedWorld saved;
  for (content::MonsterDef& kind : saved.game.monsters) kind.max_hp = 7;
  content::GameContent other = *content::link_by_hand(saved.game);
  other.hash += 1;
  const auto world = World::restore(saved.bytes, std::make_shared<const content::MapDef>(saved.map),
                                    std::make_shared<const content::GameContent>(other));
  ASSERT_TRUE(world.has_value()) << world.error().message;
  for (const EntityIndex index : world->entities().indexes(EntityKind::Monster)) {
    if (!world->entities().alive(index)) continue;
    EXPECT_LE(world->fighter(index).hp, 7);
  }
}

TEST(WorldSave, SaysWhichVersionItHas) {
  SavedWorld saved;
  saved.bytes[4] = 99;
  const auto world = saved.restore(saved.bytes);
  ASSERT_FALSE(world.has_value());
  EXPECT_THAT(world.error().message, HasSubstr("version 99"));
}

}  // namespace
}  // namespace throng::sim
