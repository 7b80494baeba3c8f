#include "sim/world_save.h"

#include <cstdlib>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "sim/space/ground.h"
#include "sim/text_codec.h"

namespace throng::sim {
namespace {

constexpr std::uint32_t kSaveMagic = 0x444c5754;  // "TWLD"
constexpr std::uint16_t kKindIsGone = 0xffff;
constexpr std::size_t kSavedBodyBytes = 2 * 4 + 6 * 4 + 1;

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
  save_settings(state.settings, out);
  out.put(state.seed);
}

struct SaveOrigin {
  WorldSettings settings;
  std::uint64_t seed = 0;
};

Result<SaveOrigin> restore_origin(ByteReader& in, const content::MapDef& map) {
  if (read<std::uint32_t>(in) != kSaveMagic) return fail("these bytes are not a saved world");
  const auto version = read<std::uint16_t>(in);
  if (version != kWorldSaveVersion) {
    return fail(fmt::format("the saved world has version {}, this program reads {}", version, kWorldSaveVersion));
  }
  const std::string_view map_name = get_short_text(in);
  const auto map_hash = read<std::uint64_t>(in);
  if (in.failed()) return damaged("it is cut off");
  if (map_hash != map.content_hash) {
    return fail(fmt::format("the saved world is of map \"{}\" with hash {:016x}; the map given is \"{}\" with {:016x}",
                            map_name, map_hash, map.name, map.content_hash));
  }
  THRONG_TRY(const WorldSettings settings, restore_settings(in));
  const auto seed = read<std::uint64_t>(in);
  return SaveOrigin{settings, seed};
}

// --- monster kinds, by id, so that the order of the content may change ---------------------------------------

void save_kinds(const content::MonstersDef& monsters, ByteWriter& out) {
  out.put(static_cast<std::uint16_t>(monsters.kinds.size()));
  for (const content::MonsterDef& kind : monsters.kinds) put_short_text(out, kind.id);
}

struct SavedKinds {
  std::vector<std::string_view> ids;
  std::vector<std::uint16_t> now;  // saved number -> number in today's content, or kKindIsGone
};

Result<SavedKinds> restore_kinds(ByteReader& in, const content::MonstersDef& monsters) {
  SavedKinds kinds;
  const auto count = read<std::uint16_t>(in);
  if (count > in.remaining()) return damaged("impossible number of monster kinds");
  for (std::uint16_t i = 0; i < count; ++i) {
    kinds.ids.push_back(get_short_text(in));
    const content::MonsterDef* def = monsters.find(kinds.ids.back());
    kinds.now.push_back(def == nullptr ? kKindIsGone : static_cast<std::uint16_t>(def - monsters.kinds.data()));
  }
  if (in.failed()) return damaged("it is cut off in the monster kinds");
  return kinds;
}

// --- bodies --------------------------------------------------------------------------------------------------

void save_bodies(const WorldState& state, ByteWriter& out) {
  for (std::size_t i = 0; i < state.positions.size(); ++i) {
    const Motion& motion = state.motions[i];
    for (const std::int32_t number :
         {state.positions[i].x.value, state.positions[i].y.value, motion.step_x, motion.step_y, motion.part_x,
          motion.part_y, motion.carried_x, motion.carried_y}) {
      out.put(number);
    }
    out.put(static_cast<std::uint8_t>(motion.stalled));
  }
}

bool is_possible(const Motion& motion, std::int32_t scale) {
  const auto step_ok = [](std::int32_t step) { return step >= -kSpeedMax.value - 1 && step <= kSpeedMax.value; };
  const auto part_ok = [&](std::int32_t part) { return part >= 0 && part < scale; };
  return step_ok(motion.step_x) && step_ok(motion.step_y) && part_ok(motion.part_x) && part_ok(motion.part_y) &&
         part_ok(motion.carried_x) && part_ok(motion.carried_y) && motion.stalled <= 1;
}

Result<void> restore_bodies(ByteReader& in, WorldState& state) {
  const std::uint32_t count = state.entities.high_water();
  if (count > in.remaining() / kSavedBodyBytes) return damaged("it is cut off in the bodies");
  const Ground ground(*state.map, state.settings.body_half_size);
  const std::int32_t scale = motion_scale(state.settings.tick_rate_hz);
  state.positions.resize(count);
  state.motions.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    Position& at = state.positions[i];
    Motion& motion = state.motions[i];
    for (std::int32_t* number : {&at.x.value, &at.y.value, &motion.step_x, &motion.step_y, &motion.part_x,
                                 &motion.part_y, &motion.carried_x, &motion.carried_y}) {
      *number = read<std::int32_t>(in);
    }
    motion.stalled = read<std::uint8_t>(in);
    // The dead must be possible too: their row could come to life only by a bug, and must not crash even then.
    if (!ground.fits(at) || !is_possible(motion, scale)) return damaged("impossible body");
    if (!state.entities.alive(EntityIndex{i}) && !motion.rests()) return damaged("a dead body that moves");
  }
  return {};
}

// --- players and monsters ------------------------------------------------------------------------------------

void save_player(const PlayerState& player, ByteWriter& out) {
  out.put(player.key.value);
  put_short_text(out, player.name.view());
  out.put(player.activity);
  out.put(static_cast<std::uint8_t>(player.has_moved));
  for (const std::int32_t number :
       {player.level, player.hp, player.max_hp, player.direction_x.value, player.direction_y.value}) {
    out.put(number);
  }
  out.put(player.move_seq);
}

bool is_possible(const PlayerState& player) {
  const Direction direction{player.direction_x, player.direction_y};
  return player.level >= 1 && player.hp >= 0 && player.hp <= player.max_hp &&
         shortened(direction.x, direction.y) == direction;
}

std::optional<PlayerState> restore_player(ByteReader& in) {
  PlayerState player;
  player.key.value = read<std::uint32_t>(in);
  const std::string_view name = get_short_text(in);
  player.name.assign(name);
  const auto activity = read<std::uint8_t>(in);
  const auto has_moved = read<std::uint8_t>(in);
  player.activity = static_cast<Activity>(activity);
  player.has_moved = has_moved != 0;
  for (std::int32_t* number :
       {&player.level, &player.hp, &player.max_hp, &player.direction_x.value, &player.direction_y.value}) {
    *number = read<std::int32_t>(in);
  }
  player.move_seq = read<std::uint32_t>(in);
  const bool is_whole = player.name.view() == name && activity <= static_cast<std::uint8_t>(Activity::Moving) &&
                        has_moved <= 1 && is_possible(player);
  if (in.failed() || !is_whole) return std::nullopt;
  return player;
}

Result<void> restore_players(ByteReader& in, WorldState& state) {
  for (const EntityIndex index : state.entities.indexes(EntityKind::Player)) {
    const std::optional<PlayerState> player = restore_player(in);
    if (!player) return damaged("impossible player");
    state.players.push_back(*player);
    if (state.entities.alive(index) && !state.players_by_key.insert(player->key, index)) {
      return damaged("two players have the same key");
    }
  }
  return {};
}

void save_monster(const MonsterState& monster, ByteWriter& out) {
  out.put(monster.kind);
  out.put(monster.activity);
  for (const std::int32_t number : {monster.level, monster.hp, monster.max_hp, monster.home.x.value,
                                    monster.home.y.value, monster.destination.x.value, monster.destination.y.value}) {
    out.put(number);
  }
  out.put(monster.decide_at.value);
}

Result<MonsterState> restore_monster(ByteReader& in, const SavedKinds& kinds, const Ground& ground) {
  MonsterState monster;
  const auto kind = read<std::uint16_t>(in);
  const auto activity = read<std::uint8_t>(in);
  monster.activity = static_cast<Activity>(activity);
  for (std::int32_t* number : {&monster.level, &monster.hp, &monster.max_hp, &monster.home.x.value,
                               &monster.home.y.value, &monster.destination.x.value, &monster.destination.y.value}) {
    *number = read<std::int32_t>(in);
  }
  monster.decide_at.value = read<std::uint32_t>(in);
  const bool is_whole = !in.failed() && kind < kinds.now.size() &&
                        activity <= static_cast<std::uint8_t>(Activity::Moving) && monster.level >= 1 &&
                        monster.hp >= 0 && monster.hp <= monster.max_hp && ground.fits(monster.home);
  if (!is_whole) return damaged("impossible monster");
  if (kinds.now[kind] == kKindIsGone) {
    return fail(
        fmt::format("the saved world has monsters of kind \"{}\", which the content no longer has", kinds.ids[kind]));
  }
  monster.kind = kinds.now[kind];
  return monster;
}

Result<void> restore_monsters(ByteReader& in, const SavedKinds& kinds, WorldState& state) {
  const Ground ground(*state.map, state.settings.body_half_size);
  for (std::size_t left = state.entities.indexes(EntityKind::Monster).size(); left > 0; --left) {
    THRONG_TRY(const MonsterState monster, restore_monster(in, kinds, ground));
    state.monster_rows.push_back(monster);
  }
  return {};
}

Result<void> restore_rows(ByteReader& in, const SavedKinds& kinds, WorldState& state) {
  state.now.value = read<std::uint32_t>(in);
  THRONG_TRY(state.streams, Streams::restore(in));
  const Tick quarantine = ticks_from_ms(state.settings.index_quarantine_ms, state.settings.tick_rate_hz);
  THRONG_TRY(state.entities, EntityPool::restore(in, state.settings.entities_max, quarantine));
  THRONG_CHECK(restore_bodies(in, state));
  THRONG_CHECK(restore_players(in, state));
  return restore_monsters(in, kinds, state);
}

}  // namespace

void save_settings(const WorldSettings& settings, ByteWriter& out) {
  out.put(static_cast<std::int32_t>(settings.tick_rate_hz));
  out.put(settings.player_speed.value);
  out.put(settings.body_half_size.value);
  out.put(settings.entities_max);
  out.put(settings.grid_cell.value);
  out.put(settings.index_quarantine_ms);
}

Result<WorldSettings> restore_settings(ByteReader& in) {
  WorldSettings settings;
  settings.tick_rate_hz = read<std::int32_t>(in);
  settings.player_speed.value = read<std::int32_t>(in);
  settings.body_half_size.value = read<std::int32_t>(in);
  settings.entities_max = read<std::uint32_t>(in);
  settings.grid_cell.value = read<std::int32_t>(in);
  settings.index_quarantine_ms = read<std::uint32_t>(in);
  if (in.failed()) return damaged("it is cut off in the settings");
  THRONG_CHECK(check_settings(settings));
  return settings;
}

std::vector<std::uint8_t> save_state(const WorldState& state) {
  ByteWriter out;
  save_origin(state, out);
  save_kinds(*state.monsters, out);
  out.put(state.now.value);
  state.streams.save(out);
  state.entities.save(out);
  save_bodies(state, out);
  for (const PlayerState& player : state.players) save_player(player, out);
  for (const MonsterState& monster : state.monster_rows) save_monster(monster, out);
  out.put(state.digest());
  return out.take();
}

Result<WorldState> restore_state(ByteSpan saved, std::shared_ptr<const content::MapDef> map,
                                 std::shared_ptr<const content::MonstersDef> monsters) {
  ByteReader in(saved);
  THRONG_TRY(const SaveOrigin origin, restore_origin(in, *map));
  THRONG_TRY(const SavedKinds kinds, restore_kinds(in, *monsters));
  WorldState state(std::move(map), std::move(monsters), origin.settings, origin.seed);
  THRONG_CHECK(restore_rows(in, kinds, state));
  const auto digest = in.get<std::uint64_t>();
  if (!digest || in.remaining() != 0) return damaged("its length is wrong");
  if (*digest != state.digest()) return damaged("its digest differs");
  return state;
}

}  // namespace throng::sim
