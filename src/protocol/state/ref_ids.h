#pragma once
// Which refId every structure of the state has. They are the same for all clients and for the life of a room;
// what differs between clients is only which of them they hold. All stay below 2^24, beyond which the Unity SDK
// cannot tell them apart.

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
/// The client's own structure; its parts have 17 to 127.
inline constexpr std::uint32_t kMeRef = 16;
/// Entity number i has refId kFirstEntityRef + i, and map index i.
inline constexpr std::uint32_t kFirstEntityRef = 128;
inline constexpr std::uint32_t kRefLimit = 1u << 24;
inline constexpr std::uint32_t kEntityIndexLimit = kRefLimit - kFirstEntityRef;

/// @param entity_index  dense index in the room's entity pool, below kEntityIndexLimit
constexpr std::uint32_t entity_ref(std::uint32_t entity_index) { return kFirstEntityRef + entity_index; }

}  // namespace throng::protocol
