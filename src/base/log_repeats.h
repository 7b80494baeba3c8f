#pragma once
// Which lines of a burst are written, and how many are not. One thread at a time.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log_line.h"

namespace throng {

/// Lines of a burst that is over and that nobody was told of.
struct HeldBack {
  LogLevel level = LogLevel::Warning;
  std::string text;  ///< of the last of them
  std::uint64_t lines = 0;
};

class LogRepeats {
 public:
  /// Kinds that are remembered at a time. Of a new one beyond them every line passes.
  static constexpr std::size_t kKindsMax = 256;

  /// Whether a line of this kind may be written now. If so: how many were held back before it.
  /// @param per_second  lines that pass within a second of the first of a burst, at least 1
  std::optional<std::uint64_t> pass(std::string_view kind, unsigned per_second, LogLevel level, std::string_view text,
                                    MonotonicTime now);

  /// What was held back of bursts that are over, once. @param all  of the others too
  std::vector<HeldBack> take_over(MonotonicTime now, bool all = false);

 private:
  struct Burst {
    MonotonicTime ends{};
    unsigned passed = 0;
    HeldBack held;
  };
  void forget_old(MonotonicTime now);

  std::map<std::string, Burst, std::less<>> bursts_;  // bound: kKindsMax
};

}  // namespace throng
