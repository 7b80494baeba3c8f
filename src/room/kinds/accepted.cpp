#include "room/kinds/accepted.h"

namespace throng::room {

AcceptedMessage accepted(const protocol::MessageInfo& info) {
  return {info.name, static_cast<int>(info.rate_per_s), info.burst};
}

MessageVerdict verdict_of(const protocol::Refusal& refusal) {
  const bool unreadable = refusal.code == protocol::kRefusalUndecodable;
  return {unreadable ? MessageVerdict::Kind::Undecodable : MessageVerdict::Kind::Refused, refusal.code, refusal.text};
}

MessageVerdict game_verdict(sim::Verdict verdict) {
  return {MessageVerdict::Kind::Refused, sim::verdict_code(verdict), std::string(sim::verdict_text(verdict))};
}

MessageVerdict pending_verdict() { return {MessageVerdict::Kind::Pending, {}, {}}; }

Question question_of(const protocol::ClientFrame& frame, std::string_view type) {
  Question question{type, std::nullopt};
  if (frame.kind == protocol::ClientFrame::Kind::Request) question.request_id = frame.request_id;
  return question;
}

}  // namespace throng::room
