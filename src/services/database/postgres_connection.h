#pragma once
// PostgreSQL by way of libpq. No call blocks for longer than the settings say: a server that is paused or cut off is
// noticed as Trouble::Away, and what was under way is then unknown.

#include <chrono>
#include <memory>
#include <string>

#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

struct PostgresSettings {
  std::string url;  ///< as libpq takes it; what it says goes before what is set here
  std::chrono::milliseconds connect_timeout{5'000};  ///< in whole seconds, at least 2
  std::chrono::milliseconds answer_timeout{10'000};  ///< to one call, or to one batch of it
  std::chrono::milliseconds lock_timeout{5'000};  ///< then Trouble::Busy
  std::chrono::milliseconds script_timeout{600'000};
};

/// The transactions are READ COMMITTED: a write waits for the row that another one holds, and sees what that left. Whoever
/// reads and then writes puts what it relied on into the WHERE of the write, or reads by `UPDATE … RETURNING`.
Result<std::unique_ptr<Connection>> open_postgres(const PostgresSettings& settings);

/// Without user, password and other settings. Empty: libpq does not take the address.
std::string shown_postgres_url(const std::string& url);

}  // namespace throng::services
