#include "protocol/state/world_state.h"

#include <array>

#include "base/assert.h"

namespace throng::protocol {
namespace {

struct WorldLink {
  std::string_view name;
  WireType type;
  std::uint32_t ref;
  int referenced_type;  ///< in the order of describe_world_state
  std::string_view help;
};

/// The root's fields after the plain ones, in wire order. At the end only, like the fields of a row.
constexpr std::array kWorldLinks = {
    WorldLink{"me", WireType::Ref, kMeRef, 1, "what only you are told"},
    WorldLink{"players", WireType::Map, kPlayersRef, 2, "players in view, by session id"},
    WorldLink{"monsters", WireType::Map, kMonstersRef, 3, "monsters in view, by entity id"},
    WorldLink{"npcs", WireType::Map, kNpcsRef, 4, "characters of the story in view, by entity id"},
    WorldLink{"drops", WireType::Map, kDropsRef, 5, "what lies on the ground in view, by entity id"},
};
static_assert(kWorldLinksBytesMax >= 2 * kWorldLinks.size(), "a link is an operation and a refId below 128");

/// Where the types of what lies in `me` begin, in the order of describe_world_state.
constexpr int kFirstPrivateType = 6;
constexpr std::size_t kFirstLinkField = kRowFieldCount<WorldRootRow>;

}  // namespace

StateInfo describe_world_state() {
  TypeInfo root = describe_row<WorldRootRow>();
  for (const WorldLink& link : kWorldLinks)
    root.fields.push_back({link.name, link.type, link.referenced_type, link.help});
  return {"world",
          {std::move(root), describe_me(kFirstPrivateType), describe_row<PlayerRow>(), describe_row<MonsterRow>(),
           describe_row<NpcRow>(), describe_row<DropRow>(), describe_row<ItemSlotRow>(), describe_row<KnownSkillRow>(),
           describe_row<BuffRow>(), describe_row<QuestRow>(), describe_row<PartyMemberRow>()}};
}

std::uint8_t* encode_world_links(std::uint8_t* at) {
  for (std::size_t i = 0; i < kWorldLinks.size(); ++i) {
    at = write_u8(at, static_cast<std::uint8_t>(kAdd | (kFirstLinkField + i)));
    at = write_num(at, kWorldLinks[i].ref);
  }
  return at;
}

std::uint8_t world_map_field(std::uint32_t map_ref) {
  for (std::size_t i = 0; i < kWorldLinks.size(); ++i) {
    if (kWorldLinks[i].type == WireType::Map && kWorldLinks[i].ref == map_ref) {
      return static_cast<std::uint8_t>(kFirstLinkField + i);
    }
  }
  assert_failed("map_ref", __FILE__, __LINE__, "no map of the world state has this refId");
}

}  // namespace throng::protocol
