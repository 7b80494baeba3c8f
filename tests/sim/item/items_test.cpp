#include "sim/item/items.h"

#include <gtest/gtest.h>

#include <map>

#include "sim/item/bag.h"
#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using test::events_of;
using test::Play;

TEST(Items, GivingTellsWhatFitted) {
  Play play;
  const EntityIndex player = play.join(1);
  EXPECT_EQ(play.give(player, "pelt", 12), 12);
  const auto moved = events_of<ItemMoved>(play.events);
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_EQ(moved[0].key, PlayerKey{1});
  EXPECT_EQ(moved[0].item, play.item("pelt"));
  EXPECT_EQ(moved[0].count, 12);
  EXPECT_EQ(moved[0].source, Source::GameMaster);
}

TEST(Items, NothingIsToldOfWhatDidNotFit) {
  Play play;
  const EntityIndex player = play.join(1);
  play.fill_bag(player);
  play.events.clear();
  EXPECT_EQ(room_for(play.state, player, play.item("pelt"), 1), 0);
  EXPECT_EQ(play.give(player, "pelt"), 0);
  EXPECT_TRUE(play.events.empty());
}

TEST(Items, TheBagHoldsNoMoreThanItsCapacity) {
  content::GameContent game = test::village();
  game.balance.bag_capacity = 3;
  Play play(game);
  const EntityIndex player = play.join(1);
  EXPECT_EQ(room_for(play.state, player, play.item("pelt"), 100), 30);
  EXPECT_EQ(play.give(player, "pelt", 100), 30);
  EXPECT_EQ(count_items(play.state.inventory(player), play.item("pelt"), 2), 20);
}

TEST(Items, SomeThingsBindWhenTaken) {
  Play play;
  const EntityIndex player = play.join(1);
  play.give(player, "token");
  play.give(player, "pelt");
  EXPECT_TRUE(play.slot(player, 0).bound);
  EXPECT_FALSE(play.slot(player, 1).bound);
}

TEST(Items, TakingIsAllOrNothing) {
  Play play;
  const EntityIndex player = play.join(1);
  play.give(player, "pelt", 3);
  play.events.clear();
  TickContext ctx = play.context();
  EXPECT_FALSE(take_items(play.state, ctx, player, play.item("pelt"), 4, Source::Quest));
  EXPECT_TRUE(play.events.empty());
  EXPECT_TRUE(take_items(play.state, ctx, player, play.item("pelt"), 3, Source::Quest));
  ASSERT_EQ(events_of<ItemMoved>(play.events).size(), 1u);
  EXPECT_EQ(events_of<ItemMoved>(play.events)[0].count, -3);
}

TEST(Items, UnknownItemsAreNoItems) {
  Play play;
  const EntityIndex player = play.join(1);
  TickContext ctx = play.context();
  EXPECT_EQ(give_items(play.state, ctx, player, {content::ItemRef{999}, 1, 0, false}, Source::Loot), 0);
  EXPECT_EQ(room_for(play.state, player, content::ItemRef{999}, 1), 0);
  EXPECT_FALSE(take_items(play.state, ctx, player, content::ItemRef{999}, 1, Source::Loot));
}

TEST(Items, CoinsNeverGoBelowZeroOrAboveTheMost) {
  Play play;
  const EntityIndex player = play.join(1);
  play.events.clear();
  TickContext ctx = play.context();
  EXPECT_TRUE(move_coins(play.state, ctx, player, 10, Source::Loot));
  EXPECT_FALSE(move_coins(play.state, ctx, player, -11, Source::Shop));
  EXPECT_EQ(play.coins(player), 10);
  EXPECT_TRUE(move_coins(play.state, ctx, player, kCoinsMax, Source::GameMaster));
  EXPECT_EQ(play.coins(player), kCoinsMax);
  EXPECT_TRUE(move_coins(play.state, ctx, player, 1, Source::GameMaster));
  const auto moved = events_of<CoinsMoved>(play.events);
  ASSERT_EQ(moved.size(), 2u);
  EXPECT_EQ(moved[1].amount, kCoinsMax - 10);
}

/// What the events say that everybody has.
struct Ledger {
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::int64_t> items;
  std::map<std::uint32_t, std::int64_t> coins;

  void read(std::span<const Event> events) {
    for (const ItemMoved& moved : events_of<ItemMoved>(events)) {
      items[{moved.key.value, moved.item.value}] += moved.count;
    }
    for (const CoinsMoved& moved : events_of<CoinsMoved>(events)) coins[moved.key.value] += moved.amount;
  }

  void expect_balance(const WorldState& state, PlayerKey key) {
    const Inventory& inventory = state.inventory(*state.players_by_key.find(key));
    EXPECT_EQ(coins[key.value], inventory.coins);
    EXPECT_GE(inventory.coins, 0);
    std::map<std::uint16_t, std::int64_t> held;
    for (const ItemStack& stack : inventory.bag) held[stack.item.value] += stack.count;
    for (const ItemStack& stack : inventory.worn) held[stack.item.value] += stack.count;
    for (std::uint16_t item = 0; item < state.content->items.size(); ++item) {
      EXPECT_EQ((items[{key.value, item}]), held[item]) << state.content->items[item].id;
    }
  }
};

void expect_stacks_in_order(const WorldState& state, EntityIndex player) {
  const Inventory& inventory = state.inventory(player);
  for (std::size_t i = 0; i < inventory.bag.size(); ++i) {
    const ItemStack& stack = inventory.bag[i];
    if (stack.empty()) {
      EXPECT_EQ(stack, ItemStack{}) << "an empty slot remembers something";
      continue;
    }
    EXPECT_LT(i, static_cast<std::size_t>(state.content->balance.bag_capacity));
    EXPECT_LE(stack.count, stack_limit(state.content->item(stack.item)));
  }
  EXPECT_LE(inventory.buy_back.size(), kBuyBackMax);
}

void expect_sound_journal(const WorldState& state, EntityIndex player) {
  const auto& quests = state.journal(player).quests;
  for (std::size_t i = 0; i < quests.size(); ++i) {
    if (i > 0) {
      EXPECT_LT(quests[i - 1].quest, quests[i].quest);
    }
    EXPECT_NE(quests[i].state, QuestState::None);
    EXPECT_TRUE(quests[i].state != QuestState::Completed || quests[i].times_completed > 0);
    const content::QuestDef& quest = state.content->quest(quests[i].quest);
    bool met = true;
    for (std::size_t n = 0; n < quest.objectives.size(); ++n) {
      EXPECT_LE(quests[i].counts[n], quest.objectives[n].count);
      met = met && quests[i].counts[n] == quest.objectives[n].count;
    }
    EXPECT_TRUE(quests[i].state != QuestState::Ready || met);
  }
}

/// Asks for everything that moves things, sensible or not.
struct RandomDealer {
  Rng rng;
  const content::GameContent game;

  template <typename Ref>
  Ref any(std::size_t count) {
    return Ref{static_cast<std::uint16_t>(rng.below(static_cast<std::uint32_t>(count) + 1))};
  }

  Intent next(PlayerKey key) {
    const auto item = any<content::ItemRef>(game.items.size());
    const auto slot = static_cast<BagSlot>(rng.below(12));
    const auto count = static_cast<std::uint16_t>(rng.below(5));
    switch (rng.below(12)) {
      case 0: return GrantItem{key, item, static_cast<std::uint16_t>(rng.below(8))};
      case 1: return GrantCoins{key, rng.between(-60, 100)};
      case 2: return UseItem{key, item};
      case 3: return Equip{key, item};
      case 4: return Unequip{key, static_cast<content::EquipmentSlot>(rng.below(9))};
      case 5:
      case 6: {
        const auto action = static_cast<BagAction>(rng.below(4));
        return ArrangeBag{key, action, slot, static_cast<BagSlot>(rng.below(12)), count};
      }
      case 7: return PickUp{key, EntityId{rng.below(200)}};
      case 9: return Talk{key, any<content::NpcRef>(game.npcs.size())};
      case 8: {
        const auto action = static_cast<QuestAction>(rng.below(3));
        return QuestStep{key, any<content::QuestRef>(game.quests.size()), action};
      }
      default: {
        const auto action = static_cast<ShopAction>(rng.below(4));
        return Trade{key, action, any<content::NpcRef>(game.npcs.size()), item, slot, count};
      }
    }
  }
};

/// Two players who do what they can, on a square where things fall from the sky and monsters die.
struct BusyVillage {
  explicit BusyVillage(std::uint64_t seed)
      : play(busy_content()), dealer{Rng(seed), *content::link_by_hand(busy_content())} {
    play.join(1);
    play.join(2, {units(530), units(500)});
  }

  static content::GameContent busy_content() {
    content::GameContent game = test::village();
    game.balance.bag_capacity = 12;
    return game;
  }

  void step() {
    const content::MonsterRef monster{static_cast<std::uint16_t>(dealer.rng.below(2))};
    play.tick({dealer.next({1}), dealer.next({2}), dealer.next({1})}, {KillCredited{{1}, monster, true}});
    TickContext ctx = play.context();
    const ItemStack stack = fresh_stack(dealer.game, dealer.any<content::ItemRef>(dealer.game.items.size() - 1), 3);
    const bool has_owner = dealer.rng.below(2) == 0;
    const bool is_coins = dealer.rng.below(3) == 0;
    drop_stack(play.state, ctx, test::kVillageSquare, is_coins ? ItemStack{} : stack, 7,
               has_owner ? PlayerKey{1} : kNobody, kNoParty);
    wear_down(play.state, ctx, *play.state.players_by_key.find({2}), BasisPoints{dealer.rng.between(0, 900)});
    ledger.read(play.events);
    for (const QuestChanged& changed : events_of<QuestChanged>(play.events)) {
      quests_completed += changed.state == QuestState::Completed ? 1 : 0;
    }
    for (const PlayerKey key : {PlayerKey{1}, PlayerKey{2}}) {
      ledger.expect_balance(play.state, key);
      expect_stacks_in_order(play.state, *play.state.players_by_key.find(key));
    }
  }

  /// Some definitions are taken out of their files, others come back.
  void reload() {
    play.reload([this](content::GameContent& game) {
      const auto toss = [this](auto& defs) {
        for (auto& def : defs) def.retired = dealer.rng.below(3) == 0;
      };
      toss(game.items);
      toss(game.quests);
      toss(game.npcs);
      toss(game.monsters);
      toss(game.skills);
    });
  }

  Play play;
  RandomDealer dealer;
  Ledger ledger;
  int quests_completed = 0;
};

TEST(Items, TheLedgerOfAllMovementsBalancesWithWhatEverybodyHas) {
  int quests_completed = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    BusyVillage village(seed);
    for (int i = 0; i < 600; ++i) {
      village.step();
      expect_sound_journal(village.play.state, *village.play.state.players_by_key.find({1}));
      if (testing::Test::HasFailure()) return;
    }
    quests_completed += village.quests_completed;
  }
  EXPECT_GT(quests_completed, 10) << "the dealers do too little for the test to say much";
}

TEST(Items, TheLedgerBalancesWhileContentComesAndGoes) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    BusyVillage village(seed);
    for (int i = 0; i < 600; ++i) {
      if (i % 20 == 0) village.reload();
      village.step();
      if (testing::Test::HasFailure()) return;
    }
  }
}

TEST(Items, PiecesOfWhatDoesNotStackHaveUidsOfTheirOwn) {
  Play play;
  const EntityIndex player = play.join(1);
  play.events.clear();
  EXPECT_EQ(play.give(player, "sword", 2), 2);
  EXPECT_EQ(play.give(player, "pelt", 2), 2);
  const auto moved = events_of<ItemMoved>(play.events);
  ASSERT_EQ(moved.size(), 3u);
  EXPECT_EQ(moved[0].uid, play.slot(player, 0).uid);
  EXPECT_EQ(moved[1].uid, play.slot(player, 1).uid);
  EXPECT_GT(moved[0].uid, 0);
  EXPECT_NE(moved[0].uid, moved[1].uid);
  EXPECT_EQ(moved[1].count, 1);
  EXPECT_EQ(moved[2].uid, 0);
  EXPECT_EQ(play.slot(player, 2).uid, 0);
}

TEST(Items, PiecesThatDoNotFitUseUpNoUids) {
  Play play;
  const EntityIndex player = play.join(1);
  play.fill_bag(player);
  const std::int64_t next = play.state.next_item_uid;
  EXPECT_EQ(play.give(player, "sword", 2), 0);
  EXPECT_EQ(play.state.next_item_uid, next);
}

TEST(Items, APieceKeepsItsUidFromHandToHand) {
  Play play;
  const EntityIndex first = play.join(1);
  const EntityIndex second = play.join(2);
  play.give(first, "sword");
  const std::int64_t uid = play.slot(first, 0).uid;
  TickContext ctx = play.context();
  const ItemStack taken = take_from_slot(play.state, ctx, first, 0, 1, Source::Destroy);
  EXPECT_EQ(taken.uid, uid);
  EXPECT_EQ(give_items(play.state, ctx, second, taken, Source::Loot), 1);
  EXPECT_EQ(play.slot(second, 0).uid, uid);
}

TEST(Items, TakenPiecesAreToldOneByOneAndTheRestTogether) {
  Play play;
  const EntityIndex player = play.join(1);
  play.give(player, "sword", 2);
  play.slot(player, 4) = {play.item("sword"), 1, 100, false};  // of a sheet from before there were uids
  play.slot(player, 5) = play.slot(player, 4);
  play.events.clear();
  TickContext ctx = play.context();
  EXPECT_TRUE(take_items(play.state, ctx, player, play.item("sword"), 4, Source::Quest));
  const auto moved = events_of<ItemMoved>(play.events);
  ASSERT_EQ(moved.size(), 3u);
  EXPECT_NE(moved[0].uid, moved[1].uid);
  EXPECT_EQ(moved[2].uid, 0);
  EXPECT_EQ(moved[2].count, -2);
}

}  // namespace
}  // namespace throng::sim
