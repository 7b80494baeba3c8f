#include "base/iso_time.h"

#include <gtest/gtest.h>

namespace throng {
namespace {

TEST(IsoTime, WritesUtcWithMilliseconds) {
  EXPECT_EQ(iso_time(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(iso_time(1'795'276'800'123), "2026-11-21T16:00:00.123Z");
}

}  // namespace
}  // namespace throng
