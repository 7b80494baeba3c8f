#include "room/kinds/lobby_room.h"

#include <map>

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

class LobbyRoom final : public RoomLogic {
 public:
  explicit LobbyRoom(RoomControl& control) : control_(control) {}

  bool has_state() const override { return false; }
  std::vector<AcceptedMessage> accepted_messages() const override { return {accepted(protocol::lobby_filter_message())}; }

  std::optional<Refusal> join(SessionSlot slot, const JoinOptions&) override {
    filters_[slot] = Filter{};
    return std::nullopt;
  }
  void entered(SessionSlot slot) override { send_rooms(slot); }
  void leave(SessionSlot slot) override { filters_.erase(slot); }

  MessageVerdict message(SessionSlot slot, const protocol::ClientFrame& frame) override {
    if (frame.type.text != protocol::lobby_filter_message().name) return {MessageVerdict::Kind::UnknownType, {}, {}};
    const auto wanted = protocol::decode_message<protocol::LobbyFilterMessage>(frame, scratch_);
    if (!wanted) return verdict_of(wanted.refusal());
    Filter filter{wanted->name, {}};
    if (wanted->metadata) filter.metadata = read_metadata(*wanted->metadata);
    filters_[slot] = std::move(filter);
    send_rooms(slot);
    return {};
  }

  void directory_changed(const DirectoryChange& change) override {
    for (const auto& [slot, filter] : filters_) tell(slot, filter, change);
  }

 private:
  void send_rooms(SessionSlot slot) {
    const Filter& filter = filters_[slot];
    std::vector<RoomListing> shown = control_.listings();
    std::erase_if(shown, [&](const RoomListing& listing) { return !filter.lets_through(listing); });
    ByteWriter payload;
    protocol::MsgpackWriter writer(payload);
    writer.array(shown.size());
    for (const RoomListing& listing : shown) write_listing(writer, listing, false);
    control_.send(slot, protocol::kLobbyRooms, payload.view());
  }

  void tell(SessionSlot slot, const Filter& filter, const DirectoryChange& change) {
    ByteWriter payload;
    protocol::MsgpackWriter writer(payload);
    const bool shown = change.listing && !change.listing->is_private && !change.listing->is_lobby && filter.lets_through(*change.listing);
    if (shown) {
      write_listing(writer, *change.listing, true);
    } else {
      writer.string(change.room_id);
    }
    control_.send(slot, shown ? protocol::kLobbyRoomChanged : protocol::kLobbyRoomRemoved, payload.view());
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
  std::map<SessionSlot, Filter> filters_;  // by session in the room
  protocol::MsgpackDocument scratch_;
};

}  // namespace

std::unique_ptr<RoomLogic> make_lobby_room(RoomControl& control) { return std::make_unique<LobbyRoom>(control); }

}  // namespace throng::room
