#include "net/websocket/utf8.h"

#include <gtest/gtest.h>

namespace throng::net {
namespace {

bool valid(std::string_view text) { return is_valid_utf8(as_bytes(text)); }

TEST(Utf8, AcceptsEveryLengthOfSequence) {
  EXPECT_TRUE(valid(""));
  EXPECT_TRUE(valid("plain words, long enough for a whole machine word"));
  EXPECT_TRUE(valid("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"));
  EXPECT_TRUE(valid("\xEF\xBF\xBF\xF4\x8F\xBF\xBF"));
}

TEST(Utf8, RefusesOverlongForms) {
  EXPECT_FALSE(valid("\xC0\xAF"));
  EXPECT_FALSE(valid("\xE0\x80\xAF"));
  EXPECT_FALSE(valid("\xF0\x80\x80\xAF"));
}

TEST(Utf8, RefusesSurrogatesAndWhatLiesAboveTheLastCodePoint) {
  EXPECT_FALSE(valid("\xED\xA0\x80"));
  EXPECT_FALSE(valid("\xF4\x90\x80\x80"));
  EXPECT_FALSE(valid("\xF8\x88\x80\x80\x80"));
}

TEST(Utf8, RefusesWhatIsCutOffOrOutOfPlace) {
  EXPECT_FALSE(valid("word\xE2\x82"));
  EXPECT_FALSE(valid("\x80"));
  EXPECT_FALSE(valid("12345678\xC3"));
  EXPECT_FALSE(valid("\xC3(12345678"));
}

TEST(Utf8, PrefixNeverCutsACharacter) {
  EXPECT_EQ(utf8_prefix("a\xE2\x82\xAC", 3), "a");
  EXPECT_EQ(utf8_prefix("a\xE2\x82\xAC", 4), "a\xE2\x82\xAC");
  EXPECT_EQ(utf8_prefix("abc", 2), "ab");
}

}  // namespace
}  // namespace throng::net
