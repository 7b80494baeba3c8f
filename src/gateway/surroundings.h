#pragma once
// What app/ lends the gateway from the services, which it does not know.

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "net/routes.h"
#include "room/admission.h"
#include "room/keeping.h"
#include "room/party_registry.h"
#include "room/post_office.h"
#include "room/saved_rooms.h"
#include "room/tick_fan_out.h"
#include "room/tick_profile.h"

namespace throng::gateway {

inline constexpr std::size_t kTickReadersMax = room::TickFanOut::kReadersMax - 1;  // the metrics are the first

/// All of it outlives the workers; what is absent is null or empty: then characters are not kept, and everybody is a guest.
struct Surroundings {
  /// Any thread; `done` comes from any thread, once, unless the answer is false: too much waits already.
  std::function<bool(room::Cut cut, std::function<void(room::CutOutcome)> done)> keep;
  /// Any thread; `reply` comes from any thread, once, maybe before this returns.
  std::function<void(room::PostRequest request, std::function<void(room::PostReply)> reply)> mail;
  /// Likewise.
  std::function<void(room::PartyRequest request, std::function<void(room::PartyReply)> reply)> parties = {};
  room::Admission* admission = nullptr;
  room::SavedRooms* saved_rooms = nullptr;  ///< null: rooms begin anew
  /// Whoever reads ticks beside the metrics: each makes its reader of one worker's, at start. At most kTickReadersMax.
  std::vector<std::function<std::unique_ptr<room::TickReader>(std::size_t worker)>> tick_readers = {};
  std::vector<net::Routes*> routes;  ///< asked in turn, before files
  /// One word, why /readyz says no: `store`. Null, or an empty word: ready. Any thread; never blocks.
  std::function<std::string_view()> not_ready;
};

}  // namespace throng::gateway
