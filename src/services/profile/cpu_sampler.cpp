#include "services/profile/cpu_sampler.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <thread>

#include <fmt/format.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/rng.h"
#include "services/profile/process_threads.h"
#include "services/profile/stack_walk.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define THRONG_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define THRONG_SANITIZED 1
#endif
#endif

namespace throng::services {
namespace {

/// Where the handler puts what it finds; null: nobody wants to know. There until the last handler has ended.
std::atomic<SampleBuffer*> g_samples{nullptr};
std::atomic<int> g_handlers_running{0};

/// Async-signal-safe: no allocation, no lock.
void on_sample_signal(int, siginfo_t*, void* ucontext) {
  const int saved_errno = errno;
  g_handlers_running.fetch_add(1);
  if (SampleBuffer* const samples = g_samples.load()) {
    std::uintptr_t frames[kStackFramesMax];
    const std::size_t count = walk_stack(interrupted_at(ucontext), frames);
    if (count > 0) samples->add(static_cast<std::uint32_t>(syscall(SYS_gettid)), {frames, count});
  }
  g_handlers_running.fetch_sub(1);
  errno = saved_errno;
}

/// The handler stays for good: a signal that comes late must not end the process.
bool install_handler() {
  struct sigaction action{};
  action.sa_sigaction = on_sample_signal;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigemptyset(&action.sa_mask);
  return sigaction(SIGPROF, &action, nullptr) == 0;
}

/// The CPU time of one thread; the kernel's CPUCLOCK_PERTHREAD | CPUCLOCK_SCHED.
clockid_t cpu_clock_of(std::uint32_t thread) {
  constexpr unsigned kPerThreadScheduled = 6;
  return static_cast<clockid_t>((~thread << 3) | kPerThreadScheduled);
}

std::optional<timer_t> start_timer(std::uint32_t thread) {
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGPROF;
  event._sigev_un._tid = static_cast<pid_t>(thread);
  timer_t timer{};
  if (timer_create(cpu_clock_of(thread), &event, &timer) != 0) return std::nullopt;
  itimerspec interval{};
  constexpr std::uint64_t kIntervalNs = 1'000'000'000 / kSamplesPerSecond;
  interval.it_interval.tv_nsec = kIntervalNs;
  // At a random point of its interval: else a thread that takes less than one interval would never be seen at all.
  interval.it_value.tv_nsec = static_cast<long>(1 + secure_random_u64() % kIntervalNs);
  timer_settime(timer, 0, &interval, nullptr);
  return timer;
}

class ThreadTimers final : public CpuSampler {
 public:
  ~ThreadTimers() override { stop(); }

  Result<void> open() {
    if (!install_handler()) return fail("the system does not let this program take the signal SIGPROF");
    g_samples.store(&samples_);
    look_for_threads();
    if (timers_.empty()) return fail(fmt::format("the system does not time threads: {}", std::strerror(errno)));
    return {};
  }

  void look_for_threads() override {
    constexpr std::size_t kNamesMax = 4 * kThreadsMax;
    const std::uint32_t own = static_cast<std::uint32_t>(syscall(SYS_gettid));
    for (const ThreadEntry& thread : process_threads()) {
      if (thread.id == own || names_.contains(thread.id) || names_.size() >= kNamesMax) continue;
      const std::optional<timer_t> timer = start_timer(thread.id);
      if (!timer) continue;  // it has ended meanwhile
      names_.emplace(thread.id, thread.name);
      timers_.push_back(*timer);
    }
  }

  void stop() override {
    for (const timer_t timer : timers_) timer_delete(timer);
    timers_.clear();
    g_samples.store(nullptr);
    while (g_handlers_running.load() > 0) std::this_thread::yield();  // each takes some microseconds
  }

  const SampleBuffer& samples() const override { return samples_; }
  const std::map<std::uint32_t, std::string>& thread_names() const override { return names_; }

 private:
  SampleBuffer samples_;
  std::vector<timer_t> timers_;
  std::map<std::uint32_t, std::string> names_;
};

}  // namespace

Result<void> can_sample_cpu() {
#if defined(THRONG_SANITIZED)
  return fail("this build has sanitizers, which own signals and stacks: profile a release build");
#elif !defined(__x86_64__) && !defined(__aarch64__)
  return fail("profiles are made on x86-64 and arm64 only");
#else
  return can_walk_stacks();
#endif
}

Result<std::unique_ptr<CpuSampler>> CpuSampler::start() {
  THRONG_CHECK(can_sample_cpu());
  auto sampler = std::make_unique<ThreadTimers>();
  THRONG_CHECK(sampler->open());
  return std::unique_ptr<CpuSampler>(std::move(sampler));
}

}  // namespace throng::services
