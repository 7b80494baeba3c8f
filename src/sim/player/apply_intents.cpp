#include "sim/player/apply_intents.h"

#include <algorithm>

#include "sim/space/spawn_spot.h"

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
  ctx.events.push_back(PlayerSpawned{intent.key, *index, state.entities.id(*index)});
}

void apply(WorldState& state, TickContext& ctx, const RemovePlayer& intent) {
  const std::optional<EntityIndex> index = state.players_by_key.find(intent.key);
  if (!index) return;
  const EntityId id = state.entities.id(*index);
  state.players_by_key.erase(intent.key);
  state.remove_entity(*index);
  ctx.events.push_back(EntityRemoved{*index, EntityKind::Player, id});
}

/// Whether `seq` was counted before `last`, on a counter that wraps round.
bool is_older(std::uint32_t seq, std::uint32_t last) { return static_cast<std::int32_t>(seq - last) < 0; }

void apply(WorldState& state, TickContext&, const Move& intent) {
  const std::optional<EntityIndex> index = state.players_by_key.find(intent.key);
  if (!index) return;
  PlayerState& player = state.player(*index);
  if (player.has_moved && is_older(intent.seq, player.move_seq)) return;
  const Direction direction = shortened(intent.dx, intent.dy);
  player.has_moved = true;
  player.move_seq = intent.seq;
  player.direction_x = direction.x;
  player.direction_y = direction.y;
  player.activity = direction == Direction{} ? Activity::Idle : Activity::Moving;
  set_course(state.motions[index->value], direction, state.settings.player_speed, state.settings.tick_rate_hz);
}

}  // namespace

void apply_intents(WorldState& state, TickContext& ctx) {
  for (const Intent& intent : ctx.intents) {
    std::visit([&](const auto& which) { apply(state, ctx, which); }, intent);
  }
}

}  // namespace throng::sim
