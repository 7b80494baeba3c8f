#include "room/kinds/world_intents.h"

#include <array>
#include <cmath>

#include "protocol/messages/attack.h"
#include "protocol/messages/bag.h"
#include "protocol/messages/equip.h"
#include "protocol/messages/party.h"
#include "protocol/messages/pickup.h"
#include "protocol/messages/quest.h"
#include "protocol/messages/shop.h"
#include "protocol/messages/talk.h"
#include "protocol/messages/trade.h"
#include "protocol/messages/unequip.h"
#include "protocol/messages/use.h"
#include "room/kinds/accepted.h"

namespace throng::room {
namespace {

using Reading = IntentReading;
using IntentOrVerdict = std::variant<sim::Intent, MessageVerdict>;

MessageVerdict refused(sim::Verdict verdict) {
  return {MessageVerdict::Kind::Refused, sim::verdict_code(verdict), std::string(sim::verdict_text(verdict))};
}

MessageVerdict missing(std::string_view field) {
  return {MessageVerdict::Kind::Refused, protocol::kRefusalMissing, std::string(field) + " is missing"};
}

Milliunits to_milliunits(double world_units) {
  return {static_cast<std::int32_t>(std::lround(world_units * kMilliunitsPerUnit))};
}

IntentOrVerdict to_intent(const protocol::AttackMessage& message, const Reading& in) {
  sim::Attack attack{.key = in.key, .target = {message.target.value_or(0)}, .aim = {}, .request = in.request};
  if (message.skill) {
    const auto skill = in.world.content().find_skill(*message.skill);
    if (!skill) return refused(sim::Verdict::UnknownSkill);
    attack.skill = *skill;
  } else if (!message.target) {
    return missing("targetId");
  }
  if (message.x.has_value() != message.y.has_value()) return missing(message.x ? "y" : "x");
  if (message.x) attack.aim = Position{to_milliunits(*message.x), to_milliunits(*message.y)};
  return sim::Intent(attack);
}

IntentOrVerdict to_intent(const protocol::PickupMessage& message, const Reading& in) {
  return sim::Intent(sim::PickUp{in.key, {message.drop}, in.request});
}

IntentOrVerdict to_intent(const protocol::UseMessage& message, const Reading& in) {
  const auto item = in.world.content().find_item(message.item);
  if (!item) return refused(sim::Verdict::NoSuchItem);
  return sim::Intent(sim::UseItem{in.key, *item, in.request});
}

IntentOrVerdict to_intent(const protocol::EquipMessage& message, const Reading& in) {
  const auto item = in.world.content().find_item(message.item);
  if (!item) return refused(sim::Verdict::NoSuchItem);
  return sim::Intent(sim::Equip{in.key, *item, in.request});
}

IntentOrVerdict to_intent(const protocol::UnequipMessage& message, const Reading& in) {
  return sim::Intent(sim::Unequip{in.key, message.slot, in.request});
}

IntentOrVerdict to_intent(const protocol::BagMessage& message, const Reading& in) {
  const bool moves = message.action == sim::BagAction::Move || message.action == sim::BagAction::Split;
  if (message.action != sim::BagAction::Sort && !message.from) return missing("from");
  if (moves && !message.to) return missing("to");
  return sim::Intent(sim::ArrangeBag{in.key, message.action, static_cast<sim::BagSlot>(message.from.value_or(0)),
                                     static_cast<sim::BagSlot>(message.to.value_or(0)),
                                     static_cast<std::uint16_t>(message.count.value_or(0)), in.request});
}

IntentOrVerdict to_intent(const protocol::ShopMessage& message, const Reading& in) {
  const auto npc = in.world.content().find_npc(message.npc);
  if (!npc) return refused(sim::Verdict::NoSuchNpc);
  sim::Trade trade{.key = in.key,
                   .action = message.action,
                   .npc = *npc,
                   .item = {content::kNoNumber},
                   .count = static_cast<std::uint16_t>(message.count.value_or(1)),
                   .request = in.request};
  if (message.action == sim::ShopAction::Buy || message.action == sim::ShopAction::BuyBack) {
    if (!message.item) return missing("itemId");
    const auto item = in.world.content().find_item(*message.item);
    if (!item) return refused(sim::Verdict::NotForSale);
    trade.item = *item;
  }
  if (message.action == sim::ShopAction::Sell) {
    if (!message.slot) return missing("slot");
    trade.slot = static_cast<sim::BagSlot>(*message.slot);
  }
  return sim::Intent(trade);
}

IntentOrVerdict to_intent(const protocol::TalkMessage& message, const Reading& in) {
  const auto npc = in.world.content().find_npc(message.npc);
  if (!npc) return refused(sim::Verdict::NoSuchNpc);
  return sim::Intent(sim::Talk{in.key, *npc, in.request});
}

IntentOrVerdict to_intent(const protocol::QuestMessage& message, const Reading& in) {
  const auto quest = in.world.content().find_quest(message.quest);
  if (!quest) return refused(sim::Verdict::NoSuchQuest);
  return sim::Intent(sim::QuestStep{in.key, *quest, message.action, in.request});
}

IntentOrVerdict to_intent(const protocol::PartyMessage& message, const Reading& in) {
  using sim::PartyAction;
  const bool names_one = message.action == PartyAction::Invite || message.action == PartyAction::Join ||
                         message.action == PartyAction::Decline || message.action == PartyAction::Kick ||
                         message.action == PartyAction::Lead;
  sim::PartyStep step{in.key, message.action, {}, in.request};
  if (names_one && !message.target) return missing("targetId");
  if (names_one) {
    const std::optional<SessionSlot> other = in.members.find(*message.target);
    if (!other) return refused(sim::Verdict::NoSuchPlayer);
    step.other = in.members.at(*other).key;
  }
  return sim::Intent(step);
}

IntentOrVerdict to_intent(const protocol::TradeMessage& message, const Reading& in) {
  sim::TradeStep step{.key = in.key, .action = message.action, .other = {}, .request = in.request};
  if (message.action == sim::TradeAction::Ask) {
    if (!message.target) return missing("targetId");
    const std::optional<SessionSlot> other = in.members.find(*message.target);
    if (!other) return refused(sim::Verdict::NoSuchPlayer);
    step.other = in.members.at(*other).key;
  }
  if (message.action == sim::TradeAction::Offer && !message.slot) return missing("slot");
  if (message.action == sim::TradeAction::Coins && !message.coins) return missing("coins");
  step.slot = static_cast<sim::BagSlot>(message.slot.value_or(0));
  step.count = static_cast<std::uint16_t>(message.count.value_or(1));
  step.coins = message.coins.value_or(0);
  return sim::Intent(step);
}

template <class Message>
IntentOrVerdict read_as(const Reading& in) {
  const protocol::Decoded<Message> message = protocol::decode_message<Message>(in.frame, in.scratch);
  if (!message) return verdict_of(message.refusal());
  return to_intent(*message, in);
}

struct IntentReader {
  std::string_view type;
  IntentOrVerdict (*read)(const Reading&);
};

constexpr std::array kIntentReaders = {
    IntentReader{"attack", read_as<protocol::AttackMessage>},
    IntentReader{"pickup", read_as<protocol::PickupMessage>},
    IntentReader{"use", read_as<protocol::UseMessage>},
    IntentReader{"equip", read_as<protocol::EquipMessage>},
    IntentReader{"unequip", read_as<protocol::UnequipMessage>},
    IntentReader{"bag", read_as<protocol::BagMessage>},
    IntentReader{"shop", read_as<protocol::ShopMessage>},
    IntentReader{"talk", read_as<protocol::TalkMessage>},
    IntentReader{"quest", read_as<protocol::QuestMessage>},
    IntentReader{"party", read_as<protocol::PartyMessage>},
    IntentReader{"trade", read_as<protocol::TradeMessage>},
};

const IntentReader* find_reader(std::string_view type) {
  for (const IntentReader& reader : kIntentReaders) {
    if (reader.type == type) return &reader;
  }
  return nullptr;
}

}  // namespace

IntentOrVerdict read_intent(const IntentReading& reading) {
  const IntentReader* reader = find_reader(reading.frame.type.text);
  if (reader == nullptr) return MessageVerdict{MessageVerdict::Kind::UnknownType, {}, {}};
  return reader->read(reading);
}

std::string_view intent_message_name(std::string_view type) {
  const IntentReader* reader = find_reader(type);
  return reader == nullptr ? std::string_view() : reader->type;
}

}  // namespace throng::room
