#include "sim/item/items.h"

#include <algorithm>

#include "base/assert.h"
#include "sim/combat/combat_stats.h"
#include "sim/item/bag.h"

namespace throng::sim {
namespace {

/// One by one, each with a uid of its own from now on.
int give_pieces(WorldState& state, TickContext& ctx, EntityIndex player, const ItemStack& pieces, Source source) {
  const content::ItemDef& def = state.content->item(pieces.item);
  ItemStack piece = pieces;
  piece.count = 1;
  for (int given = 0; given < pieces.count; ++given) {
    piece.uid = state.next_item_uid;
    if (put_in_bag(state.inventory(player).bag, state.content->balance.bag_capacity, def, piece) == 0) return given;
    ++state.next_item_uid;
    ctx.tell(ItemMoved{state.player(player).key, pieces.item, 1, source, piece.uid});
  }
  return pieces.count;
}

}  // namespace

int count_items(const Inventory& inventory, content::ItemRef item, int capacity) {
  return count_in_bag(inventory.bag, std::clamp(capacity, 0, content::kBagCapacityMax), item);
}

int room_for(const WorldState& state, EntityIndex player, content::ItemRef item, int count) {
  if (item.value >= state.content->items.size() || count <= 0) return 0;
  const ItemStack stack = fresh_stack(*state.content, item, count);
  return room_in_bag(state.inventory(player).bag, state.content->balance.bag_capacity, state.content->item(item),
                     stack);
}

int give_items(WorldState& state, TickContext& ctx, EntityIndex player, const ItemStack& stack, Source source) {
  if (stack.empty() || stack.item.value >= state.content->items.size()) return 0;
  const content::ItemDef& def = state.content->item(stack.item);
  ItemStack given = stack;
  given.bound = stack.bound || def.binding == content::Binding::OnPickup;
  if (stack_limit(def) == 1 && stack.uid == 0) return give_pieces(state, ctx, player, given, source);
  const int fitted = put_in_bag(state.inventory(player).bag, state.content->balance.bag_capacity, def, given);
  if (fitted > 0) ctx.tell(ItemMoved{state.player(player).key, stack.item, fitted, source, stack.uid});
  return fitted;
}

bool take_items(WorldState& state, TickContext& ctx, EntityIndex player, content::ItemRef item, int count,
                Source source) {
  if (count <= 0) return count == 0;
  auto& bag = state.inventory(player).bag;
  if (count_in_bag(bag, content::kBagCapacityMax, item) < count) return false;
  const PlayerKey key = state.player(player).key;
  int loose = 0;  // without a uid: told together
  for (ItemStack& slot : bag) {
    if (slot.item != item || count == 0) continue;
    const int taken = std::min(count, int{slot.count});
    count -= taken;
    if (slot.uid == 0) loose += taken;
    if (slot.uid != 0) ctx.tell(ItemMoved{key, item, -taken, source, slot.uid});
    slot.count = static_cast<std::uint16_t>(slot.count - taken);
    if (slot.empty()) slot = {};
  }
  if (loose > 0) ctx.tell(ItemMoved{key, item, -loose, source});
  return true;
}

ItemStack take_from_slot(WorldState& state, TickContext& ctx, EntityIndex player, BagSlot slot, int count,
                         Source source) {
  ItemStack& from = state.inventory(player).bag[slot];
  THRONG_ASSERT(count > 0 && count <= from.count, "more than there is in this slot");
  ItemStack taken = from;
  taken.count = static_cast<std::uint16_t>(count);
  from.count = static_cast<std::uint16_t>(from.count - count);
  if (from.empty()) from = {};
  ctx.tell(ItemMoved{state.player(player).key, taken.item, -count, source, taken.uid});
  return taken;
}

bool move_coins(WorldState& state, TickContext& ctx, EntityIndex player, std::int64_t amount, Source source) {
  std::int64_t& coins = state.inventory(player).coins;
  if (amount < -coins) return false;
  const std::int64_t moved = std::min(amount, kCoinsMax - coins);
  if (moved == 0) return true;
  coins += moved;
  ctx.tell(CoinsMoved{state.player(player).key, moved, source});
  return true;
}

void wear_down(WorldState& state, TickContext&, EntityIndex player, BasisPoints share) {
  bool broke = false;
  for (ItemStack& worn : state.inventory(player).worn) {
    if (worn.empty() || worn.durability == 0 || share.value <= 0) continue;
    const std::int64_t whole = state.content->item(worn.item).durability_max;
    if (whole == 0) continue;
    const std::int64_t loss = std::max<std::int64_t>(1, whole * share.value / kBasisPointsWhole);
    worn.durability = static_cast<std::uint16_t>(std::max<std::int64_t>(0, worn.durability - loss));
    broke = broke || worn.durability == 0;
  }
  if (!broke) return;
  refresh_stats(state, player);
  apply_player_course(state, player);
}

}  // namespace throng::sim
