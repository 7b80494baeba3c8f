#pragma once
// Short texts in saves and recordings: one byte of length, then the bytes.

#include <algorithm>
#include <string_view>

#include "base/bytes.h"

namespace throng::sim {

/// Longer texts are cut at 255 bytes.
inline void put_short_text(ByteWriter& out, std::string_view text) {
  text = text.substr(0, std::min<std::size_t>(text.size(), 255));
  out.put(static_cast<std::uint8_t>(text.size()));
  out.append(text);
}

/// A view into the source; empty, with the reader failed, when it is cut off.
inline std::string_view get_short_text(ByteReader& in) {
  const auto bytes = in.take(in.get<std::uint8_t>().value_or(0));
  return bytes ? as_text(*bytes) : std::string_view{};
}

}  // namespace throng::sim
