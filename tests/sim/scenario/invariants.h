#pragma once
// What holds after every tick of every world.

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <utility>

#include "sim/sim_fixtures.h"
#include "sim/space/ground.h"

namespace throng::sim::test {

inline void expect_bodies_on_the_ground(const World& world) {
  const Ground ground(world.map(), world.settings().body_half_size);
  for (std::size_t i = 0; i < world.positions().size(); ++i) {
    if (world.alive()[i] != 0) {
      ASSERT_TRUE(ground.fits(world.positions()[i])) << "entity " << i;
    }
  }
}

inline void expect_entities_consistent(const World& world) {
  const EntityPool& pool = world.entities();
  ASSERT_EQ(world.positions().size(), pool.high_water());
  ASSERT_EQ(world.alive().size(), pool.high_water());
  ASSERT_EQ(world.grid().entity_count(), pool.alive_count());
  std::set<std::uint32_t> ids;
  for (std::uint32_t i = 0; i < pool.high_water(); ++i) {
    const EntityIndex index{i};
    ASSERT_EQ(pool.alive(index), world.alive()[i] != 0);
    ASSERT_TRUE(ids.insert(pool.id(index).value).second) << "two entities share an id";
    ASSERT_EQ(pool.indexes(pool.kind(index))[pool.slot(index)], index);
    if (pool.alive(index) && pool.kind(index) == EntityKind::Player) {
      ASSERT_EQ(world.find_player(world.player(index).key), index);
    }
  }
}

inline void expect_fighters_sound(const World& world) {
  for (std::uint32_t i = 0; i < world.entities().high_water(); ++i) {
    const EntityIndex index{i};
    const EntityKind kind = world.entities().kind(index);
    if (!world.entities().alive(index) || (kind != EntityKind::Player && kind != EntityKind::Monster)) continue;
    const Fighter& fighter = world.fighter(index);
    ASSERT_GE(fighter.hp, 0) << i;
    ASSERT_LE(fighter.hp, fighter.max_hp()) << i;
    ASSERT_GE(fighter.mana, 0) << i;
    ASSERT_LE(fighter.mana, fighter.max_mana()) << i;
    ASSERT_GE(fighter.shield, 0) << i;
    ASSERT_LE(fighter.status_count, kStatusesMax) << i;
    if (kind == EntityKind::Monster) {
      ASSERT_EQ(fighter.dead(), world.monster(index).ai == AiState::Dead) << i;
    }
  }
}

/// Nobody is angry with, aims at or owes to something that is neither a fighter nor gone.
inline void expect_no_strange_opponents(const World& world) {
  const WorldState& state = world.state();
  const auto expect_fighter = [&](ActorRef actor) {
    if (!state.exists(actor)) return;
    const EntityKind kind = state.kind(actor.index);
    EXPECT_TRUE(kind == EntityKind::Player || kind == EntityKind::Monster) << actor.index.value;
  };
  for (const EntityIndex index : state.entities.indexes(EntityKind::Monster)) {
    if (!state.entities.alive(index)) continue;
    expect_fighter(state.monster(index).target);
    expect_fighter(state.monster(index).owner);
    const ThreatTable& threat = state.threat(index);
    for (std::size_t i = 0; i < threat.count; ++i) {
      expect_fighter(threat.entries[i].actor);
      if (threat.entries[i].threat == 0) continue;  // what it did stays known
      EXPECT_TRUE(state.exists(threat.entries[i].actor)) << index.value << " is angry with somebody who is gone";
    }
  }
}

/// What spawners believe is what there is.
inline void expect_spawners_count_right(const World& world) {
  const WorldState& state = world.state();
  for (const SpawnerState& spawner : state.spawners) {
    int living = 0;
    for (const EntityIndex index : state.entities.indexes(EntityKind::Monster)) {
      const bool counts = state.entities.alive(index) && state.monster(index).ai != AiState::Dead;
      living += counts && state.monster(index).spawn == spawner.spawn ? 1 : 0;
    }
    ASSERT_EQ(living, spawner.alive) << state.content->spawn(spawner.spawn).id;
  }
}

/// No piece is in two places.
inline void expect_pieces_once(const World& world) {
  const WorldState& state = world.state();
  std::set<std::int64_t> uids;
  const auto expect_new = [&](const ItemStack& stack) {
    if (stack.uid == 0) return;
    EXPECT_EQ(stack.count, 1);
    EXPECT_LT(stack.uid, state.next_item_uid);
    EXPECT_TRUE(uids.insert(stack.uid).second) << stack.uid;
  };
  for (const EntityIndex index : state.entities.indexes(EntityKind::Player)) {
    if (!state.entities.alive(index)) continue;
    const Inventory& inventory = state.inventory(index);
    for (const ItemStack& stack : inventory.bag) expect_new(stack);
    for (const ItemStack& stack : inventory.worn) expect_new(stack);
    for (const BuyBack& sold : inventory.buy_back) expect_new(sold.stack);
  }
  for (const EntityIndex index : state.entities.indexes(EntityKind::Drop)) {
    if (state.entities.alive(index)) expect_new(state.drop(index).stack);
  }
}

inline void expect_sound(const World& world) {
  ASSERT_NO_FATAL_FAILURE(expect_bodies_on_the_ground(world));
  ASSERT_NO_FATAL_FAILURE(expect_entities_consistent(world));
  ASSERT_NO_FATAL_FAILURE(expect_fighters_sound(world));
  ASSERT_NO_FATAL_FAILURE(expect_no_strange_opponents(world));
  ASSERT_NO_FATAL_FAILURE(expect_spawners_count_right(world));
  ASSERT_NO_FATAL_FAILURE(expect_pieces_once(world));
}

/// Index and id of a player, monster or drop stay together from its appearance to its end.
class EventBook {
 public:
  void read(const TickOutput& output, const World& world) {
    for (const Event& event : output.events) {
      if (const auto* spawned = std::get_if<PlayerSpawned>(&event)) begin(spawned->index, spawned->id);
      if (const auto* spawned = std::get_if<MonsterSpawned>(&event)) begin(spawned->index, spawned->id);
      if (const auto* dropped = std::get_if<DropAppeared>(&event)) begin(dropped->index, dropped->id);
      if (const auto* removed = std::get_if<EntityRemoved>(&event)) end(*removed);
    }
    ASSERT_EQ(living_.size() + world.entities().alive_count(EntityKind::Npc), world.entities().alive_count());
  }

 private:
  void begin(EntityIndex index, EntityId id) { EXPECT_TRUE(living_.emplace(index, id).second) << index.value; }
  void end(const EntityRemoved& removed) {
    if (removed.kind == EntityKind::Npc) return;
    const auto found = living_.find(removed.index);
    ASSERT_TRUE(found != living_.end() && found->second == removed.id) << removed.index.value;
    living_.erase(found);
  }

  std::map<EntityIndex, EntityId> living_;
};

/// Items and coins as the events tell of them, against what the characters have.
class Ledger {
 public:
  void read(const TickOutput& output, const World& world) {
    for (const Event& event : output.events) {
      if (const auto* spawned = std::get_if<PlayerSpawned>(&event)) come(spawned->key);
      if (const auto* moved = std::get_if<ItemMoved>(&event)) items_[{moved->key, moved->item}] += moved->count;
      if (const auto* moved = std::get_if<CoinsMoved>(&event)) coins_[moved->key] += moved->amount;
    }
    for (const EntityIndex index : world.entities().indexes(EntityKind::Player)) {
      if (!world.entities().alive(index)) continue;
      ASSERT_NO_FATAL_FAILURE(compare(world, index));
    }
  }

 private:
  using Owned = std::pair<PlayerKey, content::ItemRef>;

  /// Of somebody who came in this tick the ledger begins with what there is at its end.
  void come(PlayerKey key) { newcomers_.insert(key); }

  static std::map<content::ItemRef, std::int64_t> contents_of(const Inventory& inventory) {
    std::map<content::ItemRef, std::int64_t> contents;
    for (const ItemStack& stack : inventory.bag) contents[stack.item] += stack.count;
    for (const ItemStack& stack : inventory.worn) contents[stack.item] += stack.count;
    return contents;
  }

  void compare(const World& world, EntityIndex index) {
    const PlayerKey key = world.player(index).key;
    const Inventory& inventory = world.state().inventory(index);
    const auto contents = contents_of(inventory);
    const bool is_new = newcomers_.erase(key) != 0;
    if (is_new) coins_[key] = inventory.coins;
    ASSERT_EQ(coins_[key], inventory.coins) << "coins of " << key.value;
    for (std::size_t i = 0; i < world.content().items.size(); ++i) {
      const content::ItemRef item{static_cast<std::uint16_t>(i)};
      const auto found = contents.find(item);
      const std::int64_t has = found == contents.end() ? 0 : found->second;
      if (is_new) items_[{key, item}] = has;
      const std::int64_t told = items_[{key, item}];
      ASSERT_EQ(told, has) << "item " << world.content().item(item).id << " of " << key.value;
    }
  }

  std::map<Owned, std::int64_t> items_;
  std::map<PlayerKey, std::int64_t> coins_;
  std::set<PlayerKey> newcomers_;
};

}  // namespace throng::sim::test
