#pragma once
// `quest`: take, hand in or give up a quest.

#include <array>
#include <string>

#include "protocol/messages/message_fields.h"
#include "sim/intent.h"

namespace throng::protocol {

/// By the numbers of sim::QuestAction.
inline constexpr std::array<std::string_view, 3> kQuestWords = {"accept", "complete", "abandon"};

struct QuestMessage {
  std::string quest;  ///< id in quests.json
  sim::QuestAction action = sim::QuestAction::Accept;
};

template <>
struct MessageFields<QuestMessage> {
  static constexpr auto list = std::make_tuple(
      text_field("questId", &QuestMessage::quest, 1, kContentIdLengthMax, "id of the quest in quests.json"),
      choice_field("action", &QuestMessage::action, kQuestWords, "near its giver or receiver; `abandon` anywhere"));
};

MessageInfo quest_message();

}  // namespace throng::protocol
