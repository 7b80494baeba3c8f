#pragma once
// External commands that are sent twice take effect once.

#include <functional>
#include <string>

#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

/// What a command does, within the job's transaction, and the answer that its sender gets.
using Command = std::function<Result<std::string>(Connection&)>;

/// Within a job of Store::write: runs the command when its key is new, and gives its answer; the same answer without running
/// it when it is not. A command that fails leaves no trace, so that its key can be tried again.
/// Keys are forgotten after 30 days.
/// @param key  of the sender's choosing, unique among all commands: `mail.claim/<id of the mail>/…`; at most 200 bytes
/// @param now  Unix milliseconds
Result<std::string> once(Connection& connection, const std::string& key, std::int64_t now, const Command& command);

}  // namespace throng::services
