#pragma once
// config/content/npcs.json: people of the story, who talk and trade.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "content/game/refs.h"

namespace throng::content {

struct ShopOffer {
  Reference<ItemRef> item;
  int price = 0;  ///< 0: the item's own
  friend bool operator==(const ShopOffer&, const ShopOffer&) = default;
};

struct NpcDef {
  std::string id;
  std::string name;
  std::string map;
  Milliunits x{0};
  Milliunits y{0};
  std::vector<std::string> lines;  ///< what it says, one after the other, to everybody who talks to it
  std::vector<ShopOffer> shop;     ///< empty: no shop
  std::string place;
  bool retired = false;
  friend bool operator==(const NpcDef& a, const NpcDef& b);  ///< without `place`
};

inline constexpr std::size_t kShopOffersMax = 64;

Result<std::vector<NpcDef>> parse_npcs(std::string_view text, std::string_view file);
std::string json_schema_for_npcs();

}  // namespace throng::content
