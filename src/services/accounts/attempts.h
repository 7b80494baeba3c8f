#pragma once
// How often something may be tried, counted in the database so that it holds across nodes and restarts. Inside the
// caller's transaction.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "content/server/accounts_def.h"
#include "services/database/connection.h"

namespace throng::services {

struct AttemptVerdict {
  std::int64_t wait_ms = 0;  ///< until the next try is looked at; 0: go on
  bool allowed() const { return wait_ms == 0; }
};

/// The key of what somebody does from an IP address; of IPv6 the whole /64 counts as one, since a household gets that.
std::string address_attempts_key(std::string_view what, const std::string& address);

/// Counts a try before it is made, unless it has to wait. Tries at the same instant each count.
/// @param key  as hashed_key makes them; the table's size is bounded by what is swept
Result<AttemptVerdict> begin_attempt(Connection& connection, const std::string& key,
                                     const content::AttemptLimitDef& limit, std::int64_t now);
/// Whether a try would have to wait; counts nothing.
Result<AttemptVerdict> look_at_attempts(Connection& connection, const std::string& key,
                                        const content::AttemptLimitDef& limit, std::int64_t now);
/// It was well: all is forgotten.
Result<void> forget_attempts(Connection& connection, const std::string& key);

/// @return rows that were gone
Result<std::int64_t> sweep_attempts(Connection& connection, std::int64_t now);

}  // namespace throng::services
