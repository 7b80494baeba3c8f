// Room, the half that listens: frames and messages of clients.

#include <fmt/format.h>

#include "base/counters.h"
#include "protocol/codes.h"
#include "protocol/wire/msgpack.h"
#include "room/room.h"

namespace throng::room {
namespace {

constexpr std::int64_t kRateNoticeIntervalMs = 1000;

std::string type_as_text(const protocol::MessageType& type) {
  return type.is_string ? std::string(type.text.substr(0, 64)) : fmt::format("{}", type.number);
}

void count_verdict(MessageVerdict::Kind kind) {
  switch (kind) {
    case MessageVerdict::Kind::Accepted:
    case MessageVerdict::Kind::Pending: return;
    case MessageVerdict::Kind::UnknownType: return count(Counter::MessageUnknownType);
    case MessageVerdict::Kind::Undecodable: return count(Counter::MessageUndecodable);
    case MessageVerdict::Kind::Refused: return count(Counter::MessageBadField);
  }
}

}  // namespace

void Room::on_frame(SessionSlot slot, LinkId link, ByteSpan bytes) {
  Session* session = session_on(slot, link);
  if (session == nullptr) return;
  const protocol::ClientFrame frame = protocol::decode_client_frame(bytes);
  using Kind = protocol::ClientFrame::Kind;
  switch (frame.kind) {
    case Kind::Ack: return on_ack(slot);
    case Kind::Leave: return close_session(slot, protocol::kCloseConsented, "left");
    case Kind::Ping:
      context_.scratch.clear();
      protocol::write_ping(context_.scratch);
      return send_frame(slot);
    case Kind::Data:
    case Kind::Bytes: return on_message(slot, frame);
    case Kind::Request: return on_request(slot, frame);
    case Kind::Ignored: return;
    case Kind::Unknown: return count(Counter::MessageUnknownOpcode);
    case Kind::Malformed:
      count(Counter::MessageUndecodable);
      return close_session(slot, protocol::kCloseWithError, "a frame could not be read");
  }
}

void Room::on_ack(SessionSlot slot) {
  Session& session = sessions_[slot.value];
  if (session.phase != SessionPhase::Greeted) return;  // accepted exactly once
  session.phase = SessionPhase::Entering;
  count(Counter::JoinsCompleted);
  session.joining.add_event("acknowledged");
  if (logic_->has_state()) return;  // the next patch brings the snapshot
  session.phase = SessionPhase::Live;
  session.joining.end();
  flush_waiting(slot);
  logic_->entered(slot);
}

/// False when the message must not be looked at. `flood` is set when the client must go.
bool Room::within_rates(SessionSlot slot, const protocol::MessageType& type, bool& flood) {
  Session& session = sessions_[slot.value];
  const std::int64_t time_ms = now_ms();
  flood = !session.all_messages.take(time_ms);
  if (flood) return false;
  for (std::size_t i = 0; i < accepted_messages_.size(); ++i) {
    if (!type.is_string || type.text != accepted_messages_[i].name) continue;
    metrics_.received(accepted_messages_[i].name);
    return session.rates[i].take(time_ms);
  }
  metrics_.received({});
  return true;
}

MessageVerdict Room::judge(SessionSlot slot, const protocol::ClientFrame& frame) {
  if (sessions_[slot.value].phase == SessionPhase::Greeted) {
    count(Counter::MessageTooEarly);
    return {MessageVerdict::Kind::Refused, "too_early", "Messages are taken after JOIN_ROOM is acknowledged."};
  }
  const MessageVerdict verdict = logic_->message(slot, frame);
  count_verdict(verdict.kind);
  return verdict;
}

void Room::on_message(SessionSlot slot, const protocol::ClientFrame& frame) {
  bool flood = false;
  if (within_rates(slot, frame.type, flood)) return report(slot, frame.type, judge(slot, frame));
  if (flood) {
    count(Counter::MessageFlood);
    return close_session(slot, protocol::kCloseWithError, "too many messages");
  }
  count(Counter::MessageRateLimited);
  Session& session = sessions_[slot.value];
  if (now_ms() < session.told_of_rate_ms + kRateNoticeIntervalMs) return;
  session.told_of_rate_ms = now_ms();
  report(slot, frame.type, {MessageVerdict::Kind::Refused, "rate_limited", "You are doing that too fast."});
}

void Room::report(SessionSlot slot, const protocol::MessageType& type, const MessageVerdict& verdict) {
  switch (verdict.kind) {
    case MessageVerdict::Kind::Accepted:
    case MessageVerdict::Kind::Pending: return;
    case MessageVerdict::Kind::UnknownType:
      context_.scratch.clear();
      protocol::write_error(context_.scratch, protocol::kErrorInvalidMessage,
                            fmt::format("this room has no message type '{}'", type_as_text(type)));
      return send_frame(slot);
    case MessageVerdict::Kind::Undecodable:
      context_.scratch.clear();
      protocol::write_error(context_.scratch, protocol::kErrorInvalidMessage,
                            fmt::format("the payload of '{}' could not be decoded", type_as_text(type)));
      return send_frame(slot);
    case MessageVerdict::Kind::Refused: break;
  }
  ByteWriter payload;
  protocol::MsgpackWriter(payload)
      .map(3)
      .key("code")
      .string(verdict.code)
      .key("message")
      .string(verdict.text)
      .key("about")
      .string(type_as_text(type));
  send(slot, "error", payload.view());
}

void Room::on_request(SessionSlot slot, const protocol::ClientFrame& frame) {
  bool flood = false;
  MessageVerdict verdict{MessageVerdict::Kind::Refused, "rate_limited", "You are doing that too fast."};
  if (within_rates(slot, frame.type, flood)) {
    verdict = judge(slot, frame);
  } else {
    count(flood ? Counter::MessageFlood : Counter::MessageRateLimited);
  }
  if (flood) return close_session(slot, protocol::kCloseWithError, "too many messages");
  respond(slot, frame.request_id, frame.type, verdict);
}

/// A response goes out at once, also to a client that has not been shown its state yet: it asked for it.
void Room::respond(SessionSlot slot, std::uint32_t request_id, const protocol::MessageType& type,
                   const MessageVerdict& verdict) {
  FrameBuffer& answer = context_.scratch;
  answer.clear();
  ByteWriter payload;
  switch (verdict.kind) {
    case MessageVerdict::Kind::Pending: return;
    case MessageVerdict::Kind::Accepted:
      protocol::write_response(answer, request_id, protocol::kResponseValue, {});
      break;
    case MessageVerdict::Kind::UnknownType:
      protocol::write_fault(answer, request_id, "no_handler", fmt::format("nobody answers '{}'", type_as_text(type)));
      break;
    case MessageVerdict::Kind::Undecodable:
      protocol::write_fault(answer, request_id, "undecodable", "the payload could not be decoded",
                            protocol::kErrorInvalidMessage);
      break;
    case MessageVerdict::Kind::Refused:
      protocol::MsgpackWriter(payload).map(2).key("code").string(verdict.code).key("message").string(verdict.text);
      protocol::write_response(answer, request_id, protocol::kResponseRejected, payload.view());
      break;
  }
  send_frame(slot);
}

void Room::answer(SessionSlot slot, const Question& question, const MessageVerdict& verdict) {
  if (sessions_[slot.value].phase == SessionPhase::Free) return;
  count_verdict(verdict.kind);
  const protocol::MessageType type{true, question.type, 0};
  if (question.request_id) return respond(slot, *question.request_id, type, verdict);
  report(slot, type, verdict);
}

// What the room's logic says

void Room::send(SessionSlot slot, std::string_view type, ByteSpan payload) {
  Session& session = sessions_[slot.value];
  if (session.phase == SessionPhase::Free) return;
  metrics_.sent(type);
  context_.scratch.clear();
  protocol::write_message(context_.scratch, type, payload);
  if (session.phase == SessionPhase::Live) return send_frame(slot);
  if (session.waiting.size() >= Session::kWaitingMax) session.waiting.erase(session.waiting.begin());
  const ByteSpan frame = context_.scratch.view();
  session.waiting.emplace_back(frame.begin(), frame.end());
}

void Room::broadcast(std::string_view type, ByteSpan payload) {
  for (std::uint32_t i = 0; i < sessions_.size(); ++i) {
    if (sessions_[i].joined) send(SessionSlot{i}, type, payload);
  }
}

void Room::expel(SessionSlot slot, int code, std::string_view text) {
  if (sessions_[slot.value].phase == SessionPhase::Free) return;
  context_.scratch.clear();
  protocol::write_error(context_.scratch, code, text);
  send_frame(slot);
  if (sessions_[slot.value].phase != SessionPhase::Free) close_session(slot, protocol::kCloseWithError, text);
}

void Room::flush_waiting(SessionSlot slot) {
  const std::vector<std::vector<std::uint8_t>> frames = std::move(sessions_[slot.value].waiting);
  sessions_[slot.value].waiting.clear();
  for (const std::vector<std::uint8_t>& frame : frames) {
    context_.scratch.clear();
    context_.scratch.append(frame);
    send_frame(slot);
  }
}

}  // namespace throng::room
