#include "app/files.h"

#include <gtest/gtest.h>

#include "support/temporary_folder.h"

namespace throng::app {
namespace {

TEST(ReadFile, GivesTheWholeFileWithEveryByte) {
  const TemporaryFolder folder;
  const std::string text("a\0b\r\n\xff", 6);
  folder.write("file", text);
  const Result<std::string> read = read_file(folder.path("file"));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, text);
}

TEST(ReadFile, NamesThePathAndTheReason) {
  const Result<std::string> read = read_file("/nowhere/at/all");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("/nowhere/at/all"), std::string::npos);
  EXPECT_NE(read.error().message.find("No such file"), std::string::npos);
}

TEST(ReadFile, RefusesWhatIsTooBig) {
  const TemporaryFolder folder;
  folder.write("file", std::string(101, 'x'));
  EXPECT_TRUE(read_file(folder.path("file"), 101));
  EXPECT_FALSE(read_file(folder.path("file"), 100));
}

}  // namespace
}  // namespace throng::app
