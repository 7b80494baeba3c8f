#include "room/tick_metrics.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "room/tick_fan_out.h"

namespace throng::room {
namespace {

double samples_of(std::string_view name, std::string_view kind) {
  for (const MetricReading& reading : read_metrics()) {
    if (reading.family->name != name) continue;
    for (const MetricSample& sample : reading.samples) {
      if (sample.labels[0].second != kind) continue;
      double count = sample.value;
      for (const std::uint64_t bucket : sample.buckets) count += static_cast<double>(bucket);
      return count;
    }
  }
  return -1;
}

TickProfile profile_of(std::string_view kind, std::chrono::milliseconds spent) {
  TickProfile profile;
  profile.kind = kind;
  profile.interval = std::chrono::milliseconds(50);
  profile.at(RoomPhase::Ai) = spent;
  profile.patch_bytes = 1000;
  return profile;
}

TEST(TickMetrics, FilesTicksAndTheirPartsByKindOfRoom) {
  TickMetrics metrics;
  metrics.tick_done(profile_of("ticking", std::chrono::milliseconds(2)));
  metrics.tick_done(profile_of("ticking", std::chrono::milliseconds(3)));
  EXPECT_EQ(samples_of("throng_tick_duration_seconds", "ticking"), 2);
  EXPECT_EQ(samples_of("throng_tick_phase_duration_seconds", "ticking"), 2);
  EXPECT_EQ(samples_of("throng_tick_delay_seconds", "ticking"), 2);
  EXPECT_EQ(samples_of("throng_patch_bytes_total", "ticking"), 2000);
  EXPECT_EQ(samples_of("throng_ticks_slow_total", "ticking"), 0);
}

TEST(TickMetrics, CountsTicksThatTakeMoreThanHalfOfTheirInterval) {
  TickMetrics metrics;
  metrics.tick_done(profile_of("slow", std::chrono::milliseconds(25)));
  EXPECT_EQ(samples_of("throng_ticks_slow_total", "slow"), 0);
  metrics.tick_done(profile_of("slow", std::chrono::milliseconds(26)));
  EXPECT_EQ(samples_of("throng_ticks_slow_total", "slow"), 1);
}

TEST(TickFanOut, HandsEachProfileToEveryReaderInOrder) {
  struct Note final : TickReader {
    Note(std::string& to, char own) : notes(to), name(own) {}
    void tick_done(const TickProfile&) override { notes += name; }
    std::string& notes;
    char name;
  };
  std::string notes;
  Note a{notes, 'a'};
  Note b{notes, 'b'};
  TickFanOut readers;
  readers.add(a);
  readers.add(b);
  readers.tick_done({});
  readers.tick_done({});
  EXPECT_EQ(notes, "abab");
}

}  // namespace
}  // namespace throng::room
