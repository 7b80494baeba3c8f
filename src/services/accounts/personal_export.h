#pragma once
// Everything that is kept about one person, for that person.

#include <cstdint>
#include <string>

#include "services/accounts/account.h"

namespace throng::services {

/// An indented JSON document: account, sessions (when, not the tokens), characters with all they are and own, their former
/// names, letters, acquaintances, party and invitations, and every move of the ledger that they had a part in. In one
/// transaction.
/// Fails when there is no such account.
Result<std::string> export_account(Connection& connection, AccountId account, std::int64_t now);

}  // namespace throng::services
