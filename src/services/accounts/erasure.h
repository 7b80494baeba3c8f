#pragma once
// The end of an account: its personal data is gone, and what it did stays in the ledger without a name.

#include <cstdint>

#include "services/accounts/account.h"

namespace throng::services {

/// Inside the caller's transaction. Characters end at once, whoever plays them; what they own goes to the source
/// `destroy`, and their names are free. Erasing twice does no harm. Fails when there is no such account.
Result<void> erase_account(Connection& connection, AccountId account, std::int64_t now);

/// Erases anonymous accounts that nobody has a token of and that were last seen before `seen_before`.
/// @return how many; at most `count_max`, so that a transaction stays short
Result<std::int64_t> erase_lost_accounts(Connection& connection, std::int64_t seen_before, std::int64_t now,
                                         int count_max);

}  // namespace throng::services
