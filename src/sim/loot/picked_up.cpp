#include "sim/loot/picked_up.h"

#include <algorithm>

namespace throng::sim {
namespace {

/// Takes up to `amount` from one drop. @return how much
std::int64_t take_from_drop(DropState& drop, std::optional<content::ItemRef> item, std::int64_t amount) {
  if (!item) {
    const std::int64_t taken = std::min(drop.coins, amount);
    drop.coins -= taken;
    return taken;
  }
  if (drop.stack.item != *item) return 0;
  const std::int64_t taken = std::min<std::int64_t>(drop.stack.count, amount);
  drop.stack.count = static_cast<std::uint16_t>(drop.stack.count - taken);
  return taken;
}

}  // namespace

void take_off_ground(WorldState& state, std::optional<content::ItemRef> item, std::int64_t amount) {
  for (const EntityIndex index : state.entities.indexes(EntityKind::Drop)) {
    if (amount == 0) return;
    if (!state.entities.alive(index)) continue;
    DropState& drop = state.drop(index);
    amount -= take_from_drop(drop, item, amount);
    if (drop.stack.count == 0) drop.stack = {};
    if (drop.stack.empty() && drop.coins == 0) state.remove_entity(index);
  }
}

}  // namespace throng::sim
