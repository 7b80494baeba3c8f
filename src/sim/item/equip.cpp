// Putting on and taking off.
#include "sim/combat/combat_stats.h"
#include "sim/item/bag.h"
#include "sim/item/items.h"
#include "sim/player/acting_player.h"

namespace throng::sim {
namespace {

void dress(WorldState& state, EntityIndex player) {
  refresh_stats(state, player);
  apply_player_course(state, player);
}

/// One piece off the stack in `slot` of the bag onto the body; what was worn there goes into the bag, preferably into
/// the slot that became free.
Verdict put_on(const content::GameContent& content, Inventory& inventory, std::size_t slot) {
  ItemStack& from = inventory.bag[slot];
  const content::ItemDef& def = content.item(from.item);
  ItemStack& worn = inventory.worn[static_cast<std::size_t>(def.slot)];
  ItemStack piece = from;
  piece.count = 1;
  piece.bound = piece.bound || def.binding != content::Binding::Never;
  const ItemStack before = worn;
  if (from.count == 1) {
    from = before;
  } else if (before.empty() || put_in_bag(inventory.bag, content.balance.bag_capacity, content.item(before.item),
                                          before) == before.count) {
    --from.count;
  } else {
    return Verdict::BagFull;
  }
  worn = piece;
  return Verdict::Accepted;
}

Verdict try_equip(WorldState& state, EntityIndex player, content::ItemRef item) {
  Inventory& inventory = state.inventory(player);
  const std::size_t slot = slot_of(inventory.bag, item);
  if (slot == content::kBagCapacityMax) return Verdict::NoSuchItem;
  const content::ItemDef& def = state.content->item(item);
  if (def.type != content::ItemType::Equipment) return Verdict::NotUsable;
  if (state.fighter(player).level < def.level) return Verdict::LevelTooLow;
  return put_on(*state.content, inventory, slot);
}

Verdict try_unequip(WorldState& state, EntityIndex player, content::EquipmentSlot slot) {
  if (static_cast<std::size_t>(slot) >= content::kEquipmentSlots) return Verdict::WrongSlot;
  Inventory& inventory = state.inventory(player);
  ItemStack& worn = inventory.worn[static_cast<std::size_t>(slot)];
  if (worn.empty()) return Verdict::NothingThere;
  const int capacity = state.content->balance.bag_capacity;
  if (put_in_bag(inventory.bag, capacity, state.content->item(worn.item), worn) == 0) return Verdict::BagFull;
  worn = {};
  return Verdict::Accepted;
}

}  // namespace

void equip(WorldState& state, TickContext& ctx, const Equip& intent) {
  const auto player = acting_player(state, ctx, intent.key, intent.request);
  if (!player) return;
  const Verdict verdict = try_equip(state, *player, intent.item);
  if (verdict != Verdict::Accepted) return ctx.refuse(intent.key, verdict, intent.request);
  dress(state, *player);
}

void unequip(WorldState& state, TickContext& ctx, const Unequip& intent) {
  const auto player = acting_player(state, ctx, intent.key, intent.request);
  if (!player) return;
  const Verdict verdict = try_unequip(state, *player, intent.slot);
  if (verdict != Verdict::Accepted) return ctx.refuse(intent.key, verdict, intent.request);
  dress(state, *player);
}

}  // namespace throng::sim
