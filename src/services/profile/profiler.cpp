#include "services/profile/profiler.h"

#include "base/assert.h"
#include "base/thread_name.h"
#include "services/profile/cpu_sampler.h"
#include "services/profile/folded_stacks.h"
#include "services/profile/symbols.h"

namespace throng::services {

Profiler::~Profiler() {
  end();
  if (thread_.joinable()) thread_.join();
}

void Profiler::end() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ending_changed_.notify_all();
}

Result<void> Profiler::start(int seconds, Done done) {
  THRONG_ASSERT(seconds >= 1 && seconds <= kProfileSecondsMax, "a profile of an impossible length");
  THRONG_CHECK(can_sample_cpu());
  const std::lock_guard lock(mutex_);
  if (ending_) return fail("the server is shutting down");
  if (running_) return fail(std::string(kProfileRunning));
  if (thread_.joinable()) thread_.join();  // it has said that it is done: this takes no time
  running_ = true;
  thread_ = std::thread([this, seconds, done = std::move(done)] { run(seconds, done); });
  return {};
}

void Profiler::run(int seconds, const Done& done) {
  name_this_thread("profiler");
  Result<Profile> profile = sample(seconds);
  {
    const std::lock_guard lock(mutex_);
    running_ = false;
  }
  done(std::move(profile));
}

Result<Profile> Profiler::sample(int seconds) {
  constexpr std::chrono::milliseconds kLookInterval{200};
  THRONG_TRY(const std::unique_ptr<CpuSampler> sampler, CpuSampler::start());
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (std::chrono::steady_clock::now() < end) {
    if (!wait_for(kLookInterval)) return fail("the server is shutting down");
    sampler->look_for_threads();
  }
  sampler->stop();
  Symbols symbols;
  FoldedStacks folded =
      fold_stacks(sampler->samples(), sampler->thread_names(),
                  [&symbols](std::uintptr_t address) -> const std::string& { return symbols.name_of(address); });
  return Profile{std::move(folded.text), folded.samples, sampler->samples().lost(), sampler->thread_names().size()};
}

bool Profiler::wait_for(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !ending_changed_.wait_for(lock, time, [this] { return ending_; });
}

}  // namespace throng::services
