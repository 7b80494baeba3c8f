#pragma once
// `throngd account create|list|set-role|reset-password|delete|export|erase`: on the database, whether or not a server runs.

#include "app/options.h"

namespace throng::app {

/// @return the exit code; what came of it is on the terminal
int run_account_command(const Options& options);

}  // namespace throng::app
