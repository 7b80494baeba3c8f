#include "room/kinds/world_travel.h"

#include <algorithm>

namespace throng::room {

std::shared_ptr<const sim::CharacterSheet> sheet_from(const Arrival& arrival) {
  Result<sim::CharacterSheet> sheet = sim::restore_sheet(arrival.sheet);
  if (!sheet) return nullptr;
  return std::make_shared<const sim::CharacterSheet>(*std::move(sheet));
}

void WorldTravel::set_out(const sim::PortalEntered& entered) {
  const std::optional<SessionSlot> slot = members_.slot_of(entered.key);
  if (!slot || entered.portal >= world_.map().portals.size()) return;
  const content::Portal& portal = world_.map().portals[entered.portal];
  const std::vector<std::string>& maps = control_.def().world->maps;
  if (std::find(maps.begin(), maps.end(), portal.target_map) == maps.end())
    return news_.notice(*slot, "This way is closed.");
  Member& member = members_.at(*slot);
  if (member.index == sim::kNoEntity) return;
  member.travels = std::make_shared<const Arrival>(Arrival{.name = std::string(member.name.view()),
                                                           .spawn = portal.target_spawn,
                                                           .sheet = keeping_.travel_sheet(member.key, member.index),
                                                           .friends = member.circle.friends,
                                                           .ignored = member.circle.ignored,
                                                           .lease = member.lease,
                                                           .map = portal.target_map,
                                                           .party = member.party});
  member.index = sim::kNoEntity;
  inbox_.insert(inbox_.begin(), sim::RemovePlayer{member.key});  // before anything that could still change it
  if (keeping_.set_out(member.key, portal.target_map)) return;
  control_.seek_seat(*slot, portal.target_map, member.travels);
}

void WorldTravel::seat_found(SessionSlot slot, const TravelSeat* seat) {
  Member& member = members_.at(slot);
  if (!member.travels || has_gone(slot)) return;
  if (seat == nullptr) return return_traveller(slot);
  member.seat = *seat;
  member.dismiss_at = world_.now() + sim::ticks_from_ms(static_cast<std::uint32_t>(control_.def().seat_timeout_ms),
                                                        control_.def().tick_rate_hz);
  tell_way(slot);
}

void WorldTravel::tell_way(SessionSlot slot) {
  if (!has_gone(slot)) return;
  const TravelSeat& seat = members_.at(slot).seat;
  std::optional<std::string_view> address;
  if (!seat.public_address.empty()) address = seat.public_address;
  news_.send(slot, protocol::kServerTravel,
             protocol::SeatReservation{seat.name, seat.session_id, seat.room_id, seat.process_id, address});
}

void WorldTravel::return_traveller(SessionSlot slot) {
  Member& member = members_.at(slot);
  inbox_.push_back(sim::SpawnPlayer{member.key, member.name, std::nullopt, {}, sheet_from(*member.travels)});
  parties_.spawned(member);
  keeping_.turned_back(member.key);
  member.travels.reset();
  member.dirty = true;
  news_.notice(slot, "There is no room left where this leads. Try again later.");
}

void WorldTravel::dismiss_travellers() {
  if (world_.now().value % static_cast<std::uint32_t>(control_.def().tick_rate_hz) != 0) return;
  members_.for_each([this](SessionSlot slot, const Member& member) {
    if (member.dismiss_at.value != 0 && world_.now() >= member.dismiss_at)
      control_.dismiss(slot, "your character has gone to another room");
  });
}

}  // namespace throng::room
