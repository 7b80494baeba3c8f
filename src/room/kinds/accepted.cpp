#include "room/kinds/accepted.h"

namespace throng::room {

AcceptedMessage accepted(const protocol::MessageInfo& info) {
  return {info.name, static_cast<int>(info.rate_per_s), info.burst};
}

MessageVerdict verdict_of(const protocol::Refusal& refusal) {
  const bool unreadable = refusal.code == protocol::kRefusalUndecodable;
  return {unreadable ? MessageVerdict::Kind::Undecodable : MessageVerdict::Kind::Refused, refusal.code, refusal.text};
}

}  // namespace throng::room
