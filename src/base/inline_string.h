#pragma once
// A short text kept in place: comparable and copyable without the heap, for rows that are diffed each tick.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace throng {

/// At most `CapacityBytes` bytes of UTF-8; longer text is cut at a character boundary.
template <std::size_t CapacityBytes>
class InlineString {
 public:
  static_assert(CapacityBytes <= 255);
  InlineString() = default;
  InlineString(std::string_view text) { assign(text); }  // NOLINT: implicit by design

  void assign(std::string_view text) {
    std::size_t length = std::min(text.size(), CapacityBytes);
    while (length < text.size() && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0u) == 0x80u) --length;
    bytes_.fill(0);
    if (length > 0) std::memcpy(bytes_.data(), text.data(), length);
    size_ = static_cast<std::uint8_t>(length);
  }

  std::string_view view() const { return {bytes_.data(), size_}; }
  friend bool operator==(const InlineString& a, const InlineString& b) {
    return a.size_ == b.size_ && a.bytes_ == b.bytes_;
  }

 private:
  std::array<char, CapacityBytes> bytes_{};
  std::uint8_t size_ = 0;
};

}  // namespace throng
