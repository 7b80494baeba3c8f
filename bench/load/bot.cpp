#include "load/bot.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "load/garbage.h"
#include "load/http_text.h"
#include "load/wire.h"

namespace throng::bench {
namespace {

constexpr std::uint32_t kMovesPerHeading = 10;  // direction style: a sharp turn every so many moves
constexpr std::size_t kSipBytes = 256;

RandomWalk walk_for(const BotContext& context, std::uint64_t seed) {
  const std::optional<Spawn>& spawn = context.settings.spawn;
  return spawn ? RandomWalk(seed, context.side_units, spawn->x, spawn->y) : RandomWalk(seed, context.side_units);
}

std::uint64_t seed_of(const BotContext& context, std::uint32_t index) {
  std::uint64_t mixed = context.settings.seed * 0x10001 + index;
  return splitmix64(mixed);
}

std::vector<std::uint8_t>& message_scratch() {
  thread_local std::vector<std::uint8_t> bytes;
  bytes.clear();
  return bytes;
}

}  // namespace

Bot::Bot(Behaviour behaviour, std::uint32_t index, bool watched, const BotContext& context)
    : context_(context),
      walk_(walk_for(context, seed_of(context, index))),
      rng_(seed_of(context, index) + 1),
      index_(index),
      behaviour_(behaviour),
      watched_(watched) {
  const std::uint64_t bits = rng_.next();
  for (std::size_t i = 0; i < mask_.size(); ++i) mask_[i] = static_cast<std::uint8_t>(bits >> (8 * i));
}

void Bot::enter(BotPhase phase, MonotonicTime now) {
  phase_ = phase;
  phase_began_ = now;
}

void Bot::begin_join(MonotonicTime now) {
  join_began_ = now;
  enter(BotPhase::Matchmaking, now);
}

std::string Bot::join_options() const {
  nlohmann::json options = nlohmann::json::parse(context_.settings.options);  // checked when the settings were read
  if (context_.settings.move_style == MoveStyle::Absolute) {
    options["x"] = walk_.x();
    options["y"] = walk_.y();
  } else if (!options.contains("name")) {
    options["name"] = fmt::format("bot-{}", index_);
  }
  return options.dump();
}

void Bot::connect(Descriptor socket, const Seat& seat, MonotonicTime now) {
  socket_ = std::move(socket);
  session_id_ = seat.session_id;
  reader_ = {};
  unsent_.clear();
  close_note_.clear();
  const std::string path = behaviour_ == Behaviour::Limit
                               ? context_.settings.path_prefix + "/limit"
                               : fmt::format("{}/{}/{}?sessionId={}", context_.settings.path_prefix, seat.process_id,
                                             seat.room_id, seat.session_id);
  text_ = upgrade_request(context_.host_header, path);
  enter(BotPhase::Connecting, now);
}

bool Bot::send_upgrade(MonotonicTime now) {
  const bool sent = send_raw(as_bytes(text_));
  text_.clear();
  enter(BotPhase::Upgrading, now);
  return sent;
}

BotEvent Bot::on_readable(MonotonicTime now) {
  const std::optional<ByteSpan> bytes = receive_some(socket_.number(), context_.scratch);
  if (!bytes) return BotEvent::Nothing;
  if (bytes->empty()) return BotEvent::Gone;
  if (context_.tally.measuring) context_.tally.bytes_in += bytes->size();
  return phase_ == BotPhase::Upgrading ? on_upgrade_bytes(*bytes, now) : on_frames(*bytes, now);
}

BotEvent Bot::on_upgrade_bytes(ByteSpan bytes, MonotonicTime now) {
  text_.append(as_text(bytes));
  HttpAnswer answer;
  std::size_t consumed = 0;
  const AnswerState state = parse_answer(text_, answer, consumed);
  if (state == AnswerState::NeedMore) return BotEvent::Nothing;
  if (state == AnswerState::Broken || answer.status != 101 || answer.header("sec-websocket-accept") != kUpgradeAccept) {
    context_.tally.fault(Fault::UpgradeRefused, state == AnswerState::Broken ? text_ : answer.head);
    return BotEvent::Gone;
  }
  enter(BotPhase::Joining, now);
  const std::string rest = text_.substr(consumed);
  text_ = {};
  if (behaviour_ == Behaviour::Limit) {
    const BotEvent event = joined(now);
    return rest.empty() ? event : (on_frames(as_bytes(rest), now), event);
  }
  return on_frames(as_bytes(rest), now);
}

BotEvent Bot::on_frames(ByteSpan bytes, MonotonicTime now) {
  BotEvent outcome = BotEvent::Nothing;
  ServerFrame frame;
  for (;;) {
    const FrameReader::Step step = reader_.next(bytes, frame);
    if (step == FrameReader::Step::NeedMore) return outcome;
    if (step == FrameReader::Step::Broken) {
      context_.tally.fault(Fault::BadFrame, fmt::format("session {}", session_id_));
      return BotEvent::Gone;
    }
    const BotEvent event = on_frame(frame, now);
    // After a join the end is reported by the next read: the swarm must first count the bot in.
    if (event == BotEvent::Gone) return outcome == BotEvent::Joined ? outcome : event;
    if (event == BotEvent::Joined) outcome = event;
    if (phase_ == BotPhase::Playing) reader_.keep_payload(watcher_ != nullptr || looter_ != nullptr);
  }
}

BotEvent Bot::on_frame(const ServerFrame& frame, MonotonicTime now) {
  switch (frame.opcode) {
    case FrameOpcode::Binary:
      if (frame.final && !frame.payload.empty()) return on_game_frame(frame, now);
      break;
    case FrameOpcode::Ping: send_frame(FrameOpcode::Pong, frame.payload); return BotEvent::Nothing;
    case FrameOpcode::Pong: return BotEvent::Nothing;
    case FrameOpcode::Close: on_close(frame.payload); return BotEvent::Gone;
    default: break;
  }
  context_.tally.fault(Fault::BadFrame, fmt::format("opcode {}, {} bytes: no game server sends text, fragments or "
                                                    "empty messages",
                                                    static_cast<int>(frame.opcode), frame.length));
  return BotEvent::Nothing;
}

BotEvent Bot::on_game_frame(const ServerFrame& frame, MonotonicTime now) {
  if (behaviour_ == Behaviour::Limit) {
    note_patch(now);
    return BotEvent::Nothing;
  }
  switch (static_cast<GameOpcode>(frame.payload[0] & 0x1fu)) {
    case GameOpcode::JoinRoom: return on_join_room(frame.payload, now);
    case GameOpcode::RoomState:
    case GameOpcode::RoomStatePatch: return on_state(frame, now);
    case GameOpcode::Error: {
      ByteReader reader(frame.payload.subspan(1));
      const double code = read_number(reader).value_or(0);
      const std::string text(read_text(reader).value_or(""));
      close_note_ = fmt::format("error {} {}", code, text);
      if (behaviour_ != Behaviour::Garbage) context_.tally.fault(Fault::ServerError, close_note_);
      return BotEvent::Nothing;
    }
    default: return BotEvent::Nothing;
  }
}

BotEvent Bot::on_join_room(ByteSpan payload, MonotonicTime now) {
  if (phase_ != BotPhase::Joining) return BotEvent::Nothing;
  const std::optional<JoinRoom> join = parse_join_room(payload);
  if (!join) {
    context_.tally.fault(Fault::BadState, "JOIN_ROOM that does not parse");
    return BotEvent::Gone;
  }
  if (join->has_state && (watched_ || behaviour_ == Behaviour::Loot)) {
    std::optional<StateTypes> types = parse_reflection(join->reflection);
    if (!types) {
      context_.tally.fault(Fault::BadState, "reflection that does not parse");
      return BotEvent::Gone;
    }
    if (behaviour_ == Behaviour::Loot) {
      looter_ = std::make_unique<Looter>(std::move(*types));
    } else {
      watcher_ =
          std::make_unique<Watcher>(std::move(*types), session_id_, context_.settings.move_style, walk_.x(), walk_.y());
    }
  }
  const std::array<std::uint8_t, 1> acknowledgement{static_cast<std::uint8_t>(GameOpcode::JoinRoom)};
  send_frame(FrameOpcode::Binary, acknowledgement);
  enter(BotPhase::AwaitingState, now);
  return join->has_state ? BotEvent::Nothing : joined(now);
}

BotEvent Bot::on_state(const ServerFrame& frame, MonotonicTime now) {
  if (watcher_ != nullptr) watcher_->on_state(frame.payload.subspan(1), now, context_.tally);
  if (looter_ != nullptr) looter_->on_state(frame.payload.subspan(1), now, context_.tally);
  if (phase_ == BotPhase::AwaitingState) return joined(now);
  note_patch(now);
  return BotEvent::Nothing;
}

BotEvent Bot::joined(MonotonicTime now) {
  enter(BotPhase::Playing, now);
  last_patch_ = now;
  return BotEvent::Joined;
}

void Bot::note_patch(MonotonicTime now) {
  Tally& tally = context_.tally;
  if (tally.measuring && phase_ == BotPhase::Playing && is_measured(behaviour_)) {
    ++tally.patches;
    tally.patch_gap_us.record(std::chrono::duration_cast<std::chrono::microseconds>(now - last_patch_).count());
  }
  last_patch_ = now;
}

void Bot::on_close(ByteSpan payload) {
  if (payload.size() >= 2) {
    const int code = payload[0] << 8 | payload[1];
    close_note_ = fmt::format("close {} {}; {}", code, as_text(payload.subspan(2)), close_note_);
  }
  send_frame(FrameOpcode::Close, payload.first(std::min<std::size_t>(payload.size(), 2)));
}

void Bot::play_for_loot(MonotonicTime now) {
  if (looter_ == nullptr) return;
  for (const std::vector<std::uint8_t>& message : looter_->act(now, context_.tally)) {
    if (!send_frame(FrameOpcode::Binary, message)) context_.tally.fault(Fault::SendBlocked, "the server does not read");
  }
}

void Bot::move(MonotonicTime now) {
  if (behaviour_ == Behaviour::Loot) return play_for_loot(now);
  std::vector<std::uint8_t>& message = message_scratch();
  if (context_.settings.move_style == MoveStyle::Direction) {
    step_direction(now, message);
  } else {
    walk_.advance(kWalkUnitsPerSecond / context_.settings.moves_per_second);
    append_move(message, walk_.x(), walk_.y(), std::nullopt);
    if (watcher_ != nullptr) watcher_->on_move(walk_.x(), walk_.y(), now, context_.tally);
  }
  if (!send_frame(FrameOpcode::Binary, message)) {
    context_.tally.fault(Fault::SendBlocked, "the server does not read");
  } else if (context_.tally.measuring) {
    ++context_.tally.moves_sent;
  }
}

void Bot::step_direction(MonotonicTime now, std::vector<std::uint8_t>& message) {
  const bool turn = moves_++ % kMovesPerHeading == index_ % kMovesPerHeading;
  if (turn) walk_.turn_sharply();
  append_move(message, walk_.heading_x(), walk_.heading_y(), moves_);
  if (turn && watcher_ != nullptr) {
    watcher_->on_move(static_cast<float>(walk_.heading_x()), static_cast<float>(walk_.heading_y()), now,
                      context_.tally);
  }
}

void Bot::send_garbage() {
  std::vector<std::uint8_t>& bytes = message_scratch();
  append_garbage(bytes, rng_);
  if (send_raw(bytes)) ++context_.tally.garbage_sent;
}

bool Bot::sip() {
  const std::optional<ByteSpan> bytes = receive_some(socket_.number(), context_.scratch.first(kSipBytes));
  return !bytes || !bytes->empty();
}

void Bot::leave(MonotonicTime now) {
  const std::array<std::uint8_t, 1> message{static_cast<std::uint8_t>(GameOpcode::LeaveRoom)};
  send_frame(FrameOpcode::Binary, message);
  enter(BotPhase::Leaving, now);
}

void Bot::close(BotPhase next, MonotonicTime now) {
  socket_.reset();
  watcher_.reset();
  looter_.reset();
  text_ = {};
  unsent_ = {};
  reader_ = {};
  enter(next, now);
}

bool Bot::send_frame(FrameOpcode opcode, ByteSpan payload) {
  thread_local std::vector<std::uint8_t> frame;
  frame.clear();
  append_client_frame(frame, opcode, payload, mask_);
  return send_raw(frame);
}

// A frame goes out whole or not at all; of a half-sent one the rest goes first.
bool Bot::send_raw(ByteSpan bytes) {
  if (!flush_unsent()) return false;
  const std::optional<std::size_t> sent = send_some(socket_.number(), bytes);
  if (!sent || *sent == 0) return false;
  const ByteSpan rest = bytes.subspan(*sent);
  unsent_.assign(rest.begin(), rest.end());
  return true;
}

bool Bot::flush_unsent() {
  if (unsent_.empty()) return true;
  const std::optional<std::size_t> sent = send_some(socket_.number(), unsent_);
  if (!sent) return false;
  unsent_.erase(unsent_.begin(), unsent_.begin() + static_cast<std::ptrdiff_t>(*sent));
  return unsent_.empty();
}

}  // namespace throng::bench
