#include "protocol/messages/game_messages.h"

#include "protocol/messages/mail.h"
#include "protocol/messages/trade.h"
#include "protocol/messages/world_events.h"

namespace throng::protocol {
namespace {

PayloadFieldInfo word_info(std::string_view name, std::string_view help, bool optional = false) {
  return {name, PayloadType::Text, 0, 0, optional, help};
}
PayloadFieldInfo whole_info(std::string_view name, std::string_view help, bool optional = false) {
  return {name, PayloadType::Integer, 0, 0, optional, help};
}
PayloadFieldInfo flag_info(std::string_view name, std::string_view help, bool optional = false) {
  return {name, PayloadType::Boolean, 0, 0, optional, help};
}
PayloadFieldInfo choice_info(std::string_view name, std::vector<std::string_view> choices, std::string_view help) {
  return {name, PayloadType::Choice, 0, 0, false, help, std::move(choices)};
}
PayloadFieldInfo shape_info(std::string_view name, std::string_view shape, std::string_view help) {
  return {name, PayloadType::Map, 0, 0, false, help, {}, shape};
}

PayloadTypeInfo combat_event_info() {
  return {
      "CombatEvent",
      "Something that happened in a fight near you; fields that do not apply are absent",
      {choice_info("type", {"damage", "heal", "death", "cast", "status", "phase"}, "what happened"),
       whole_info("source", "entity id of who did it; 0: nobody in particular"),
       whole_info("target", "entity id of whom it happened to; 0: nobody"),
       whole_info("amount", "hit points lost or restored; stacks of a status, 0: it ended; phase of a boss", true),
       whole_info("absorbed", "damage that shields took", true), word_info("id", "skill, or name of the status", true),
       word_info("word", "damage: its element; cast: `started`, `finished`, `interrupted`", true),
       flag_info("critical", "a critical hit", true)}};
}

std::vector<PayloadTypeInfo> people_types() {
  return {
      {"PartyNews",
       "Something changed in your party",
       {choice_info("news", {"invited", "joined", "declined", "left", "kicked", "leader", "loot_rule"},
                    "what; `invited`: answer with `party`"),
        word_info("sessionId", "whom it is about; empty: they are in another room, or away"),
        word_info("name", "their shown name")}},
      {"FriendEntry",
       "Somebody on your lists",
       {word_info("name", "their shown name"), word_info("sessionId", "when they are in this room", true),
        flag_info("ignored", "you hear nothing of them")}},
      {"LeaderboardRow",
       "One place",
       {whole_info("rank", "from 1"), word_info("name", "shown name"), word_info("sessionId", "as in `players`"),
        whole_info("value", "level, kills or coins")}},
      {"LeaderboardAnswer",
       "Who is ahead in this room, as of a few seconds ago",
       {choice_info("board", {"level", "kills", "wealth"}, "by what"),
        shape_info("rows", "LeaderboardRow[]", "the first ten"),
        whole_info("rank", "your own place; 0: not counted yet"), whole_info("value", "your own value")}},
  };
}

std::vector<PayloadTypeInfo> why_types() {
  return {
      {"WhyOption",
       "Something that a monster weighed",
       {word_info("what", "the option"), word_info("verdict", "`chosen`, or why not"),
        whole_info("value", "what it was weighed by")}},
      {"WhyDecision",
       "A decision of a monster",
       {whole_info("tick", "when"),
        word_info("before", "state before"),
        word_info("after", "state after"),
        whole_info("target", "entity id; 0: nobody"),
        whole_info("hp", "its hit points"),
        {"distance", PayloadType::Number, 0, 0, true, "to the target, world units"},
        shape_info("options", "WhyOption[]", "what it weighed")}},
      {"WhyAnswer",
       "The last decisions of the monster that is watched",
       {whole_info("monsterId", "entity id"), shape_info("decisions", "WhyDecision[]", "oldest first")}},
  };
}

}  // namespace

void encode(MsgpackWriter& out, const CombatEvent& event) {
  const bool counts = event.type != "death" && event.type != "cast";
  std::size_t pairs = 3;
  pairs += counts ? 1u : 0u;
  pairs += event.absorbed > 0 ? 1u : 0u;
  pairs += event.id.empty() ? 0u : 1u;
  pairs += event.word.empty() ? 0u : 1u;
  pairs += event.critical ? 1u : 0u;
  out.map(pairs).key("type").string(event.type);
  out.key("source").integer(event.source).key("target").integer(event.target);
  if (counts) out.key("amount").integer(event.amount);
  if (event.absorbed > 0) out.key("absorbed").integer(event.absorbed);
  if (!event.id.empty()) out.key("id").string(event.id);
  if (!event.word.empty()) out.key("word").string(event.word);
  if (event.critical) out.key("critical").boolean(true);
}

void encode(MsgpackWriter& out, const Progress& progress) {
  std::size_t pairs = 1;
  pairs += progress.amount != 0 ? 1u : 0u;
  pairs += progress.id.empty() ? 0u : 1u;
  pairs += progress.word.empty() ? 0u : 1u;
  out.map(pairs).key("type").string(progress.type);
  if (progress.amount != 0) out.key("amount").number(static_cast<double>(progress.amount));
  if (!progress.id.empty()) out.key("id").string(progress.id);
  if (!progress.word.empty()) out.key("word").string(progress.word);
}

void encode(MsgpackWriter& out, const LootNotice& loot) {
  out.map(3).key("item").string(loot.item).key("count").number(static_cast<double>(loot.count));
  out.key("source").string(loot.source);
}

void encode(MsgpackWriter& out, const TalkAnswer& talk) {
  out.map(5).key("npcId").string(talk.npc).key("name").string(talk.name).key("text").string(talk.text);
  out.key("shop").array(talk.shop.size());
  for (const ShopOfferRow& offer : talk.shop) {
    out.map(3).key("itemId").string(offer.item).key("name").string(offer.name);
    out.key("price").number(static_cast<double>(offer.price));
  }
  out.key("quests").array(talk.quests.size());
  for (const QuestOfferRow& quest : talk.quests) {
    out.map(3).key("questId").string(quest.quest).key("name").string(quest.name).key("state").string(quest.state);
  }
}

void encode(MsgpackWriter& out, const PartyNewsLine& news) {
  out.map(3).key("news").string(news.news).key("sessionId").string(news.session_id).key("name").string(news.name);
}

void encode(MsgpackWriter& out, std::span<const FriendRow> friends) {
  out.array(friends.size());
  for (const FriendRow& row : friends) {
    out.map(row.session_id.empty() ? 2 : 3).key("name").string(row.name);
    if (!row.session_id.empty()) out.key("sessionId").string(row.session_id);
    out.key("ignored").boolean(row.ignored);
  }
}

void encode(MsgpackWriter& out, const LeaderboardAnswer& board) {
  out.map(4).key("board").string(board.board).key("rows").array(board.rows.size());
  for (const LeaderboardRow& row : board.rows) {
    out.map(4).key("rank").integer(row.rank).key("name").string(row.name).key("sessionId").string(row.session_id);
    out.key("value").number(static_cast<double>(row.value));
  }
  out.key("rank").integer(board.own_rank).key("value").number(static_cast<double>(board.own_value));
}

void encode(MsgpackWriter& out, const WhyAnswer& why) {
  out.map(2).key("monsterId").integer(why.monster).key("decisions").array(why.decisions.size());
  for (const WhyRow& row : why.decisions) {
    out.map(row.distance < 0 ? 6 : 7).key("tick").integer(row.tick);
    out.key("before").string(row.before).key("after").string(row.after);
    out.key("target").integer(row.target).key("hp").integer(row.hp);
    if (row.distance >= 0) out.key("distance").number(row.distance);
    out.key("options").array(row.options.size());
    for (const WhyOptionRow& option : row.options) {
      out.map(3).key("what").string(option.what).key("verdict").string(option.verdict);
      out.key("value").number(static_cast<double>(option.value));
    }
  }
}

std::vector<PayloadTypeInfo> game_payload_types() {
  std::vector<PayloadTypeInfo> types = {
      combat_event_info(),
      {"Progress",
       "Something that you have reached; fields that do not apply are absent",
       {choice_info("type", {"experience", "level", "skill", "quest", "achievement", "kill", "respawn"}, "what"),
        whole_info("amount", "experience gained (below 0: lost); level reached", true),
        word_info("id", "skill, quest, achievement or kind of monster", true),
        word_info("word", "experience: where from; quest: `active`, `ready`, `completed`, `none`", true)}},
      {"LootNotice",
       "Something has come to you or gone",
       {word_info("item", "id in items.json; `coins`: money"), whole_info("count", "how many; below 0: gone"),
        word_info("source", "`loot`, `shop`, `quest` …")}},
      {"ShopOffer",
       "Something that a person sells",
       {word_info("itemId", "id in items.json"), word_info("name", "shown name"), whole_info("price", "coins")}},
      {"QuestOffer",
       "A quest that a person has to do with",
       {word_info("questId", "id in quests.json"), word_info("name", "shown name"),
        choice_info("state", {"open", "active", "ready"}, "`open`: can be taken; `ready`: can be handed in")}},
      {"TalkAnswer",
       "What a person of the story says",
       {word_info("npcId", "id in npcs.json"), word_info("name", "shown name"), word_info("text", "one line"),
        shape_info("shop", "ShopOffer[]", "what they sell"), shape_info("quests", "QuestOffer[]", "quests for you")}},
  };
  for (PayloadTypeInfo& type : people_types()) types.push_back(std::move(type));
  for (PayloadTypeInfo& type : trade_payload_types()) types.push_back(std::move(type));
  for (PayloadTypeInfo& type : mail_payload_types()) types.push_back(std::move(type));
  for (PayloadTypeInfo& type : world_event_payload_types()) types.push_back(std::move(type));
  for (PayloadTypeInfo& type : why_types()) types.push_back(std::move(type));
  return types;
}

std::vector<ServerMessageInfo> game_server_messages() {
  return {
      {kServerCombat, RoomKind::World, "CombatEvent[]",
       "What happened in fights that you see since the last patch; at most 64, your own first to be told."},
      {kServerProgress, RoomKind::World, "Progress", "You have reached something."},
      {kServerLoot, RoomKind::World, "LootNotice", "Things or coins have come to you, or gone."},
      {kServerTalk, RoomKind::World, "TalkAnswer", "Somebody whom you talked to answers."},
      {kServerParty, RoomKind::World, "PartyNews", "Something changed in your party, or you are invited to one."},
      {kServerTrade, RoomKind::World, "TradeNotice",
       "Somebody wants to trade with you, or something changed in a trade."},
      {kServerMail, RoomKind::World, "MailNotice",
       "What you asked of your mailbox; and when you come or mail does, how much you have not read."},
      {kServerFriends, RoomKind::World, "FriendEntry[]", "Your lists, after every change and when you ask."},
      {kServerLeaderboard, RoomKind::World, "LeaderboardAnswer", "The leaderboard that you asked for."},
      {kServerWorldEvents, RoomKind::World, "WorldEvent[]",
       "The events that run: when you come, if there are any, and whenever that changes."},
      {kServerWhy, RoomKind::World, "WhyAnswer", "What goes on in the monster that you asked about."},
  };
}

}  // namespace throng::protocol
