#include "services/content_store/content_diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace throng::services {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> words(const content::ContentTexts& before, const content::ContentTexts& after) {
  std::vector<std::string> lines;
  for (const ContentChange& change : content_changes(before, after)) lines.push_back(change.words);
  return lines;
}

std::vector<std::string> words_of_skills(const std::string& before, const std::string& after) {
  return words({{"skills.json", "{\"skills\": " + before + "}"}}, {{"skills.json", "{\"skills\": " + after + "}"}});
}

TEST(ContentDiff, NamesTheDefinitionAndItsNumber) {
  EXPECT_THAT(words_of_skills(R"({"fireball": {"mana_cost": 20, "name": "Fireball"}})",
                              R"({"fireball": {"mana_cost": 25, "name": "Fireball"}})"),
              ElementsAre("skills/fireball: mana_cost 20 → 25"));
}

TEST(ContentDiff, ListsDefinitionsThatAreNewOrGone) {
  EXPECT_THAT(words_of_skills(R"({"a": {}, "b": {}})", R"({"b": {}, "c": {}})"),
              ElementsAre("skills/a: gone", "skills/c: new"));
}

TEST(ContentDiff, FindsItsWayThroughListsAndObjects) {
  EXPECT_THAT(
      words_of_skills(R"({"a": {"effects": [{"amount": 1}], "tags": [1, 2], "x": 1}})",
                      R"({"a": {"effects": [{"amount": 2}, {"amount": 3}], "tags": [2], "y": "z"}})"),
      ElementsAre("skills/a: effects[0].amount 1 → 2, effects[1] {\"amount\":3} (new), tags [1,2] → [2], x gone "
                  "(was 1), y \"z\" (new)"));
}

TEST(ContentDiff, KnowsFilesWithoutDefinitionsAndMaps) {
  EXPECT_THAT(words({{"balance.json", R"({"respawn_ms": 5000})"}, {"maps/caves.tmx", "123"}, {"maps/old.tmj", "1"}},
                    {{"balance.json", R"({"respawn_ms": 6000})"}, {"maps/caves.tmx", "12345"}}),
              ElementsAre("balance: respawn_ms 5000 → 6000", "maps/caves.tmx: 3 bytes → 5 bytes",
                          "maps/old.tmj: 1 bytes → none"));
}

TEST(ContentDiff, SaysNothingOfLayout) {
  EXPECT_THAT(words_of_skills(R"({"a": {"x": 1, "y": 2}})", "{\n \"a\": {\"x\": 1,\n\"y\": 2} }"), IsEmpty());
}

TEST(ContentDiff, CutsLongValuesBetweenCharacters) {
  const std::string long_text(200, 'a');
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "ü";
  const auto lines =
      words_of_skills(R"({"a": {"name": ")" + long_text + "\"}}", R"({"a": {"name": ")" + umlauts + "\"}}");
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_LT(lines[0].size(), 2 * kShownValueBytesMax + 60);
  EXPECT_TRUE(nlohmann::json(lines[0]).dump().size() > 0) << "still valid text";
}

TEST(ContentDiff, IsBounded) {
  std::string before = "{", after = "{";
  for (int i = 0; i < 1500; ++i) {
    const std::string id = std::to_string(i);
    before += (i > 0 ? "," : "") + ("\"" + id + "\": 1");
    after += (i > 0 ? "," : "") + ("\"" + id + "\": 2");
  }
  const auto lines = words_of_skills(before + "}", after + "}");
  ASSERT_THAT(lines, SizeIs(kContentChangesMax));
  EXPECT_EQ(lines.back(), "and 501 more");
}

TEST(ContentDiff, AnOptionalFileThatIsNotThereIsAnEmptyOne) {
  const content::ContentTexts without;
  const content::ContentTexts with{{"events.json", R"({"events": {"fair": {"name": "Fair"}}})"}};
  const auto come = content_changes(without, with);
  ASSERT_THAT(come, SizeIs(1));
  EXPECT_EQ(come[0].words, "events/fair: new");
  const auto gone = content_changes(with, without);
  ASSERT_THAT(gone, SizeIs(1));
  EXPECT_EQ(gone[0].words, "events/fair: gone");
}

TEST(JsonPatches, LeadFromTheOldTextToTheNew) {
  const content::ContentTexts before{{"skills.json", R"({"skills": {"a": {"x": [1, 2]}, "b": 1}})"}};
  const content::ContentTexts after{{"skills.json", R"({"skills": {"a": {"x": [2, 3, 4]}, "c": 2}})"}};
  const nlohmann::json patches = nlohmann::json::parse(json_patches(before, after));
  EXPECT_EQ(nlohmann::json::parse(before.at("skills.json")).patch(patches["skills.json"]["patch"]),
            nlohmann::json::parse(after.at("skills.json")));
}

TEST(JsonPatches, NameTheTextsOfMapsAndOfNewFiles) {
  const nlohmann::json patches =
      nlohmann::json::parse(json_patches({{"maps/a.tmj", "{}"}}, {{"maps/a.tmj", "{ }"}, {"chat.json", "{}"}}));
  EXPECT_EQ(patches["maps/a.tmj"]["from"].get<std::string>().size(), 64u);
  EXPECT_EQ(patches["maps/a.tmj"]["to"].get<std::string>().size(), 64u);
  EXPECT_TRUE(patches["chat.json"]["from"].is_null());
}

}  // namespace
}  // namespace throng::services
