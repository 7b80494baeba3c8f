#include "load/swarm.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "limit/limit_server.h"
#include "load/summary.h"

namespace throng::bench {
namespace {

// The limit program on a thread of its own, for as long as this lives.
class RunningLimit {
 public:
  explicit RunningLimit(ReadMode mode) : server_({.port = 0, .read_mode = mode}) {
    opened_ = server_.open().has_value();
    if (opened_) thread_ = std::thread([this] { server_.run(stop_); });
  }
  ~RunningLimit() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  bool opened() const { return opened_; }
  std::uint16_t port() const { return server_.port(); }

 private:
  LimitServer server_;
  std::atomic<bool> stop_ = false;
  bool opened_ = false;
  std::thread thread_;
};

Settings limit_settings(std::uint16_t port) {
  Settings settings;
  settings.port = port;
  settings.mix = {{Behaviour::Limit, 40}};
  settings.warmup_seconds = 0.2;
  settings.window_seconds = 1;
  settings.patch_gap_p99_ms_max = 500;  // a busy machine is not this test's business
  return settings;
}

class SwarmAgainstLimit : public ::testing::TestWithParam<ReadMode> {};

TEST_P(SwarmAgainstLimit, GetsAFrameAClientAndTickAndSendsItsMoves) {
  const RunningLimit limit(GetParam());
  ASSERT_TRUE(limit.opened());
  const Settings settings = limit_settings(limit.port());
  const Result<SocketAddress> address = resolve(settings.host, settings.port);
  ASSERT_TRUE(address.has_value());
  const std::atomic<bool> stop = false;
  const RunRecord record = Swarm(settings, *address, {}).run(stop);
  EXPECT_EQ(record.tally.joins, 40u);
  EXPECT_EQ(record.tally.fault_sum(), 0u);
  EXPECT_NEAR(static_cast<double>(record.tally.patches), 40 * 20, 160);
  EXPECT_NEAR(static_cast<double>(record.tally.bytes_in) / static_cast<double>(record.tally.patches), 240, 1);
  EXPECT_NEAR(static_cast<double>(record.tally.moves_sent), 40 * 10, 80);
  EXPECT_NEAR(record.tally.player_seconds, 40, 8);
}

INSTANTIATE_TEST_SUITE_P(BothReadModes, SwarmAgainstLimit,
                         ::testing::Values(ReadMode::Readiness, ReadMode::OncePerTick));

TEST(Swarm, CountsClientsThatCannotConnectAsLost) {
  Settings settings = limit_settings(1);  // nobody listens there
  settings.mix = {{Behaviour::Limit, 3}};
  const Result<SocketAddress> address = resolve(settings.host, settings.port);
  ASSERT_TRUE(address.has_value());
  const std::atomic<bool> stop = false;
  const RunRecord record = Swarm(settings, *address, {}).run(stop);
  EXPECT_EQ(record.tally.lost, 3u);
  EXPECT_EQ(record.tally.faults[static_cast<std::size_t>(Fault::ConnectFailed)], 3u);
  EXPECT_FALSE(reasons_not_held(settings, record).empty());
}

}  // namespace
}  // namespace throng::bench
