#pragma once
// `attack`: the basic attack on somebody, or a skill.

#include <optional>
#include <string>

#include "protocol/messages/message_fields.h"

namespace throng::protocol {

struct AttackMessage {
  std::optional<std::uint32_t> target;  ///< entity id; 0 stops
  std::optional<std::string> skill;     ///< id in skills.json; absent: the basic attack, which goes on
  std::optional<double> x;              ///< where to aim, world units; both or none
  std::optional<double> y;
};

template <>
struct MessageFields<AttackMessage> {
  static constexpr auto list = std::make_tuple(
      entity_id_field("targetId", &AttackMessage::target,
                      "whom: its entity id; 0: stop; absent with a skill: yourself, or the place"),
      text_field("skillId", &AttackMessage::skill, 1, kContentIdLengthMax,
                 "a skill; absent: strike, and go on striking"),
      number_field("x", &AttackMessage::x, 0, kWorldUnitsMax, "the place to aim a skill at, east, world units"),
      number_field("y", &AttackMessage::y, 0, kWorldUnitsMax, "south; only with `x`"));
};

MessageInfo attack_message();

}  // namespace throng::protocol
