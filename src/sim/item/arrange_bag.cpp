// Order in the bag: move, split, destroy, sort. The dead may tidy up, too.
#include <algorithm>
#include <utility>

#include "sim/item/bag.h"
#include "sim/item/items.h"

namespace throng::sim {
namespace {

/// Moves up to `count` from one slot onto another that is empty or holds the same things.
Verdict shift(const content::ItemDef& def, ItemStack& from, ItemStack& to, int count) {
  if (!to.empty() && !same_things(from, to)) return Verdict::WrongSlot;
  const int moved = std::clamp(stack_limit(def) - int{to.count}, 0, count);
  if (moved == 0) return Verdict::WrongSlot;
  const int onto = to.count + moved;
  to = from;
  to.count = static_cast<std::uint16_t>(onto);
  from.count = static_cast<std::uint16_t>(from.count - moved);
  if (from.empty()) from = {};
  return Verdict::Accepted;
}

/// Onto a free slot or a started stack of the same things; anything else changes places.
Verdict move_stack(const content::GameContent& content, BagSpan bag, const ArrangeBag& intent) {
  if (intent.to >= content.balance.bag_capacity || intent.to == intent.from) return Verdict::WrongSlot;
  ItemStack& from = bag[intent.from];
  ItemStack& to = bag[intent.to];
  if (to.empty()) {
    std::swap(from, to);
    return Verdict::Accepted;
  }
  if (shift(content.item(from.item), from, to, from.count) != Verdict::Accepted) std::swap(from, to);
  return Verdict::Accepted;
}

/// Part of a stack to another slot; kNoBagSlot is the first free one.
Verdict split_stack(const content::GameContent& content, BagSpan bag, const ArrangeBag& intent) {
  ItemStack& from = bag[intent.from];
  const int capacity = content.balance.bag_capacity;
  const std::size_t to = intent.to == kNoBagSlot ? free_slot(bag, capacity) : intent.to;
  if (intent.to == kNoBagSlot && to == content::kBagCapacityMax) return Verdict::BagFull;
  if (to >= static_cast<std::size_t>(capacity) || to == intent.from) return Verdict::WrongSlot;
  return shift(content.item(from.item), from, bag[to], intent.count == 0 ? from.count : intent.count);
}

Verdict arrange(WorldState& state, TickContext& ctx, EntityIndex player, const ArrangeBag& intent) {
  const content::GameContent& content = *state.content;
  const BagSpan bag = state.inventory(player).bag;
  if (intent.action == BagAction::Sort) {
    sort_bag(bag, content);
    return Verdict::Accepted;
  }
  if (intent.from >= bag.size() || bag[intent.from].empty()) return Verdict::NothingThere;
  if (intent.action == BagAction::Move) return move_stack(content, bag, intent);
  if (intent.count > bag[intent.from].count) return Verdict::NoSuchItem;
  if (intent.action == BagAction::Split) return split_stack(content, bag, intent);
  const int count = intent.count == 0 ? bag[intent.from].count : intent.count;
  take_from_slot(state, ctx, player, intent.from, count, Source::Destroy);
  return Verdict::Accepted;
}

}  // namespace

void arrange_bag(WorldState& state, TickContext& ctx, const ArrangeBag& intent) {
  const std::optional<EntityIndex> player = state.players_by_key.find(intent.key);
  if (!player) return;
  const Verdict verdict = arrange(state, ctx, *player, intent);
  if (verdict != Verdict::Accepted) ctx.refuse(intent.key, verdict, intent.request);
}

}  // namespace throng::sim
