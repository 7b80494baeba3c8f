#pragma once
// Gives out seats: finds a room or makes one, reserves, and answers. One per node, on one worker's thread; the rooms
// themselves are reached by message.

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "base/trace.h"
#include "content/server/rooms_def.h"
#include "gateway/match_request.h"
#include "room/admission.h"
#include "room/ports.h"
#include "room/room_host.h"

namespace throng::gateway {

/// A seat that was reserved.
struct Seat {
  std::string name;
  std::string session_id;
  std::string room_id;
  std::string process_id;
  int clients = 0;
  int max_clients = 0;
};

using MatchReply = std::variant<Seat, MatchError>;
using OnMatched = std::function<void(MatchReply)>;

/// How the matchmaker reaches the hosts of rooms: calls travel by mailbox, answers come back on the matchmaker's thread.
class RoomHosts {
 public:
  virtual ~RoomHosts() = default;
  virtual std::size_t worker_count() const = 0;
  /// Makes the room and reserves the first seat in one step; false when either failed.
  virtual void create(std::size_t worker, room::NewRoom room, room::SeatRequest first_seat,
                      std::function<void(bool)> reply) = 0;
  virtual void create_empty(std::size_t worker, room::NewRoom room) = 0;
  virtual void reserve(std::size_t worker, std::string room_id, room::SeatRequest seat,
                       std::function<void(bool)> reply) = 0;
  virtual void find_token(std::size_t worker, std::string room_id, std::string token,
                          std::function<void(std::optional<std::string>)> reply) = 0;
  /// As room::Admission; without one everybody is a guest.
  virtual void admit(room::AdmissionRequest, std::function<void(room::AdmissionReply)> reply) {
    reply(room::Admitted{});
  }
  virtual void give_back(const std::shared_ptr<const room::Arrival>&) {}
  /// Lets every worker know.
  virtual void announce(const room::DirectoryChange& change) = 0;
};

class MatchMetrics;

class Matchmaker {
 public:
  /// A room that others filled meanwhile is passed over so many times before the client is told.
  static constexpr int kTriesMax = 8;

  Matchmaker(const content::RoomsDef& rooms, room::RoomDirectory& directory, RoomHosts& hosts, std::string process_id,
             const Clock& clock);
  ~Matchmaker();

  /// Makes the rooms that the configuration wants to be there always.
  void start();

  void handle(MatchRequest request, OnMatched reply);
  /// The worker that has the room, if it is one of ours.
  std::optional<std::size_t> worker_of(const std::string& room_id) const;
  /// From a room: what it is now, or that it is gone.
  void apply(const room::DirectoryChange& change);

  /// From now on every request is refused with 503.
  void drain() { draining_ = true; }
  bool draining() const { return draining_; }

 private:
  struct Pending {
    MatchRequest request;
    OnMatched reply;
    const content::RoomKindDef* def = nullptr;
    std::string filter;
    std::shared_ptr<const room::Arrival> admitted;  ///< goes back when there is no seat for it
    int tries = 0;
    Span span;
    Span admission_span;
  };
  using PendingPtr = std::shared_ptr<Pending>;

  void refuse(const PendingPtr& pending, int code, std::string text);
  void answer(const PendingPtr& pending, const Seat& seat);
  void admit(const PendingPtr& pending, std::function<void()> then);
  void enter(const PendingPtr& pending);
  void find_room(const PendingPtr& pending);
  void create_room(const PendingPtr& pending);
  void join_by_id(const PendingPtr& pending);
  void reconnect(const PendingPtr& pending);
  void reserve(const PendingPtr& pending, const room::RoomListing& listing);
  void on_full(const PendingPtr& pending, room::RoomListing listing);
  std::string take_place(const content::RoomKindDef& def, const std::string& filter);
  room::NewRoom new_room(const content::RoomKindDef& def, std::string filter, bool permanent);
  void note_created(const room::NewRoom& room, std::size_t worker, int clients);
  std::size_t emptiest_worker() const;

  const content::RoomsDef& rooms_;
  room::RoomDirectory& directory_;
  RoomHosts& hosts_;
  const std::string process_id_;
  const Clock& clock_;
  const std::unique_ptr<MatchMetrics> metrics_;
  std::unordered_map<std::string, std::size_t> worker_of_room_;  // bound: HostSettings::rooms_max per worker
  std::unordered_map<std::string, std::string>
      place_of_room_;  // of those that carry on after a restart; the same bound
  std::unordered_set<std::string> places_;  // those of place_of_room_
  std::vector<std::size_t> rooms_on_worker_;
  bool draining_ = false;
};

}  // namespace throng::gateway
