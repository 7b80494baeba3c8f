#include "room/room_metrics.h"

#include <algorithm>

#include "protocol/messages/all_messages.h"
#include "protocol/messages/server_messages.h"

namespace throng::room {
namespace {

/// The lobby's own are signs; there is one word for them.
std::string_view label_of(std::string_view type) {
  return type == protocol::kLobbyRoomChanged || type == protocol::kLobbyRoomRemoved ? "room_change" : type;
}

}  // namespace

RoomMetrics::RoomMetrics(std::string_view kind)
    : rooms_{series(Gauge::Rooms, {kind})},
      seats_{series(Gauge::Seats, {kind})},
      players_{series(Gauge::Players, {kind})},
      entities_{series(Gauge::Entities, {kind})},
      snapshots_(series(CounterFamily::SentByType, {"snapshot"})),
      patches_(series(CounterFamily::SentByType, {"patch"})) {
  for (const protocol::MessageInfo& info : protocol::all_messages())
    received_.push_back({info.name, series(CounterFamily::MessagesByType, {info.name})});
  received_.push_back({"", series(CounterFamily::MessagesByType, {"other"})});
  for (const protocol::ServerMessageInfo& info : protocol::server_messages())
    sent_.push_back({info.name, series(CounterFamily::SentByType, {label_of(info.name)})});
  sent_.push_back({"", series(CounterFamily::SentByType, {"other"})});
  move(rooms_, 1);
}

RoomMetrics::~RoomMetrics() {
  for (Level* const level : {&rooms_, &seats_, &players_, &entities_}) move(*level, 0);
}

void RoomMetrics::received(std::string_view type) {
  const auto known =
      std::find_if(received_.begin(), received_.end(), [&](const Word& one) { return one.word == type; });
  count(known == received_.end() ? received_.back().series : known->series);
}

void RoomMetrics::sent(std::string_view type) {
  const auto known = std::find_if(sent_.begin(), sent_.end(), [&](const Word& one) { return one.word == type; });
  count(known == sent_.end() ? sent_.back().series : known->series);
}

}  // namespace throng::room
