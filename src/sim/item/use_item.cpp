// Eating, drinking and reading.
#include <algorithm>

#include "sim/combat/damage.h"
#include "sim/item/bag.h"
#include "sim/item/items.h"
#include "sim/player/acting_player.h"
#include "sim/skill/skill_book.h"

namespace throng::sim {
namespace {

Verdict check_use(const WorldState& state, EntityIndex player, content::ItemRef item) {
  if (slot_of(state.inventory(player).bag, item) == content::kBagCapacityMax) return Verdict::NoSuchItem;
  const content::ItemDef& def = state.content->item(item);
  const bool readable = def.type == content::ItemType::Book && content::is_set(def.teaches.ref);
  if (def.type != content::ItemType::Consumable && !readable) return Verdict::NotUsable;
  if (state.fighter(player).level < def.level) return Verdict::LevelTooLow;
  if (!readable && state.player(player).consumable_ready > state.now) return Verdict::OnCooldown;
  return Verdict::Accepted;
}

void consume(WorldState& state, TickContext& ctx, EntityIndex player, content::ItemRef item) {
  take_items(state, ctx, player, item, 1, Source::Use);
  ctx.tell(ItemUsed{state.player(player).key, item});
}

void drink(WorldState& state, TickContext& ctx, EntityIndex player, content::ItemRef item) {
  const content::ItemDef& def = state.content->item(item);
  consume(state, ctx, player, item);
  state.player(player).consumable_ready = state.now + state.ticks(def.use_cooldown_ms);
  if (def.heal_hp > 0) {
    heal(state, ctx, state.ref(player), player, def.heal_hp, content::SkillRef{content::kNoNumber});
  }
  Fighter& fighter = state.fighter(player);
  const std::int32_t missing = std::max(0, fighter.max_mana() - fighter.mana);
  fighter.mana += std::clamp(def.heal_mana, 0, missing);
}

}  // namespace

void use_item(WorldState& state, TickContext& ctx, const UseItem& intent) {
  const auto player = acting_player(state, ctx, intent.key, intent.request);
  if (!player) return;
  Verdict verdict = check_use(state, *player, intent.item);
  if (verdict != Verdict::Accepted) return ctx.refuse(intent.key, verdict, intent.request);
  const content::ItemDef& def = state.content->item(intent.item);
  if (def.type == content::ItemType::Consumable) return drink(state, ctx, *player, intent.item);
  // A book is used up only by who learns from it.
  verdict = learn_skill(state, ctx, *player, def.teaches.ref);
  if (verdict != Verdict::Accepted) return ctx.refuse(intent.key, verdict, intent.request);
  consume(state, ctx, *player, intent.item);
}

}  // namespace throng::sim
