#include "sim/world_save.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/sim_fixtures.h"

namespace throng::sim {
namespace {

using testing::HasSubstr;

struct SavedWorld {
  SavedWorld() : map(test::scattered_map(3, 40, 5)), monsters(test::two_kinds()) {
    World world = test::make_world(map, {.entities_max = 60, .index_quarantine_ms = 500}, 9, monsters);
    test::RandomPlayers players(4);
    for (int i = 0; i < 120; ++i) world.tick(players.next(map.width));
    bytes = world.save();
    digest = world.digest();
  }

  Result<World> restore(ByteSpan saved) const {
    return World::restore(saved, std::make_shared<const content::MapDef>(map),
                          std::make_shared<const content::MonstersDef>(monsters));
  }

  content::MapDef map;
  content::MonstersDef monsters;
  std::vector<std::uint8_t> bytes;
  std::uint64_t digest = 0;
};

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
  for (std::size_t size = 0; size < saved.bytes.size(); ++size) {
    ASSERT_FALSE(saved.restore(ByteSpan(saved.bytes).first(size)).has_value()) << size;
  }
  saved.bytes.push_back(0);
  EXPECT_FALSE(saved.restore(saved.bytes).has_value());
}

TEST(WorldSave, RefusesEveryDamagedByte) {
  SavedWorld saved;
  // The map's name is there for error messages only.
  const std::size_t name_begin = 4 + 2 + 1;
  const std::size_t name_end = name_begin + saved.map.name.size();
  for (std::size_t at = 0; at < saved.bytes.size(); ++at) {
    if (at >= name_begin && at < name_end) continue;
    std::vector<std::uint8_t> damaged = saved.bytes;
    damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ (1u << (at % 8)));
    ASSERT_FALSE(saved.restore(damaged).has_value()) << "byte " << at;
  }
}

TEST(WorldSave, SurvivesRandomDamage) {
  const SavedWorld saved;
  for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    Rng rng(seed);
    std::vector<std::uint8_t> damaged = saved.bytes;
    for (std::uint32_t i = rng.below(8) + 1; i > 0; --i) {
      const std::size_t at = rng.below(static_cast<std::uint32_t>(damaged.size() - 4));
      for (std::size_t b = 0; b < 4; ++b)
        damaged[at + b] = rng.below(2) == 0 ? 0xff : static_cast<std::uint8_t>(rng.next());
    }
    const auto world = saved.restore(damaged);
    if (world) {
      ASSERT_EQ(world->digest(), saved.digest);
    }
  }
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

TEST(WorldSave, FindsMonsterKindsByTheirId) {
  SavedWorld saved;
  std::swap(saved.monsters.kinds[0], saved.monsters.kinds[1]);
  saved.monsters.kinds[0].max_hp += 5;
  const auto world = saved.restore(saved.bytes);
  ASSERT_TRUE(world.has_value()) << world.error().message;
  EXPECT_EQ(world->digest(), saved.digest);
}

TEST(WorldSave, SaysWhichMonsterKindIsGone) {
  SavedWorld saved;
  saved.monsters.kinds.pop_back();
  const auto world = saved.restore(saved.bytes);
  ASSERT_FALSE(world.has_value());
  EXPECT_THAT(world.error().message, HasSubstr("\"wolf\""));
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
