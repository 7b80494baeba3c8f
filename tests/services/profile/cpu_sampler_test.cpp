#include "services/profile/cpu_sampler.h"

#include <barrier>
#include <ctime>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

namespace throng::services {
namespace {

std::int64_t own_cpu_ns() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return spent.tv_sec * std::int64_t{1'000'000'000} + spent.tv_nsec;
}

/// Nine tenths of what lies between two samples: less than that, and still longer than between two ticks of the system, which
/// is when it looks at timers. On a busy machine a thread often begins right after one.
void work_a_little() {
  const std::int64_t end_ns = own_cpu_ns() + 1'000'000'000 / kSamplesPerSecond * 9 / 10;
  while (own_cpu_ns() < end_ns) {
  }
}

TEST(CpuSampler, SeesThreadsThatTakeLessThanLiesBetweenTwoSamples) {
  if (!can_sample_cpu()) return;
  constexpr int kProfilesMax = 1'000;  // most show it; on a machine with too much to do every tenth
  std::barrier turn(2);
  bool over = false;
  std::uint32_t working = 0;
  std::thread worker([&] {
    working = static_cast<std::uint32_t>(gettid());
    for (;;) {
      turn.arrive_and_wait();
      if (over) return;
      work_a_little();
      turn.arrive_and_wait();
    }
  });
  bool seen = false;
  for (int i = 0; i < kProfilesMax && !seen; ++i) {
    const auto sampler = CpuSampler::start();
    EXPECT_TRUE(sampler.has_value());
    turn.arrive_and_wait();
    turn.arrive_and_wait();
    if (!sampler) break;
    (*sampler)->stop();
    (*sampler)->samples().for_each(
        [&](std::uint32_t thread, std::span<const std::uintptr_t>) { seen = seen || thread == working; });
  }
  over = true;
  turn.arrive_and_wait();
  worker.join();
  EXPECT_TRUE(seen);
}

}  // namespace
}  // namespace throng::services
