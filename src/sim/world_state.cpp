#include "sim/world_state.h"

#include <utility>

#include "base/assert.h"

namespace throng::sim {
namespace {

std::uint64_t word(std::int32_t high, std::int32_t low) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(high)) << 32 | static_cast<std::uint32_t>(low);
}

void add(Digest& digest, Position at) { digest.add(word(at.x.value, at.y.value)); }

void add(Digest& digest, const Motion& motion) {
  digest.add(word(motion.step_x, motion.step_y));
  digest.add(word(motion.part_x, motion.part_y));
  digest.add(word(motion.carried_x, motion.carried_y));
  digest.add(static_cast<std::uint64_t>(motion.stalled));
}

void add(Digest& digest, const PlayerState& player) {
  digest.add(std::uint64_t{player.key.value} << 32 | player.move_seq);
  digest.add_bytes(as_bytes(player.name.view()));
  digest.add(static_cast<std::uint64_t>(player.activity) << 1 | (player.has_moved ? 1u : 0u));
  digest.add(word(player.level, player.hp));
  digest.add(word(player.max_hp, 0));
  digest.add(word(player.direction_x.value, player.direction_y.value));
}

void add(Digest& digest, const MonsterState& monster, std::uint64_t kind_fingerprint) {
  digest.add(kind_fingerprint);
  digest.add(static_cast<std::uint64_t>(monster.activity) << 32 | monster.decide_at.value);
  digest.add(word(monster.level, monster.hp));
  digest.add(word(monster.max_hp, 0));
  add(digest, monster.home);
  add(digest, monster.destination);
}

void add(Digest& digest, const WorldSettings& settings) {
  digest.add(word(settings.tick_rate_hz, settings.player_speed.value));
  digest.add(word(settings.body_half_size.value, settings.grid_cell.value));
  digest.add(std::uint64_t{settings.entities_max} << 32 | settings.index_quarantine_ms);
}

std::uint64_t kind_fingerprint_of(const content::MonsterDef& kind) {
  Digest digest;
  digest.add_bytes(as_bytes(kind.id));
  return digest.value();
}

}  // namespace

WorldState::WorldState(std::shared_ptr<const content::MapDef> map_def,
                       std::shared_ptr<const content::MonstersDef> monsters_def, const WorldSettings& world_settings,
                       std::uint64_t room_seed)
    : map(std::move(map_def)),
      monsters(std::move(monsters_def)),
      settings(world_settings),
      seed(room_seed),
      streams(room_seed),
      entities(world_settings.entities_max,
               ticks_from_ms(world_settings.index_quarantine_ms, world_settings.tick_rate_hz)) {
  THRONG_ASSERT(map != nullptr && monsters != nullptr, "a world needs its map and its monsters");
  THRONG_ASSERT(check_settings(settings).has_value(), "world settings out of range");
  kind_fingerprints.reserve(monsters->kinds.size());
  for (const content::MonsterDef& kind : monsters->kinds) kind_fingerprints.push_back(kind_fingerprint_of(kind));
}

std::optional<EntityIndex> WorldState::add_entity(EntityKind kind, Position at) {
  const std::optional<EntityIndex> index = entities.allocate(kind, now);
  if (!index) return std::nullopt;
  positions.resize(entities.high_water());
  motions.resize(entities.high_water());
  positions[index->value] = at;
  motions[index->value] = {};
  const std::size_t rows = entities.indexes(kind).size();
  if (kind == EntityKind::Player) {
    players.resize(rows);
    player(*index) = {};
  } else if (kind == EntityKind::Monster) {
    monster_rows.resize(rows);
    monster(*index) = {};
  }
  return index;
}

void WorldState::remove_entity(EntityIndex index) {
  entities.release(index, now);
  motions[index.value] = {};
}

std::uint64_t WorldState::digest() const {
  Digest digest;
  digest.add(map->content_hash);
  add(digest, settings);
  digest.add(seed);
  digest.add(now.value);
  streams.digest(digest);
  entities.digest(digest);
  for (const Position at : positions) add(digest, at);
  for (const Motion& motion : motions) add(digest, motion);
  for (const PlayerState& row : players) add(digest, row);
  for (const MonsterState& row : monster_rows) add(digest, row, kind_fingerprints[row.kind]);
  return digest.value();
}

}  // namespace throng::sim
