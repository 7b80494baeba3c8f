#include "load/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace throng::bench {
namespace {

constexpr std::uint64_t kLinearBelow = 128;  // one bucket per microsecond up to here
constexpr std::uint64_t kPerOctave = 64;
constexpr std::int64_t kLongest = (std::int64_t{1} << 36) - 1;

std::size_t bucket_of(std::uint64_t value) {
  if (value < kLinearBelow) return static_cast<std::size_t>(value);
  const auto shift = static_cast<std::uint64_t>(std::bit_width(value)) - 7;
  return static_cast<std::size_t>(kLinearBelow + (shift - 1) * kPerOctave + ((value >> shift) - kPerOctave));
}

std::int64_t upper_edge(std::size_t bucket) {
  if (bucket < kLinearBelow) return static_cast<std::int64_t>(bucket);
  const std::size_t above = bucket - kLinearBelow;
  const std::size_t shift = above / kPerOctave + 1;
  const std::uint64_t mantissa = above % kPerOctave + kPerOctave;
  return static_cast<std::int64_t>(((mantissa + 1) << shift) - 1);
}

}  // namespace

void Histogram::record(std::int64_t microseconds) {
  const std::int64_t value = std::clamp<std::int64_t>(microseconds, 0, kLongest);
  ++buckets_[bucket_of(static_cast<std::uint64_t>(value))];
  ++count_;
  sum_ += static_cast<double>(value);
  max_ = std::max(max_, value);
}

double Histogram::mean() const { return count_ == 0 ? 0 : sum_ / static_cast<double>(count_); }

std::int64_t Histogram::percentile(double share) const {
  if (count_ == 0) return 0;
  const auto rank =
      std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_))));
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    seen += buckets_[bucket];
    if (seen >= rank) return std::min(upper_edge(bucket), max_);
  }
  return max_;
}

}  // namespace throng::bench
