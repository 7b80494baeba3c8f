#pragma once
// How long to wait before something is tried again.

#include <algorithm>
#include <chrono>
#include <random>

namespace throng::services {

/// Longer and longer pauses, never two servers in step. One thread.
class BackOff {
 public:
  std::chrono::milliseconds next() {
    const auto step = static_cast<int>(step_.count());
    step_ = std::min(kLast, step_ * 2);
    return std::chrono::milliseconds(std::uniform_int_distribution<int>(step / 2, step)(random_));
  }
  void reset() { step_ = kFirst; }

 private:
  static constexpr std::chrono::milliseconds kFirst{50};
  static constexpr std::chrono::milliseconds kLast{2'000};
  std::chrono::milliseconds step_ = kFirst;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace throng::services
