#pragma once
// What happens in fights, encoded once for all and gathered per client.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "protocol/messages/game_messages.h"

namespace throng::room {

/// What one client has yet to hear of the current patch.
struct CombatListener {
  static constexpr std::size_t kEventsMax = 64;  ///< in a patch; what comes later is not told
  std::vector<std::uint32_t> events;
  std::uint32_t patch = 0;  ///< that `events` belongs to
};

/// Collects events between two patches; what was collected before `begin_patch` is what clients are told in that patch.
/// Room's thread. Bound: kEventsMax per patch.
class CombatFeed {
 public:
  static constexpr std::uint32_t kEventsMax = 16'384;

  /// The number to hear it by; nothing to hear when there are too many.
  std::optional<std::uint32_t> add(const protocol::CombatEvent& event);
  /// The listener is to be told of the event. @return false when it hears no more in this patch
  bool hear(CombatListener& listener, std::uint32_t event) const;
  void begin_patch();
  /// Writes the listener's events as one array into `out`. @return false when there are none
  bool write(CombatListener& listener, ByteWriter& out) const;

 private:
  struct Batch {
    ByteWriter bytes;
    std::vector<std::uint32_t> ends;  // of each event in `bytes`
  };
  Batch open_;
  Batch sealed_;
  std::uint32_t patch_ = 1;  // that open_ will be told in
};

}  // namespace throng::room
