#pragma once
// What rooms need from the world around them. Implementations live above; app/ joins them.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/frame_buffer.h"
#include "base/strong.h"
#include "base/task.h"
#include "room/arrival.h"

namespace throng::room {

/// One attachment of a session to whatever carries its bytes: a socket here, later a relay from another node.
using LinkId = Id<struct LinkIdTag, std::uint64_t>;
inline constexpr LinkId kNoLink{0};

enum class LinkStatus {
  Sent,
  BackedUp,  ///< accepted, but the client is not keeping up; `on_link_drained` follows
  Full,      ///< not accepted: the client has not read for so long that its queue is full
  Gone,      ///< not accepted: the link is dead; that it has ended is reported as for every other end
};

/// Carries frames to clients. Called on the room's thread only.
class SessionTransport {
 public:
  virtual ~SessionTransport() = default;
  /// Sends one frame; the buffer may be reused at once. Several frames keep their order.
  virtual LinkStatus send(LinkId link, FrameBuffer& frame) = 0;
  /// Ends the link after what is queued: close frame with `code` and `reason` (at most 123 bytes).
  virtual void close(LinkId link, std::uint16_t code, std::string_view reason) = 0;
  /// Ends the link at once and without a word; nothing is reported back.
  virtual void abandon(LinkId link) = 0;
};

/// Time and input of the thread that owns the room.
class Scheduler {
 public:
  virtual ~Scheduler() = default;
  virtual MonotonicTime now() const = 0;
  virtual void call_at(MonotonicTime when, Task task) = 0;
  /// Delivers what clients have sent so far, so that a tick acts on the newest intents.
  virtual void poll_inputs() = 0;
};

/// What match-making and lobbies know of a room.
struct RoomListing {
  std::string room_id;
  std::string name;
  std::string process_id;
  int clients = 0;       ///< seats taken or reserved
  int max_clients = 0;
  bool locked = false;
  bool is_private = false;
  bool is_lobby = false;
  std::int64_t created_at_ms = 0;
  std::string metadata = "{}";  ///< a JSON object
  std::string filter;           ///< rooms of one name with different filters are different places (the map)
  friend bool operator==(const RoomListing&, const RoomListing&) = default;
};

/// A listing that is new or different, or a room that is gone.
struct DirectoryChange {
  std::string room_id;
  std::optional<RoomListing> listing;  ///< nothing: removed
};

/// Where rooms say what they are. Called on the room's thread.
class DirectoryOutlet {
 public:
  virtual ~DirectoryOutlet() = default;
  virtual void publish(const DirectoryChange& change) = 0;
};

struct RoomQuery {
  std::string name;
  std::string filter;
};

/// The directory of all rooms, of this node or of a cluster: who is where, and where there is room. Owned by one thread,
/// which makes the calls and gets the answers; a memory implementation answers at once, others later.
class RoomDirectory {
 public:
  using OnListing = std::function<void(std::optional<RoomListing>)>;
  using OnListings = std::function<void(std::vector<RoomListing>)>;
  using OnChange = std::function<void(const DirectoryChange&)>;

  virtual ~RoomDirectory() = default;
  /// A public, unlocked room with a free seat that fits the query; of several the oldest.
  virtual void find(const RoomQuery& query, OnListing reply) = 0;
  virtual void get(std::string_view room_id, OnListing reply) = 0;
  virtual void list(OnListings reply) = 0;
  virtual void apply(const DirectoryChange& change) = 0;
  /// Called for every change from then on. One watcher.
  virtual void watch(OnChange on_change) = 0;
};

/// A seat for somebody who goes to another room.
struct TravelSeat {
  std::string name;
  std::string session_id;
  std::string room_id;
  std::string process_id;
  std::string public_address;  ///< empty: where they are
};
struct TravelRequest {
  std::string from_room_id;
  std::string session_id;  ///< in that room
  std::string room_name;  ///< the kind of room to go to
  std::string map;
  std::shared_ptr<const Arrival> arrival;
};

/// Finds seats in other rooms. Called on the room's thread.
class Travel {
 public:
  virtual ~Travel() = default;
  /// Answered once by RoomHost::seat_found, on the same thread; maybe before this returns.
  virtual void find_seat(TravelRequest request) = 0;
};

/// Takes recordings: bytes that belong behind what was appended to `stream` before. Never blocks; may refuse when full,
/// and then refuses the stream for good, so that a recording has no hole.
class RecordingSink {
 public:
  virtual ~RecordingSink() = default;
  virtual bool append(std::string_view stream, std::vector<std::uint8_t> bytes) = 0;
};

}  // namespace throng::room
