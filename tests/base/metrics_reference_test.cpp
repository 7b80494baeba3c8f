#include "base/metrics_reference.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "support/source_dir.h"

namespace throng {
namespace {

TEST(MetricsReference, IsAsItIsCommitted) {
  std::ifstream in(source_dir() + "/" + kMetricsReference);
  const std::string committed{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(committed, metrics_reference()) << "run ./dev gen";
}

}  // namespace
}  // namespace throng
