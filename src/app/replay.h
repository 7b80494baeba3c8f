#pragma once
// `throngd replay`: runs recordings again and compares every digest.

#include "app/options.h"

namespace throng::app {

/// Prints a line per file. 0 when all replayed to the same digests, 1 when one differed or could not be read.
int replay_files(const Options& options);

}  // namespace throng::app
