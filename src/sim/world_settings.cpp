#include "sim/world_settings.h"

#include <fmt/format.h>

namespace throng::sim {
namespace {

Result<void> check_range(std::string_view name, std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value >= low && value <= high) return {};
  return fail(fmt::format("world settings: {} is {}, expected {} to {}", name, value, low, high));
}

}  // namespace

Result<void> check_settings(const WorldSettings& settings) {
  THRONG_CHECK(check_range("tick_rate_hz", settings.tick_rate_hz, 1, kTickRateMaxHz));
  THRONG_CHECK(check_range("player_speed", settings.player_speed.value, 0, kSpeedMax.value));
  THRONG_CHECK(
      check_range("body_half_size", settings.body_half_size.value, kBodyHalfSizeMin.value, kBodyHalfSizeMax.value));
  THRONG_CHECK(check_range("entities_max", settings.entities_max, 1, kEntitiesLimit));
  THRONG_CHECK(check_range("grid_cell", settings.grid_cell.value, kGridCellMin.value, kGridCellMax.value));
  THRONG_CHECK(check_range("item_uid_base", settings.item_uid_base, 0, kItemUidBaseMax));
  return check_range("index_quarantine_ms", settings.index_quarantine_ms, 0, kIndexQuarantineMsMax);
}

}  // namespace throng::sim
