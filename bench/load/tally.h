#pragma once
// Everything that a run counts.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "load/histogram.h"

namespace throng::bench {

enum class Fault : std::uint8_t {
  ConnectFailed,
  MatchmakeFailed,
  UpgradeRefused,
  JoinTimeout,
  ServerError,       // ERROR frame
  Closed,            // by the server, while playing
  BadFrame,          // not WebSocket
  BadState,          // state stream that does not decode
  UnknownReference,  // state stream that speaks of what the client was never given
  SendBlocked,       // a move was dropped because the server did not read
  LeaveTimeout,
};
inline constexpr std::size_t kFaultKinds = 11;
std::string_view name_of(Fault fault);

/// Counters of one run; one thread. Histograms and counters marked "window" only grow while `measuring`.
struct Tally {
  bool measuring = false;

  Histogram patch_gap_us;        // window: between two patches of one client
  Histogram move_visible_us;     // window: from sending a move to the patch that shows it
  Histogram pickup_shown_us;     // window: from asking for what lies there to the patch that shows it in the bag
  Histogram join_us;             // from asking for a seat to the first state
  std::uint64_t patches = 0;     // window
  std::uint64_t bytes_in = 0;    // window; without TCP and IP headers
  std::uint64_t moves_sent = 0;  // window
  std::uint64_t garbage_sent = 0;
  std::uint64_t joins = 0;       // whole run
  std::uint64_t window_joins = 0;
  std::uint64_t expected_closes = 0;  // slow readers and garbage senders that were thrown out
  std::uint64_t lost = 0;             // measured clients that were closed, or could not join
  std::uint64_t watched_frames = 0;   // window
  std::uint64_t watched_entities = 0;  // window: sum over watched frames of the entities in the client's maps
  std::uint64_t pickups_not_shown = 0;  // window: taken by somebody else, or refused
  std::uint64_t moves_not_seen = 0;    // window: watched moves that never became visible
  double player_seconds = 0;           // window

  std::array<std::uint64_t, kFaultKinds> faults{};
  std::array<std::string, kFaultKinds> examples{};  // the first of each kind, for people

  void fault(Fault kind, std::string_view example);
  std::uint64_t fault_sum() const;
};

}  // namespace throng::bench
