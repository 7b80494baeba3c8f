#include "app/config_command.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/exit_codes.h"
#include "app/shipped_configuration.h"
#include "services/content_store/content_folder.h"

namespace throng::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// The shipped configuration without a server, three versions of it kept: fireball costs 20, 25 and 30 mana.
class ConfigCommandTest : public ::testing::Test {
 protected:
  ConfigCommandTest() {
    options.config_dir = files.path();
    options.data_dir = data.path();
    options.command = Command::Config;
    options.config.author = "ann";
    for (const int mana_cost : {20, 25, 30}) {
      set_mana_cost(mana_cost);
      options.config.dir = files.path("content");
      EXPECT_EQ(run(ConfigVerb::Import), kExitOk) << said;
    }
  }

  void set_mana_cost(int mana_cost) {
    if (mana_cost == present_) return;
    ASSERT_TRUE(files.replace("content/skills.json", "\"mana_cost\": " + std::to_string(present_),
                              "\"mana_cost\": " + std::to_string(mana_cost)));
    present_ = mana_cost;
  }

  int run(ConfigVerb verb, std::uint32_t version = 0) {
    options.config.verb = verb;
    options.config.version = version;
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int code = run_config_command(options);
    said = ::testing::internal::GetCapturedStdout() + ::testing::internal::GetCapturedStderr();
    return code;
  }

  test::ShippedConfiguration files;
  TemporaryFolder data;
  Options options;
  std::string said;

 private:
  int present_ = 20;
};

TEST_F(ConfigCommandTest, ListsWhoMadeWhichVersionAndWhy) {
  EXPECT_EQ(run(ConfigVerb::List), kExitOk);
  EXPECT_THAT(said, HasSubstr("ann  import of " + files.path("content")));
  EXPECT_THAT(said, HasSubstr("     1  20"));
  EXPECT_THAT(said, HasSubstr("     3  20"));
}

TEST_F(ConfigCommandTest, ShowsTheDifferenceOfAVersionAsAPatch) {
  EXPECT_EQ(run(ConfigVerb::Show, 2), kExitOk);
  EXPECT_THAT(said, HasSubstr("\"path\": \"/skills/fireball/mana_cost\""));
  EXPECT_THAT(said, HasSubstr("\"value\": 25"));
}

TEST_F(ConfigCommandTest, SaysInWordsWhatIsDifferent) {
  options.config.other = 3;
  EXPECT_EQ(run(ConfigVerb::Diff, 1), kExitOk);
  EXPECT_EQ(said, "skills/fireball: mana_cost 20 → 30\n");
  EXPECT_EQ(run(ConfigVerb::Diff, 3), kExitOk);
  EXPECT_THAT(said, HasSubstr("say the same"));
  options.config.other.reset();
  EXPECT_EQ(run(ConfigVerb::Diff, 1), kExitFailed) << "nothing is live without a server";
}

TEST_F(ConfigCommandTest, BringsAVersionBackAsANewOne) {
  EXPECT_EQ(run(ConfigVerb::Rollback, 1), kExitOk) << said;
  EXPECT_THAT(said, HasSubstr("version 4"));
  EXPECT_THAT(files.read("content/skills.json"), HasSubstr("\"mana_cost\": 20"));
  EXPECT_EQ(run(ConfigVerb::List), kExitOk);
  EXPECT_THAT(said, HasSubstr("ann  rollback to 1"));
}

TEST_F(ConfigCommandTest, KeepsACopyOfFilesThatBelongToNoVersion) {
  set_mana_cost(77);
  EXPECT_EQ(run(ConfigVerb::Rollback, 1), kExitOk) << said;
  EXPECT_THAT(said, HasSubstr(data.path("content/replaced")));
  EXPECT_THAT(data.read("content/replaced/skills.json"), HasSubstr("\"mana_cost\": 77"));
  EXPECT_EQ(run(ConfigVerb::Rollback, 2), kExitOk);
  EXPECT_THAT(said, Not(HasSubstr("replaced")));
}

TEST_F(ConfigCommandTest, ExportsWhatCanBeImportedElsewhere) {
  TemporaryFolder out;
  options.config.dir = out.path("two");
  EXPECT_EQ(run(ConfigVerb::Export, 2), kExitOk) << said;
  EXPECT_THAT(out.read("two/skills.json"), HasSubstr("\"mana_cost\": 25"));
  options.config.dir = out.path("three");
  EXPECT_EQ(run(ConfigVerb::Export, 3), kExitOk) << said;
  EXPECT_EQ(*services::read_content_folder(out.path("three")), *services::read_content_folder(files.path("content")));
}

TEST_F(ConfigCommandTest, RefusesToImportWhatIsWrongAndChangesNothing) {
  TemporaryFolder out;
  options.config.dir = out.path();
  ASSERT_EQ(run(ConfigVerb::Export, 1), kExitOk) << said;
  std::string skills = out.read("skills.json");
  out.write("skills.json", skills.replace(skills.find("\"mana_cost\": 20"), 15, "\"mana_cost\": -2"));
  EXPECT_EQ(run(ConfigVerb::Import), kExitFailed);
  EXPECT_THAT(said, HasSubstr(out.path("skills.json") + ":"));
  EXPECT_THAT(said, HasSubstr("$.skills.fireball.mana_cost"));
  EXPECT_THAT(files.read("content/skills.json"), HasSubstr("\"mana_cost\": 30"));
  EXPECT_EQ(run(ConfigVerb::Check), kExitFailed) << "a check says the same";
  EXPECT_EQ(run(ConfigVerb::List), kExitOk);
  EXPECT_THAT(said, Not(HasSubstr("     4")));
}

TEST_F(ConfigCommandTest, ChecksTheConfiguredFolderWhenNoneIsNamed) {
  options.config.dir.clear();
  EXPECT_EQ(run(ConfigVerb::Check), kExitOk) << said;
  EXPECT_THAT(said, HasSubstr(files.path("content") + " is right"));
}

TEST_F(ConfigCommandTest, NamesTheMapThatARoomMisses) {
  ASSERT_TRUE(files.replace("server/rooms.json", "\"caves\"", "\"moon\""));
  options.config.dir.clear();
  EXPECT_EQ(run(ConfigVerb::Check), kExitFailed);
  EXPECT_THAT(said, HasSubstr("moon"));
}

TEST_F(ConfigCommandTest, SaysWhenThereIsNoServerToAsk) {
  for (const ConfigVerb verb : {ConfigVerb::Reload, ConfigVerb::Status}) {
    EXPECT_EQ(run(verb), kExitFailed);
    EXPECT_THAT(said, HasSubstr("no server is running"));
  }
  options.config.against = "live";
  EXPECT_EQ(run(ConfigVerb::Check), kExitFailed);
  EXPECT_THAT(said, HasSubstr("no server is running"));
}

TEST_F(ConfigCommandTest, SaysThatAVersionIsNotKept) {
  options.config.other = 1;
  for (const ConfigVerb verb : {ConfigVerb::Show, ConfigVerb::Rollback, ConfigVerb::Export, ConfigVerb::Diff}) {
    EXPECT_EQ(run(verb, 99), kExitFailed);
    EXPECT_THAT(said, HasSubstr("99"));
  }
}

TEST_F(ConfigCommandTest, LooksOnlyWhereADatabaseIs) {
  const TemporaryFolder empty;
  options.data_dir = empty.path();
  for (const ConfigVerb verb : {ConfigVerb::List, ConfigVerb::Rollback}) {
    EXPECT_EQ(run(verb, 1), kExitConfiguration);
    EXPECT_THAT(said, HasSubstr(empty.path()));
  }
  EXPECT_TRUE(std::filesystem::is_empty(empty.path()));
}

TEST_F(ConfigCommandTest, EndsWithTheConfigurationCodeWhenTheServerFilesAreWrong) {
  ASSERT_TRUE(files.replace("server/server.json", "\"port\": 2567", "\"port\": 99999"));
  EXPECT_EQ(run(ConfigVerb::List), kExitConfiguration);
  EXPECT_THAT(said, HasSubstr("server.json:5:"));
}

}  // namespace
}  // namespace throng::app
