#include "services/content_store/files_store.h"

#include <filesystem>
#include <thread>

#include "services/content_store/content_store_suite.h"
#include "support/temporary_folder.h"

namespace throng::services::test {
namespace {

using ::testing::HasSubstr;

class FilesStoreSubject {
 public:
  ContentStore& store() { return *store_; }
  const TemporaryFolder& folder() const { return folder_; }
  void reopen() { store_ = *open_content_files(folder_.path("content"), kVersionsKeptInTests); }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<ContentStore> store_ = *open_content_files(folder_.path("content"), kVersionsKeptInTests);
};

INSTANTIATE_TYPED_TEST_SUITE_P(Files, ContentStoreSuite, FilesStoreSubject);

class ContentFilesTest : public ::testing::Test {
 protected:
  std::uint32_t keep(int mana_cost) {
    return subject.store().keep(texts_with(mana_cost), 1, {"ann", "test"})->version.version;
  }
  std::size_t count_texts() const {
    const std::filesystem::directory_iterator texts(subject.folder().path("content/texts"));
    return static_cast<std::size_t>(std::distance(begin(texts), end(texts)));
  }
  FilesStoreSubject subject;
};

TEST_F(ContentFilesTest, AreThereAfterARestart) {
  keep(20);
  keep(25);
  ASSERT_TRUE(subject.store().set_live(2));
  const std::vector<ContentVersion> before = *subject.store().list();
  subject.reopen();
  EXPECT_EQ(*subject.store().list(), before);
  EXPECT_EQ(*subject.store().live(), 2u);
  EXPECT_EQ(*subject.store().texts(1), texts_with(20));
  EXPECT_EQ(keep(30), 3u);
}

TEST_F(ContentFilesTest, ShareTheTextsThatDidNotChange) {
  keep(20);
  keep(25);
  keep(20);
  EXPECT_EQ(count_texts(), 4u) << "two of skills.json, one each of balance.json and the map";
}

TEST_F(ContentFilesTest, ForgetTextsThatNoVersionHasAnyMore) {
  for (int i = 1; i <= static_cast<int>(kVersionsKeptInTests) + 5; ++i) keep(i);
  EXPECT_EQ(count_texts(), kVersionsKeptInTests + 2);
}

TEST_F(ContentFilesTest, OfTwoProcessesCountOn) {
  const std::unique_ptr<ContentStore> other = *open_content_files(subject.folder().path("content"));
  keep(20);
  EXPECT_EQ(other->keep(texts_with(25), 1, {})->version.version, 2u);
  EXPECT_EQ(keep(30), 3u);
  EXPECT_FALSE(other->keep(texts_with(30), 1, {})->is_new);
}

TEST_F(ContentFilesTest, KeptAtTheSameTimeLoseNothing) {
  const std::unique_ptr<ContentStore> other = *open_content_files(subject.folder().path("content"));
  std::thread beside([&other] {
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(other->keep(texts_with(1000 + i), 1, {}));
  });
  for (int i = 0; i < 5; ++i) keep(i);
  beside.join();
  EXPECT_EQ(subject.store().list()->size(), 10u);
  EXPECT_EQ(subject.store().list()->back().version, 10u);
}

TEST_F(ContentFilesTest, GoOnAfterADamagedRecord) {
  keep(20);
  keep(25);
  subject.folder().write("content/versions/00000002.json", "{\"version\": 2");
  EXPECT_EQ(subject.store().list()->size(), 1u);
  EXPECT_THAT(subject.store().find(2).error().message, HasSubstr("00000002.json"));
  EXPECT_EQ(keep(30), 3u);
}

TEST_F(ContentFilesTest, NameATextThatIsDamaged) {
  keep(20);
  for (const auto& text : std::filesystem::directory_iterator(subject.folder().path("content/texts")))
    subject.folder().write("content/texts/" + text.path().filename().string(), "x");
  EXPECT_THAT(subject.store().texts(1).error().message, HasSubstr("missing or damaged"));
  EXPECT_EQ(keep(20), 1u);
  EXPECT_EQ(keep(25), 2u) << "and new versions are kept all the same";
  EXPECT_EQ(*subject.store().texts(2), texts_with(25));
}

TEST_F(ContentFilesTest, SayWhyAFolderCannotBeUsed) {
  subject.folder().write("file", "");
  const auto opened = open_content_files(subject.folder().path("file"));
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr(subject.folder().path("file")));
}

}  // namespace
}  // namespace throng::services::test
