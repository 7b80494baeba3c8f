#include "room/kinds/world_members.h"

#include <algorithm>

namespace throng::room {

bool Circle::ignores(std::string_view name) const {
  return std::find(ignored.begin(), ignored.end(), name) != ignored.end();
}

Member& WorldMembers::open(SessionSlot slot, std::string_view name) {
  if (slot.value >= members_.size()) members_.resize(slot.value + 1);
  Member& member = members_[slot.value];
  member = Member{};
  member.key = {next_key_++};
  member.name = InlineString<32>(name);
  member.present = true;
  slot_of_key_[member.key] = slot;
  return member;
}

void WorldMembers::close(SessionSlot slot) {
  slot_of_key_.erase(members_[slot.value].key);
  members_[slot.value] = Member{};
}

std::optional<SessionSlot> WorldMembers::slot_of(sim::PlayerKey key) const {
  const auto found = slot_of_key_.find(key);
  if (found == slot_of_key_.end()) return std::nullopt;
  return found->second;
}

Member* WorldMembers::find(sim::PlayerKey key) {
  const std::optional<SessionSlot> slot = slot_of(key);
  return slot ? &members_[slot->value] : nullptr;
}

std::optional<SessionSlot> WorldMembers::find(std::string_view session_id_or_name) const {
  std::optional<SessionSlot> named;
  for (std::uint32_t i = 0; i < members_.size(); ++i) {
    if (!members_[i].present) continue;
    if (control_.session_id(SessionSlot{i}) == session_id_or_name) return SessionSlot{i};
    if (!named && members_[i].name.view() == session_id_or_name) named = SessionSlot{i};
  }
  return named;
}

std::string_view WorldMembers::session_id(sim::PlayerKey key) const {
  const std::optional<SessionSlot> slot = slot_of(key);
  return slot ? std::string_view(control_.session_id(*slot)) : std::string_view("gone");
}

}  // namespace throng::room
