#pragma once
// The public state of a `world` room. Entities are flat rows in maps of the root; `me` is private to each client.
// Field order is a contract with clients in the field: add at the end only (see schema/row.h).

#include <cstdint>

#include "base/inline_string.h"
#include "protocol/schema/row.h"
#include "protocol/state/entity_state.h"
#include "protocol/state/private_rows.h"
#include "protocol/state/ref_ids.h"

namespace throng::protocol {

/// The plain fields of the root, indexes 0 to 4; `me` and the maps follow them (encode_world_links).
struct WorldRootRow {
  std::uint32_t tick = 0;
  double server_time = 0;
  InlineString<64> map;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

struct PlayerRow {
  InlineString<32> name;
  float x = 0;
  float y = 0;
  std::uint32_t hp = 0;
  std::uint32_t max_hp = 0;
  std::uint16_t level = 0;
  std::uint8_t state = 0;
  std::uint32_t id = 0;
  std::uint32_t target = 0;
  InlineString<32> cast = {};
};

struct MonsterRow {
  InlineString<32> kind;
  float x = 0;
  float y = 0;
  std::uint32_t hp = 0;
  std::uint32_t max_hp = 0;
  std::uint16_t level = 0;
  std::uint8_t state = 0;
  std::uint32_t target = 0;
  InlineString<32> cast = {};
  std::uint8_t phase = 0;
};

struct NpcRow {
  InlineString<32> kind;
  InlineString<32> name;
  float x = 0;
  float y = 0;
};

struct DropRow {
  InlineString<32> kind;
  float x = 0;
  float y = 0;
  std::uint32_t count = 0;
  std::uint32_t owner = 0;
};

template <>
struct RowFields<WorldRootRow> {
  static constexpr std::string_view name = "WorldState";
  static constexpr std::string_view help = "The root of the state of a world room";
  // clang-format off
  static constexpr auto list = std::make_tuple(
      field("tick", &WorldRootRow::tick, "simulation steps since the room began"),
      field("serverTime", &WorldRootRow::server_time, "milliseconds since 1970-01-01 UTC, at this tick"),
      field("map", &WorldRootRow::map, "name of the map; its file is served at /maps/"),
      field("width", &WorldRootRow::width, "width of the map, world units (map pixels)"),
      field("height", &WorldRootRow::height, "height of the map, world units"));
  // clang-format on
};

template <>
struct RowFields<PlayerRow> {
  static constexpr std::string_view name = "Player";
  static constexpr std::string_view help = "Somebody in view, yourself included; the key is the session id";
  // clang-format off
  static constexpr auto list = std::make_tuple(
      field("name", &PlayerRow::name, "shown name, at most 32 bytes"),
      field("x", &PlayerRow::x, "east, world units"),
      field("y", &PlayerRow::y, "south, world units"),
      field("hp", &PlayerRow::hp, "hit points now"),
      field("maxHp", &PlayerRow::max_hp, "hit points when healthy"),
      field("level", &PlayerRow::level, "from 1"),
      field("state", &PlayerRow::state, "an EntityState"),
      field("id", &PlayerRow::id, "entity id, never reused in a room"),
      field("target", &PlayerRow::target, "entity id of whom it strikes at; 0: nobody"),
      field("cast", &PlayerRow::cast, "id of the skill that it is casting; empty: none"));
  // clang-format on
};

template <>
struct RowFields<MonsterRow> {
  static constexpr std::string_view name = "Monster";
  static constexpr std::string_view help = "A monster in view; the key is its entity id";
  // clang-format off
  static constexpr auto list = std::make_tuple(
      field("kind", &MonsterRow::kind, "id of its kind in monsters.json"),
      field("x", &MonsterRow::x, "east, world units"),
      field("y", &MonsterRow::y, "south, world units"),
      field("hp", &MonsterRow::hp, "hit points now"),
      field("maxHp", &MonsterRow::max_hp, "hit points when healthy"),
      field("level", &MonsterRow::level, "from 1"),
      field("state", &MonsterRow::state, "an EntityState"),
      field("target", &MonsterRow::target, "entity id of whom it fights; 0: nobody"),
      field("cast", &MonsterRow::cast, "id of the skill that it is casting; empty: none"),
      field("phase", &MonsterRow::phase, "of a boss, from 0"));
  // clang-format on
};

template <>
struct RowFields<NpcRow> {
  static constexpr std::string_view name = "Npc";
  static constexpr std::string_view help = "A character of the story in view; the key is its entity id";
  // clang-format off
  static constexpr auto list = std::make_tuple(
      field("kind", &NpcRow::kind, "id of its kind in npcs.json"),
      field("name", &NpcRow::name, "shown name"),
      field("x", &NpcRow::x, "east, world units"),
      field("y", &NpcRow::y, "south, world units"));
  // clang-format on
};

template <>
struct RowFields<DropRow> {
  static constexpr std::string_view name = "Drop";
  static constexpr std::string_view help = "Something that lies on the ground; the key is its entity id";
  // clang-format off
  static constexpr auto list = std::make_tuple(
      field("kind", &DropRow::kind, "id of the item in items.json; `coins`: money"),
      field("x", &DropRow::x, "east, world units"),
      field("y", &DropRow::y, "south, world units"),
      field("count", &DropRow::count, "how many"),
      field("owner", &DropRow::owner, "entity id of whom it belongs to for now; 0: whoever takes it"));
  // clang-format on
};

/// The whole description; root first. Pure; builds a new value, so keep it.
StateInfo describe_world_state();

/// The root fields `me`, `players`, `monsters`, `npcs`, `drops` as ADD: once, in a snapshot. The root is the
/// current structure. At most kWorldLinksBytesMax bytes.
inline constexpr std::size_t kWorldLinksBytesMax = 5 * 2;
std::uint8_t* encode_world_links(std::uint8_t* at);

/// Index of the root field that holds the map with refId `map_ref` (kPlayersRef … kDropsRef).
std::uint8_t world_map_field(std::uint32_t map_ref);

}  // namespace throng::protocol
