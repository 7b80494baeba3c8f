#pragma once
// Whether the ledger is right, proven on a live database: everything is read in one snapshot, in pages.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "content/game/game_content.h"
#include "services/database/connection.h"

namespace throng::services {

inline constexpr std::size_t kLedgerProblemsMax = 1'000;

struct LedgerReport {
  std::vector<std::string> problems;  ///< in words; the first kLedgerProblemsMax
  std::int64_t more_problems = 0;     ///< that are left out
  std::int64_t moves = 0;             ///< that were looked at
  /// Of which the program could not say why. Nothing is there twice or lost by them, so they are no problem of the ledger; but
  /// a mistake of the program has left its mark. Those with a note are from before trades and mails were reasons.
  std::int64_t unexplained = 0;
  std::int64_t owners = 0;
  std::int64_t pieces = 0;
  std::int64_t characters = 0;
};

/// Looks whether: the balances of each asset add up to zero; each balance is what the moves add up to; each piece has one owner,
/// the one that it went to last; what characters have with them is what they own; stacks are within their bounds; nobody owns
/// anything who is not there.
/// @param content  for the bounds of stacks; null: they are not looked at
/// @return what was found; an error when the database cannot be read
Result<LedgerReport> verify_ledger(Connection& connection, const content::GameContent* content = nullptr);

}  // namespace throng::services
