#pragma once
// `throngd log-level` and `throngd profile`, which ask the running server.

#include "app/options.h"

namespace throng::app {

/// @return the exit code
int run_log_level_command(const Options& options);
int run_profile_command(const Options& options);

}  // namespace throng::app
