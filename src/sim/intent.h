#pragma once
// What players and game masters ask of a world. Untrusted, except for the keys, which the room chooses.

#include <cstdint>
#include <optional>
#include <type_traits>
#include <variant>

#include "base/inline_string.h"
#include "base/strong.h"
#include "base/units.h"

namespace throng::sim {

/// A player of this room, chosen by the room; unique among the players that are in the world.
using PlayerKey = Id<struct PlayerKeyTag, std::uint32_t>;
using PlayerName = InlineString<32>;

/// Answered by PlayerSpawned or SpawnRefused in the same tick.
struct SpawnPlayer {
  PlayerKey key;
  PlayerName name;
  /// Where to stand; when there is no room for a body, the nearest place that has it. First choice.
  std::optional<Position> at;
  /// A spawn point of the map. Second choice; empty or unknown means the map's first.
  InlineString<32> spawn_name;
};

/// Answered by EntityRemoved; without effect when there is no such player.
struct RemovePlayer {
  PlayerKey key;
};

/// Walk in this direction until told otherwise; (0, 0) stops. Longer than 1 is shortened to 1.
struct Move {
  PlayerKey key;
  BasisPoints dx;  ///< [-10'000, 10'000], to the east; beyond it is cut off
  BasisPoints dy;  ///< to the south
  /// Counts up and may wrap round; one older than the last applied is ignored, an equal one is not. Shown to
  /// its player as `me.seq` for prediction.
  std::uint32_t seq = 0;
};

using Intent = std::variant<SpawnPlayer, RemovePlayer, Move>;

static_assert(std::is_trivially_copyable_v<Intent>, "inboxes and recordings copy intents as plain values");
static_assert(sizeof(Intent) <= 96, "rooms queue thousands of these");

}  // namespace throng::sim
