#include "net/event_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "base/counters.h"

namespace throng::net {
namespace {

using std::chrono::milliseconds;

/// A descriptor that is ready when poked and counts its calls.
class Poked final : public FdHandler {
 public:
  Poked() : fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}
  ~Poked() override { ::close(fd_); }
  void on_ready(std::uint64_t token, std::uint32_t) override {
    last_token = token;
    ++calls;
    std::uint64_t value = 0;
    EXPECT_EQ(::read(fd_, &value, sizeof value), 8);
    if (inside) inside();
  }
  void poke() {
    const std::uint64_t one = 1;
    EXPECT_EQ(::write(fd_, &one, sizeof one), 8);
  }
  int fd() const { return fd_; }

  int calls = 0;
  std::uint64_t last_token = 0;
  std::function<void()> inside;

 private:
  int fd_;
};

/// More hot descriptors than are served at once, so that batches are made.
class ManyHot {
 public:
  explicit ManyHot(EventLoop& loop) : loop_(loop), all_(kHotImmediateMax + 1) {
    for (Poked& one : all_) EXPECT_TRUE(loop.watch_hot(one.fd(), EPOLLIN, &one, 0));
  }
  ~ManyHot() {
    for (Poked& one : all_) loop_.unwatch_hot(one.fd());
  }
  Poked& one() { return all_.front(); }
  Poked& other() { return all_.back(); }

 private:
  EventLoop& loop_;
  std::vector<Poked> all_;
};

TEST(EventLoop, RunsPostedTasksInOrderOnItsThread) {
  EventLoop loop(100);
  std::vector<int> ran;
  std::thread runner([&] { loop.run(); });
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(loop.post([&ran, i] { ran.push_back(i); }));
  loop.stop();
  runner.join();
  ASSERT_EQ(ran.size(), 50u);
  EXPECT_TRUE(std::is_sorted(ran.begin(), ran.end()));
}

TEST(EventLoop, RefusesAndCountsMailAboveItsCapacity) {
  EventLoop loop(2);
  const std::uint64_t before = counted(Counter::MailboxFull);
  EXPECT_TRUE(loop.post([] {}));
  EXPECT_TRUE(loop.post([] {}));
  EXPECT_FALSE(loop.post([] {}));
  EXPECT_EQ(counted(Counter::MailboxFull), before + 1);
  loop.run_once(milliseconds(0));
  EXPECT_TRUE(loop.post([] {}));
}

TEST(EventLoop, RunsTimersAtTheirTimeAndNotBefore) {
  ManualClock clock;
  EventLoop loop(10, clock);
  int ran = 0;
  loop.call_after(milliseconds(50), [&] { ++ran; });
  const TimerId cancelled = loop.call_after(milliseconds(10), [&] { ran += 100; });
  loop.cancel(cancelled);
  clock.advance(milliseconds(49));
  loop.run_once(milliseconds(0));
  EXPECT_EQ(ran, 0);
  clock.advance(milliseconds(1));
  loop.run_once(milliseconds(0));
  EXPECT_EQ(ran, 1);
}

TEST(EventLoop, WakesForATimerByItself) {
  EventLoop loop(10);
  loop.call_after(milliseconds(20), [&] { loop.stop(); });
  const auto begin = std::chrono::steady_clock::now();
  loop.run();
  EXPECT_GE(std::chrono::steady_clock::now() - begin, milliseconds(19));
}

TEST(EventLoop, GivesATimerThatSetsItselfAgainOneRunPerTurn) {
  EventLoop loop(10);
  int ran = 0;
  std::function<void()> again = [&] {
    ++ran;
    loop.call_at(loop.now(), [&] { again(); });
  };
  again();
  loop.run_once(milliseconds(0));
  EXPECT_EQ(ran, 2);
}

TEST(EventLoop, TellsHandlersTheirTokenUntilForgotten) {
  EventLoop loop(10);
  Poked poked;
  ASSERT_TRUE(loop.watch(poked.fd(), EPOLLIN, &poked, kTokenMax));
  poked.poke();
  loop.run_once(milliseconds(0));
  EXPECT_EQ(poked.calls, 1);
  EXPECT_EQ(poked.last_token, kTokenMax);
  loop.forget(&poked);
  poked.poke();
  loop.run_once(milliseconds(0));
  EXPECT_EQ(poked.calls, 1);
}

TEST(EventLoop, ServesAFewHotDescriptorsAtOnce) {
  EventLoop loop(10);
  Poked poked;
  ASSERT_TRUE(loop.watch_hot(poked.fd(), EPOLLIN, &poked, 0));
  for (int i = 1; i <= 3; ++i) {
    poked.poke();
    loop.run_once(milliseconds(0));
    EXPECT_EQ(poked.calls, i);
  }
  loop.unwatch_hot(poked.fd());
  EXPECT_EQ(loop.hot_count(), 0u);
}

TEST(EventLoop, ServesManyHotDescriptorsInBatches) {
  ManualClock clock;
  EventLoop loop(10, clock);
  ManyHot hot(loop);
  hot.one().poke();
  loop.run_once(milliseconds(0));
  EXPECT_EQ(hot.one().calls, 1);
  hot.one().poke();
  hot.other().poke();
  loop.run_once(milliseconds(0));
  EXPECT_EQ(hot.one().calls, 1);
  clock.advance(kHotBatchInterval);
  loop.run_once(milliseconds(0));
  EXPECT_EQ(hot.one().calls, 2);
  EXPECT_EQ(hot.other().calls, 1);
}

TEST(EventLoop, ListensAgainAfterAnEmptyBatch) {
  ManualClock clock;
  EventLoop loop(10, clock);
  ManyHot hot(loop);
  hot.one().poke();
  loop.run_once(milliseconds(0));
  clock.advance(kHotBatchInterval);
  loop.run_once(milliseconds(0));
  hot.one().poke();
  loop.run_once(milliseconds(0));
  EXPECT_EQ(hot.one().calls, 2);
}

TEST(EventLoop, PollHotServesABatchNow) {
  ManualClock clock;
  EventLoop loop(10, clock);
  ManyHot hot(loop);
  hot.one().poke();
  loop.run_once(milliseconds(0));
  hot.one().poke();
  hot.one().inside = [&] { loop.poll_hot(); };
  loop.poll_hot();
  EXPECT_EQ(hot.one().calls, 2);
}

}  // namespace
}  // namespace throng::net
