#include "gateway/match_metrics.h"

#include <gtest/gtest.h>

#include "gateway/match_request.h"
#include "protocol/codes.h"

namespace throng::gateway {
namespace {

TEST(MatchMetrics, NamesOutcomesByTheirCode) {
  EXPECT_EQ(match_outcome(Seat{}), "seat");
  EXPECT_EQ(match_outcome(MatchError{protocol::kErrorNoMatch, ""}), "no_match");
  EXPECT_EQ(match_outcome(MatchError{503, ""}), "unavailable");
  EXPECT_EQ(match_outcome(MatchError{9999, ""}), "failed") << "an application's own codes are not labels";
}

TEST(MatchMetrics, NamesMethodsAsThePathDoes) {
  for (const MatchMethod method : {MatchMethod::JoinOrCreate, MatchMethod::Create, MatchMethod::Join,
                                   MatchMethod::JoinById, MatchMethod::Reconnect}) {
    EXPECT_EQ(match_method(match_method_name(method)), method);
  }
}

TEST(MatchMetrics, CountsEveryAnswer) {
  const auto counted_seats = [] {
    for (const MetricReading& reading : read_metrics()) {
      if (reading.family->name != "throng_matchmake_total") continue;
      for (const MetricSample& sample : reading.samples)
        if (sample.labels[0].second == "joinById" && sample.labels[1].second == "seat") return sample.value;
    }
    return -1.0;
  };
  const MatchMetrics metrics;
  const double before = counted_seats();
  metrics.answered(MatchMethod::JoinById, Seat{}, std::chrono::milliseconds(3));
  EXPECT_EQ(counted_seats(), before + 1);
}

}  // namespace
}  // namespace throng::gateway
