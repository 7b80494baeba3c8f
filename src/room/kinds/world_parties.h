#pragma once
// Parties of characters that are kept, in a world room: from a player's wish over the registry to what the members who are
// here are told, and to the group that they are in the world. Parties with guests are the world's own (sim/party/party.h).

#include <cstdint>
#include <vector>

#include "protocol/messages/party.h"
#include "protocol/wire/msgpack.h"
#include "room/kinds/world_members.h"
#include "room/kinds/world_news.h"
#include "room/party_registry.h"
#include "sim/world.h"

namespace throng::room {

/// Room's thread; what it refers to outlives it.
class WorldParties {
 public:
  /// Wishes of one player that wait for their answer.
  static constexpr std::size_t kWishesPerPlayerMax = 4;
  /// The registry is asked so often who of the members here has gone or come elsewhere.
  static constexpr std::uint32_t kLookSeconds = 5;

  /// @param inbox  takes the intents for the next tick
  WorldParties(RoomControl& control, WorldMembers& members, const sim::World& world, WorldNews& news,
               std::vector<sim::Intent>& inbox)
      : control_(control), members_(members), world_(world), news_(news), inbox_(inbox) {}

  /// Nothing: it is the world's business, as it is with a guest.
  std::optional<MessageVerdict> message(SessionSlot slot, const protocol::ClientFrame& frame);
  /// Behind the intent that brings the member into the world.
  void spawned(const Member& member);
  void replied(const PartyReply& reply);
  void told(const PartyTold& told);
  /// Looks, when it is time to.
  void end_tick();

 private:
  struct Wish {
    std::uint64_t number = 0;
    sim::PlayerKey key;
    Question question;
  };

  bool is_worlds(const Member& member, const protocol::PartyMessage& message) const;
  void look();
  void hear_of(SessionSlot slot, const SharedRoster& roster, const PartyTold* told);
  void take_roster(SessionSlot slot, Member& member, const SharedRoster& roster, const PartyTold* told);
  void tell_changes(SessionSlot slot, const Member& member, const PartyRoster* before, const PartyRoster& now,
                    const PartyTold* told);
  void tell_in_party(SessionSlot slot, const PartyRoster& before, const PartyRoster& now, const PartyTold* told);
  void tell_line(SessionSlot slot, sim::PartyNews news, const PartyMate& about);

  RoomControl& control_;
  WorldMembers& members_;
  const sim::World& world_;
  WorldNews& news_;
  std::vector<sim::Intent>& inbox_;
  std::vector<Wish> wishes_;  // bound: kWishesPerPlayerMax for each seat, and what those leave behind who have gone
  std::uint64_t next_number_ = 1;
  std::uint64_t look_ = 0;  // number of the look that is under way; 0: none
  protocol::MsgpackDocument scratch_;
};

}  // namespace throng::room
