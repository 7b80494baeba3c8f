#pragma once
// Interrupts every thread of the process after each hundredth of a second of its CPU time, and keeps its stack.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "services/profile/sample_buffer.h"

namespace throng::services {

/// 99 and not 100, so that it does not run in step with what happens every ten milliseconds.
inline constexpr int kSamplesPerSecond = 99;

/// Whether this build can be sampled; the error says why not. Sanitizers own signals and stacks.
Result<void> can_sample_cpu();

/// At most one at a time in the process, its caller sees to that; all calls on one thread.
class CpuSampler {
 public:
  /// Fails when the build or the system does not let us.
  static Result<std::unique_ptr<CpuSampler>> start();
  /// Ends the sampling.
  virtual ~CpuSampler() = default;
  /// Takes up threads that have come since. To be called a few times a second.
  virtual void look_for_threads() = 0;
  /// No sample is added after it.
  virtual void stop() = 0;
  /// After `stop`.
  virtual const SampleBuffer& samples() const = 0;
  /// Of all threads that were ever seen, by number; bound: kThreadsMax at a time, 4 * kThreadsMax in all.
  virtual const std::map<std::uint32_t, std::string>& thread_names() const = 0;
};

}  // namespace throng::services
