#include "sim/people/people.h"

#include <algorithm>

#include "sim/player/acting_player.h"
#include "sim/space/spawn_spot.h"

namespace throng::sim {
namespace {

std::optional<EntityIndex> find_npc(const WorldState& state, content::NpcRef npc) {
  for (const EntityIndex index : state.entities.indexes(EntityKind::Npc)) {
    if (state.entities.alive(index) && state.npc(index).npc == npc) return index;
  }
  return std::nullopt;
}

/// Where the npc is to stand; nothing when it is of another map, retired, or there is no ground.
std::optional<Position> npc_spot(const WorldState& state, const TickContext& ctx, content::NpcRef npc) {
  const content::NpcDef& def = state.content->npc(npc);
  if (def.retired || def.map != state.map->name) return std::nullopt;
  return nearest_spot(ctx.ground, state.map->walk.cell_size(), {def.x, def.y});
}

void place_npc(WorldState& state, TickContext& ctx, content::NpcRef npc) {
  const std::optional<Position> spot = npc_spot(state, ctx, npc);
  const std::optional<EntityIndex> standing = find_npc(state, npc);
  if (standing && spot == state.positions[standing->value]) return;
  if (standing) {
    // A new entity rather than a jump: clients would draw the way.
    const EntityId id = state.entities.id(*standing);
    state.remove_entity(*standing);
    ctx.tell(EntityRemoved{*standing, EntityKind::Npc, id});
  }
  if (!spot) return;
  const std::optional<EntityIndex> index = state.add_entity(EntityKind::Npc, *spot);
  if (index) state.npc(*index).npc = npc;
}

}  // namespace

void place_npcs(WorldState& state, TickContext& ctx) {
  for (std::size_t i = 0; i < state.content->npcs.size(); ++i) {
    place_npc(state, ctx, content::NpcRef{static_cast<std::uint16_t>(i)});
  }
}

Verdict check_near(const WorldState& state, EntityIndex player, content::NpcRef npc) {
  const std::optional<EntityIndex> index = find_npc(state, npc);
  if (!index) return Verdict::NoSuchNpc;
  const std::int64_t range = state.content->balance.talk_range.value;
  const std::int64_t squared = distance_squared(state.positions[player.value], state.positions[index->value]);
  return squared <= range * range ? Verdict::Accepted : Verdict::OutOfRange;
}

void talk(WorldState& state, TickContext& ctx, const Talk& intent) {
  const auto player = acting_player(state, ctx, intent.key, intent.request);
  if (!player) return;
  const Verdict verdict = check_near(state, *player, intent.npc);
  if (verdict != Verdict::Accepted) return ctx.refuse(intent.key, verdict, intent.request);
  PlayerState& who = state.player(*player);
  if (who.talked_to != intent.npc) who.talk_line = 0;
  who.talked_to = intent.npc;
  const std::size_t lines = std::max<std::size_t>(1, state.content->npc(intent.npc).lines.size());
  const auto line = static_cast<std::uint16_t>(who.talk_line % lines);
  who.talk_line = static_cast<std::uint16_t>((line + 1u) % lines);
  ctx.tell(Talked{intent.key, intent.npc, line});
}

}  // namespace throng::sim
