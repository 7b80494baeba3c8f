#pragma once
// The composition root: joins configuration, workers and services, and runs them until a signal.

#include "app/configuration.h"

namespace throng::app {

/// Serves until SIGTERM or SIGINT, then drains: no new seats, sessions closed with 4001. A second signal ends at once.
/// Returns the exit code. Call before any other thread exists: it blocks the signals for all of them.
int serve(Configuration configuration);

}  // namespace throng::app
