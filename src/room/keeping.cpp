#include "room/keeping.h"

#include <array>
#include <cstddef>

namespace throng::room {

std::string_view ledger_source_name(LedgerSource source) {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(kLastLedgerSource)> kNames{
      "loot",  "quest",  "achievement", "shop",    "use",         "death", "game_master", "destroy",
      "start", "guests", "ground",      "expired", "unexplained", "trade", "mail"};
  const auto number = static_cast<std::size_t>(source);
  return number >= 1 && number <= kNames.size() ? kNames[number - 1] : std::string_view("unknown");
}

}  // namespace throng::room
