#pragma once
// All rooms of one thread: makes and disposes of them, keeps their pace, and routes links to them.

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/trace_context.h"
#include "content/server/rooms_def.h"
#include "room/admission.h"
#include "room/ports.h"
#include "room/room.h"
#include "room/saved_rooms.h"

namespace throng::room {

/// Names one session of this host to the transport: the number of the room and the slot in it.
struct SessionAddress {
  std::uint32_t room_number = 0;
  SessionSlot slot{};
};

struct HostSettings {
  std::string process_id;
  std::uint32_t rooms_max = 4096;  ///< per thread; beyond it no room is made
  SharedContent content = {};  ///< what rooms are made of until `adopt_content`; may be null when no kind needs it
  Admission* admission = nullptr;     ///< takes back whoever did not take the seat; null: everybody is a guest
  SavedRooms* saved_rooms = nullptr;  ///< null: rooms begin anew
  TickReader* tick_reader = nullptr;  ///< of this thread; null: ticks are not timed
};

/// A room and the content that it runs.
struct RoomContentStatus {
  std::string room_id;
  std::string name;
  std::string filter;  ///< of a world: the map
  ContentStatus status;
};

/// Makes the logic for a kind of room. `filter` is the room's (for a world: the map). Empty: it cannot be made of this
/// content.
using LogicFactory =
    std::function<MakeLogic(const content::RoomKindDef& def, const std::string& filter, const SharedContent& content)>;

struct NewRoom {
  RoomIdentity identity;
  content::RoomKindDef def;
  SpanContext trace = {};  ///< what it is made for
};

/// The seat that match-making asks for.
struct SeatRequest {
  std::string session_id;
  JoinOptions options;
};

/// One per worker thread, and only called there.
class RoomHost {
 public:
  RoomHost(HostSettings settings, LogicFactory factory, const Clock& clock, Scheduler& scheduler,
           SessionTransport& transport, DirectoryOutlet& directory, Travel* travel = nullptr, Keeper* keeper = nullptr,
           PostOffice* post_office = nullptr, PartyRegistry* parties = nullptr);

  /// Begins the sweep that ends what has run out of time. Call once, on the host's thread.
  void start();

  bool create_room(NewRoom room);
  bool reserve_seat(const std::string& room_id, SeatRequest request);
  std::optional<std::string> session_of_token(const std::string& room_id, std::string_view token) const;

  /// A socket for one of our rooms. When it is not accepted the refusal has been sent and the link is closing.
  std::optional<SessionAddress> connect(LinkId link, const ConnectRequest& request);
  void on_frame(SessionAddress address, LinkId link, ByteSpan frame);
  void on_link_drained(SessionAddress address, LinkId link);
  void on_link_closed(SessionAddress address, LinkId link, std::uint16_t code);

  /// The answer of Travel: the seat, or nothing. A room or session that is gone meanwhile is no matter.
  /// @return whether it was still waited for
  bool seat_found(const std::string& room_id, const std::string& session_id, const std::optional<TravelSeat>& seat);

  /// The answer of Keeper. A room that is gone meanwhile is no matter.
  void cut_done(const CutOutcome& outcome);

  /// The answer of PostOffice. A room that is gone or ends is no matter.
  void post_replied(const PostReply& reply);
  /// Somebody has got mail, who may play in one of the rooms.
  void mail_arrived(CharacterId recipient);
  /// The answer of PartyRegistry, and what every room hears of parties.
  void party_replied(const PartyReply& reply);
  void party_told(const PartyTold& told);

  /// Somebody newer comes for the account: its sessions end with this text, and its seats, and its characters are
  /// released as soon as what they have is kept.
  void expel_account(AccountId account, std::string_view text);

  /// A room somewhere is new, different or gone: lobbies want to know.
  void directory_changed(const DirectoryChange& change);

  /// From now on rooms are made of this content, and those that are there go on with it. Between two ticks, as all calls.
  void adopt_content(SharedContent content);
  /// What new rooms are made of; may be null.
  const SharedContent& content() const { return settings_.content; }
  /// Of every room that has content.
  std::vector<RoomContentStatus> content_status() const;

  /// Closes every session with 4001 and disposes of every room; nothing is made any more.
  void drain();
  /// Rooms that are over but wait until what they have handed over is kept.
  std::size_t ending_count() const { return ending_.size(); }

  bool has_room(const std::string& room_id) const { return number_of_room_id_.contains(room_id); }
  std::size_t room_count() const { return number_of_room_id_.size(); }

 private:
  struct Slot {
    std::unique_ptr<Room> room;
    MonotonicTime next_tick{};
  };

  Room* room_at(std::uint32_t number) { return number < rooms_.size() ? rooms_[number].room.get() : nullptr; }
  Room* room_of(const std::string& room_id);
  void run_tick(std::uint32_t number);
  void run_flush(std::uint32_t number, MonotonicTime tick_time);
  void schedule_tick(std::uint32_t number);
  void schedule_flush(std::uint32_t number, MonotonicTime tick_time, Nanoseconds after);
  void sweep();
  void dispose(std::uint32_t number);
  void let_go_of_finished();

  HostSettings settings_;
  LogicFactory factory_;
  const Clock& clock_;
  Scheduler& scheduler_;
  SessionTransport& transport_;
  DirectoryOutlet& directory_;
  Travel* travel_;
  Keeper* keeper_;
  PostOffice* post_office_;
  PartyRegistry* parties_;
  FrameBuffer scratch_;
  std::unordered_map<std::string, RoomListing> listings_;  // bound: rooms of the node
  std::vector<Slot> rooms_;  // bound: settings_.rooms_max
  std::vector<std::uint32_t> free_numbers_;
  std::vector<std::unique_ptr<Room>> ending_;  // bound: beyond settings_.rooms_max, with rooms_, no room is made
  std::unordered_map<std::string, std::uint32_t> number_of_room_id_;
  bool draining_ = false;
};

}  // namespace throng::room
