#include "room/kinds/world_members.h"

#include <algorithm>

#include "base/rng.h"
#include "base/shown_name.h"

namespace throng::room {
namespace {

/// Numbers behind a name that somebody has; so many are tried. After that only the session ids tell them apart.
constexpr int kNameNumbersTried = 8;

}  // namespace

bool is_meant(const Acquaintance& known, const Member& member) {
  if (known.character != member.lease.character) return false;
  return member.lease.held() || known.name == member.name.view();
}

bool ignores(const Acquaintances& circle, const Member& member) {
  return std::any_of(circle.ignored.begin(), circle.ignored.end(),
                     [&](const Acquaintance& known) { return is_meant(known, member); });
}

Member& WorldMembers::open(SessionSlot slot, const InlineString<32>& name) {
  if (slot.value >= members_.size()) members_.resize(slot.value + 1);
  Member& member = members_[slot.value];
  member = Member{};
  member.key = {next_key_++};
  member.name = name;
  member.present = true;
  slot_of_key_[member.key] = slot;
  return member;
}

bool WorldMembers::is_taken(const InlineString<32>& name) const {
  return std::any_of(members_.begin(), members_.end(),
                     [&](const Member& member) { return member.present && member.name == name; });
}

InlineString<32> WorldMembers::distinct(const InlineString<32>& name) const {
  if (!is_taken(name)) return name;
  Rng rng(secure_random_u64());
  InlineString<32> other = name;
  for (int i = 0; i < kNameNumbersTried && is_taken(other); ++i)
    other = InlineString<32>(numbered_name(name.view(), rng));
  return other;
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
    if (members_[i].name.view() != session_id_or_name) continue;
    if (!named || (members_[i].lease.held() && !members_[named->value].lease.held())) named = SessionSlot{i};
  }
  return named;
}

std::optional<SessionSlot> WorldMembers::find(const Acquaintance& known) const {
  for (std::uint32_t i = 0; i < members_.size(); ++i) {
    if (members_[i].present && is_meant(known, members_[i])) return SessionSlot{i};
  }
  return std::nullopt;
}

std::string_view WorldMembers::session_id(sim::PlayerKey key) const {
  const std::optional<SessionSlot> slot = slot_of(key);
  return slot ? std::string_view(control_.session_id(*slot)) : std::string_view("gone");
}

}  // namespace throng::room
