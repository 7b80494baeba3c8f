#include "protocol/codes.h"

#include <gtest/gtest.h>

namespace throng::protocol {
namespace {

TEST(Codes, AreListedInOrderWithoutRepeats) {
  for (const std::span<const CodeInfo> codes : {close_codes(), error_codes()}) {
    for (std::size_t i = 1; i < codes.size(); ++i) EXPECT_LT(codes[i - 1].code, codes[i].code);
  }
}

}  // namespace
}  // namespace throng::protocol
