#include "services/content_store/version_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace throng::services {
namespace {

using ::testing::HasSubstr;

VersionRecord sample() {
  VersionRecord record;
  record.version = make_version(2, {{"a.json", "{\"x\": 2}"}}, {{"a.json", "{\"x\": 1}"}}, 0xff, {"ann", "“why”\n"});
  record.text_ids = {{"a.json", "abc"}};
  return record;
}

TEST(VersionRecord, IsReadAsItWasWritten) {
  const VersionRecord record = sample();
  const auto read = read_record(write_record(record), "file");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->version, record.version);
  EXPECT_EQ(read->text_ids, record.text_ids);
}

TEST(VersionRecord, ThatIsCutAnywhereIsRefusedWithItsName) {
  const std::string text = write_record(sample());
  for (std::size_t size = 0; size + 2 < text.size(); ++size) {
    const auto read = read_record(text.substr(0, size), "some/file.json");
    ASSERT_FALSE(read) << size;
    EXPECT_THAT(read.error().message, HasSubstr("some/file.json"));
  }
  EXPECT_FALSE(read_record("{}", "f"));
  EXPECT_FALSE(read_record("[]", "f"));
  EXPECT_FALSE(read_record(R"({"version": "two"})", "f"));
}

TEST(VersionRecord, BoundsNotes) {
  const ContentVersion version = make_version(1, {}, {}, 0, {std::string(5000, 'a'), std::string(5000, 'b')});
  EXPECT_EQ(version.note.author.size(), 1000u);
  EXPECT_EQ(version.note.reason.size(), 1000u);
}

}  // namespace
}  // namespace throng::services
