#pragma once
// What one character of a test should have with it, and the sheet that says so.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "room/keeping.h"
#include "sim/character_sheet.h"

namespace throng::services {

struct Belongings {
  std::map<std::string, std::int64_t> amounts = {};  ///< coins and what stacks
  std::map<std::int64_t, std::string> pieces = {};  ///< by number
  friend bool operator==(const Belongings&, const Belongings&) = default;

  std::vector<std::uint8_t> sheet() const {
    sim::CharacterSheet sheet;
    std::uint8_t slot = 0;
    for (const auto& [name, amount] : amounts) {
      if (name == room::kCoinsAsset) {
        sheet.coins = amount;
      } else if (amount > 0) {
        sheet.bag.push_back({.item = name, .count = static_cast<std::uint16_t>(amount), .slot = slot++});
      }
    }
    for (const auto& [uid, name] : pieces) sheet.bag.push_back({.item = name, .count = 1, .slot = slot++, .uid = uid});
    return sim::save_sheet(sheet);
  }
};

}  // namespace throng::services
