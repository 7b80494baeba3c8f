#include "room/room_host.h"

#include "base/allocations.h"
#include "base/assert.h"
#include "base/counters.h"
#include "base/trace.h"

namespace throng::room {
namespace {

constexpr std::chrono::milliseconds kSweepInterval{100};
/// A room that is further behind skips the lost ticks instead of running them in a burst.
constexpr int kTicksBehindMax = 5;

/// Counts what the enclosed part of a tick allocates.
class AllocationScope {
 public:
  AllocationScope() : before_(allocations_of_this_thread()) {}
  ~AllocationScope() {
    if (const std::uint64_t made = allocations_of_this_thread() - before_; made > 0)
      count(Counter::TickAllocations, made);
  }
  AllocationScope(const AllocationScope&) = delete;
  AllocationScope& operator=(const AllocationScope&) = delete;

 private:
  std::uint64_t before_;
};

Span room_span(std::string_view name, const RoomIdentity& identity, const content::RoomKindDef& def,
               const SpanContext& parent) {
  Span span(name, SpanKind::Internal, parent);
  span.set("game.room.id", identity.room_id).set("game.room.kind", def.name);
  if (!identity.filter.empty()) span.set("game.room.place", identity.filter);
  return span;
}

}  // namespace

RoomHost::RoomHost(HostSettings settings, LogicFactory factory, const Clock& clock, Scheduler& scheduler,
                   SessionTransport& transport, DirectoryOutlet& directory, Travel* travel, Keeper* keeper,
                   PostOffice* post_office, PartyRegistry* parties)
    : settings_(std::move(settings)),
      factory_(std::move(factory)),
      clock_(clock),
      scheduler_(scheduler),
      transport_(transport),
      directory_(directory),
      travel_(travel),
      keeper_(keeper),
      post_office_(post_office),
      parties_(parties) {}

void RoomHost::start() { sweep(); }

bool RoomHost::create_room(NewRoom wanted) {
  if (draining_ || number_of_room_id_.size() + ending_.size() >= settings_.rooms_max ||
      number_of_room_id_.contains(wanted.identity.room_id))
    return false;
  const MakeLogic make_logic = factory_(wanted.def, wanted.identity.filter, settings_.content);
  if (!make_logic) return false;
  std::optional<SavedRoom> saved = SavedRoom{};
  if (settings_.saved_rooms != nullptr) saved = settings_.saved_rooms->take(wanted.identity.place);
  if (!saved) return false;
  std::uint32_t number = static_cast<std::uint32_t>(rooms_.size());
  if (free_numbers_.empty()) {
    rooms_.emplace_back();
  } else {
    number = free_numbers_.back();
    free_numbers_.pop_back();
  }
  Span span = room_span("room create", wanted.identity, wanted.def, wanted.trace);
  wanted.identity.process_id = settings_.process_id;
  number_of_room_id_.emplace(wanted.identity.room_id, number);
  Span restoring;
  if (!saved->world.empty()) {
    restoring = room_span("room restore", wanted.identity, wanted.def, span.context());
    restoring.set("game.room.saved_bytes", saved->world.size());
  }
  const ContextScope scope(span.context());
  Slot& slot = rooms_[number];
  slot.room = std::make_unique<Room>(std::move(wanted.identity), wanted.def,
                                     RoomContext{clock_, transport_, directory_, listings_, scratch_, travel_, keeper_,
                                                 settings_.admission, settings_.tick_reader, post_office_, parties_},
                                     make_logic, *std::move(saved));
  restoring.set("game.room.carried_on", slot.room->carried_on());
  restoring.end();
  slot.next_tick = clock_.now() + slot.room->tick_interval();
  if (slot.room->has_ticks()) schedule_tick(number);
  return true;
}

bool RoomHost::reserve_seat(const std::string& room_id, SeatRequest request) {
  Room* room = room_of(room_id);
  return room != nullptr && room->reserve_seat(std::move(request.session_id), std::move(request.options));
}

std::optional<std::string> RoomHost::session_of_token(const std::string& room_id, std::string_view token) const {
  const auto found = number_of_room_id_.find(room_id);
  if (found == number_of_room_id_.end()) return std::nullopt;
  return rooms_[found->second].room->session_of_token(token);
}

std::optional<SessionAddress> RoomHost::connect(LinkId link, const ConnectRequest& request) {
  const auto found = number_of_room_id_.find(request.room_id);
  THRONG_ASSERT(found != number_of_room_id_.end(), "callers route links to rooms that this host has");
  const Connected connected = rooms_[found->second].room->connect(link, request);
  if (!connected.accepted) return std::nullopt;
  return SessionAddress{found->second, connected.slot};
}

void RoomHost::on_frame(SessionAddress address, LinkId link, ByteSpan frame) {
  if (Room* room = room_at(address.room_number)) room->on_frame(address.slot, link, frame);
}

void RoomHost::on_link_drained(SessionAddress address, LinkId link) {
  if (Room* room = room_at(address.room_number)) room->on_link_drained(address.slot, link);
}

void RoomHost::on_link_closed(SessionAddress address, LinkId link, std::uint16_t code) {
  if (Room* room = room_at(address.room_number)) room->on_link_closed(address.slot, link, code);
}

bool RoomHost::seat_found(const std::string& room_id, const std::string& session_id,
                          const std::optional<TravelSeat>& seat) {
  Room* room = room_of(room_id);
  return room != nullptr && room->seat_found(session_id, seat ? &*seat : nullptr);
}

void RoomHost::expel_account(AccountId account, std::string_view text) {
  for (const Slot& slot : rooms_) {
    if (slot.room) slot.room->expel_account(account, text);
  }
}

void RoomHost::cut_done(const CutOutcome& outcome) {
  if (Room* room = room_of(outcome.room_id)) return room->cut_done(outcome);
  for (const std::unique_ptr<Room>& room : ending_) {
    if (room->room_id() == outcome.room_id) room->cut_done(outcome);
  }
  let_go_of_finished();
}

void RoomHost::post_replied(const PostReply& reply) {
  if (Room* room = room_of(reply.room_id)) room->post_replied(reply);
}

void RoomHost::mail_arrived(CharacterId recipient) {
  for (const Slot& slot : rooms_) {
    if (slot.room) slot.room->mail_arrived(recipient);
  }
}

void RoomHost::party_replied(const PartyReply& reply) {
  if (Room* room = room_of(reply.room_id)) room->party_replied(reply);
}

void RoomHost::party_told(const PartyTold& told) {
  for (const Slot& slot : rooms_) {
    if (slot.room) slot.room->party_told(told);
  }
}

void RoomHost::directory_changed(const DirectoryChange& change) {
  if (change.listing) {
    listings_[change.room_id] = *change.listing;
  } else {
    listings_.erase(change.room_id);
  }
  for (const Slot& slot : rooms_) {
    if (slot.room) slot.room->directory_changed(change);
  }
}

void RoomHost::adopt_content(SharedContent content) {
  settings_.content = std::move(content);
  for (const Slot& slot : rooms_) {
    if (slot.room) slot.room->adopt_content(settings_.content);
  }
}

std::vector<RoomContentStatus> RoomHost::content_status() const {
  std::vector<RoomContentStatus> all;
  for (const Slot& slot : rooms_) {
    if (!slot.room) continue;
    std::optional<ContentStatus> status = slot.room->content_status();
    if (!status) continue;
    const RoomListing listing = slot.room->listing();
    all.push_back({listing.room_id, listing.name, listing.filter, *std::move(status)});
  }
  return all;
}

void RoomHost::drain() {
  draining_ = true;
  for (std::uint32_t number = 0; number < rooms_.size(); ++number) {
    if (!rooms_[number].room) continue;
    rooms_[number].room->drain();
    dispose(number);
  }
}

Room* RoomHost::room_of(const std::string& room_id) {
  const auto found = number_of_room_id_.find(room_id);
  return found == number_of_room_id_.end() ? nullptr : rooms_[found->second].room.get();
}

/// Timers name a room by number; one that was set for an earlier room of the same number finds `next_tick` elsewhere.
void RoomHost::schedule_tick(std::uint32_t number) {
  const MonotonicTime when = rooms_[number].next_tick;
  scheduler_.call_at(when, [this, number, when] {  // the host outlives its thread's timers
    if (room_at(number) != nullptr && rooms_[number].next_tick == when) run_tick(number);
  });
}

void RoomHost::run_tick(std::uint32_t number) {
  const AllocationScope scope;
  scheduler_.poll_inputs();
  Room* room = room_at(number);
  if (room == nullptr) return;
  const MonotonicTime due = rooms_[number].next_tick;
  const MonotonicTime now = clock_.now();
  if (now > due + room->tick_interval()) count(Counter::TicksLate);
  room->tick(due);
  MonotonicTime& next = rooms_[number].next_tick;
  next = due + room->tick_interval();
  if (now > next + kTicksBehindMax * room->tick_interval()) next = now + room->tick_interval();
  run_flush(number, due);
  if (room_at(number) == room) schedule_tick(number);
}

void RoomHost::run_flush(std::uint32_t number, MonotonicTime tick_time) {
  Room* room = room_at(number);
  if (room == nullptr || !room->flushing()) return;
  if (const std::optional<Nanoseconds> after = room->flush_group()) schedule_flush(number, tick_time, *after);
}

void RoomHost::schedule_flush(std::uint32_t number, MonotonicTime tick_time, Nanoseconds after) {
  scheduler_.call_at(tick_time + after, [this, number, tick_time] {
    const AllocationScope scope;
    // A tick that came in between has sent this one's groups and scheduled its own.
    Room* room = room_at(number);
    if (room != nullptr && rooms_[number].next_tick == tick_time + room->tick_interval()) run_flush(number, tick_time);
  });
}

void RoomHost::sweep() {
  for (std::uint32_t number = 0; number < rooms_.size(); ++number) {
    Room* room = rooms_[number].room.get();
    if (room == nullptr) continue;
    room->sweep();
    if (room->disposable()) dispose(number);
  }
  let_go_of_finished();
  scheduler_.call_at(scheduler_.now() + kSweepInterval, [this] { sweep(); });
}

void RoomHost::dispose(std::uint32_t number) {
  std::unique_ptr<Room> room = std::move(rooms_[number].room);
  number_of_room_id_.erase(room->room_id());
  free_numbers_.push_back(number);
  room->dispose();
  if (!room->finished()) ending_.push_back(std::move(room));
}

void RoomHost::let_go_of_finished() {
  std::erase_if(ending_, [](const std::unique_ptr<Room>& room) { return room->finished(); });
}

}  // namespace throng::room
