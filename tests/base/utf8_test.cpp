#include "base/utf8.h"

#include <gtest/gtest.h>

namespace throng {
namespace {

TEST(Utf8, CountsCodePointsNotBytes) {
  EXPECT_EQ(count_code_points(""), 0u);
  EXPECT_EQ(count_code_points("wolf"), 4u);
  EXPECT_EQ(count_code_points("B\xc3\xb3"
                              "b"),
            3u);
  EXPECT_EQ(count_code_points("\xe2\x82\xac"), 1u);
  EXPECT_EQ(count_code_points("\xf0\x9f\x90\xba\xf4\x8f\xbf\xbf"), 2u);
}

TEST(Utf8, RefusesWhatIsNotUtf8) {
  for (const std::string_view bad :
       {"\x80", "\xc3", "\xc3(", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xe0\x9f\xbf", "\xed\xa0\x80",
        "\xf0\x80\x80\xaf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "ok\xe2\x82"}) {
    EXPECT_EQ(count_code_points(bad), std::nullopt);
  }
}

TEST(Utf8, LeavesTheTextWhereItStopped) {
  std::string_view text = "a\xff";
  EXPECT_EQ(take_code_point(text), U'a');
  EXPECT_EQ(take_code_point(text), std::nullopt);
  EXPECT_EQ(text.size(), 1u);
}

TEST(Utf8, KnowsControlAndDirectionCharacters) {
  for (const char32_t c : {U'\0', U'\n', U'\x7f', U'\x85', U'\u202e', U'\u2066'}) EXPECT_TRUE(is_control(c));
  for (const char32_t c : {U' ', U'~', U'\u00a0', U'\u00e9', U'\u2020', U'\u2070'}) EXPECT_FALSE(is_control(c));
}

}  // namespace
}  // namespace throng
