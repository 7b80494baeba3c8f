#include "gateway/match_metrics.h"

#include "protocol/codes.h"

namespace throng::gateway {
namespace {

constexpr std::array<std::string_view, 5> kMethodNames{"joinOrCreate", "create", "join", "joinById", "reconnect"};

}  // namespace

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

std::string_view match_method_name(MatchMethod method) { return kMethodNames[static_cast<std::size_t>(method)]; }

MatchMetrics::MatchMetrics() {
  for (std::size_t i = 0; i < kMethods; ++i) {
    durations_[i] = series(Histogram::MatchDuration, {kMethodNames[i]});
    static_cast<void>(series(CounterFamily::Matches, {kMethodNames[i], "seat"}));
  }
}

void MatchMetrics::answered(MatchMethod method, const MatchReply& reply, Nanoseconds took) const {
  observe(durations_[static_cast<std::size_t>(method)], took.count());
  count(series(CounterFamily::Matches, {match_method_name(method), match_outcome(reply)}));
}

}  // namespace throng::gateway
