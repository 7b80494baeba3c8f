#pragma once
// `throngd config …`: the versions of the content, from the command line. Works on the database and the files;
// what needs the running server asks it through the socket in the data folder.

#include "app/options.h"

namespace throng::app {

/// Prints what it did or why it did not. Returns the exit code: 0 done, 1 refused or failed, 2 wrong configuration.
int run_config_command(const Options& options);

}  // namespace throng::app
