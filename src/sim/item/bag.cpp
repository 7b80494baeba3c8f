#include "sim/item/bag.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace throng::sim {
namespace {

/// Moves up to `count` onto `to`, which is empty or holds the same things. @return how many found room
int pour(ItemStack& to, const ItemStack& stack, int count, int limit) {
  const int fits = std::clamp(limit - int{to.count}, 0, count);
  if (fits == 0) return 0;
  const int before = to.count;
  to = stack;
  to.count = static_cast<std::uint16_t>(before + fits);
  return fits;
}

/// The order that players see; a total one, so that sorting is the same everywhere.
bool sorts_before(const ItemStack& a, const ItemStack& b, const content::GameContent& content) {
  const content::ItemDef& x = content.item(a.item);
  const content::ItemDef& y = content.item(b.item);
  if (x.type != y.type) return x.type < y.type;
  if (x.rarity != y.rarity) return x.rarity > y.rarity;
  if (a.item != b.item) return x.id < y.id;
  const auto worth = [](const ItemStack& stack) { return std::tuple(stack.count, stack.durability, stack.bound); };
  return worth(a) != worth(b) ? worth(b) < worth(a) : a.uid < b.uid;
}

}  // namespace

int stack_limit(const content::ItemDef& def) { return def.durability_max > 0 ? 1 : def.stack_max; }

ItemStack fresh_stack(const content::GameContent& content, content::ItemRef item, int count) {
  const content::ItemDef& def = content.item(item);
  return {.item = item,
          .count = static_cast<std::uint16_t>(std::clamp(count, 0, 0xffff)),
          .durability = static_cast<std::uint16_t>(def.durability_max),
          .bound = def.binding == content::Binding::OnPickup};
}

bool same_things(const ItemStack& a, const ItemStack& b) {
  return a.uid == 0 && b.uid == 0 && a.item == b.item && a.bound == b.bound && a.durability == b.durability;
}

int room_in_bag(BagView bag, int capacity, const content::ItemDef& def, const ItemStack& stack) {
  const int limit = stack_limit(def);
  int room = 0;
  for (const ItemStack& slot : bag.first(static_cast<std::size_t>(capacity))) {
    if (slot.empty()) {
      room += limit;
    } else if (same_things(slot, stack)) {
      room += std::max(0, limit - int{slot.count});
    }
  }
  return std::min(room, int{stack.count});
}

int put_in_bag(BagSpan bag, int capacity, const content::ItemDef& def, const ItemStack& stack) {
  const int limit = stack_limit(def);
  const auto slots = bag.first(static_cast<std::size_t>(capacity));
  int left = stack.count;
  for (ItemStack& slot : slots) {
    if (!slot.empty() && same_things(slot, stack)) left -= pour(slot, stack, left, limit);
  }
  for (ItemStack& slot : slots) {
    if (slot.empty()) left -= pour(slot, stack, left, limit);
  }
  return stack.count - left;
}

int count_in_bag(BagView bag, int slots, content::ItemRef item) {
  int count = 0;
  for (const ItemStack& slot : bag.first(static_cast<std::size_t>(slots))) {
    if (slot.item == item) count += slot.count;
  }
  return count;
}

bool take_from_bag(BagSpan bag, content::ItemRef item, int count) {
  if (count_in_bag(bag, content::kBagCapacityMax, item) < count) return false;
  for (ItemStack& slot : bag) {
    if (slot.item != item || count == 0) continue;
    const int taken = std::min(count, int{slot.count});
    slot.count = static_cast<std::uint16_t>(slot.count - taken);
    count -= taken;
    if (slot.empty()) slot = {};
  }
  return true;
}

void sort_bag(BagSpan bag, const content::GameContent& content) {
  std::array<ItemStack, content::kBagCapacityMax> sorted{};
  std::size_t used = 0;
  for (const ItemStack& stack : bag) {
    if (stack.empty()) continue;
    const int limit = stack_limit(content.item(stack.item));
    int left = stack.count;
    for (std::size_t i = 0; i < used; ++i) {
      if (same_things(sorted[i], stack)) left -= pour(sorted[i], stack, left, limit);
    }
    // A stack may be larger than its limit when content has lowered that; it stays one stack.
    if (left > 0) {
      sorted[used] = stack;
      sorted[used++].count = static_cast<std::uint16_t>(left);
    }
  }
  std::sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(used),
            [&](const ItemStack& a, const ItemStack& b) { return sorts_before(a, b, content); });
  std::copy(sorted.begin(), sorted.end(), bag.begin());
}

std::size_t free_slot(BagView bag, int capacity) {
  const auto slots = bag.first(static_cast<std::size_t>(capacity));
  const auto found = std::find_if(slots.begin(), slots.end(), [](const ItemStack& slot) { return slot.empty(); });
  return found == slots.end() ? std::size_t{content::kBagCapacityMax} : static_cast<std::size_t>(found - slots.begin());
}

std::size_t slot_of(BagView bag, content::ItemRef item) {
  const auto found =
      std::find_if(bag.begin(), bag.end(), [&](const ItemStack& slot) { return !slot.empty() && slot.item == item; });
  return static_cast<std::size_t>(found - bag.begin());
}

}  // namespace throng::sim
