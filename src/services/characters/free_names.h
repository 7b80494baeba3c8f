#pragma once
// Names that nobody has yet. Within jobs of the store; times are Unix milliseconds.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "services/accounts/names.h"
#include "services/database/connection.h"

namespace throng::services {

/// `base` with a number behind it. Nothing when the few that were tried are all taken.
Result<std::optional<Name>> free_name_like(Connection& connection, const Name& base, std::int64_t now);

/// For a guest who wishes to be called so: as they wish, or with a number behind it when a character is called so.
/// Empty when the wish is not allowed.
Result<std::string> guest_name(Connection& connection, std::string_view wish, std::int64_t now);

}  // namespace throng::services
