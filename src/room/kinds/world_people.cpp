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

MessageVerdict no_such_player() { return game_verdict(sim::Verdict::NoSuchPlayer); }

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
  if (listener.circle.ignores(speaker.name.view())) return false;
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
  heard = *listener != from && !members_.at(*listener).circle.ignores(members_.at(from).name.view());
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
    const std::string name = target ? std::string(members_.at(*target).name.view()) : *wish->target;
    if (keeping_.holds_too_much(members_.at(slot).key)) return game_verdict(sim::Verdict::StoreBehind);
    const MessageVerdict verdict = change_circle(members_.at(slot).circle, wish->action, name);
    if (verdict.kind != MessageVerdict::Kind::Accepted) return verdict;
    const Member& member = members_.at(slot);
    keeping_.keep_acquaintances(member.key, {member.circle.friends, member.circle.ignored});
  }
  send_circle(slot);
  return keeping_.hold(members_.at(slot).key, question_of(frame, "friend")) ? pending_verdict() : MessageVerdict{};
}

MessageVerdict WorldPeople::change_circle(Circle& circle, FriendAction action, const std::string& name) const {
  const bool about_friends = action == FriendAction::Add || action == FriendAction::Remove;
  std::vector<std::string>& names = about_friends ? circle.friends : circle.ignored;
  const auto found = std::find(names.begin(), names.end(), name);
  if (action == FriendAction::Remove || action == FriendAction::Unignore) {
    if (found == names.end()) return no_such_player();
    names.erase(found);
    return {};
  }
  if (found != names.end()) return {};
  if (names.size() >= Circle::kNamesMax) {
    return {MessageVerdict::Kind::Refused, sim::verdict_code(sim::Verdict::TooMany), "Your list is full."};
  }
  names.push_back(name);
  return {};
}

void WorldPeople::send_circle(SessionSlot slot) {
  const Circle& circle = members_.at(slot).circle;
  std::vector<protocol::FriendRow> rows;
  for (const bool ignored : {false, true}) {
    for (const std::string& name : ignored ? circle.ignored : circle.friends) {
      const std::optional<SessionSlot> here = members_.find(name);
      rows.push_back({name, here ? std::string_view(control_.session_id(*here)) : std::string_view(), ignored});
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
