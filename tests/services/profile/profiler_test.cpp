#include "services/profile/profiler.h"

#include <atomic>
#include <future>
#include <optional>
#include <thread>

#include <gtest/gtest.h>

#include "base/thread_name.h"
#include "services/profile/cpu_sampler.h"

namespace throng::services {

/// Busy until it is told to stop; not in an anonymous namespace, so that its symbol is one.
[[gnu::noinline]] void work_that_shows(const std::atomic<bool>& stop, std::atomic<std::uint64_t>& sum) {
  while (!stop.load()) sum.fetch_add(1);
}

namespace {

class Busy {
 public:
  ~Busy() {
    stop_ = true;
    thread_.join();
  }

 private:
  std::atomic<bool> stop_{false};
  std::atomic<std::uint64_t> sum_{0};
  std::thread thread_{[this] {
    name_this_thread("busy one");
    work_that_shows(stop_, sum_);
  }};
};

TEST(Profiler, ShowsWhoWasBusy) {
  Profiler profiler;
  const Busy busy;
  std::promise<Result<Profile>> made;
  const Result<void> started = profiler.start(1, [&](Result<Profile> profile) { made.set_value(std::move(profile)); });
  if (!can_sample_cpu()) {
    EXPECT_EQ(started.error().message, can_sample_cpu().error().message);
    return;
  }
  ASSERT_TRUE(started.has_value());
  const Result<Profile> profile = made.get_future().get();
  ASSERT_TRUE(profile.has_value()) << profile.error().message;
  EXPECT_GT(profile->samples, 0u);
  EXPECT_EQ(profile->lost, 0u);
  EXPECT_NE(profile->folded.find("busy one;"), std::string::npos) << profile->folded;
  EXPECT_NE(profile->folded.find(";throng::services::work_that_shows("), std::string::npos) << profile->folded;
}

TEST(Profiler, MakesOneAtATimeAndTheNextAfterIt) {
  if (!can_sample_cpu()) return;
  Profiler profiler;
  std::promise<bool> first;
  ASSERT_TRUE(profiler.start(1, [&](const Result<Profile>& profile) { first.set_value(profile.has_value()); }));
  const Result<void> second = profiler.start(1, [](const Result<Profile>&) {});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().message, kProfileRunning);
  EXPECT_TRUE(first.get_future().get());
  std::promise<bool> third;
  ASSERT_TRUE(profiler.start(1, [&](const Result<Profile>& profile) { third.set_value(profile.has_value()); }));
  EXPECT_TRUE(third.get_future().get());
}

TEST(Profiler, TellsWhoeverWaitsThatItEnds) {
  if (!can_sample_cpu()) return;
  std::optional<bool> made;
  {
    Profiler profiler;
    ASSERT_TRUE(profiler.start(60, [&](const Result<Profile>& profile) { made = profile.has_value(); }));
    profiler.end();
    EXPECT_FALSE(profiler.start(1, [](const Result<Profile>&) {}));
  }
  EXPECT_EQ(made, false);
}

}  // namespace
}  // namespace throng::services
