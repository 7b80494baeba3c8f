#pragma once
// Match-making as metrics: how requests end, and how long they take.

#include <array>

#include "base/clock.h"
#include "base/metrics.h"
#include "gateway/matchmaker.h"

namespace throng::gateway {

/// `seat`, or in a word why there is none.
std::string_view match_outcome(const MatchReply& reply);

/// The matchmaker's thread.
class MatchMetrics {
 public:
  MatchMetrics();
  void answered(MatchMethod method, const MatchReply& reply, Nanoseconds took) const;

 private:
  static constexpr std::size_t kMethods = 5;
  std::array<HistogramSeries, kMethods> durations_;
};

}  // namespace throng::gateway
