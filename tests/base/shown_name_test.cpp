#include "base/shown_name.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace throng {
namespace {

TEST(ShownName, GetsFourDigitsBehindIt) {
  Rng rng(7);
  const std::string name = numbered_name("Bob", rng);
  EXPECT_EQ(name.size(), 8u);
  EXPECT_EQ(name.substr(0, 4), "Bob-");
  EXPECT_EQ(name.find_first_not_of("0123456789", 4), std::string::npos);
}

TEST(ShownName, HasOneNumberOnly) {
  Rng rng(7);
  EXPECT_EQ(numbered_name("Bob-1234", rng).size(), 8u);
  EXPECT_EQ(numbered_name("Bob-12", rng).substr(0, 7), "Bob-12-");
}

TEST(ShownName, StaysWithinItsBounds) {
  Rng rng(7);
  for (const char* const name : {"Abcdefghijklmnopqrst", "さくらさくらさくら", "Ἀθηνᾶ-Ἀθηνᾶ-Ἀθηνᾶ", "", "\xff\xfe"}) {
    const std::string numbered = numbered_name(name, rng);
    EXPECT_LE(numbered.size(), kShownNameBytesMax);
    const auto letters = count_code_points(numbered);
    ASSERT_TRUE(letters) << numbered;
    EXPECT_LE(*letters, kShownNameLettersMax);
  }
}

}  // namespace
}  // namespace throng
