#pragma once
// A character that is kept, from its arrival in a world until all of it is durable. It outlives its session.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "room/arrival.h"
#include "room/kinds/pending_moves.h"
#include "room/kinds/possessions.h"
#include "room/room_logic.h"
#include "sim/space/interest.h"

namespace throng::room {

/// Something to tell a player once what it is about is committed: a message, or the answer that all went well.
struct HeldNews {
  std::string_view type;  ///< lives as long as the program
  std::vector<std::uint8_t> payload;
  std::optional<Question> question;  ///< then it is an answer, and the rest is empty
};

enum class KeptStage : std::uint8_t {
  Arriving,    ///< not in the world yet
  Here,
  Lingering,   ///< its player has gone in the middle of a fight; the body stays a while
  Travelling,  ///< on its way through a portal: not in the world, its last state here is to be committed first
  Leaving,     ///< not in the world, or not any more from the next tick on; released with a cut
  Lost,        ///< belongs to somebody newer; is forgotten
};

/// What tells a checkpoint from the last one, beside what is in a cut anyway.
struct CheckpointMark {
  Position at;
  std::int32_t hp = 0;
  std::int32_t mana = 0;
  std::uint8_t status_count = 0;
  Tick attack_ready;
  Tick global_ready;
  friend bool operator==(const CheckpointMark&, const CheckpointMark&) = default;
};

/// As it is handed over when it is not in the world.
struct AtRest {
  std::vector<std::uint8_t> sheet;
  std::int32_t level = 1;
  std::string map;
  Possessions possessions;
};

struct KeptCharacter {
  static constexpr std::size_t kHeldMax = 256;  ///< of news; beyond it the oldest messages are dropped

  sim::PlayerKey key{};
  CharacterLease lease;
  KeptStage stage = KeptStage::Arriving;
  sim::EntityIndex index = sim::kNoEntity;  ///< while its state is read from the world
  AtRest at_rest;                           ///< when it is not
  std::string travel_map;                   ///< while it travels

  bool changed = false;    ///< belongs into the next cut
  bool in_cut = false;     ///< is in the one that is under way,
  bool released = false;   ///< and was let go with it
  bool sought = false;     ///< a seat for the traveller is, or was
  bool is_new = false;     ///< came without a sheet
  bool is_first = true;    ///< nothing of it was handed over here yet
  std::int64_t arrived_experience = 0;

  Holdings handed;  ///< at the last cut, or as it came
  Holdings now;     ///< scratch of the next cut; when at rest, what it has
  OwnMoves moves;   ///< since the last cut
  std::vector<sim::SavedStack> unknown;  ///< what it has and the content does not know: kept as it is

  OwnerId mail;  ///< what Source::Mail means for it now; 0: nothing
  std::vector<PostedMail> posted;               ///< with the next cut
  std::optional<Acquaintances> acquaintances;   ///< likewise, when they have changed

  bool is_shown = false;  ///< `shown` is something that was committed
  Possessions shown;
  Possessions in_cut_shown;
  std::vector<HeldNews> held;  ///< until the next cut is done
  std::vector<HeldNews> in_cut_held;

  Tick linger_until;
  Tick checkpoint_at;
  CheckpointMark mark;
};

}  // namespace throng::room
