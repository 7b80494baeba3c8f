#pragma once
// Where the time of one tick of a room went. Metrics and traces are readers of these.

#include <array>
#include <cstdint>
#include <string_view>

#include "base/clock.h"
#include "base/inline_string.h"

namespace throng::room {

/// The first seven are those of sim::TickPhase, in its order.
enum class RoomPhase : std::uint8_t {
  Input,
  Combat,
  Ai,
  Movement,
  Loot,
  Progress,
  Index,
  Events,    ///< what happened becomes messages, answers and what is to be kept
  Encode,    ///< rows that changed, once for everybody; and each client's patch out of them
  Interest,  ///< who sees whom
  Flush,     ///< sockets
  Count_,
};
inline constexpr std::size_t kRoomPhaseCount = static_cast<std::size_t>(RoomPhase::Count_);
/// As labels and span names have it: `input`, `ai` …
std::string_view room_phase_name(RoomPhase phase);

/// What a tick was busy with: so many of the intents and events of each kind, by their place in sim::Intent and sim::Event.
inline constexpr std::size_t kTallyKindsMax = 40;
using TickTally = std::array<std::uint32_t, kTallyKindsMax>;
/// As traces have it: `move`, `use_item` …; empty for what is none.
std::string_view intent_kind_name(std::size_t kind);
std::string_view event_kind_name(std::size_t kind);

/// One tick and the patches after it. The views live during the call that hands it over.
struct TickProfile {
  std::string_view room_id;
  std::string_view kind;  ///< as rooms.json names it
  std::string_view place;  ///< of a world: its map
  std::uint64_t tick = 0;  ///< since the room was made
  MonotonicTime due{};  ///< when it should have begun
  MonotonicTime began{};
  Nanoseconds interval{};  ///< from one tick of the room to the next
  /// What is spent between ticks and patches is in none. Of the patches, Interest, Encode and Flush are estimated from some
  /// of the sessions; their sum is measured.
  std::array<Nanoseconds, kRoomPhaseCount> phases{};
  std::uint32_t sessions = 0;  ///< that were served a patch
  std::uint32_t intents = 0;
  std::uint32_t events = 0;
  std::uint32_t entities = 0;  ///< alive
  std::uint64_t patch_bytes = 0;
  TickTally intents_of_kind{};
  TickTally events_of_kind{};
  InlineString<16> busiest_session;  ///< whose patch was the biggest
  std::uint32_t busiest_session_bytes = 0;

  Nanoseconds& at(RoomPhase phase) { return phases[static_cast<std::size_t>(phase)]; }
  Nanoseconds total() const {
    Nanoseconds sum{0};
    for (const Nanoseconds phase : phases) sum += phase;
    return sum;
  }
  /// Took more than half of its time: the others of its thread feel it.
  bool slow() const { return total() > interval / 2; }
};

/// Reads profiles. The room's thread; must not block or allocate in the steady state.
class TickReader {
 public:
  virtual ~TickReader() = default;
  /// Once for each tick, when its patches are out or the next tick comes.
  virtual void tick_done(const TickProfile& profile) = 0;
};

}  // namespace throng::room
