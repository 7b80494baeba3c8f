#include "room/stall_tick.h"

#ifdef THRONG_FAILPOINTS

#include <charconv>
#include <cstdlib>
#include <string>

#include "base/clock.h"

namespace throng::room {
namespace {

struct Stall {
  std::string kind;
  std::uint64_t tick = 0;
  std::chrono::milliseconds time{0};
};

/// The number up to the next colon, which goes as well.
std::uint64_t take_stall_number(std::string_view& text) {
  const std::string_view digits = text.substr(0, text.find(':'));
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  text.remove_prefix(std::min(text.size(), digits.size() + 1));
  return number;
}

Stall stall_of_environment() {
  const char* const value = std::getenv("THRONG_STALL_TICK");
  if (value == nullptr) return {};
  std::string_view text(value);
  Stall stall;
  stall.kind = text.substr(0, text.find(':'));
  text.remove_prefix(std::min(text.size(), stall.kind.size() + 1));
  stall.tick = take_stall_number(text);
  stall.time = std::chrono::milliseconds(take_stall_number(text));
  return stall;
}

}  // namespace

void stall_tick(std::string_view kind, std::uint64_t tick) {
  static const Stall stall = stall_of_environment();
  if (stall.kind.empty() || stall.tick != tick || stall.kind != kind) return;
  const MonotonicTime end = system_clock().now() + stall.time;
  while (system_clock().now() < end) {
  }
}

}  // namespace throng::room

#endif
