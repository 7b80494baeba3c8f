#pragma once
// Percentiles of many durations in little memory: log-linear buckets, 64 to the octave.

#include <array>
#include <cstdint>

namespace throng::bench {

/// Counts durations in whole microseconds, [0, 2^36); larger ones count as 2^36 - 1 (19 hours), negative ones as 0.
/// A percentile is at most 1.6 % too high; the maximum is exact. One thread.
class Histogram {
 public:
  void record(std::int64_t microseconds);

  std::uint64_t count() const { return count_; }
  std::int64_t max() const { return max_; }
  /// Microseconds; 0 when nothing was recorded.
  double mean() const;
  /// The smallest bucket edge that at least `share` (0, 1] of the records do not exceed; 0 when nothing was recorded.
  std::int64_t percentile(double share) const;

 private:
  static constexpr std::size_t kBuckets = 1984;

  std::array<std::uint64_t, kBuckets> buckets_{};
  std::uint64_t count_ = 0;
  std::int64_t max_ = 0;
  double sum_ = 0;
};

}  // namespace throng::bench
