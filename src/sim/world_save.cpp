#include "sim/world_save.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "sim/adopt_content.h"
#include "sim/save/possible_rows.h"
#include "sim/save/rows.h"
#include "sim/save/seal.h"

namespace throng::sim {
namespace {

constexpr std::uint32_t kSaveMagic = 0x444c5754;  // "TWLD"

template <typename T>
T read(ByteReader& in) {
  return in.get<T>().value_or(T{});
}

Failure damaged(std::string_view what) { return fail(fmt::format("the saved world is damaged: {}", what)); }

// --- what the save belongs to --------------------------------------------------------------------------------

void save_origin(const WorldState& state, ByteWriter& out) {
  out.put(kSaveMagic);
  out.put(kWorldSaveVersion);
  put_short_text(out, state.map->name);
  out.put(state.map->content_hash);
  out.put(state.content->hash);
  put_names(out, *state.content);
  save_settings(state.settings, out);
  out.put(state.seed);
}

struct SaveOrigin {
  std::uint64_t content_hash = 0;
  ContentNames names;
  WorldSettings settings;
  std::uint64_t seed = 0;
};

Result<void> check_version(ByteReader& in) {
  if (read<std::uint32_t>(in) != kSaveMagic) return fail("these bytes are not a saved world");
  const auto version = read<std::uint16_t>(in);
  if (version != kWorldSaveVersion) {
    return fail(fmt::format("the saved world has version {}, this program reads {}", version, kWorldSaveVersion));
  }
  return {};
}

Result<SaveOrigin> restore_origin(ByteReader& in, const content::MapDef& map) {
  const std::string_view map_name = get_short_text(in);
  const auto map_hash = read<std::uint64_t>(in);
  if (in.failed()) return damaged("it is cut off");
  if (map_hash != map.content_hash) {
    return fail(fmt::format("the saved world is of map \"{}\" with hash {:016x}; the map given is \"{}\" with {:016x}",
                            map_name, map_hash, map.name, map.content_hash));
  }
  SaveOrigin origin;
  origin.content_hash = read<std::uint64_t>(in);
  THRONG_TRY(origin.names, get_names(in));
  THRONG_TRY(origin.settings, restore_settings(in));
  origin.seed = read<std::uint64_t>(in);
  return origin;
}

// --- rows ----------------------------------------------------------------------------------------------------

void size_rows(WorldState& state) {
  const std::uint32_t indexes = state.entities.high_water();
  const auto slots = [&](EntityKind kind) { return state.entities.indexes(kind).size(); };
  state.positions.resize(indexes);
  state.motions.resize(indexes);
  state.fighters.resize(indexes);
  state.statuses.resize(indexes);
  state.players.resize(slots(EntityKind::Player));
  state.inventories.resize(slots(EntityKind::Player));
  state.journals.resize(slots(EntityKind::Player));
  state.monster_rows.resize(slots(EntityKind::Monster));
  state.threats.resize(slots(EntityKind::Monster));
  state.npc_rows.resize(slots(EntityKind::Npc));
  state.drop_rows.resize(slots(EntityKind::Drop));
}

/// A living entity has at least its position and motion; so a lying header cannot make much of few bytes.
constexpr std::size_t kSavedBodyBytesMin = 2 * 4 + 7 * 4;

// --- what the content no longer has --------------------------------------------------------------------------

bool is_nothing(const DropState& drop) { return drop.stack.empty() && drop.coins == 0; }

void leave_out_lost(WorldState& state, const std::vector<EntityIndex>& lost) {
  for (const EntityIndex index : lost) state.remove_entity(index);
  for (const EntityIndex index : state.entities.indexes(EntityKind::Drop)) {
    if (state.entities.alive(index) && is_nothing(state.drop(index))) state.remove_entity(index);
  }
  for (Inventory& inventory : state.inventories) {
    std::erase_if(inventory.buy_back, [](const BuyBack& sold) { return sold.stack.empty(); });
  }
}

/// Spawners count whom they have, which is known better than what the save says after some were left out.
void recount_spawners(WorldState& state) {
  std::erase_if(state.spawners, [&](const SpawnerState& spawner) {
    return state.content->spawn(spawner.spawn).map != state.map->name;
  });
  for (SpawnerState& spawner : state.spawners) spawner.alive = 0;
  for_each_living(state.entities, EntityKind::Monster, [&](EntityIndex index) {
    const MonsterState& monster = state.monster(index);
    if (monster.ai == AiState::Dead) return;
    const auto spawner = std::lower_bound(state.spawners.begin(), state.spawners.end(), monster.spawn,
                                          [](const SpawnerState& a, content::SpawnRef b) { return a.spawn < b; });
    if (spawner != state.spawners.end() && spawner->spawn == monster.spawn) ++spawner->alive;
  });
}

Result<void> restore_rows(ByteReader& in, const NumberMap& numbers, WorldState& state) {
  state.now.value = read<std::uint32_t>(in);
  THRONG_TRY(state.streams, Streams::restore(in));
  const Tick quarantine = ticks_from_ms(state.settings.index_quarantine_ms, state.settings.tick_rate_hz);
  THRONG_TRY(state.entities, EntityPool::restore(in, state.settings.entities_max, quarantine));
  if (state.entities.alive_count() > in.remaining() / kSavedBodyBytesMin) return damaged("it is cut off");
  size_rows(state);
  RestoreArchive archive(in, numbers, state.entities.high_water());
  visit_rows(archive, state);
  if (archive.damaged()) return damaged(fmt::format("impossible values in the {}", archive.subject()));
  if (in.remaining() != 0) return damaged("its length is wrong");
  leave_out_lost(state, archive.lost_entities());
  recount_spawners(state);
  bound_by_content(state);
  const Result<void> checked = check_rows(state);
  return checked ? checked : damaged(checked.error().message);
}

}  // namespace

void save_settings(const WorldSettings& settings, ByteWriter& out) {
  out.put(static_cast<std::int32_t>(settings.tick_rate_hz));
  out.put(settings.player_speed.value);
  out.put(settings.body_half_size.value);
  out.put(settings.entities_max);
  out.put(settings.grid_cell.value);
  out.put(settings.index_quarantine_ms);
  out.put(settings.item_uid_base);
}

Result<WorldSettings> restore_settings(ByteReader& in) {
  WorldSettings settings;
  settings.tick_rate_hz = read<std::int32_t>(in);
  settings.player_speed.value = read<std::int32_t>(in);
  settings.body_half_size.value = read<std::int32_t>(in);
  settings.entities_max = read<std::uint32_t>(in);
  settings.grid_cell.value = read<std::int32_t>(in);
  settings.index_quarantine_ms = read<std::uint32_t>(in);
  settings.item_uid_base = read<std::int64_t>(in);
  if (in.failed()) return damaged("it is cut off in the settings");
  THRONG_CHECK(check_settings(settings));
  return settings;
}

std::vector<std::uint8_t> save_state(const WorldState& state) {
  ByteWriter out;
  save_origin(state, out);
  out.put(state.now.value);
  state.streams.save(out);
  state.entities.save(out);
  SaveArchive archive(out);
  visit_rows(archive, state);
  put_seal(out);
  return out.take();
}

Result<RestoredState> restore_state(ByteSpan saved, std::shared_ptr<const content::MapDef> map,
                                    std::shared_ptr<const content::GameContent> content) {
  ByteReader head(saved);
  THRONG_CHECK(check_version(head));
  const std::optional<ByteSpan> bytes = unsealed(saved);
  if (!bytes) return damaged("its seal is broken");
  ByteReader in(bytes->subspan(head.position()));
  THRONG_TRY(const SaveOrigin origin, restore_origin(in, *map));
  const NumberMap numbers = map_numbers(origin.names, *content);
  const bool same_content = origin.content_hash == content->hash;
  WorldState state(std::move(map), std::move(content), origin.settings, origin.seed);
  THRONG_CHECK(restore_rows(in, numbers, state));
  return RestoredState{std::move(state), same_content};
}

}  // namespace throng::sim
