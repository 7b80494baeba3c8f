#pragma once
// Parties in the database. Each call is a part of the caller's transaction; the tables see to it that a character is in one
// party at most. Whoever changes a party holds its row first, so that two servers change it one after the other.

#include <cstdint>
#include <optional>

#include "base/ids.h"
#include "base/result.h"
#include "room/party_registry.h"
#include "services/database/connection.h"

namespace throng::services {

/// An invitation that nobody answers ends after so long.
inline constexpr std::int64_t kInvitationMs = 5 * 60'000;
/// Of one who invites; beyond it the oldest are forgotten.
inline constexpr std::int64_t kInvitationsMax = 8;
/// Somebody else was faster; the same again may do.
inline constexpr std::string_view kPartyRace = "party_race";

/// 0: none.
Result<PartyId> party_of(Connection& connection, CharacterId character);
/// Of a party that is no more the id alone. @param now  who plays then, by the leases
Result<room::PartyRoster> load_party(Connection& connection, PartyId party, std::int64_t now);
/// Null: it is in none.
Result<room::SharedRoster> load_party_of(Connection& connection, CharacterId character, std::int64_t now);

/// What became of a wish.
struct PartyOutcome {
  sim::Verdict verdict = sim::Verdict::Accepted;  ///< other than Accepted: nothing was changed but maybe a version
  std::optional<room::PartyTold> told;
};

/// @param self  who wishes it
Result<PartyOutcome> carry_out(Connection& connection, CharacterId self, const room::PartyWish& wish, std::int64_t now);

/// Without a word: a character that is to be deleted. Nothing happens when it is in none.
Result<void> leave_party_for_good(Connection& connection, CharacterId character);
/// Ends the parties of which nobody plays or was kept after `since`, and invitations that are over.
/// @return how many parties
Result<std::int64_t> end_forgotten_parties(Connection& connection, std::int64_t since, std::int64_t now);

}  // namespace throng::services
