#pragma once
#include <cstdint>
#include <string>

namespace throng {

/// `2026-11-22T15:56:00.123Z` for milliseconds since 1970-01-01 UTC; years 0001 to 9999.
std::string iso_time(std::int64_t unix_milliseconds);

}  // namespace throng
