#include "room/kinds/lobby_room.h"

#include <map>
#include <set>

#include "base/iso_time.h"
#include "protocol/messages/lobby_filter.h"
#include "protocol/messages/server_messages.h"
#include "room/kinds/accepted.h"
#include "room/kinds/metadata.h"

namespace throng::room {
namespace {

/// What one client wants to hear of.
struct Filter {
  std::optional<std::string> name;
  Metadata metadata;  ///< empty: any

  bool lets_through(const RoomListing& listing) const {
    if (name && *name != listing.name) return false;
    return contains_all(parse_metadata(listing.metadata), metadata);
  }
};

/// One client: what it wants to hear of, and which rooms it has been shown and not told the end of.
struct Listener {
  Filter filter;
  std::set<std::string, std::less<>> shown;
};

class LobbyRoom final : public RoomLogic {
 public:
  explicit LobbyRoom(RoomControl& control) : control_(control) {}

  bool has_state() const override { return false; }
  std::vector<AcceptedMessage> accepted_messages() const override {
    return {accepted(protocol::lobby_filter_message())};
  }

  std::optional<Refusal> join(SessionSlot slot, const JoinOptions&) override {
    listeners_[slot] = Listener{};
    return std::nullopt;
  }
  void entered(SessionSlot slot) override { send_rooms(slot); }
  void leave(SessionSlot slot) override { listeners_.erase(slot); }

  MessageVerdict message(SessionSlot slot, const protocol::ClientFrame& frame) override {
    if (frame.type.text != protocol::lobby_filter_message().name) return {MessageVerdict::Kind::UnknownType, {}, {}};
    const auto wanted = protocol::decode_message<protocol::LobbyFilterMessage>(frame, scratch_);
    if (!wanted) return verdict_of(wanted.refusal());
    Filter filter{wanted->name, {}};
    if (wanted->metadata) filter.metadata = read_metadata(*wanted->metadata);
    listeners_[slot].filter = std::move(filter);
    send_rooms(slot);
    return {};
  }

  void directory_changed(const DirectoryChange& change) override {
    for (auto& [slot, listener] : listeners_) tell(slot, listener, change);
  }

 private:
  void send_rooms(SessionSlot slot) {
    Listener& listener = listeners_[slot];
    std::vector<RoomListing> shown = control_.listings();
    std::erase_if(shown, [&](const RoomListing& listing) { return !listener.filter.lets_through(listing); });
    listener.shown.clear();
    for (const RoomListing& listing : shown) listener.shown.insert(listing.room_id);
    ByteWriter payload;
    protocol::MsgpackWriter writer(payload);
    writer.array(shown.size());
    for (const RoomListing& listing : shown) write_listing(writer, listing, false);
    control_.send(slot, protocol::kLobbyRooms, payload.view());
  }

  /// `-` is only for rooms that this client knows: the id of any other is none of its business.
  void tell(SessionSlot slot, Listener& listener, const DirectoryChange& change) {
    const bool visible = change.listing && !change.listing->is_private && !change.listing->is_lobby &&
                         listener.filter.lets_through(*change.listing);
    if (visible) {
      listener.shown.insert(change.room_id);
    } else if (listener.shown.erase(change.room_id) == 0) {
      return;
    }
    ByteWriter payload;
    protocol::MsgpackWriter writer(payload);
    if (visible) {
      write_listing(writer, *change.listing, true);
    } else {
      writer.string(change.room_id);
    }
    control_.send(slot, visible ? protocol::kLobbyRoomChanged : protocol::kLobbyRoomRemoved, payload.view());
  }

  static void write_listing(protocol::MsgpackWriter& writer, const RoomListing& listing, bool as_change) {
    ByteWriter metadata;
    write_metadata(parse_metadata(listing.metadata), metadata);
    const std::string created_at = iso_time(listing.created_at_ms);
    const protocol::RoomListing wire{.room_id = listing.room_id,
                                     .process_id = listing.process_id,
                                     .name = listing.name,
                                     .clients = static_cast<std::uint32_t>(listing.clients),
                                     .clients_max = static_cast<std::uint32_t>(listing.max_clients),
                                     .locked = listing.locked,
                                     .is_private = listing.is_private,
                                     .created_at = created_at,
                                     .public_address = std::nullopt,
                                     .metadata_msgpack = metadata.view()};
    if (as_change) {
      protocol::encode_room_changed(writer, wire);
    } else {
      protocol::encode(writer, wire);
    }
  }

  RoomControl& control_;
  std::map<SessionSlot, Listener> listeners_;  // by session in the room
  protocol::MsgpackDocument scratch_;
};

}  // namespace

std::unique_ptr<RoomLogic> make_lobby_room(RoomControl& control) { return std::make_unique<LobbyRoom>(control); }

}  // namespace throng::room
