#pragma once
// Strict UTF-8 (RFC 3629), for texts that come from outside.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace throng {

/// Takes the first code point off `text`. Nothing when it is empty, overlong, cut short, a surrogate or beyond
/// U+10FFFF; `text` is then left as it was. Pure, any thread.
std::optional<char32_t> take_code_point(std::string_view& text);

/// Bytes of the code point that `text` begins with; 0 when there is none that `take_code_point` takes.
inline std::size_t code_point_length(std::string_view text) {
  const std::size_t before = text.size();
  take_code_point(text);
  return before - text.size();
}

/// Number of code points, or nothing when any of `text` is not valid UTF-8.
std::optional<std::size_t> count_code_points(std::string_view text);

/// Control characters, and the marks that turn the direction of text round: with them a line of chat can
/// look like somebody else's.
constexpr bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace throng
