#include "gateway/matchmaker.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/counters.h"
#include "base/random_id.h"
#include "gateway/match_metrics.h"
#include "protocol/codes.h"

namespace throng::gateway {
namespace {

constexpr int kShuttingDown = 503;

bool has_map(const content::RoomKindDef& def, std::string_view map) {
  return std::find(def.world->maps.begin(), def.world->maps.end(), map) != def.world->maps.end();
}

/// Rooms of one name with different filters are different places: worlds differ by map. Nothing: not a map of this room.
std::optional<std::string> filter_of(const content::RoomKindDef& def, const room::JoinOptions& options) {
  if (!def.world) return std::string();
  const std::string map(options.text("map").value_or(def.world->default_map));
  if (!has_map(def, map)) return std::nullopt;
  return map;
}

Seat seat_in(const room::RoomListing& listing, std::string session_id) {
  return {listing.name,       std::move(session_id), listing.room_id,
          listing.process_id, listing.clients,       listing.max_clients};
}

/// Part of the request's trace. Somebody who goes from room to room begins one.
Span match_span(const MatchRequest& request) {
  const std::string_view method = match_method_name(request.method);
  Span span(tracing_enabled() ? fmt::format("match {}", method) : std::string(), SpanKind::Internal, request.trace);
  const bool by_id = request.method == MatchMethod::JoinById || request.method == MatchMethod::Reconnect;
  span.set("game.match.method", method).set(by_id ? "game.room.id" : "game.room.kind", request.target);
  span.set("game.match.travels", request.options.arrival != nullptr);
  return span;
}

}  // namespace

Matchmaker::~Matchmaker() = default;

Matchmaker::Matchmaker(const content::RoomsDef& rooms, room::RoomDirectory& directory, RoomHosts& hosts,
                       std::string process_id, const Clock& clock)
    : rooms_(rooms),
      directory_(directory),
      hosts_(hosts),
      process_id_(std::move(process_id)),
      clock_(clock),
      metrics_(std::make_unique<MatchMetrics>()),
      rooms_on_worker_(hosts.worker_count(), 0) {
  directory_.watch([this](const room::DirectoryChange& change) { hosts_.announce(change); });
}

void Matchmaker::start() {
  for (const content::RoomKindDef& def : rooms_.rooms) {
    if (!def.keep_at_least_one) continue;
    room::NewRoom room = new_room(def, def.world ? def.world->default_map : std::string(), true);
    const std::size_t worker = emptiest_worker();
    note_created(room, worker, 0);
    hosts_.create_empty(worker, std::move(room));
  }
}

void Matchmaker::handle(MatchRequest request, OnMatched reply) {
  auto pending = std::make_shared<Pending>();
  pending->request = std::move(request);
  pending->reply = [this, method = pending->request.method, began = clock_.now(),
                    reply = std::move(reply)](MatchReply answer) {
    metrics_->answered(method, answer, clock_.now() - began);
    reply(std::move(answer));
  };
  pending->span = match_span(pending->request);
  pending->request.options.trace = pending->span.context();
  const ContextScope scope(pending->span.context());
  if (draining_) return refuse(pending, kShuttingDown, "the server is shutting down");
  const MatchMethod method = pending->request.method;
  if (method == MatchMethod::JoinById) return join_by_id(pending);
  if (method == MatchMethod::Reconnect) return reconnect(pending);
  pending->def = rooms_.find(pending->request.target);
  if (pending->def == nullptr) {
    return refuse(pending, protocol::kErrorUnknownRoom,
                  fmt::format("provided room name \"{}\" is not defined", pending->request.target));
  }
  std::optional<std::string> filter = filter_of(*pending->def, pending->request.options);
  if (!filter) {
    return refuse(pending, protocol::kErrorApplication,
                  fmt::format("this room has no such map; it has: {}", fmt::join(pending->def->world->maps, ", ")));
  }
  pending->filter = std::move(*filter);
  admit(pending, [this, pending] { enter(pending); });
}

/// Finds out who it is, and with which character, before anything is reserved. Who travels has been admitted already.
void Matchmaker::admit(const PendingPtr& pending, std::function<void()> then) {
  MatchRequest& request = pending->request;
  if (request.options.arrival) return then();
  const bool to_world = pending->def != nullptr && pending->def->kind == content::RoomKind::World;
  pending->admission_span = Span("match admission", SpanKind::Internal, pending->span.context());
  const ContextScope scope(pending->admission_span.context());  // goes on to the store
  hosts_.admit({request.bearer_token, request.address, to_world, request.options},
               [this, pending, then = std::move(then)](room::AdmissionReply reply) {
                 pending->admission_span.end();
                 const ContextScope back(pending->span.context());
                 if (auto* no = std::get_if<room::NotAdmitted>(&reply))
                   return refuse(pending, no->code, std::move(no->text));
                 pending->admitted = std::get<room::Admitted>(std::move(reply)).arrival;
                 pending->request.options.arrival = pending->admitted;
                 if (draining_) return refuse(pending, kShuttingDown, "the server is shutting down");
                 then();
               });
}

/// By name. A character that asks for no map goes where it was.
void Matchmaker::enter(const PendingPtr& pending) {
  const MatchMethod method = pending->request.method;
  const room::Arrival* arrival = pending->admitted.get();
  if (arrival != nullptr && pending->def->world && !pending->request.options.text("map") &&
      has_map(*pending->def, arrival->map))
    pending->filter = arrival->map;
  // Nobody finds a private room by its name.
  if (method == MatchMethod::Create || (method == MatchMethod::JoinOrCreate && pending->def->is_private))
    return create_room(pending);
  find_room(pending);
}

void Matchmaker::refuse(const PendingPtr& pending, int code, std::string text) {
  count(Counter::MatchmakeRefused);
  if (pending->admitted) hosts_.give_back(pending->admitted);
  pending->span.set("game.match.code", code).set("game.match.tries", pending->tries + 1);
  if (code == kShuttingDown || code == protocol::kErrorUnhandled) pending->span.fail(text);
  pending->span.end();
  pending->reply(MatchError{code, std::move(text)});
}

void Matchmaker::answer(const PendingPtr& pending, const Seat& seat) {
  pending->span.set("game.room.id", seat.room_id).set("game.session.id", seat.session_id);
  pending->span.set("game.room.kind", seat.name).set("game.match.tries", pending->tries + 1);
  pending->span.end();
  pending->reply(seat);
}

void Matchmaker::find_room(const PendingPtr& pending) {
  directory_.find({pending->def->name, pending->filter}, [this, pending](std::optional<room::RoomListing> listing) {
    if (listing) return reserve(pending, *listing);
    if (pending->request.method == MatchMethod::JoinOrCreate) return create_room(pending);
    refuse(pending, protocol::kErrorNoMatch, "no rooms found with provided criteria");
  });
}

void Matchmaker::reserve(const PendingPtr& pending, const room::RoomListing& listing) {
  const std::optional<std::size_t> worker = worker_of(listing.room_id);
  if (!worker)
    return refuse(pending, protocol::kErrorRoomMissing, fmt::format("room \"{}\" is not here", listing.room_id));
  std::string session_id = random_id(kPublicIdLength);
  hosts_.reserve(*worker, listing.room_id, {session_id, pending->request.options},
                 [this, pending, listing, session_id](bool reserved) {
                   if (!reserved) return on_full(pending, listing);
                   answer(pending, seat_in(listing, session_id));
                 });
}

/// Others took the last seats while we asked. The listing will catch up by itself; until then it must not be found again.
void Matchmaker::on_full(const PendingPtr& pending, room::RoomListing listing) {
  const bool by_name =
      pending->request.method == MatchMethod::JoinOrCreate || pending->request.method == MatchMethod::Join;
  if (!by_name || ++pending->tries >= kTriesMax) {
    return refuse(pending, protocol::kErrorRoomMissing, fmt::format("room \"{}\" is locked", listing.room_id));
  }
  if (worker_of(listing.room_id)) {
    listing.locked = true;
    directory_.apply({listing.room_id, listing});
  }
  find_room(pending);
}

void Matchmaker::create_room(const PendingPtr& pending) {
  room::NewRoom room = new_room(*pending->def, pending->filter, false);
  room.trace = pending->span.context();
  const std::size_t worker = emptiest_worker();
  note_created(room, worker, 1);
  const std::string session_id = random_id(kPublicIdLength);
  const Seat seat{room.def.name, session_id, room.identity.room_id, process_id_, 1, room.def.max_clients};
  hosts_.create(worker, std::move(room), {session_id, pending->request.options}, [this, pending, seat](bool created) {
    if (created) return answer(pending, seat);
    apply({seat.room_id, std::nullopt});
    refuse(pending, protocol::kErrorUnhandled,
           "the room could not be made: this server has too many, or its database has been away for long");
  });
}

void Matchmaker::join_by_id(const PendingPtr& pending) {
  directory_.get(pending->request.target, [this, pending](std::optional<room::RoomListing> listing) {
    if (!listing)
      return refuse(pending, protocol::kErrorRoomMissing,
                    fmt::format("room \"{}\" not found", pending->request.target));
    if (listing->locked)
      return refuse(pending, protocol::kErrorRoomMissing, fmt::format("room \"{}\" is locked", listing->room_id));
    pending->def = rooms_.find(listing->name);
    admit(pending, [this, pending, listing] { reserve(pending, *listing); });
  });
}

void Matchmaker::reconnect(const PendingPtr& pending) {
  if (pending->request.reconnection_token.empty())
    return refuse(pending, protocol::kErrorUnhandled, "'reconnectionToken' must be provided");
  const std::string& room_id = pending->request.target;
  const std::optional<std::size_t> worker = worker_of(room_id);
  if (!worker)
    return refuse(pending, protocol::kErrorRoomMissing, fmt::format("room \"{}\" has been disposed", room_id));
  hosts_.find_token(
      *worker, room_id, pending->request.reconnection_token, [this, pending](std::optional<std::string> session_id) {
        if (!session_id) return refuse(pending, protocol::kErrorSeatExpired, "reconnection token invalid or expired");
        directory_.get(pending->request.target, [this, pending, session_id](std::optional<room::RoomListing> listing) {
          if (!listing) return refuse(pending, protocol::kErrorRoomMissing, "the room has been disposed");
          answer(pending, seat_in(*listing, *session_id));
        });
      });
}

std::optional<std::size_t> Matchmaker::worker_of(const std::string& room_id) const {
  const auto found = worker_of_room_.find(room_id);
  if (found == worker_of_room_.end()) return std::nullopt;
  return found->second;
}

void Matchmaker::apply(const room::DirectoryChange& change) {
  const auto known = worker_of_room_.find(change.room_id);
  if (known == worker_of_room_.end()) return;  // it is gone already
  if (!change.listing) {
    --rooms_on_worker_[known->second];
    worker_of_room_.erase(known);
    if (const auto place = place_of_room_.find(change.room_id); place != place_of_room_.end()) {
      places_.erase(place->second);
      place_of_room_.erase(place);
    }
  }
  directory_.apply(change);
}

room::NewRoom Matchmaker::new_room(const content::RoomKindDef& def, std::string filter, bool permanent) {
  std::string place = take_place(def, filter);
  return {{random_id(kPublicIdLength), process_id_, std::move(filter), permanent, std::move(place)}, def};
}

/// The first of a kind and map is number 0: so rooms that are made again after a restart find what they were.
std::string Matchmaker::take_place(const content::RoomKindDef& def, const std::string& filter) {
  if (!def.world || !def.world->persistent || def.is_private) return {};
  for (int number = 0;; ++number) {
    std::string place = fmt::format("{}/{}/{}", def.name, filter, number);
    if (!places_.contains(place)) return place;
  }
}

/// A room is listed before its thread has made it, so that those who ask at the same moment share it.
void Matchmaker::note_created(const room::NewRoom& room, std::size_t worker, int clients) {
  worker_of_room_.emplace(room.identity.room_id, worker);
  if (!room.identity.place.empty()) {
    place_of_room_.emplace(room.identity.room_id, room.identity.place);
    places_.insert(room.identity.place);
  }
  ++rooms_on_worker_[worker];
  directory_.apply({room.identity.room_id, room::RoomListing{.room_id = room.identity.room_id,
                                                             .name = room.def.name,
                                                             .process_id = process_id_,
                                                             .clients = clients,
                                                             .max_clients = room.def.max_clients,
                                                             .locked = clients >= room.def.max_clients,
                                                             .is_private = room.def.is_private,
                                                             .is_lobby = room.def.kind == content::RoomKind::Lobby,
                                                             .created_at_ms = clock_.unix_milliseconds(),
                                                             .metadata = room.def.metadata,
                                                             .filter = room.identity.filter}});
}

std::size_t Matchmaker::emptiest_worker() const {
  return static_cast<std::size_t>(std::min_element(rooms_on_worker_.begin(), rooms_on_worker_.end()) -
                                  rooms_on_worker_.begin());
}

}  // namespace throng::gateway
