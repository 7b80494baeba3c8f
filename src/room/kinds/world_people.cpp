#include "room/kinds/world_people.h"

#include <algorithm>

#include <fmt/format.h>

#include "protocol/messages/chat.h"
#include "protocol/messages/game_messages.h"
#include "room/kinds/accepted.h"
#include "room/kinds/chat_rules.h"

namespace throng::room {
namespace {

using protocol::FriendAction;
using protocol::LeaderboardKind;

/// A leaderboard is made anew when somebody asks and it is older than this.
constexpr std::uint32_t kBoardSeconds = 5;
constexpr std::size_t kBoardRows = 10;

constexpr std::size_t kAcquaintancesShownMax = 100;  ///< of each list

std::vector<Acquaintance>& list_of(Acquaintances& circle, FriendAction action) {
  return action == FriendAction::Add || action == FriendAction::Remove ? circle.friends : circle.ignored;
}

MessageVerdict add_to(std::vector<Acquaintance>& list, const Member& member) {
  if (std::any_of(list.begin(), list.end(), [&](const Acquaintance& known) { return is_meant(known, member); }))
    return {};
  if (list.size() >= kAcquaintancesShownMax)
    return {MessageVerdict::Kind::Refused, sim::verdict_code(sim::Verdict::TooMany), "Your list is full."};
  list.push_back({member.lease.character, std::string(member.name.view())});
  return {};
}

MessageVerdict no_such_player() { return game_verdict(sim::Verdict::NoSuchPlayer); }

/// @param meant  who is here and was named; null, or not on the list: the name that the list shows
MessageVerdict take_from(std::vector<Acquaintance>& list, const Member* meant, const std::string& name) {
  auto found = list.end();
  if (meant != nullptr)
    found = std::find_if(list.begin(), list.end(), [&](const Acquaintance& known) { return is_meant(known, *meant); });
  if (found == list.end())
    found = std::find_if(list.begin(), list.end(), [&](const Acquaintance& known) { return known.name == name; });
  if (found == list.end()) return no_such_player();
  list.erase(found);
  return {};
}

}  // namespace

// Chat

MessageVerdict WorldPeople::chat(SessionSlot slot, const protocol::ClientFrame& frame, bool& heard) {
  const auto said = protocol::decode_message<protocol::ChatMessage>(frame, scratch_);
  if (!said) return verdict_of(said.refusal());
  const content::ChatDef& rules = world_.content().chat;
  const std::string_view name = said->channel ? std::string_view(*said->channel) : protocol::kDefaultChatChannel;
  constexpr std::array<std::string_view, 4> kNames = {"say", "zone", "party", "whisper"};
  const auto known = std::find(kNames.begin(), kNames.end(), name);
  if (known == kNames.end() || std::find(rules.channels.begin(), rules.channels.end(), name) == rules.channels.end()) {
    return {MessageVerdict::Kind::Refused, "unknown_channel", fmt::format("There is no channel '{}' here.", name)};
  }
  Member& speaker = members_.at(slot);
  const auto channel = static_cast<Channel>(known - kNames.begin());
  if (channel == Channel::Whisper && !said->to) {
    return {MessageVerdict::Kind::Refused, protocol::kRefusalMissing, "to is missing"};
  }
  if (channel == Channel::Party &&
      (speaker.index == sim::kNoEntity || world_.player(speaker.index).party == sim::kNoParty)) {
    return {MessageVerdict::Kind::Refused, sim::verdict_code(sim::Verdict::NoParty),
            std::string(sim::verdict_text(sim::Verdict::NoParty))};
  }
  const MessageVerdict verdict = check_line(said->message, rules, speaker.last_line);
  if (verdict.kind != MessageVerdict::Kind::Accepted) return verdict;
  const std::string line = filter_words(said->message, rules);
  count(lines_[static_cast<std::size_t>(channel)]);
  if (channel == Channel::Whisper) return whisper(slot, *said->to, line, heard);
  heard = deliver(channel, slot, line, name);
  return {};
}

bool WorldPeople::hears(Channel channel, const Member& speaker, const Member& listener) const {
  if (&speaker == &listener) return true;
  if (ignores(listener.circle, speaker)) return false;
  if (channel == Channel::Zone) return true;
  if (speaker.index == sim::kNoEntity || listener.index == sim::kNoEntity) return false;
  if (channel == Channel::Party) return world_.player(speaker.index).party == world_.player(listener.index).party;
  const std::int64_t range = world_.content().chat.say_range.value;
  const std::span<const Position> positions = world_.positions();
  return distance_squared(positions[speaker.index.value], positions[listener.index.value]) <= range * range;
}

/// @return whether somebody else heard it
bool WorldPeople::deliver(Channel channel, SessionSlot from, std::string_view line, std::string_view channel_name) {
  bool heard = false;
  const Member& speaker = members_.at(from);
  members_.for_each([&](SessionSlot slot, const Member& listener) {
    if (!hears(channel, speaker, listener)) return;
    send_line(from, slot, line, channel_name);
    heard = heard || &listener != &speaker;
  });
  return heard;
}

MessageVerdict WorldPeople::whisper(SessionSlot from, std::string_view to, std::string_view line, bool& heard) {
  const std::optional<SessionSlot> listener = members_.find(to);
  if (!listener) return no_such_player();
  // Whoever is ignored is not told so.
  heard = *listener != from && !ignores(members_.at(*listener).circle, members_.at(from));
  if (heard) send_line(from, *listener, line, "whisper");
  send_line(from, from, line, "whisper");
  return {};
}

void WorldPeople::send_line(SessionSlot from, SessionSlot to, std::string_view line, std::string_view channel) {
  ByteWriter payload;
  protocol::MsgpackWriter writer(payload);
  protocol::encode(writer, protocol::ChatLine{control_.session_id(from), members_.at(from).name.view(), line, channel});
  control_.send(to, protocol::kServerChat, payload.view());
}

// Friends

MessageVerdict WorldPeople::befriend(SessionSlot slot, const protocol::ClientFrame& frame) {
  const auto wish = protocol::decode_message<protocol::FriendMessage>(frame, scratch_);
  if (!wish) return verdict_of(wish.refusal());
  if (wish->action != FriendAction::List) {
    if (!wish->target) return {MessageVerdict::Kind::Refused, protocol::kRefusalMissing, "targetId is missing"};
    const std::optional<SessionSlot> target = members_.find(*wish->target);
    const bool adds = wish->action == FriendAction::Add || wish->action == FriendAction::Ignore;
    if (adds && (!target || *target == slot)) return no_such_player();
    Member& member = members_.at(slot);
    if (keeping_.holds_too_much(member.key)) return game_verdict(sim::Verdict::StoreBehind);
    const Member* const meant = target ? &members_.at(*target) : nullptr;
    const MessageVerdict verdict = adds ? add_to(list_of(member.circle, wish->action), *meant)
                                        : take_from(list_of(member.circle, wish->action), meant, *wish->target);
    if (verdict.kind != MessageVerdict::Kind::Accepted) return verdict;
    keeping_.keep_acquaintances(member.key, member.circle);
  }
  send_circle(slot);
  return keeping_.hold(members_.at(slot).key, question_of(frame, "friend")) ? pending_verdict() : MessageVerdict{};
}

void WorldPeople::send_circle(SessionSlot slot) {
  const Acquaintances& circle = members_.at(slot).circle;
  std::vector<protocol::FriendRow> rows;
  for (const bool ignored : {false, true}) {
    for (const Acquaintance& known : ignored ? circle.ignored : circle.friends) {
      const std::optional<SessionSlot> here = members_.find(known);
      if (here)
        rows.push_back({members_.at(*here).name.view(), control_.session_id(*here), ignored});
      else
        rows.push_back({known.name, {}, ignored});
    }
  }
  ByteWriter payload;
  protocol::MsgpackWriter writer(payload);
  protocol::encode(writer, std::span<const protocol::FriendRow>(rows));
  if (!keeping_.hold(members_.at(slot).key, protocol::kServerFriends, payload.view()))
    control_.send(slot, protocol::kServerFriends, payload.view());
}

// Leaderboards

void WorldPeople::make_board(LeaderboardKind kind) {
  Board& board = boards_[static_cast<std::size_t>(kind)];
  const Tick lifetime{kBoardSeconds * static_cast<std::uint32_t>(world_.settings().tick_rate_hz)};
  if (board.made.value != 0 && world_.now() < board.made + lifetime) return;
  board.made = world_.now();
  board.places.clear();
  members_.for_each([&](SessionSlot, const Member& member) {
    if (member.index == sim::kNoEntity) return;
    std::int64_t value = member.kills;
    if (kind == LeaderboardKind::Level) value = keeping_.shown(member.key, member.index).level;
    if (kind == LeaderboardKind::Wealth) value = keeping_.shown(member.key, member.index).coins;
    board.places.push_back({value, member.key});
  });
  std::sort(board.places.begin(), board.places.end(), [](const Place& a, const Place& b) {
    return a.value != b.value ? a.value > b.value : a.key.value < b.key.value;
  });
}

MessageVerdict WorldPeople::leaderboard(SessionSlot slot, const protocol::ClientFrame& frame) {
  const auto wish = protocol::decode_message<protocol::LeaderboardMessage>(frame, scratch_);
  if (!wish) return verdict_of(wish.refusal());
  make_board(wish->board);
  const Board& board = boards_[static_cast<std::size_t>(wish->board)];
  protocol::LeaderboardAnswer answer{protocol::kLeaderboardWords[static_cast<std::size_t>(wish->board)], {}, 0, 0};
  std::vector<protocol::LeaderboardRow> rows;
  for (std::size_t i = 0; i < board.places.size(); ++i) {
    const Place& place = board.places[i];
    const auto rank = static_cast<std::uint32_t>(i + 1);
    if (place.key == members_.at(slot).key) {
      answer.own_rank = rank;
      answer.own_value = place.value;
    }
    const std::optional<SessionSlot> here = members_.slot_of(place.key);
    if (!here || rows.size() >= kBoardRows) continue;
    rows.push_back({rank, members_.at(*here).name.view(), control_.session_id(*here), place.value});
  }
  answer.rows = rows;
  ByteWriter payload;
  protocol::MsgpackWriter writer(payload);
  protocol::encode(writer, answer);
  control_.send(slot, protocol::kServerLeaderboard, payload.view());
  return {};
}

}  // namespace throng::room
