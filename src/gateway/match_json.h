#pragma once
// The JSON that match-making answers with (SPEC 2.3, 2.4).

#include <string>

#include "gateway/matchmaker.h"

namespace throng::gateway {

/// One body for all generations: flat fields for 0.17 and 0.18, and `room` for 0.16.
std::string seat_json(const Seat& seat, const std::string& public_address);
std::string error_json(const MatchError& error);

}  // namespace throng::gateway
