#include "content/map/cell_divider.h"

#include <gtest/gtest.h>

#include "base/rng.h"

namespace throng::content {
namespace {

TEST(CellDivider, DividesLikeTheOperator) {
  Rng rng(21);
  for (const std::int32_t cell : {1, 2, 3, 7, 1000, 8000, 12'345, 65'536, 1'000'003}) {
    const CellDivider divider({cell});
    for (const std::int32_t n : {0, 1, cell - 1, cell, cell + 1, 2'147'483'647, 2'147'483'646}) {
      ASSERT_EQ(divider.cell_of(n), n / cell) << n << " / " << cell;
    }
    for (int i = 0; i < 2'000; ++i) {
      const std::int32_t n = rng.between(0, 2'147'483'646);
      ASSERT_EQ(divider.cell_of(n), n / cell) << n << " / " << cell;
    }
  }
}

}  // namespace
}  // namespace throng::content
