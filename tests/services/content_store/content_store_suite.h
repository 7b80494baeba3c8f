#pragma once
// What every ContentStore must do. An implementation's test includes this and instantiates ContentStoreSuite with a type
// that has `ContentStore& store()`, fresh, empty, and with room for kVersionsKeptInTests versions.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/reload/ports.h"

namespace throng::services::test {

/// What stores under test are opened with.
inline constexpr std::size_t kVersionsKeptInTests = 12;

inline content::ContentTexts texts_with(int mana_cost) {
  return {
      {"skills.json", R"({"version": 1, "skills": {"fireball": {"mana_cost": )" + std::to_string(mana_cost) + "}}}"},
      {"balance.json", R"({"version": 1, "melee_range_units": 40})"},
      {"maps/meadow.tmj", "not read by stores"}};
}

template <typename Subject>
class ContentStoreSuite : public ::testing::Test {
 protected:
  std::uint32_t keep(int mana_cost, const std::string& author = "ann") {
    const auto kept = subject.store().keep(texts_with(mana_cost), 0xabc, {author, "test"});
    EXPECT_TRUE(kept) << (kept ? "" : kept.error().message);
    return kept ? kept->version.version : 0;
  }
  std::vector<std::uint32_t> numbers() {
    std::vector<std::uint32_t> found;
    const auto versions = subject.store().list();
    for (const ContentVersion& version : *versions) found.push_back(version.version);
    return found;
  }

  Subject subject;
};

TYPED_TEST_SUITE_P(ContentStoreSuite);

TYPED_TEST_P(ContentStoreSuite, CountsVersionsFromOneAndKeepsWhoWhenAndWhy) {
  EXPECT_EQ(this->keep(20), 1u);
  EXPECT_EQ(this->keep(25, "ben"), 2u);
  const std::vector<ContentVersion> versions = *this->subject.store().list();
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(versions[1].note.author, "ben");
  EXPECT_EQ(versions[1].note.reason, "test");
  EXPECT_EQ(versions[1].hash, "0000000000000abc");
  EXPECT_EQ(versions[1].texts_id.size(), 64u);
  EXPECT_THAT(versions[1].time, ::testing::MatchesRegex("[0-9]+-[0-9]+-[0-9]+T[0-9:.]+Z"));
  EXPECT_EQ(*this->subject.store().find(2), versions[1]);
}

TYPED_TEST_P(ContentStoreSuite, KeepsTheDifferenceAsAPatch) {
  this->keep(20);
  this->keep(25);
  EXPECT_EQ(this->subject.store().find(1)->diff, "{}");
  EXPECT_EQ(this->subject.store().find(2)->diff,
            R"({"skills.json":{"patch":[{"op":"replace","path":"/skills/fireball/mana_cost","value":25}]}})");
}

TYPED_TEST_P(ContentStoreSuite, MakesNoVersionOfTheTextsThatTheNewestHas) {
  this->keep(20);
  const auto again = this->subject.store().keep(texts_with(20), 0xabc, {"cy", ""});
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(again->version.version, 1u);
  EXPECT_EQ(again->version.note.author, "ann");
  EXPECT_EQ(this->keep(25), 2u);
  EXPECT_EQ(this->keep(20), 3u) << "an older one is brought back as a new version";
}

TYPED_TEST_P(ContentStoreSuite, GivesTheTextsOfEveryVersionBack) {
  this->keep(20);
  this->keep(25);
  EXPECT_EQ(*this->subject.store().texts(1), texts_with(20));
  EXPECT_EQ(*this->subject.store().texts(2), texts_with(25));
}

TYPED_TEST_P(ContentStoreSuite, SaysThatAVersionIsNotThere) {
  this->keep(20);
  for (const Error& error : {this->subject.store().find(7).error(), this->subject.store().texts(7).error(),
                             this->subject.store().set_live(7).error()})
    EXPECT_THAT(error.message, ::testing::HasSubstr("no version 7"));
}

TYPED_TEST_P(ContentStoreSuite, RemembersWhichOneIsLive) {
  EXPECT_EQ(*this->subject.store().live(), std::nullopt);
  this->keep(20);
  this->keep(25);
  ASSERT_TRUE(this->subject.store().set_live(1));
  EXPECT_EQ(*this->subject.store().live(), 1u);
}

TYPED_TEST_P(ContentStoreSuite, ForgetsTheOldestBeyondTheLimitButNeverTheLiveOne) {
  this->keep(1);
  ASSERT_TRUE(this->subject.store().set_live(1));
  const int made = static_cast<int>(kVersionsKeptInTests) + 3;
  for (int i = 2; i <= made; ++i) this->keep(i);
  const std::vector<std::uint32_t> kept = this->numbers();
  EXPECT_EQ(kept.size(), kVersionsKeptInTests);
  EXPECT_EQ(kept.front(), 1u);
  EXPECT_EQ(kept[1], 5u);
  EXPECT_EQ(kept.back(), static_cast<std::uint32_t>(made));
  EXPECT_EQ(*this->subject.store().texts(1), texts_with(1));
  EXPECT_EQ(*this->subject.store().texts(5), texts_with(5));
  EXPECT_FALSE(this->subject.store().texts(2));
}

REGISTER_TYPED_TEST_SUITE_P(ContentStoreSuite, CountsVersionsFromOneAndKeepsWhoWhenAndWhy, KeepsTheDifferenceAsAPatch,
                            MakesNoVersionOfTheTextsThatTheNewestHas, GivesTheTextsOfEveryVersionBack,
                            SaysThatAVersionIsNotThere, RemembersWhichOneIsLive,
                            ForgetsTheOldestBeyondTheLimitButNeverTheLiveOne);

}  // namespace throng::services::test
