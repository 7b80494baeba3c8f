#include "services/mailer/outbox.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.h"

namespace throng::services {
namespace {

TEST(Outbox, WritesEachMailToAFileForOurEyesOnly) {
  const TemporaryFolder folder;
  const auto outbox = open_outbox(folder.path("out/box"), "us@example.org");
  ASSERT_TRUE(outbox->deliver({"ann@example.org", "Hello", "Good day\n"}, {}).has_value());
  ASSERT_TRUE(outbox->deliver({"bob@example.org", "Hello", "Good day\n"}, {}).has_value());
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path("out/box"))) files.push_back(entry.path());
  ASSERT_EQ(files.size(), 2u);
  for (const std::filesystem::path& file : files) {
    EXPECT_EQ(file.extension(), ".eml");
    EXPECT_EQ(std::filesystem::status(file).permissions() & std::filesystem::perms(0077), std::filesystem::perms::none);
    EXPECT_THAT(folder.read("out/box/" + file.filename().string()), testing::HasSubstr("\r\n\r\nGood day\r\n"));
  }
}

TEST(Outbox, CanForgetWhatWentToAnAddress) {
  const TemporaryFolder folder;
  EXPECT_EQ(*remove_mails_to(folder.path("out"), "ann@example.org"), 0u);
  const auto outbox = open_outbox(folder.path("out"), "us@example.org");
  ASSERT_TRUE(outbox->deliver({"Ann@example.org", "Hello", "Good day\n"}, {}));
  ASSERT_TRUE(outbox->deliver({"joann@example.org", "Hello", "To: ann@example.org\n"}, {}));
  EXPECT_EQ(*remove_mails_to(folder.path("out"), "ann@example.org"), 1u);
  EXPECT_EQ(*remove_mails_to(folder.path("out"), "ann@example.org"), 0u);
  EXPECT_EQ(*remove_mails_to(folder.path("out"), "joann@example.org"), 1u);
}

TEST(Outbox, SaysWhenItCannotWrite) {
  const TemporaryFolder folder;
  folder.write("file", "in the way");
  const Result<void> done =
      open_outbox(folder.path("file/box"), "us@example.org")->deliver({"a@b.c", "s", "secret"}, {});
  ASSERT_FALSE(done.has_value());
  EXPECT_THAT(done.error().message, testing::HasSubstr("file/box"));
  EXPECT_EQ(done.error().message.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace throng::services
