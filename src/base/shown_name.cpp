#include "base/shown_name.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"

namespace throng {
namespace {

constexpr std::size_t kMarkLength = 5;  // a hyphen and four digits

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_mark(std::string_view name) {
  if (name.size() <= kMarkLength) return name;
  const std::string_view end = name.substr(name.size() - kMarkLength);
  const bool marked = end.front() == '-' && std::all_of(end.begin() + 1, end.end(), is_digit);
  return marked ? name.substr(0, name.size() - kMarkLength) : name;
}

/// The first letters, so that a mark fits behind them.
std::string_view beginning_of(std::string_view name) {
  std::string_view rest = name;
  std::size_t end = 0;
  for (std::size_t letters = 0; letters < kShownNameLettersMax - kMarkLength; ++letters) {
    const std::size_t length = code_point_length(rest);
    if (length == 0 || end + length > kShownNameBytesMax - kMarkLength) break;
    rest.remove_prefix(length);
    end += length;
  }
  return name.substr(0, end);
}

}  // namespace

std::string numbered_name(std::string_view name, Rng& rng) {
  return fmt::format("{}-{:04}", beginning_of(without_mark(name)), rng.below(10'000));
}

}  // namespace throng
