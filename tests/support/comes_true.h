#pragma once
// Waiting for what another thread or process does, for as long as a test has patience.

#include <chrono>

#include <poll.h>

namespace throng {

/// @return false: not within half a minute
template <typename Condition>
bool comes_true(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    poll(nullptr, 0, 1);
  }
  return true;
}

}  // namespace throng
