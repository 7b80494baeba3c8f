#include "services/profile/sample_buffer.h"

#include <vector>

#include <gtest/gtest.h>

namespace throng::services {
namespace {

using Frames = std::vector<std::uintptr_t>;

TEST(SampleBuffer, GivesBackWhatWasAdded) {
  SampleBuffer buffer(16);
  buffer.add(7, Frames{1, 2, 3});
  buffer.add(9, Frames{4});
  std::vector<std::pair<std::uint32_t, Frames>> seen;
  buffer.for_each([&](std::uint32_t thread, std::span<const std::uintptr_t> frames) {
    seen.emplace_back(thread, Frames(frames.begin(), frames.end()));
  });
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0], (std::pair<std::uint32_t, Frames>{7, {1, 2, 3}}));
  EXPECT_EQ(seen[1], (std::pair<std::uint32_t, Frames>{9, {4}}));
  EXPECT_EQ(buffer.lost(), 0u);
}

TEST(SampleBuffer, CountsWhatHasNoRoom) {
  SampleBuffer buffer(6);
  buffer.add(1, Frames{1, 2, 3});
  buffer.add(1, Frames{1, 2, 3});
  buffer.add(1, Frames{5});
  int seen = 0;
  buffer.for_each([&](std::uint32_t, std::span<const std::uintptr_t>) { ++seen; });
  EXPECT_EQ(seen, 2);
  EXPECT_EQ(buffer.lost(), 1u);
}

}  // namespace
}  // namespace throng::services
