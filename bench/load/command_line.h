#pragma once
// Flags to settings.

#include <optional>
#include <string>

#include "load/settings.h"

namespace throng::bench {

/// What main should do.
struct Command {
  Settings settings;
  std::optional<int> print_side_for;  // only print the reference square's side for so many players
  std::optional<int> exit_code;       // --help, or wrong flags: already explained
};

/// Explains --help and wrong flags on standard output and error itself; wrong flags exit with 2.
Command read_command_line(int argc, char** argv);

}  // namespace throng::bench
