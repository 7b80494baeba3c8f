#include "base/log_repeats.h"

#include <chrono>
#include <utility>

namespace throng {
namespace {

constexpr std::chrono::seconds kBurst{1};

}  // namespace

std::optional<std::uint64_t> LogRepeats::pass(std::string_view kind, unsigned per_second, LogLevel level,
                                              std::string_view text, MonotonicTime now) {
  auto found = bursts_.find(kind);
  if (found == bursts_.end()) {
    if (bursts_.size() >= kKindsMax) forget_old(now);
    if (bursts_.size() >= kKindsMax) return 0;
    found = bursts_.emplace(std::string(kind), Burst{now + kBurst, 0, {}}).first;
  }
  Burst& burst = found->second;
  if (now >= burst.ends) {
    burst.ends = now + kBurst;
    burst.passed = 0;
  }
  if (burst.passed >= per_second) {
    burst.held.level = level;
    burst.held.text = text.substr(0, kLogTextBytesMax);
    ++burst.held.lines;
    return std::nullopt;
  }
  ++burst.passed;
  return std::exchange(burst.held.lines, 0);
}

std::vector<HeldBack> LogRepeats::take_over(MonotonicTime now, bool all) {
  std::vector<HeldBack> over;
  for (auto& [kind, burst] : bursts_) {
    if (burst.held.lines == 0 || (!all && now < burst.ends)) continue;
    over.push_back(burst.held);
    burst.held = {};
  }
  return over;
}

/// Those with something to tell stay until it is told.
void LogRepeats::forget_old(MonotonicTime now) {
  std::erase_if(bursts_, [now](const auto& entry) { return now >= entry.second.ends && entry.second.held.lines == 0; });
}

}  // namespace throng
