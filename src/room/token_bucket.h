#pragma once
// A rate with a burst, in whole numbers.

#include <algorithm>
#include <cstdint>

namespace throng::room {

/// Lets through `per_s` events a second on average and `burst` at once. Time is milliseconds that never go back.
class TokenBucket {
 public:
  TokenBucket() = default;
  TokenBucket(int per_s, int burst) : per_s_(per_s), burst_(burst), thousandths_(std::int64_t{burst} * 1000) {}

  bool take(std::int64_t now_ms) {
    const std::int64_t refill = (now_ms - last_ms_) * per_s_;  // per second and millisecond: thousandths of an event
    thousandths_ = std::min(std::int64_t{burst_} * 1000, thousandths_ + refill);
    last_ms_ = now_ms;
    if (thousandths_ < 1000) return false;
    thousandths_ -= 1000;
    return true;
  }

 private:
  std::int32_t per_s_ = 0;
  std::int32_t burst_ = 0;
  std::int64_t thousandths_ = 0;
  std::int64_t last_ms_ = 0;
};

}  // namespace throng::room
