#pragma once
// `throngd backup` and `throngd restore`.

#include "app/options.h"

namespace throng::app {

/// @return the exit code
int run_backup_command(const Options& options);
int run_restore_command(const Options& options);

}  // namespace throng::app
