#include "net/gzip.h"

#include <gtest/gtest.h>

namespace throng::net {
namespace {

TEST(Gzip, MakesRepetitionSmallAndMarksItsFormat) {
  const std::string text(100'000, 'a');
  const std::optional<std::string> packed = gzip(text);
  ASSERT_TRUE(packed.has_value());
  EXPECT_LT(packed->size(), 1000u);
  EXPECT_EQ(packed->substr(0, 2), "\x1F\x8B");
}

TEST(Gzip, TakesNothing) { EXPECT_TRUE(gzip("").has_value()); }

}  // namespace
}  // namespace throng::net
