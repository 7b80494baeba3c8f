#pragma once
// `world_events`: what is on in the world, for its players.

#include <span>
#include <string_view>
#include <vector>

#include "protocol/messages/server_messages.h"

namespace throng::protocol {

inline constexpr std::string_view kServerWorldEvents = "world_events";

struct WorldEventRow {
  std::string_view id;
  std::string_view name;
  std::string_view description;
};

void encode(MsgpackWriter& out, std::span<const WorldEventRow> running);

/// For the lists in game_messages.h.
std::vector<PayloadTypeInfo> world_event_payload_types();

}  // namespace throng::protocol
