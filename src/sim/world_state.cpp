#include "sim/world_state.h"

#include <utility>

#include "base/assert.h"

namespace throng::sim {
WorldState::WorldState(std::shared_ptr<const content::MapDef> map_def,
                       std::shared_ptr<const content::GameContent> game_content, const WorldSettings& world_settings,
                       std::uint64_t room_seed)
    : map(std::move(map_def)),
      content(std::move(game_content)),
      settings(world_settings),
      seed(room_seed),
      streams(room_seed),
      next_item_uid(world_settings.item_uid_base + 1),
      entities(world_settings.entities_max,
               ticks_from_ms(world_settings.index_quarantine_ms, world_settings.tick_rate_hz)) {
  THRONG_ASSERT(map != nullptr && content != nullptr, "a world needs its map and its content");
  THRONG_ASSERT(check_settings(settings).has_value(), "world settings out of range");
}

std::optional<EntityIndex> WorldState::add_entity(EntityKind kind, Position at) {
  if (entities.high_water() >= indexes_max_) return std::nullopt;
  const std::optional<EntityIndex> index = entities.allocate(kind, now);
  if (!index) return std::nullopt;
  positions.resize(entities.high_water());
  motions.resize(entities.high_water());
  fighters.resize(entities.high_water());
  statuses.resize(entities.high_water());
  positions[index->value] = at;
  motions[index->value] = {};
  fighters[index->value] = {};
  reset_rows(kind, *index);
  return index;
}

void WorldState::reset_rows(EntityKind kind, EntityIndex index) {
  const std::size_t rows = entities.indexes(kind).size();
  const std::uint32_t slot = entities.slot(index);
  const auto reset = [&](auto& of_kind) {
    of_kind.resize(rows);
    of_kind[slot] = {};
  };
  switch (kind) {
    case EntityKind::Player:
      reset(players);
      reset(inventories);
      reset(journals);
      break;
    case EntityKind::Monster:
      reset(monster_rows);
      reset(threats);
      break;
    case EntityKind::Npc: reset(npc_rows); break;
    case EntityKind::Drop: reset(drop_rows); break;
  }
}

void WorldState::begin_tick(std::size_t entities_more) {
  const auto make_room = [&](auto& rows) {
    if (rows.capacity() - rows.size() < entities_more) rows.reserve(rows.size() + 2 * entities_more);
  };
  make_room(positions);
  make_room(motions);
  make_room(fighters);
  make_room(statuses);
  make_room(players);
  make_room(inventories);
  make_room(journals);
  make_room(monster_rows);
  make_room(threats);
  make_room(npc_rows);
  make_room(drop_rows);
  indexes_max_ = entities.high_water() + static_cast<std::uint32_t>(entities_more);
}

void WorldState::remove_entity(EntityIndex index) {
  entities.release(index, now);
  motions[index.value] = {};
}

std::optional<EntityIndex> WorldState::find(EntityKind kind, EntityId id) const {
  const std::optional<EntityIndex> index = entities.find(id);
  return index && entities.kind(*index) == kind ? index : std::nullopt;
}

}  // namespace throng::sim
