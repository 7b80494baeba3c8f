#include "room/room.h"

#include <fmt/format.h>

#include "base/assert.h"
#include "base/counters.h"
#include "base/log.h"
#include "base/random_id.h"
#include "protocol/codes.h"

namespace throng::room {
namespace {

constexpr std::chrono::milliseconds kPublishInterval{100};

}  // namespace

Room::Room(RoomIdentity identity, const content::RoomKindDef& def, RoomContext context, const MakeLogic& make_logic,
           SavedRoom saved)
    : identity_(std::move(identity)),
      def_(def),
      context_(context),
      tick_interval_(std::chrono::nanoseconds(std::chrono::seconds(1)) / def.tick_rate_hz),
      created_at_ms_(context.clock.unix_milliseconds()),
      saved_(std::move(saved)),
      metrics_(def.name),
      timer_(context.clock, context.tick_reader, {identity_.room_id, def_.name, identity_.filter, tick_interval_}),
      logic_(make_logic(*this)),
      accepted_messages_(logic_->accepted_messages()),
      empty_since_(context.clock.now()),
      checkpoint_at_(context.clock.now() + checkpoint_interval()),
      old_checkpoint_aside_(!saved_.world.empty() && !logic_->carried_on()) {
  saved_.world = {};
  THRONG_ASSERT(accepted_messages_.size() <= Session::kRatesMax, "a kind of room has more message types than rates");
  for (AcceptedMessage& message : accepted_messages_) {
    if (const content::MessageRateDef* rate = def_.message_rate(message.name)) {
      message.per_s = rate->per_s;
      message.burst = rate->burst;
    }
  }
  count(Counter::RoomsCreated);
  publish_if_changed();
}

Room::~Room() = default;

std::int64_t Room::now_ms() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(now().time_since_epoch()).count();
}

// Match-making

bool Room::reserve_seat(std::string session_id, JoinOptions options) {
  const std::optional<SessionSlot> slot = free_slot();
  if (!slot) return false;
  Session& session = sessions_[slot->value];
  session = Session{};
  session.phase = SessionPhase::Reserved;
  session.deadline = now() + std::chrono::milliseconds(def_.seat_timeout_ms);
  session.id = session_id;
  session.options = std::move(options);
  slot_of_session_id_.emplace(std::move(session_id), *slot);
  count(Counter::SeatsReserved);
  publish_if_changed();
  return true;
}

std::optional<SessionSlot> Room::free_slot() {
  if (!free_slots_.empty()) {
    const SessionSlot slot = free_slots_.back();
    free_slots_.pop_back();
    return slot;
  }
  if (sessions_.size() >= static_cast<std::size_t>(def_.max_clients)) return std::nullopt;
  sessions_.emplace_back();
  return SessionSlot{static_cast<std::uint32_t>(sessions_.size() - 1)};
}

std::optional<std::string> Room::session_of_token(std::string_view token) const {
  if (token.size() != kTokenLength) return std::nullopt;
  for (const Session& session : sessions_) {
    if (session.phase != SessionPhase::Free && session.token == token) return session.id;
  }
  return std::nullopt;
}

RoomListing Room::listing() const {
  const auto taken = static_cast<int>(slot_of_session_id_.size());
  return {.room_id = identity_.room_id,
          .name = def_.name,
          .process_id = identity_.process_id,
          .clients = taken,
          .max_clients = def_.max_clients,
          .locked = taken >= def_.max_clients,
          .is_private = def_.is_private,
          .is_lobby = def_.kind == content::RoomKind::Lobby,
          .created_at_ms = created_at_ms_,
          .metadata = def_.metadata,
          .filter = identity_.filter};
}

/// Tells the directory, at once when a room fills up or opens again and at most ten times a second otherwise.
void Room::publish_if_changed() {
  metrics_.seats(static_cast<std::int64_t>(slot_of_session_id_.size()));
  RoomListing current = listing();
  if (current == published_) return;
  const bool lock_changed = current.locked != published_.locked || published_.room_id.empty();
  if (!lock_changed && now() < published_at_ + kPublishInterval) return;  // the sweep comes back to it
  published_ = current;
  published_at_ = now();
  context_.directory.publish({identity_.room_id, std::move(current)});
}

std::vector<RoomListing> Room::listings() const {
  std::vector<RoomListing> found;
  for (const auto& [id, listing] : context_.listings) {
    if (!listing.is_private && !listing.is_lobby) found.push_back(listing);
  }
  std::sort(found.begin(), found.end(),
            [](const RoomListing& a, const RoomListing& b) { return a.room_id < b.room_id; });
  return found;
}

// Links

Connected Room::connect(LinkId link, const ConnectRequest& request) {
  const bool coming_back = !request.reconnection_token.empty();
  const auto found = slot_of_session_id_.find(request.session_id);
  if (found == slot_of_session_id_.end()) {
    count(coming_back ? Counter::TokenRefused : Counter::SeatRefused);
    refuse(link, protocol::kErrorSeatExpired,
           coming_back ? "reconnection token expired or unknown" : "seat reservation expired",
           coming_back ? protocol::kCloseReconnectRefused : protocol::kCloseWithError);
    return {};
  }
  return coming_back ? take_up_again(found->second, link, request) : take_seat(found->second, link, request);
}

Connected Room::take_seat(SessionSlot slot, LinkId link, const ConnectRequest& request) {
  if (sessions_[slot.value].phase != SessionPhase::Reserved) {
    count(Counter::SeatRefused);
    refuse(link, protocol::kErrorSeatExpired, "seat reservation was already used", protocol::kCloseWithError);
    return {};
  }
  sessions_[slot.value].joining = joining_span("room join", sessions_[slot.value], request);
  const ContextScope scope(sessions_[slot.value].joining.context());
  if (const std::optional<Refusal> refusal = logic_->join(slot, sessions_[slot.value].options)) {
    sessions_[slot.value].joining.set("game.join.code", refusal->code);
    sessions_[slot.value].joining.fail(refusal->text);
    sessions_[slot.value].joining.end();
    refuse(link, refusal->code, refusal->text, protocol::kCloseWithError);
    end_session(slot);
    return {};
  }
  Session& session = sessions_[slot.value];
  session.joined = true;
  metrics_.players(1);
  session.all_messages = TokenBucket(def_.messages_per_s_max, def_.messages_per_s_max);
  for (std::size_t i = 0; i < accepted_messages_.size(); ++i) {
    session.rates[i] = TokenBucket(accepted_messages_[i].per_s, accepted_messages_[i].burst);
  }
  greet(session, link, request.skip_handshake);
  return {true, slot};
}

Connected Room::take_up_again(SessionSlot slot, LinkId link, const ConnectRequest& request) {
  Session& session = sessions_[slot.value];
  if (!session.joined || session.token.empty() || session.token != request.reconnection_token) {
    count(Counter::TokenRefused);
    refuse(link, protocol::kErrorSeatExpired, "reconnection token is not valid", protocol::kCloseReconnectRefused);
    return {};
  }
  if (session.link != kNoLink) {  // the network changed under the client: the new socket wins
    context_.transport.abandon(session.link);
    detach_link(session);
    logic_->dropped(slot);
  }
  count(Counter::Reconnections);
  session.joining = joining_span("room reconnect", session, request);
  session.resuming = true;
  session.backed_up = false;
  greet(session, link, request.skip_handshake);
  return {true, slot};
}

/// Part of the trace that led to the seat; a reconnection is a trace of its own, or part of the one that its client names.
Span Room::joining_span(std::string_view name, const Session& session, const ConnectRequest& request) const {
  const bool coming_back = !request.reconnection_token.empty();
  const SpanContext& seat = session.options.trace;
  Span span(name, SpanKind::Server, coming_back || !seat.valid() ? request.trace : seat);
  span.set("game.room.id", identity_.room_id).set("game.room.kind", def_.name).set("game.session.id", session.id);
  span.link(coming_back ? seat : request.trace);
  return span;
}

/// Sends JOIN_ROOM with a fresh token and waits for the acknowledgement.
void Room::greet(Session& session, LinkId link, bool skip_handshake) {
  session.link = link;
  session.phase = SessionPhase::Greeted;
  session.deadline = now() + kAckTimeout;
  session.token = random_id(kTokenLength);
  ++linked_;
  protocol::JoinLayout layout = protocol::JoinLayout::Compatible;
  if (session.options.text("sdk") == "0.16") layout = protocol::JoinLayout::Plain;
  if (skip_handshake) layout = protocol::JoinLayout::SkipHandshake;
  context_.scratch.clear();
  protocol::write_join_room(context_.scratch, session.token, logic_->has_state() ? "schema" : "none",
                            logic_->reflection(), layout);
  context_.transport.send(link, context_.scratch);
}

void Room::refuse(LinkId link, int code, std::string_view text, std::uint16_t close_code) {
  context_.scratch.clear();
  protocol::write_error(context_.scratch, code, text);
  context_.transport.send(link, context_.scratch);
  context_.transport.close(link, close_code, text);
}

Session* Room::session_on(SessionSlot slot, LinkId link) {
  if (slot.value >= sessions_.size() || link == kNoLink || sessions_[slot.value].link != link) return nullptr;
  return &sessions_[slot.value];
}

void Room::on_link_drained(SessionSlot slot, LinkId link) {
  if (Session* session = session_on(slot, link)) session->backed_up = false;
}

void Room::on_link_closed(SessionSlot slot, LinkId link, std::uint16_t code) {
  Session* session = session_on(slot, link);
  if (session == nullptr) return;
  detach_link(*session);
  if (code == protocol::kCloseConsented) {
    end_session(slot);
    return;
  }
  count(Counter::SessionsDropped);
  session->phase = SessionPhase::Dropped;
  session->deadline = now() + std::chrono::milliseconds(def_.reconnect_grace_ms);
  logic_->dropped(slot);
}

void Room::detach_link(Session& session) {
  if (session.link == kNoLink) return;
  session.link = kNoLink;
  --linked_;
}

void Room::close_session(SessionSlot slot, std::uint16_t code, std::string_view reason) {
  Session& session = sessions_[slot.value];
  if (session.link != kNoLink) context_.transport.close(session.link, code, reason);
  end_session(slot);
}

void Room::end_session(SessionSlot slot) {
  Session& session = sessions_[slot.value];
  THRONG_ASSERT(session.phase != SessionPhase::Free, "a session ended twice");
  detach_link(session);
  session.joining.fail("the session ended before its client was in");
  if (session.joined) {
    metrics_.players(-1);
    logic_->leave(slot);
  } else {
    give_back(session);
  }
  slot_of_session_id_.erase(session.id);
  session = Session{};
  free_slots_.push_back(slot);
  if (slot_of_session_id_.empty()) empty_since_ = now();
  publish_if_changed();
}

void Room::dismiss(SessionSlot slot, std::string_view reason) {
  if (sessions_[slot.value].phase != SessionPhase::Free) close_session(slot, protocol::kCloseConsented, reason);
}

void Room::seek_seat(SessionSlot slot, const std::string& map, std::shared_ptr<const Arrival> arrival) {
  if (context_.travel == nullptr) return logic_->seat_found(slot, nullptr);
  context_.travel->find_seat({identity_.room_id, sessions_[slot.value].id, def_.name, map, std::move(arrival)});
}

bool Room::seat_found(const std::string& session_id, const TravelSeat* seat) {
  const auto found = slot_of_session_id_.find(session_id);
  if (found == slot_of_session_id_.end()) return false;
  logic_->seat_found(found->second, seat);
  return true;
}

/// The character of a seat that nobody took is free again.
void Room::give_back(const Session& session) {
  if (context_.admission != nullptr && session.options.arrival) context_.admission->give_back(session.options.arrival);
}

void Room::sweep() {
  const MonotonicTime time = now();
  for (std::uint32_t i = 0; i < sessions_.size(); ++i) sweep_session(SessionSlot{i}, time);
  publish_if_changed();
}

void Room::sweep_session(SessionSlot slot, MonotonicTime time) {
  const Session& session = sessions_[slot.value];
  switch (session.phase) {
    case SessionPhase::Free:
    case SessionPhase::Entering: return;
    case SessionPhase::Reserved:
      if (time < session.deadline) return;
      count(Counter::SeatsExpired);
      return end_session(slot);
    case SessionPhase::Dropped:
      if (time >= session.deadline) end_session(slot);
      return;
    case SessionPhase::Greeted:
      if (time >= session.deadline)
        close_session(slot, protocol::kCloseWithError, "JOIN_ROOM was not acknowledged in time");
      return;
    case SessionPhase::Live:
      if (!session.backed_up ||
          time < session.backed_up_since + std::chrono::milliseconds(def_.slow_client.close_after_ms))
        return;
      count(Counter::SlowReader);
      return close_session(slot, protocol::kCloseWithError, "this client does not read what it is sent");
  }
}

bool Room::disposable() const {
  if (!def_.auto_dispose || identity_.permanent || !slot_of_session_id_.empty()) return false;
  return now() >= empty_since_ + std::chrono::milliseconds(def_.auto_dispose_after_ms);
}

void Room::drain() {
  draining_ = true;
  for (std::uint32_t i = 0; i < sessions_.size(); ++i) {
    if (sessions_[i].phase != SessionPhase::Free)
      close_session(SessionSlot{i}, protocol::kCloseShutdown, "the server is shutting down");
  }
}

void Room::dispose() {
  disposed_ = true;
  checkpoint_at_ = now();  // with the last cut
  logic_->dispose();
  count(Counter::RoomsDisposed);
  context_.directory.publish({identity_.room_id, std::nullopt});
}

}  // namespace throng::room
