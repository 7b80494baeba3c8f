#include "gateway/match_metrics.h"

#include "protocol/codes.h"

namespace throng::gateway {

std::string_view match_outcome(const MatchReply& reply) {
  const MatchError* const error = std::get_if<MatchError>(&reply);
  if (error == nullptr) return "seat";
  switch (error->code) {
    case protocol::kErrorUnknownRoom: return "unknown_room";
    case protocol::kErrorNoMatch: return "no_match";
    case protocol::kErrorRoomMissing: return "room_missing";
    case protocol::kErrorSeatExpired: return "seat_expired";
    case protocol::kErrorAuthRefused: return "not_admitted";
    case protocol::kErrorApplication: return "refused";
    case 503: return "unavailable";
    default: return "failed";
  }
}

MatchMetrics::MatchMetrics() {
  for (std::size_t i = 0; i < kMethods; ++i) {
    const std::string_view method = match_method_name(static_cast<MatchMethod>(i));
    durations_[i] = series(Histogram::MatchDuration, {method});
    static_cast<void>(series(CounterFamily::Matches, {method, "seat"}));
  }
}

void MatchMetrics::answered(MatchMethod method, const MatchReply& reply, Nanoseconds took) const {
  observe(durations_[static_cast<std::size_t>(method)], took.count());
  count(series(CounterFamily::Matches, {match_method_name(method), match_outcome(reply)}));
}

}  // namespace throng::gateway
