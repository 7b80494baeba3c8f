#pragma once
// From what somebody asks for at match-making to the character that they play, and its lease.

#include <cstdint>
#include <string>
#include <variant>

#include "base/ids.h"
#include "base/result.h"
#include "room/arrival.h"
#include "services/characters/character_settings.h"
#include "services/characters/token_verifier.h"
#include "services/database/connection.h"

namespace throng::services {

struct CharacterWish {
  TokenHolder holder;
  std::string character;  ///< number or name; empty: the one that played last
  std::string name;       ///< of a new one, when there is none; empty: after the account
  std::int64_t now = 0;   ///< Unix milliseconds
  bool take_over = false; ///< also from another node that is alive
};

/// Another node has one of the account's characters, and is alive.
struct PlaysElsewhere {};
/// In words for the person.
struct WishRefused {
  std::string text;
};
using ClaimOutcome = std::variant<room::Arrival, PlaysElsewhere, WishRefused>;

/// Within a job of Store::write. Whatever else of the account was held is so no more: it has one live session.
Result<ClaimOutcome> claim_character(Connection& connection, const CharacterSettings& settings,
                                     const CharacterWish& wish);

}  // namespace throng::services
