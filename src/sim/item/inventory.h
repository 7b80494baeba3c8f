#pragma once
// What a character has: a bag with numbered slots, what it wears, and coins.

#include <array>
#include <cstdint>
#include <vector>

#include "content/game/balance.h"
#include "content/game/items.h"
#include "content/game/refs.h"

namespace throng::sim {

/// Some of one item. Empty: count 0.
struct ItemStack {
  content::ItemRef item{content::kNoNumber};
  std::uint16_t count = 0;
  std::uint16_t durability = 0;  ///< of equipment that wears out; 0 is broken and gives no bonus
  bool bound = false;
  /// Tells a piece of what does not stack from every other, in all rooms and for ever; then `count` is 1. 0: nobody has
  /// had it yet, or it stacks.
  std::int64_t uid = 0;
  bool empty() const { return count == 0; }
  friend bool operator==(const ItemStack&, const ItemStack&) = default;
};

/// Sold to a shop and still to be had back.
struct BuyBack {
  ItemStack stack;
  std::int64_t price = 0;
  friend bool operator==(const BuyBack&, const BuyBack&) = default;
};
inline constexpr std::size_t kBuyBackMax = 10;

struct Inventory {
  std::array<ItemStack, content::kBagCapacityMax> bag{};  ///< the first `balance.bag_capacity` are to be used
  std::array<ItemStack, content::kEquipmentSlots> worn{};
  std::int64_t coins = 0;  ///< [0, kCoinsMax]
  std::vector<BuyBack> buy_back;  ///< newest last, at most kBuyBackMax
  friend bool operator==(const Inventory&, const Inventory&) = default;
};

inline constexpr std::int64_t kCoinsMax = 1'000'000'000'000;

}  // namespace throng::sim
