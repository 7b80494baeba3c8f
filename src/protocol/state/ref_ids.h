#pragma once
// Which refId every structure of the state has. They are the same for all clients and for the life of a room;
// what differs between clients is only which of them they hold. All stay below 2^24, beyond which the Unity SDK
// cannot tell them apart.

#include <cstddef>
#include <cstdint>

namespace throng::protocol {

inline constexpr std::uint32_t kRootRef = 0;
/// The entity maps of the root: 1 to 8.
inline constexpr std::uint32_t kPlayersRef = 1;
inline constexpr std::uint32_t kMonstersRef = 2;
inline constexpr std::uint32_t kNpcsRef = 3;
inline constexpr std::uint32_t kDropsRef = 4;
/// The one map of the `mmo` room.
inline constexpr std::uint32_t kEntitiesRef = 1;
/// The client's own structure; its maps and their entries have 17 to 255.
inline constexpr std::uint32_t kMeRef = 16;

/// A map inside `me`: entry number i has refId first_entry + i, and map index i. Entries are never taken away again, so
/// a refId stands for the same thing as long as the client holds its `me`.
struct PrivateMapRefs {
  std::uint32_t map;
  std::uint32_t first_entry;
  std::size_t entries;
};
inline constexpr PrivateMapRefs kBagRefs{17, 32, 60};
inline constexpr PrivateMapRefs kEquipmentRefs{18, 92, 8};
inline constexpr PrivateMapRefs kSkillsRefs{19, 100, 32};
inline constexpr PrivateMapRefs kBuffsRefs{20, 132, 12};
inline constexpr PrivateMapRefs kQuestsRefs{21, 144, 32};
inline constexpr PrivateMapRefs kPartyRefs{22, 176, 8};

/// Entity number i has refId kFirstEntityRef + i, and map index i.
inline constexpr std::uint32_t kFirstEntityRef = 256;
static_assert(kPartyRefs.first_entry + kPartyRefs.entries <= kFirstEntityRef);
inline constexpr std::uint32_t kRefLimit = 1u << 24;
inline constexpr std::uint32_t kEntityIndexLimit = kRefLimit - kFirstEntityRef;

/// @param entity_index  dense index in the room's entity pool, below kEntityIndexLimit
constexpr std::uint32_t entity_ref(std::uint32_t entity_index) { return kFirstEntityRef + entity_index; }

}  // namespace throng::protocol
