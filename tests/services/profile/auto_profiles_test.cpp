#include "services/profile/auto_profiles.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "services/profile/cpu_sampler.h"
#include "support/temporary_folder.h"

namespace throng::services {
namespace {

TEST(KeepProfile, LetsTheOldestGo) {
  const TemporaryFolder folder;
  const std::string profiles = folder.path() + "/profiles";
  for (int i = 0; i < 5; ++i) {
    const Result<std::string> file = keep_profile(profiles, 1'700'000'000'000 + i * 1000, "main 1\n", 3);
    ASSERT_TRUE(file.has_value()) << file.error().message;
    EXPECT_TRUE(std::filesystem::exists(*file));
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(profiles)) files += entry.is_regular_file() ? 1 : 0;
  EXPECT_EQ(files, 3u);
  EXPECT_TRUE(std::filesystem::exists(profiles + "/slow-ticks-2023-11-14T22-13-24.000Z.folded"));
  EXPECT_FALSE(std::filesystem::exists(profiles + "/slow-ticks-2023-11-14T22-13-20.000Z.folded"));
}

TEST(KeepProfile, SaysWhenItCannotBeWritten) {
  EXPECT_FALSE(keep_profile("/proc/nowhere", 0, "main 1\n", 3).has_value());
}

TEST(AutoProfiles, AreMadeOncePerPause) {
  if (!can_sample_cpu()) return;
  const TemporaryFolder folder;
  ManualClock clock;
  AutoProfileSettings settings;
  settings.folder = folder.path();
  settings.slow_ticks = {.ticks = 1, .within = std::chrono::seconds(1)};
  settings.seconds = 1;
  Profiler profiler;
  AutoProfiles profiles(settings, profiler, clock);
  const auto reader = profiles.make_reader();
  room::TickProfile slow;
  slow.at(room::RoomPhase{}) = std::chrono::milliseconds(5);
  EXPECT_FALSE(profiles.look());
  reader->tick_done(slow);
  EXPECT_TRUE(profiles.look());
  EXPECT_FALSE(profiles.look());
  reader->tick_done(slow);
  clock.advance(std::chrono::minutes(9));
  EXPECT_FALSE(profiles.look());
}

}  // namespace
}  // namespace throng::services
