#include "load/process_usage.h"

#include <unistd.h>

#include <gtest/gtest.h>

namespace throng::bench {
namespace {

TEST(ProcessUsage, OfThisProcessIsPlausible) {
  const std::optional<ProcessUsage> usage = read_process_usage(getpid());
  ASSERT_TRUE(usage.has_value());
  EXPECT_GT(usage->resident_bytes, 1u << 20);
  EXPECT_LT(usage->cpu_seconds, 3600);
}

TEST(ProcessUsage, OfNobodyIsNothing) { EXPECT_FALSE(read_process_usage(0x7fffffff).has_value()); }

}  // namespace
}  // namespace throng::bench
