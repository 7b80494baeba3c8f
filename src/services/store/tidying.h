#pragma once
// Rows that mean nothing any more.

#include <cstdint>

#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

/// Numbers of cuts of rooms that have been gone for a week, and answers to commands of a month ago.
/// @param now  Unix milliseconds
Result<void> tidy_database(Connection& connection, std::int64_t now);

}  // namespace throng::services
