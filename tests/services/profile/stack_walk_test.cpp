#include "services/profile/stack_walk.h"

#include <array>

#include <gtest/gtest.h>
#include <sys/mman.h>

namespace throng::services {
namespace {

/// A stack of our own making, at the end of a page behind which there is nothing to be read: pairs of the caller's frame
/// pointer and a return address.
class StackWalkTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kPageBytes = 65'536;  // of any processor
  static constexpr std::size_t kWords = 16;

  void SetUp() override {
    pages = mmap(nullptr, 2 * kPageBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(pages, MAP_FAILED);
    ASSERT_EQ(mprotect(static_cast<char*>(pages) + kPageBytes, kPageBytes, PROT_NONE), 0);
    words = reinterpret_cast<std::uintptr_t*>(static_cast<char*>(pages) + kPageBytes) - kWords;
  }
  void TearDown() override { munmap(pages, 2 * kPageBytes); }

  std::uintptr_t address(std::size_t word) const { return reinterpret_cast<std::uintptr_t>(&words[word]); }
  std::size_t walk(std::uintptr_t frame) { return walk_stack({100, frame, address(0)}, frames); }

  void* pages = nullptr;
  std::uintptr_t* words = nullptr;
  std::array<std::uintptr_t, 8> frames{};
};

TEST_F(StackWalkTest, IsPossibleHere) { EXPECT_TRUE(can_walk_stacks().has_value()); }

TEST_F(StackWalkTest, FollowsTheChainToItsEnd) {
  words[2] = address(6);
  words[3] = 200;
  words[6] = 0;
  words[7] = 300;
  ASSERT_EQ(walk(address(2)), 3u);
  EXPECT_EQ(frames[0], 100u);
  EXPECT_EQ(frames[1], 200u);
  EXPECT_EQ(frames[2], 300u);
}

TEST_F(StackWalkTest, EndsWhereThereIsNothingToBeRead) {
  words[14] = address(0) + kPageBytes;  // a caller in the page that may not be read
  words[15] = 200;
  EXPECT_EQ(walk(address(14)), 2u);
  EXPECT_EQ(walk(address(15)), 1u);  // half of the record would be there
  EXPECT_EQ(walk(address(15) + 8), 1u);
}

TEST_F(StackWalkTest, TakesAnyNumberForAFramePointer) {
  EXPECT_EQ(walk(0), 1u);
  EXPECT_EQ(walk(8), 1u);
  EXPECT_EQ(walk(address(0) - 16), 1u);
  EXPECT_EQ(walk(address(0) + 2 * kStackBytesMax), 1u);
  EXPECT_EQ(walk(~std::uintptr_t{0} - 7), 1u);
  EXPECT_EQ(walk(address(2) + 1), 1u);  // no pointer is there
  EXPECT_EQ(walk_stack({100, ~std::uintptr_t{0} - 15, ~std::uintptr_t{0} - 31}, frames), 1u);
}

TEST_F(StackWalkTest, EndsWhenTheChainIsALoop) {
  words[2] = address(2);
  words[3] = 200;
  EXPECT_EQ(walk(address(2)), 2u);
  words[6] = address(2);
  words[7] = 300;
  EXPECT_EQ(walk(address(6)), 2u);
}

TEST_F(StackWalkTest, FillsWhatItIsGiven) {
  for (std::size_t i = 0; i + 3 < kWords; i += 2) {
    words[i] = address(i + 2);
    words[i + 1] = 200;
  }
  std::array<std::uintptr_t, 3> few{};
  EXPECT_EQ(walk_stack({100, address(0), address(0)}, few), 3u);
}

}  // namespace
}  // namespace throng::services
