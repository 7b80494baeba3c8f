#pragma once
// What a room chooses about its world, once.

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "base/units.h"

namespace throng::sim {

struct WorldSettings {
  int tick_rate_hz = 20;                      ///< 1..kTickRateMaxHz
  Milliunits player_speed = units(160);       ///< per second, 0..kSpeedMax
  Milliunits body_half_size = units(6);       ///< bodies are squares of twice this, kBodyHalfSizeMin..Max
  std::uint32_t entities_max = 65'000;        ///< alive or at rest, 1..kEntitiesLimit
  Milliunits grid_cell = units(128);          ///< side of a cell of the spatial grid, kGridCellMin..Max
  std::uint32_t index_quarantine_ms = 2'000;  ///< rest of an index before its reuse, 0..60'000 (SPEC 10.4: >= 2 s)
  std::int64_t item_uid_base = 0;             ///< uids of pieces count up from here, 0..kItemUidBaseMax

  friend bool operator==(const WorldSettings&, const WorldSettings&) = default;
};

inline constexpr int kTickRateMaxHz = 120;
inline constexpr std::uint32_t kEntitiesLimit = 250'000;
inline constexpr Milliunits kSpeedMax = units(10'000);
inline constexpr Milliunits kBodyHalfSizeMin{1};
inline constexpr Milliunits kBodyHalfSizeMax = units(64);
inline constexpr Milliunits kGridCellMin = units(8);
inline constexpr Milliunits kGridCellMax = units(100'000);
inline constexpr std::uint32_t kIndexQuarantineMsMax = 60'000;
/// So that no world ever runs out of uids.
inline constexpr std::int64_t kItemUidBaseMax = INT64_MAX - (std::int64_t{1} << 48);

/// Says which setting is out of its range. A world asserts on settings that fail here.
Result<void> check_settings(const WorldSettings& settings);

/// Rounded up to whole ticks.
constexpr Tick ticks_from_ms(std::uint32_t milliseconds, int tick_rate_hz) {
  return {static_cast<std::uint32_t>((std::uint64_t{milliseconds} * static_cast<std::uint64_t>(tick_rate_hz) + 999) /
                                     1000)};
}

}  // namespace throng::sim
