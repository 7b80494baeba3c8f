#include "sim/loot/loot.h"

#include <algorithm>
#include <array>

#include "sim/item/bag.h"
#include "sim/item/items.h"
#include "sim/loot/roll_loot.h"
#include "sim/party/party.h"
#include "sim/player/acting_player.h"
#include "sim/space/spawn_spot.h"

namespace throng::sim {
namespace {

/// Who may take a drop before it is everybody's.
struct LootRights {
  PlayerKey owner = kNobody;
  std::uint16_t party = kNoParty;
};

LootRights rights_of(WorldState& state, EntityIndex monster, EntityIndex looter) {
  if (!state.entities.alive(looter) || state.kind(looter) != EntityKind::Player) return {};
  const PlayerState& player = state.player(looter);
  if (player.party == kNoParty) return {player.key, kNoParty};
  if (state.parties[player.party].loot_rule == LootRule::Free) return {player.key, player.party};
  return {state.player(next_looter(state, looter, state.positions[monster.value])).key, kNoParty};
}

/// The n-th place of a spiral of squares round the middle: eight to a square, each `kSpread` further out.
Position spread_from(const Ground& ground, Position middle, std::size_t n) {
  constexpr std::int32_t kSpread = units(14).value;
  constexpr std::array<std::array<std::int8_t, 2>, 8> kWays = {
      {{0, 1}, {1, 0}, {0, -1}, {-1, 0}, {1, 1}, {1, -1}, {-1, -1}, {-1, 1}}};
  if (n == 0) return middle;
  const auto& way = kWays[(n - 1) % kWays.size()];
  const auto ring = static_cast<std::int32_t>((n - 1) / kWays.size() + 1);
  // A slide never crosses a wall, so nothing lies where the killer cannot go.
  return ground.slide(middle, way[0] * ring * kSpread, way[1] * ring * kSpread).position;
}

void remove_drop(WorldState& state, TickContext& ctx, EntityIndex index) {
  const EntityId id = state.entities.id(index);
  state.remove_entity(index);
  ctx.tell(EntityRemoved{index, EntityKind::Drop, id});
}

/// Ids count up, so the lowest is the oldest.
void remove_oldest_drop(WorldState& state, TickContext& ctx) {
  std::optional<EntityIndex> oldest;
  for (const EntityIndex index : state.entities.indexes(EntityKind::Drop)) {
    if (!state.entities.alive(index)) continue;
    if (!oldest || state.entities.id(index) < state.entities.id(*oldest)) oldest = index;
  }
  if (oldest) remove_drop(state, ctx, *oldest);
}

/// Whoever leaves the world leaves its loot to everybody; a drop without a living owner is shown as free.
bool may_take(const WorldState& state, EntityIndex player, const DropState& drop) {
  if (state.now >= drop.free_at || !state.players_by_key.find(drop.owner)) return true;
  const PlayerState& who = state.player(player);
  return who.key == drop.owner || (drop.party != kNoParty && who.party == drop.party);
}

Verdict check_pick_up(const WorldState& state, EntityIndex player, std::optional<EntityIndex> drop) {
  if (!drop) return Verdict::NothingThere;
  const std::int64_t range = state.content->balance.pickup_range.value;
  if (distance_squared(state.positions[player.value], state.positions[drop->value]) > range * range) {
    return Verdict::OutOfRange;
  }
  return may_take(state, player, state.drop(*drop)) ? Verdict::Accepted : Verdict::NotYours;
}

/// Takes what fits. @return whether that was anything
bool take_drop(WorldState& state, TickContext& ctx, EntityIndex player, EntityIndex index) {
  const PlayerKey key = state.player(player).key;
  const EntityId id = state.entities.id(index);
  DropState& drop = state.drop(index);
  if (drop.stack.empty()) {
    move_coins(state, ctx, player, drop.coins, Source::Loot);
    ctx.tell(PickedUp{key, id, content::ItemRef{content::kNoNumber}, static_cast<std::int32_t>(drop.coins)});
    remove_drop(state, ctx, index);
    return true;
  }
  const int fitted = give_items(state, ctx, player, drop.stack, Source::Loot);
  if (fitted == 0) return false;
  ctx.tell(PickedUp{key, id, drop.stack.item, fitted});
  drop.stack.count = static_cast<std::uint16_t>(drop.stack.count - fitted);
  if (drop.stack.empty()) remove_drop(state, ctx, index);
  return true;
}

}  // namespace

void drop_loot(WorldState& state, TickContext& ctx, EntityIndex monster, EntityIndex looter) {
  const content::LootRef table = state.monster_def(monster).loot.ref;
  if (!content::is_set(table)) return;
  const bool looted_by_player = state.entities.alive(looter) && state.kind(looter) == EntityKind::Player;
  const int level = looted_by_player ? state.fighter(looter).level : 1;
  const RolledLootList loot = roll_loot(*state.content, table, level, ctx.rng(Stream::Loot));
  if (loot.size == 0) return;  // the turn of a party moves on only when there is something to have
  const LootRights rights = rights_of(state, monster, looter);
  std::int64_t coins = 0;
  std::size_t place = 0;
  const Position middle = state.positions[monster.value];
  for (std::size_t i = 0; i < loot.size; ++i) {
    const RolledLoot& rolled = loot.rolled[i];
    if (!content::is_set(rolled.item)) {
      coins += rolled.count;
      continue;
    }
    const ItemStack stack = fresh_stack(*state.content, rolled.item, rolled.count);
    drop_stack(state, ctx, spread_from(ctx.ground, middle, place++), stack, 0, rights.owner, rights.party);
  }
  if (coins == 0) return;
  drop_stack(state, ctx, spread_from(ctx.ground, middle, place), {}, coins, rights.owner, rights.party);
}

void drop_stack(WorldState& state, TickContext& ctx, Position at, const ItemStack& stack, std::int64_t coins,
                PlayerKey owner, std::uint16_t party) {
  if (stack.empty() && coins <= 0) return;
  const std::optional<Position> spot = nearest_spot(ctx.ground, state.map->walk.cell_size(), at);
  if (!spot) return;
  if (state.entities.alive_count(EntityKind::Drop) >= kDropsMax) remove_oldest_drop(state, ctx);
  const std::optional<EntityIndex> index = state.add_entity(EntityKind::Drop, *spot);
  if (!index) return;
  const content::BalanceDef& balance = state.content->balance;
  const std::int64_t purse = stack.empty() ? std::min<std::int64_t>(coins, INT32_MAX) : 0;
  const Tick owned = owner == kNobody && party == kNoParty ? Tick{0} : state.ticks(balance.drop_owned_ms);
  const Tick free_at = state.now + owned;
  state.drop(*index) = {stack, purse, owner, party, free_at, free_at + state.ticks(balance.drop_free_ms)};
  const auto count = stack.empty() ? static_cast<std::int32_t>(purse) : std::int32_t{stack.count};
  ctx.tell(DropAppeared{*index, state.entities.id(*index), stack.item, count});
}

void pick_up(WorldState& state, TickContext& ctx, const PickUp& intent) {
  const auto player = acting_player(state, ctx, intent.key, intent.request);
  if (!player) return;
  const std::optional<EntityIndex> drop = state.find(EntityKind::Drop, intent.drop);
  Verdict verdict = check_pick_up(state, *player, drop);
  if (verdict == Verdict::Accepted && !take_drop(state, ctx, *player, *drop)) verdict = Verdict::BagFull;
  if (verdict != Verdict::Accepted) ctx.refuse(intent.key, verdict, intent.request);
}

void expire_drops(WorldState& state, TickContext& ctx) {
  for (const EntityIndex index : state.entities.indexes(EntityKind::Drop)) {
    if (state.entities.alive(index) && state.drop(index).gone_at <= state.now) remove_drop(state, ctx, index);
  }
}

}  // namespace throng::sim
