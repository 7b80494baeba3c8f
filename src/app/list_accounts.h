#pragma once
// `throngd account list`.

#include "app/account_options.h"
#include "base/result.h"
#include "services/database/connection.h"

namespace throng::app {

/// Prints those that the options ask for, as a table or as JSON. In order of number.
Result<void> list_accounts(services::Connection& connection, const AccountOptions& options);

}  // namespace throng::app
