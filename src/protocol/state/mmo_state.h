#pragma once
// The state of an `mmo` room: the reference workload of the benchmarks, and nothing else. One map of entities.

#include <cstdint>

#include "base/inline_string.h"
#include "protocol/schema/row.h"
#include "protocol/state/ref_ids.h"

namespace throng::protocol {

struct EntityRow {
  std::uint32_t id = 0;
  float x = 0;
  float y = 0;
  std::uint16_t hp = 0;
  std::uint8_t state = 0;
  InlineString<32> name;
};

template <>
struct RowFields<EntityRow> {
  static constexpr std::string_view name = "Entity";
  static constexpr std::string_view help = "A player or a monster; the key is its id, or the session id of a player";
  // clang-format off
  static constexpr auto list = std::make_tuple(
      field("id", &EntityRow::id, "entity id"),
      field("x", &EntityRow::x, "east, world units"),
      field("y", &EntityRow::y, "south, world units"),
      field("hp", &EntityRow::hp, "hit points"),
      field("state", &EntityRow::state, "an EntityState"),
      field("name", &EntityRow::name, "shown name"));
  // clang-format on
};

/// The whole description; the root has the one field `entities`.
StateInfo describe_mmo_state();

/// The root field `entities` as ADD: once, in a snapshot. At most kMmoLinksBytesMax bytes.
inline constexpr std::size_t kMmoLinksBytesMax = 2;
std::uint8_t* encode_mmo_links(std::uint8_t* at);

}  // namespace throng::protocol
