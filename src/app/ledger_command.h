#pragma once
// `throngd ledger verify|show`.

#include "app/options.h"

namespace throng::app {

/// @return the exit code
int run_ledger_command(const Options& options);

}  // namespace throng::app
