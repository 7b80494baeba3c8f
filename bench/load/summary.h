#pragma once
// A finished run as figures: for people, for machines, and as a verdict.

#include <string>
#include <vector>

#include "load/settings.h"
#include "load/swarm.h"

namespace throng::bench {

/// Why the run does not hold, in words; empty when it does. A run holds when nobody was lost, no state stream was
/// faulty and, if clients move, patches came at the patch rate (within 5 %) with the 99th percentile of the gaps at
/// most `patch_gap_p99_ms_max`.
std::vector<std::string> reasons_not_held(const Settings& settings, const RunRecord& record);

/// A table, one figure a line.
std::string as_table(const Settings& settings, const RunRecord& record);

/// One JSON object; bench/README.md names its members.
std::string as_json(const Settings& settings, const RunRecord& record);

}  // namespace throng::bench
