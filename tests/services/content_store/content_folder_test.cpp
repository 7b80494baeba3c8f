#include "services/content_store/content_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "support/temporary_folder.h"

namespace throng::services {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class ContentFolderTest : public ::testing::Test {
 protected:
  ContentFolderTest() {
    for (const std::string& name : content::content_file_names()) texts[name] = "{\"of\": \"" + name + "\"}";
    texts["maps/meadow.tmj"] = "{}";
    texts["maps/tiles.tsx"] = "<tileset/>";
  }
  TemporaryFolder folder;
  content::ContentTexts texts;
};

TEST_F(ContentFolderTest, GivesBackWhatWasWritten) {
  ASSERT_TRUE(write_content_folder(folder.path("new/content"), texts));
  const auto read = read_content_folder(folder.path("new/content"));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, texts);
}

TEST_F(ContentFolderTest, NamesEveryFileThatIsMissing) {
  ASSERT_TRUE(write_content_folder(folder.path(), texts));
  fs::remove(folder.path("skills.json"));
  fs::remove(folder.path("chat.json"));
  const auto read = read_content_folder(folder.path());
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr(folder.path("skills.json") + ": No such file"));
  EXPECT_THAT(read.error().message, HasSubstr(folder.path("chat.json") + ": No such file"));
}

TEST_F(ContentFolderTest, LeavesOutPicturesAndWhatEditorsLeaveBehind) {
  ASSERT_TRUE(write_content_folder(folder.path(), texts));
  folder.write("maps/tiles.png", "png");
  folder.write("maps/.meadow.tmj.swp", "");
  folder.write("maps/.hidden.tmj", "");
  folder.write("skills.json~", "");
  EXPECT_EQ(*read_content_folder(folder.path()), texts);
}

TEST_F(ContentFolderTest, IsMadeToHoldExactlyASet) {
  ASSERT_TRUE(write_content_folder(folder.path(), texts));
  folder.write("maps/tiles.png", "png");
  folder.write("maps/old.tmx", "<map/>");
  texts["skills.json"] = "changed";
  ASSERT_TRUE(write_content_folder(folder.path(), texts));
  EXPECT_EQ(*read_content_folder(folder.path()), texts);
  EXPECT_FALSE(fs::exists(folder.path("maps/old.tmx")));
  EXPECT_EQ(folder.read("maps/tiles.png"), "png");
}

TEST_F(ContentFolderTest, HasOptionalFilesOnlyWhenTheSetHasThem) {
  ASSERT_TRUE(write_content_folder(folder.path(), texts));
  EXPECT_FALSE(read_content_folder(folder.path())->contains("events.json"));
  texts["events.json"] = "{}";
  ASSERT_TRUE(write_content_folder(folder.path(), texts));
  EXPECT_EQ(*read_content_folder(folder.path()), texts);
  texts.erase("events.json");
  ASSERT_TRUE(write_content_folder(folder.path(), texts));
  EXPECT_EQ(*read_content_folder(folder.path()), texts);
  EXPECT_FALSE(fs::exists(folder.path("events.json")));
}

TEST_F(ContentFolderTest, IsNotWrittenOutsideOfItself) {
  texts["maps/../../outside.json"] = "x";
  EXPECT_FALSE(write_content_folder(folder.path("content"), texts));
  EXPECT_FALSE(fs::exists(folder.path("outside.json")));
}

TEST_F(ContentFolderTest, DoesNotTouchFilesThatAreRight) {
  ASSERT_TRUE(write_content_folder(folder.path(), texts));
  const fs::path file = folder.path("items.json");
  fs::last_write_time(file, fs::file_time_type{} + std::chrono::hours(24));
  const auto before = fs::last_write_time(file);
  ASSERT_TRUE(write_content_folder(folder.path(), texts));
  EXPECT_EQ(fs::last_write_time(file), before);
}

TEST(TextsId, IsEqualForEqualNamesAndTextsOnly) {
  const content::ContentTexts one{{"a", "1"}, {"b", "2"}};
  EXPECT_EQ(texts_id(one), texts_id({{"b", "2"}, {"a", "1"}}));
  EXPECT_NE(texts_id(one), texts_id({{"a", "2"}, {"b", "1"}}));
  EXPECT_NE(texts_id(one), texts_id({{"a", "1"}}));
  EXPECT_EQ(text_id("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") << "SHA-256";
}

}  // namespace
}  // namespace throng::services
