#include "sim/entity_pool.h"

#include <gtest/gtest.h>

namespace throng::sim {
namespace {

EntityIndex must_allocate(EntityPool& pool, EntityKind kind, std::uint32_t now) {
  const auto index = pool.allocate(kind, Tick{now});
  EXPECT_TRUE(index.has_value());
  return index.value_or(EntityIndex{});
}

std::uint64_t digest_of(const EntityPool& pool) {
  Digest digest;
  pool.digest(digest);
  return digest.value();
}

TEST(EntityPool, GivesDenseIndexesAndNewIds) {
  EntityPool pool(10, Tick{5});
  const EntityIndex a = must_allocate(pool, EntityKind::Player, 0);
  const EntityIndex b = must_allocate(pool, EntityKind::Monster, 0);
  EXPECT_EQ(a, EntityIndex{0});
  EXPECT_EQ(b, EntityIndex{1});
  EXPECT_NE(pool.id(a), pool.id(b));
  EXPECT_EQ(pool.kind(b), EntityKind::Monster);
  EXPECT_EQ(pool.high_water(), 2u);
  EXPECT_EQ(pool.alive_count(), 2u);
  EXPECT_FALSE(pool.alive(EntityIndex{2}));
}

TEST(EntityPool, ReusesAnIndexOnlyAfterItsQuarantine) {
  EntityPool pool(10, Tick{5});
  const EntityIndex first = must_allocate(pool, EntityKind::Player, 0);
  const EntityId first_id = pool.id(first);
  pool.release(first, Tick{10});
  EXPECT_NE(must_allocate(pool, EntityKind::Player, 14), first);
  EXPECT_EQ(must_allocate(pool, EntityKind::Player, 15), first);
  EXPECT_NE(pool.id(first), first_id);
}

TEST(EntityPool, ReusesAnIndexOnlyForTheSameKind) {
  EntityPool pool(2, Tick{0});
  const EntityIndex player = must_allocate(pool, EntityKind::Player, 0);
  must_allocate(pool, EntityKind::Monster, 0);
  pool.release(player, Tick{1});
  EXPECT_FALSE(pool.allocate(EntityKind::Monster, Tick{100}).has_value());
  EXPECT_EQ(must_allocate(pool, EntityKind::Player, 100), player);
}

TEST(EntityPool, ReusesTheIndexThatRestedLongest) {
  EntityPool pool(3, Tick{0});
  for (int i = 0; i < 3; ++i) must_allocate(pool, EntityKind::Drop, 0);
  for (const std::uint32_t index : {1u, 0u, 2u}) pool.release(EntityIndex{index}, Tick{3});
  EXPECT_EQ(must_allocate(pool, EntityKind::Drop, 4), EntityIndex{1});
  EXPECT_EQ(must_allocate(pool, EntityKind::Drop, 4), EntityIndex{0});
}

TEST(EntityPool, RefusesMoreThanItsCapacity) {
  EntityPool pool(1, Tick{10});
  const EntityIndex only = must_allocate(pool, EntityKind::Npc, 0);
  EXPECT_FALSE(pool.allocate(EntityKind::Npc, Tick{1}).has_value());
  pool.release(only, Tick{2});
  EXPECT_FALSE(pool.allocate(EntityKind::Npc, Tick{11}).has_value());
  EXPECT_TRUE(pool.allocate(EntityKind::Npc, Tick{12}).has_value());
}

TEST(EntityPool, NumbersTheSlotsOfEachKindOnTheirOwn) {
  EntityPool pool(10, Tick{0});
  must_allocate(pool, EntityKind::Player, 0);
  must_allocate(pool, EntityKind::Monster, 0);
  const EntityIndex second_player = must_allocate(pool, EntityKind::Player, 0);
  EXPECT_EQ(pool.slot(second_player), 1u);
  EXPECT_EQ(pool.indexes(EntityKind::Player)[1], second_player);
  EXPECT_EQ(pool.alive_count(EntityKind::Player), 2u);
}

TEST(EntityPool, BehavesTheSameAfterSaveAndRestore) {
  EntityPool pool(20, Tick{3});
  for (int i = 0; i < 8; ++i) must_allocate(pool, i % 2 == 0 ? EntityKind::Player : EntityKind::Drop, 0);
  for (const std::uint32_t index : {4u, 2u, 3u}) pool.release(EntityIndex{index}, Tick{index == 3 ? 6u : 5u});
  ByteWriter saved;
  pool.save(saved);
  ByteReader in(saved.view());
  auto restored = EntityPool::restore(in, 20, Tick{3});
  ASSERT_TRUE(restored.has_value()) << restored.error().message;
  EXPECT_EQ(in.remaining(), 0u);
  EXPECT_EQ(digest_of(*restored), digest_of(pool));
  for (std::uint32_t now = 6; now < 12; ++now) {
    EXPECT_EQ(restored->allocate(EntityKind::Player, Tick{now}), pool.allocate(EntityKind::Player, Tick{now}));
    EXPECT_EQ(digest_of(*restored), digest_of(pool));
  }
}

TEST(EntityPool, RefusesASaveThatIsCutOffOrBeyondItsCapacity) {
  EntityPool pool(20, Tick{3});
  for (int i = 0; i < 8; ++i) must_allocate(pool, EntityKind::Drop, 0);
  pool.release(EntityIndex{2}, Tick{1});
  ByteWriter saved;
  pool.save(saved);
  for (std::size_t size = 0; size < saved.size(); ++size) {
    ByteReader in(saved.view().first(size));
    EXPECT_FALSE(EntityPool::restore(in, 20, Tick{3}).has_value()) << size;
  }
  ByteReader in(saved.view());
  EXPECT_FALSE(EntityPool::restore(in, 7, Tick{3}).has_value());
}

TEST(EntityPoolDeathTest, ReleasingTheDeadIsABug) {
  EntityPool pool(2, Tick{0});
  EXPECT_DEATH(pool.release(EntityIndex{0}, Tick{0}), "does not live");
}

}  // namespace
}  // namespace throng::sim
