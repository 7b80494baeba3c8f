#include "net/event_loop.h"

#include <algorithm>
#include <cerrno>
#include <ctime>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/counters.h"

namespace throng::net {
namespace {

constexpr int kEventsPerWait = 256;
/// Below this the hot descriptors go back to being served at once; apart from kHotImmediateMax against flutter.
constexpr std::size_t kHotImmediateAgain = 48;
constexpr Nanoseconds kSleepMax = std::chrono::seconds(60);

constexpr std::uint64_t kWakeSlot = 255;
constexpr std::uint64_t kHotSlot = 254;
constexpr int kSlotShift = 56;

using EventArray = std::array<epoll_event, kEventsPerWait>;

timespec to_timespec(Nanoseconds wait) {
  const auto whole = std::chrono::duration_cast<std::chrono::seconds>(wait);
  return {.tv_sec = static_cast<time_t>(whole.count()), .tv_nsec = static_cast<long>((wait - whole).count())};
}

int to_milliseconds_rounded_up(Nanoseconds wait) {
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(wait).count());
}

}  // namespace

EventLoop::EventLoop(std::size_t mailbox_capacity, const Clock& clock)
    : clock_(clock), now_(clock.now()), mailbox_(mailbox_capacity) {
  epoll_fd_ = ::epoll_create1(EPOLL_CLOEXEC);
  hot_epoll_fd_ = ::epoll_create1(EPOLL_CLOEXEC);
  wake_fd_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  THRONG_ASSERT(epoll_fd_ >= 0 && hot_epoll_fd_ >= 0 && wake_fd_ >= 0, "no descriptors left for an event loop");
  const bool watched = control(epoll_fd_, EPOLL_CTL_ADD, wake_fd_, EPOLLIN, kWakeSlot << kSlotShift) &&
                       control(epoll_fd_, EPOLL_CTL_ADD, hot_epoll_fd_, EPOLLIN, kHotSlot << kSlotShift);
  THRONG_ASSERT(watched, "the system refuses to watch the loop's own descriptors");
}

EventLoop::~EventLoop() {
  ::close(wake_fd_);
  ::close(hot_epoll_fd_);
  ::close(epoll_fd_);
}

void EventLoop::run() {
  while (!stopping_.load(std::memory_order_acquire)) run_once(kSleepMax);
  stopping_.store(false, std::memory_order_release);
  run_mailbox();
}

void EventLoop::stop() {
  stopping_.store(true, std::memory_order_release);
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(wake_fd_, &one, sizeof one);
}

void EventLoop::run_once(Nanoseconds wait_max) {
  refresh_now();
  EventArray events;
  const Nanoseconds wait = time_to_sleep(wait_max);
  int ready = -1;
  if (precise_wait_) {
    const timespec limit = to_timespec(wait);
    ready = ::epoll_pwait2(epoll_fd_, events.data(), kEventsPerWait, &limit, nullptr);
    if (ready < 0 && errno != EINTR) precise_wait_ = false;  // an old kernel, or a sandbox that does not know it
  }
  if (!precise_wait_) ready = ::epoll_wait(epoll_fd_, events.data(), kEventsPerWait, to_milliseconds_rounded_up(wait));
  refresh_now();
  run_timers();
  for (int i = 0; i < ready; ++i) dispatch(events[static_cast<std::size_t>(i)]);
  if (hot_mode_ == HotMode::Resting && now_ >= hot_due_) serve_hot();
}

Nanoseconds EventLoop::time_to_sleep(Nanoseconds wait_max) const {
  MonotonicTime until = now_ + std::min(wait_max, kSleepMax);
  if (const auto next = timers_.next_time()) until = std::min(until, *next);
  if (hot_mode_ == HotMode::Resting) until = std::min(until, hot_due_);
  return std::max(until - now_, Nanoseconds::zero());
}

void EventLoop::run_timers() {
  const std::uint64_t mark = timers_.mark();  // a timer that sets itself again waits for the next turn
  while (Task task = timers_.pop_due(now_, mark)) task();
}

void EventLoop::dispatch(const epoll_event& event) {
  const std::uint64_t slot = event.data.u64 >> kSlotShift;
  if (slot == kHotSlot) return serve_hot();
  if (slot == kWakeSlot) {
    std::uint64_t wakes = 0;
    [[maybe_unused]] const ssize_t got = ::read(wake_fd_, &wakes, sizeof wakes);
    return run_mailbox();
  }
  if (FdHandler* handler = handlers_[slot]) handler->on_ready(event.data.u64 & kTokenMax, event.events);
}

bool EventLoop::post(Task task) {
  switch (mailbox_.post(std::move(task))) {
    case Mailbox<Task>::Posted::Full: count(Counter::MailboxFull); return false;
    case Mailbox<Task>::Posted::Queued: return true;
    case Mailbox<Task>::Posted::QueuedFirst: break;
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(wake_fd_, &one, sizeof one);
  return true;
}

void EventLoop::run_mailbox() {
  mailbox_.drain(incoming_);
  for (Task& task : incoming_) {
    task();
    task = Task();  // what it holds goes now, not at the next mail
  }
  incoming_.clear();
}

TimerId EventLoop::call_at(MonotonicTime when, Task task) { return timers_.add(when, std::move(task)); }

void EventLoop::cancel(TimerId id) { timers_.cancel(id); }

MonotonicTime EventLoop::refresh_now() {
  now_ = clock_.now();
  return now_;
}

bool EventLoop::watch(int fd, std::uint32_t epoll_events, FdHandler* handler, std::uint64_t token) {
  return control(epoll_fd_, EPOLL_CTL_ADD, fd, epoll_events, event_data(handler, token));
}

void EventLoop::change(int fd, std::uint32_t epoll_events, FdHandler* handler, std::uint64_t token) {
  const bool changed = control(epoll_fd_, EPOLL_CTL_MOD, fd, epoll_events, event_data(handler, token));
  THRONG_ASSERT(changed, "a descriptor was changed that is not watched");
}

void EventLoop::unwatch(int fd) { control(epoll_fd_, EPOLL_CTL_DEL, fd, 0, 0); }

bool EventLoop::watch_hot(int fd, std::uint32_t epoll_events, FdHandler* handler, std::uint64_t token) {
  if (!control(hot_epoll_fd_, EPOLL_CTL_ADD, fd, epoll_events, event_data(handler, token))) return false;
  ++hot_count_;
  adapt_hot_mode();
  return true;
}

void EventLoop::change_hot(int fd, std::uint32_t epoll_events, FdHandler* handler, std::uint64_t token) {
  const bool changed = control(hot_epoll_fd_, EPOLL_CTL_MOD, fd, epoll_events, event_data(handler, token));
  THRONG_ASSERT(changed, "a descriptor was changed that is not watched");
}

void EventLoop::unwatch_hot(int fd) {
  control(hot_epoll_fd_, EPOLL_CTL_DEL, fd, 0, 0);
  --hot_count_;
  adapt_hot_mode();
}

void EventLoop::poll_hot() {
  if (hot_count_ == 0 || draining_hot_) return;
  drain_hot();
  if (hot_mode_ == HotMode::Resting) hot_due_ = now_ + kHotBatchInterval;
}

void EventLoop::forget(FdHandler* handler) {
  for (FdHandler*& known : handlers_)
    if (known == handler) known = nullptr;
}

std::uint64_t EventLoop::event_data(FdHandler* handler, std::uint64_t token) {
  THRONG_ASSERT(token <= kTokenMax, "a token needs more than 56 bits");
  std::size_t slot = 0;
  while (slot < handlers_.size() && handlers_[slot] != handler) ++slot;
  if (slot == handlers_.size()) {
    THRONG_ASSERT(slot < kFdHandlersMax, "too many handlers on one event loop");
    handlers_.push_back(handler);
  }
  return (std::uint64_t{slot} << kSlotShift) | token;
}

bool EventLoop::control(int epoll_fd, int operation, int fd, std::uint32_t events, std::uint64_t data) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = data;
  return ::epoll_ctl(epoll_fd, operation, fd, &event) == 0;
}

/// Returns how many descriptors were ready. Bounded: each is served about once, whatever arrives meanwhile.
std::size_t EventLoop::drain_hot() {
  if (draining_hot_) return 0;
  draining_hot_ = true;
  EventArray events;
  std::size_t served = 0;
  const std::size_t rounds_max = hot_count_ / kEventsPerWait + 1;
  for (std::size_t round = 0; round < rounds_max; ++round) {
    const int ready = ::epoll_wait(hot_epoll_fd_, events.data(), kEventsPerWait, 0);
    for (int i = 0; i < ready; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      if (FdHandler* handler = handlers_[event.data.u64 >> kSlotShift])
        handler->on_ready(event.data.u64 & kTokenMax, event.events);
    }
    if (ready > 0) served += static_cast<std::size_t>(ready);
    if (ready < kEventsPerWait) break;
  }
  draining_hot_ = false;
  return served;
}

void EventLoop::serve_hot() {
  const std::size_t served = drain_hot();
  if (hot_mode_ == HotMode::Immediate) return;
  if (served > 0)
    rest_hot();
  else
    arm_hot();
}

/// The one-shot watch has fired and stays off; a timer looks again.
void EventLoop::rest_hot() {
  hot_mode_ = HotMode::Resting;
  hot_due_ = now_ + kHotBatchInterval;
}

void EventLoop::arm_hot() {
  hot_mode_ = HotMode::Armed;
  control(epoll_fd_, EPOLL_CTL_MOD, hot_epoll_fd_, EPOLLIN | EPOLLONESHOT, kHotSlot << kSlotShift);
}

void EventLoop::adapt_hot_mode() {
  if (hot_mode_ == HotMode::Immediate) {
    if (hot_count_ > kHotImmediateMax) arm_hot();
    return;
  }
  if (hot_count_ >= kHotImmediateAgain) return;
  hot_mode_ = HotMode::Immediate;
  control(epoll_fd_, EPOLL_CTL_MOD, hot_epoll_fd_, EPOLLIN, kHotSlot << kSlotShift);
}

}  // namespace throng::net
