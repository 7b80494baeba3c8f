#include "services/profile/heap_figures.h"

#include <gtest/gtest.h>

namespace throng::services {
namespace {

TEST(HeapFigures, AreJson) {
  EXPECT_EQ(heap_json({.in_use = 1, .free = 2, .arena = 3, .mapped = 4}),
            R"({"heap":{"in_use_bytes":1,"free_bytes":2,"arena_bytes":3,"mapped_bytes":4}})");
}

}  // namespace
}  // namespace throng::services
