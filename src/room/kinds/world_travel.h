#pragma once
// Portals: how a character leaves this world for another, and how it comes from one.

#include <memory>
#include <vector>

#include "room/kinds/world_members.h"
#include "room/kinds/world_news.h"
#include "room/kinds/world_parties.h"
#include "sim/character_sheet.h"
#include "sim/world.h"

namespace throng::room {

/// The character that somebody brings along; null when there is none, or none that can be read.
std::shared_ptr<const sim::CharacterSheet> sheet_from(const Arrival& arrival);

/// Room's thread; what it refers to outlives it.
class WorldTravel {
 public:
  /// @param inbox  takes the intents for the next tick
  WorldTravel(RoomControl& control, WorldMembers& members, const sim::World& world, WorldNews& news,
              WorldKeeping& keeping, WorldParties& parties, std::vector<sim::Intent>& inbox)
      : control_(control),
        members_(members),
        world_(world),
        news_(news),
        keeping_(keeping),
        parties_(parties),
        inbox_(inbox) {}

  /// The character leaves this world at once and travels with the seat, so that it is never in two places. One that is
  /// kept is committed first.
  void set_out(const sim::PortalEntered& entered);
  /// The seat, or null: then the character stands at the spawn point of this map again.
  void seat_found(SessionSlot slot, const TravelSeat* seat);
  /// Whether the session's character has gone for good, and the session with it.
  bool has_gone(SessionSlot slot) const { return members_.at(slot).dismiss_at.value != 0; }
  /// Tells the way, also to a client that was away when it was told.
  void tell_way(SessionSlot slot);
  /// Ends the sessions that have not taken their seat in time: nobody may come back to a character that could live
  /// elsewhere. Every tick.
  void dismiss_travellers();

 private:
  void return_traveller(SessionSlot slot);

  RoomControl& control_;
  WorldMembers& members_;
  const sim::World& world_;
  WorldNews& news_;
  WorldKeeping& keeping_;
  WorldParties& parties_;
  std::vector<sim::Intent>& inbox_;
};

}  // namespace throng::room
