#pragma once
// What a process has used so far, from /proc.

#include <cstdint>
#include <optional>

namespace throng::bench {

struct ProcessUsage {
  double cpu_seconds = 0;             // user and system, all threads
  std::uint64_t resident_bytes = 0;
};

/// Nothing when there is no such process (any more), or no permission. CPU time has a resolution of 10 ms.
std::optional<ProcessUsage> read_process_usage(int pid);

/// CPU time that this machine's cores have spent on anything, in seconds since it started; 0 when unknown. What is more
/// than server and generator used is what others used, and how far a measurement can be trusted.
double read_machine_busy_seconds();

}  // namespace throng::bench
