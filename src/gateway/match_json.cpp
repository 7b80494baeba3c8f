#include "gateway/match_json.h"

#include <nlohmann/json.hpp>

namespace throng::gateway {
namespace {

std::string to_text(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

std::string seat_json(const Seat& seat, const std::string& public_address) {
  nlohmann::ordered_json room{{"name", seat.name}, {"roomId", seat.room_id}, {"processId", seat.process_id}};
  nlohmann::ordered_json body{
      {"name", seat.name}, {"sessionId", seat.session_id}, {"roomId", seat.room_id}, {"processId", seat.process_id}};
  if (!public_address.empty()) {
    room["publicAddress"] = public_address;
    body["publicAddress"] = public_address;
  }
  room["clients"] = seat.clients;
  room["maxClients"] = seat.max_clients;
  body["room"] = std::move(room);
  return to_text(body);
}

std::string error_json(const MatchError& error) { return to_text({{"code", error.code}, {"error", error.text}}); }

}  // namespace throng::gateway
