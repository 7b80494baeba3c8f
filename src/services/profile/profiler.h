#pragma once
// CPU profiles of this process, one at a time.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "base/result.h"

namespace throng::services {

inline constexpr int kProfileSecondsMax = 60;

struct Profile {
  std::string folded;         ///< see folded_stacks.h
  std::uint64_t samples = 0;  ///< each is 1/99 of a second of CPU time
  std::uint64_t lost = 0;     ///< there was no room for them
  std::size_t threads = 0;    ///< that were watched
};

/// Errors of `start`, to be told apart; anything else is words.
inline constexpr std::string_view kProfileRunning = "a profile is being made already";

/// Any thread.
class Profiler {
 public:
  using Done = std::function<void(Result<Profile>)>;

  Profiler() = default;
  /// `end`; after it no `done` is called any more.
  ~Profiler();
  Profiler(const Profiler&) = delete;
  Profiler& operator=(const Profiler&) = delete;

  /// Does not wait. `done` is called once, on a thread of the profiler, unless this fails: with kProfileRunning, with what
  /// hinders (see cpu_sampler.h), or because the program ends.
  /// @param seconds  1 to kProfileSecondsMax
  Result<void> start(int seconds, Done done);
  /// Ends a profile that is being made early, with an error; none can be started any more.
  void end();

 private:
  void run(int seconds, const Done& done);
  Result<Profile> sample(int seconds);
  /// False: the profiler ends.
  bool wait_for(std::chrono::milliseconds time);

  std::mutex mutex_;
  std::condition_variable ending_changed_;
  bool running_ = false;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace throng::services
