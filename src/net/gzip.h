#pragma once
// Compression for responses that are made once and sent often.

#include <optional>
#include <string>
#include <string_view>

namespace throng::net {

/// The gzip form at the highest level; nothing when the library fails. Slow; for start-up. Any thread.
std::optional<std::string> gzip(std::string_view content);

}  // namespace throng::net
