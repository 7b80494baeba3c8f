#pragma once
// `unequip`: take something off.

#include <array>

#include "content/game/items.h"
#include "protocol/messages/message_fields.h"

namespace throng::protocol {

/// By the numbers of content::EquipmentSlot.
inline constexpr std::array<std::string_view, content::kEquipmentSlots> kEquipmentSlotWords = {
    "weapon", "shield", "head", "chest", "legs", "feet", "ring", "amulet"};

struct UnequipMessage {
  content::EquipmentSlot slot = content::EquipmentSlot::Weapon;
};

template <>
struct MessageFields<UnequipMessage> {
  static constexpr auto list = std::make_tuple(
      choice_field("slot", &UnequipMessage::slot, kEquipmentSlotWords, "what you wear there goes into the bag"));
};

MessageInfo unequip_message();

}  // namespace throng::protocol
