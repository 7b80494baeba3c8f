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

/// A third of what lies between two samples.
void work_a_little() {
  const std::int64_t end_ns = own_cpu_ns() + 1'000'000'000 / kSamplesPerSecond / 3;
  while (own_cpu_ns() < end_ns) {
  }
}

TEST(CpuSampler, SeesThreadsThatTakeLessThanLiesBetweenTwoSamples) {
  if (!can_sample_cpu()) return;
  constexpr int kProfiles = 200;
  std::barrier turn(2);
  std::uint32_t working = 0;
  std::thread worker([&] {
    working = static_cast<std::uint32_t>(gettid());
    for (int i = 0; i < kProfiles; ++i) {
      turn.arrive_and_wait();
      work_a_little();
      turn.arrive_and_wait();
    }
  });
  int seen = 0;
  for (int i = 0; i < kProfiles; ++i) {
    const auto sampler = CpuSampler::start();
    EXPECT_TRUE(sampler.has_value());
    turn.arrive_and_wait();
    turn.arrive_and_wait();
    if (!sampler) continue;
    (*sampler)->stop();
    (*sampler)->samples().for_each(
        [&](std::uint32_t thread, std::span<const std::uintptr_t>) { seen += thread == working; });
  }
  worker.join();
  EXPECT_GT(seen, 0);  // about a third; fewer where the system's own ticks are far apart
}

}  // namespace
}  // namespace throng::services
