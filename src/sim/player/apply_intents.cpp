#include "sim/player/apply_intents.h"

#include <algorithm>

#include "sim/ai/monsters.h"
#include "sim/character_sheet.h"
#include "sim/combat/combat_stats.h"
#include "sim/combat/damage.h"
#include "sim/item/items.h"
#include "sim/loot/loot.h"
#include "sim/party/party.h"
#include "sim/people/people.h"
#include "sim/player/enter_portals.h"
#include "sim/progress/experience.h"
#include "sim/progress/progress_systems.h"
#include "sim/skill/casting.h"
#include "sim/skill/skill_book.h"
#include "sim/space/spawn_spot.h"
#include "sim/trade/parcel.h"
#include "sim/trade/trade.h"

namespace throng::sim {
namespace {

const content::SpawnPoint* first_choice(const content::MapDef& map, std::string_view name) {
  const auto named = std::find_if(map.player_spawns.begin(), map.player_spawns.end(),
                                  [&](const content::SpawnPoint& spawn) { return spawn.name == name; });
  if (named != map.player_spawns.end()) return &*named;
  return map.player_spawns.empty() ? nullptr : &map.player_spawns.front();
}

/// Tried in turn: the asked place, the asked spawn point, every other one, the middle of the map.
std::optional<Position> player_spot(WorldState& state, TickContext& ctx, const SpawnPlayer& intent) {
  const content::MapDef& map = *state.map;
  const Milliunits cell = map.walk.cell_size();
  std::optional<Position> spot;
  if (intent.at) spot = nearest_spot(ctx.ground, cell, *intent.at);
  const content::SpawnPoint* first = first_choice(map, intent.spawn_name.view());
  Rng& rng = ctx.rng(Stream::Spawn);
  if (!spot && first != nullptr) spot = spot_in_area(ctx.ground, cell, first->area, rng);
  for (std::size_t i = 0; !spot && i < map.player_spawns.size(); ++i) {
    spot = spot_in_area(ctx.ground, cell, map.player_spawns[i].area, rng);
  }
  if (!spot) spot = nearest_spot(ctx.ground, cell, {map.width / 2, map.height / 2});
  return spot;
}

void apply(WorldState& state, TickContext& ctx, const SpawnPlayer& intent) {
  const auto refuse = [&](SpawnRefusal reason) { ctx.events.push_back(SpawnRefused{intent.key, reason}); };
  if (state.players_by_key.find(intent.key)) return refuse(SpawnRefusal::KeyInUse);
  const std::optional<Position> spot = player_spot(state, ctx, intent);
  if (!spot) return refuse(SpawnRefusal::NoGround);
  const std::optional<EntityIndex> index = state.add_entity(EntityKind::Player, *spot);
  if (!index) return refuse(SpawnRefusal::WorldFull);
  PlayerState& player = state.player(*index);
  player.key = intent.key;
  player.name = intent.name;
  state.players_by_key.insert(intent.key, *index);
  ctx.tell(PlayerSpawned{intent.key, *index, state.entities.id(*index)});
  apply_sheet(state, *index, intent.sheet ? *intent.sheet : CharacterSheet{});
  learn_by_level(state, ctx, *index);
  stand_in_portal(state, *index);
}

void apply(WorldState& state, TickContext& ctx, const RemovePlayer& intent) {
  const std::optional<EntityIndex> index = state.players_by_key.find(intent.key);
  if (!index) return;
  const ActorRef who = state.ref(*index);
  leave_party(state, ctx, *index);
  leave_trades(state, ctx, intent.key);
  forget(state, who);
  state.players_by_key.erase(intent.key);
  state.remove_entity(*index);
  ctx.tell(EntityRemoved{*index, EntityKind::Player, who.id});
}

/// Whether `seq` was counted before `last`, on a counter that wraps round.
bool is_older(std::uint32_t seq, std::uint32_t last) { return static_cast<std::int32_t>(seq - last) < 0; }

void apply(WorldState& state, TickContext& ctx, const Move& intent) {
  const std::optional<EntityIndex> index = state.players_by_key.find(intent.key);
  if (!index) return;
  PlayerState& player = state.player(*index);
  if (player.has_moved && is_older(intent.seq, player.move_seq)) return;
  const Direction direction = shortened(intent.dx, intent.dy);
  player.has_moved = true;
  player.move_seq = intent.seq;
  player.direction_x = direction.x;
  player.direction_y = direction.y;
  if (direction != Direction{}) interrupt_cast(state, ctx, *index);
  apply_player_course(state, *index);
}

void apply(WorldState& state, TickContext& ctx, const Attack& intent) {
  if (content::is_set(intent.skill)) return cast_skill(state, ctx, intent);
  set_auto_target(state, ctx, intent);
}

/// What moves things or ends a quest waits for better times when it cannot be kept.
template <typename Wish>
bool may_move_things(const WorldState& state, TickContext& ctx, const Wish& intent) {
  if (!state.economy_open) ctx.refuse(intent.key, Verdict::StoreBehind, intent.request);
  return state.economy_open;
}

void apply(WorldState& state, TickContext& ctx, const PickUp& intent) {
  if (may_move_things(state, ctx, intent)) pick_up(state, ctx, intent);
}
void apply(WorldState& state, TickContext& ctx, const UseItem& intent) {
  if (may_move_things(state, ctx, intent)) use_item(state, ctx, intent);
}
void apply(WorldState& state, TickContext& ctx, const Equip& intent) { equip(state, ctx, intent); }
void apply(WorldState& state, TickContext& ctx, const Unequip& intent) { unequip(state, ctx, intent); }
void apply(WorldState& state, TickContext& ctx, const ArrangeBag& intent) {
  if (intent.action != BagAction::Destroy || may_move_things(state, ctx, intent)) arrange_bag(state, ctx, intent);
}
void apply(WorldState& state, TickContext& ctx, const Trade& intent) {
  if (may_move_things(state, ctx, intent)) trade(state, ctx, intent);
}
void apply(WorldState& state, TickContext& ctx, const Talk& intent) { talk(state, ctx, intent); }
void apply(WorldState& state, TickContext& ctx, const QuestStep& intent) {
  if (may_move_things(state, ctx, intent)) step_quest(state, ctx, intent);
}
void apply(WorldState& state, TickContext& ctx, const PartyStep& intent) { step_party(state, ctx, intent); }
void apply(WorldState& state, TickContext& ctx, const SetParty& intent) { set_party(state, ctx, intent); }
void apply(WorldState& state, TickContext& ctx, const TradeStep& intent) {
  if (intent.action != TradeAction::Confirm || may_move_things(state, ctx, intent)) step_trade(state, ctx, intent);
}
void apply(WorldState& state, TickContext& ctx, const MailStep& intent) {
  if (may_move_things(state, ctx, intent)) step_mail(state, ctx, intent);
}
void apply(WorldState& state, TickContext& ctx, const NoteChat& intent) { note_chat(state, ctx, intent); }

void apply(WorldState& state, TickContext& ctx, const GrantItem& intent) {
  const std::optional<EntityIndex> index = state.players_by_key.find(intent.key);
  if (!index || intent.item.value >= state.content->items.size() || intent.count == 0) return;
  const auto durability = static_cast<std::uint16_t>(state.content->item(intent.item).durability_max);
  give_items(state, ctx, *index, {intent.item, intent.count, durability, false}, Source::GameMaster);
}

void apply(WorldState& state, TickContext& ctx, const GrantExperience& intent) {
  const std::optional<EntityIndex> index = state.players_by_key.find(intent.key);
  if (index && intent.experience > 0) give_experience(state, ctx, *index, intent.experience, Source::GameMaster);
}

void apply(WorldState& state, TickContext& ctx, const GrantCoins& intent) {
  if (const auto index = state.players_by_key.find(intent.key)) {
    move_coins(state, ctx, *index, intent.coins, Source::GameMaster);
  }
}

void apply(WorldState& state, TickContext& ctx, const SummonMonster& intent) {
  if (intent.monster.value >= state.content->monsters.size()) return;
  const auto spot = nearest_spot(ctx.ground, state.map->walk.cell_size(), intent.at);
  if (spot) add_monster(state, ctx, intent.monster, *spot, content::SpawnRef{content::kNoNumber});
}

void apply(WorldState& state, TickContext&, const ExplainMonster& intent) {
  state.why = {};
  if (const auto index = state.find(EntityKind::Monster, intent.monster)) state.why.monster = state.ref(*index);
}

void apply(WorldState& state, TickContext&, const SetEconomyOpen& intent) { state.economy_open = intent.open; }

}  // namespace

void apply_intents(WorldState& state, TickContext& ctx) {
  for (const Intent& intent : ctx.intents) {
    std::visit([&](const auto& which) { apply(state, ctx, which); }, intent);
  }
}

}  // namespace throng::sim
