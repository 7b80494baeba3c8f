#include "content/game/npcs.h"

#include <tuple>

#include "content/game/file_descriptions.h"
#include "content/game/game_fields.h"

namespace throng::content {
namespace {

auto npc_figures(const NpcDef& npc) {
  return std::tie(npc.id, npc.name, npc.map, npc.x, npc.y, npc.lines, npc.shop, npc.retired);
}

const Description<ShopOffer>& offer_description() {
  static const Description<ShopOffer> description{
      .help = "Something for sale",
      .fields = {reference_field("item", &ShopOffer::item, {.required = true, .help = "Id of the item"}),
                 field("price", &ShopOffer::price, {.min = 0, .max = 100'000'000, .help = "0: the item's own"})},
      .check = {}};
  return description;
}

}  // namespace

const Description<NpcDef>& npc_description() {
  using N = NpcDef;
  static const Description<N> description{
      .help = "Somebody of the story",
      .fields =
          {field("name", &N::name, {.bytes_min = 1, .bytes_max = 64, .required = true, .help = "Shown to players"}),
           field("map", &N::map, {.form = TextForm::Name, .required = true, .help = "Name of the map"}),
           field("x_units", &N::x, {.min = 0, .max = kMapUnitsPerSideMax, .required = true, .help = "Where it stands"}),
           field("y_units", &N::y, {.min = 0, .max = kMapUnitsPerSideMax, .required = true, .help = "Where it stands"}),
           field("lines", &N::lines,
                 {.size_min = 0,
                  .size_max = 16,
                  .each = {.bytes_min = 1, .bytes_max = 400},
                  .help = "What it says, one after the other"}),
           array_field("shop", &N::shop, offer_description(),
                       {.size_min = 0,
                        .size_max = kShopOffersMax,
                        .required = false,
                        .help = "What it sells; empty: it keeps no shop"})},
      .check = {},
      .place = &N::place};
  return description;
}

bool operator==(const NpcDef& a, const NpcDef& b) { return npc_figures(a) == npc_figures(b); }

Result<std::vector<NpcDef>> parse_npcs(std::string_view text, std::string_view file) {
  return parse_defs(text, file, npcs_file());
}

std::string json_schema_for_npcs() { return schema_of(npcs_file()); }

}  // namespace throng::content
