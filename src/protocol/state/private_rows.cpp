#include "protocol/state/private_rows.h"

#include <array>

namespace throng::protocol {
namespace {

struct MeLink {
  std::string_view name;
  PrivateMapRefs refs;
  int type;  ///< counted from that of ItemSlot
  std::string_view help;
};

/// The fields of `me` after the plain ones, in wire order. At the end only, like the fields of a row.
constexpr std::array kMeLinks = {
    MeLink{"bag", kBagRefs, 0, "what you carry, by slot; a slot comes when it is used first"},
    MeLink{"equipment", kEquipmentRefs, 0, "what you wear, by name of the slot; a slot comes when it is used first"},
    MeLink{"skills", kSkillsRefs, 1, "what you can do, by id"},
    MeLink{"buffs", kBuffsRefs, 2, "what works on you now"},
    MeLink{"quests", kQuestsRefs, 3, "your quests, by id; at most 32 are shown"},
    MeLink{"party", kPartyRefs, 4, "who is in your party"},
};
static_assert(kMeLinksBytesMax >= 2 * kMeLinks.size(), "a link is an operation and a refId below 128");
static_assert(kRowFieldCount<MeRow> + kMeLinks.size() <= kFieldsMax);

}  // namespace

TypeInfo describe_me(int first_type) {
  TypeInfo me = describe_row<MeRow>();
  for (const MeLink& link : kMeLinks)
    me.fields.push_back({link.name, WireType::Map, first_type + link.type, link.help});
  return me;
}

std::uint8_t* encode_me_links(std::uint8_t* at) {
  for (std::size_t i = 0; i < kMeLinks.size(); ++i) {
    at = write_u8(at, static_cast<std::uint8_t>(kAdd | (kRowFieldCount<MeRow> + i)));
    at = write_num(at, kMeLinks[i].refs.map);
  }
  return at;
}

}  // namespace throng::protocol
