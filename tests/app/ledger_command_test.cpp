#include "app/ledger_command.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/exit_codes.h"
#include "app/shipped_configuration.h"
#include "services/content_store/content_folder.h"
#include "services/content_store/database_store.h"
#include "services/store/ledger_world.h"

namespace throng::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Anna has fifteen loaves in one stack; twenty fit by the content that we ship.
class LedgerCommandTest : public ::testing::Test {
 protected:
  LedgerCommandTest() {
    options.command = Command::Ledger;
    options.config_dir = files.path();
    options.data_dir = data.path();
    options.database_url = world.database().url();
    const room::CharacterLease anna = world.character("anna");
    const services::Belongings has{.amounts = {{"bread", 15}}};
    const auto loot = services::test_move(services::kTestLoot, room::owner_of(anna.character), "bread", 15);
    EXPECT_EQ(world.keep(services::test_cut(1, {loot}, {services::test_save(anna, has)})).refused, "");
  }

  void fit_in_the_folder(int loaves) {
    ASSERT_TRUE(files.replace("content/items.json", fmt::format("\"stack_max\": {}", fit_),
                              fmt::format("\"stack_max\": {}", loaves)));
    fit_ = loaves;
  }
  /// What is in the folder, as a server does it.
  void make_live() {
    const auto versions = services::make_database_content_store(world.database().connect());
    const auto kept = versions->keep(*services::read_content_folder(files.path("content")), 1, {"ann", "test"});
    ASSERT_TRUE(kept) << kept.error().message;
    ASSERT_TRUE(versions->set_live(kept->version.version));
  }
  int verify() {
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int code = run_ledger_command(options);
    said = ::testing::internal::GetCapturedStdout() + ::testing::internal::GetCapturedStderr();
    return code;
  }

  services::LedgerWorld world{services::Engine::Sqlite};
  test::ShippedConfiguration files;
  TemporaryFolder data;
  Options options;
  std::string said;

 private:
  int fit_ = 20;
};

TEST_F(LedgerCommandTest, AFolderWithSmallerBoundsThanWhatIsLiveMakesNoProblem) {
  make_live();
  fit_in_the_folder(10);
  EXPECT_EQ(verify(), kExitOk) << said;
  EXPECT_THAT(said, HasSubstr("the bounds of stacks are those of version 1"));
}

TEST_F(LedgerCommandTest, AFolderWithLargerBoundsThanWhatIsLiveHidesNone) {
  fit_in_the_folder(10);
  make_live();
  fit_in_the_folder(20);
  EXPECT_EQ(verify(), kExitFailed);
  EXPECT_THAT(said, HasSubstr("a stack of 15 bread, of which at most 10 fit"));
}

TEST_F(LedgerCommandTest, WhileNothingIsLiveTheFolderHasTheBounds) {
  EXPECT_EQ(verify(), kExitOk) << said;
  EXPECT_THAT(said, HasSubstr("the bounds of stacks are those of " + files.path("content")));
  fit_in_the_folder(10);
  EXPECT_EQ(verify(), kExitFailed);
  EXPECT_THAT(said, HasSubstr("of which at most 10 fit"));
}

TEST_F(LedgerCommandTest, WithoutAFolderWhatIsLiveIsEnough) {
  make_live();
  files.write("content/items.json", "{");
  EXPECT_EQ(verify(), kExitOk) << said;
  EXPECT_THAT(said, Not(HasSubstr("could not be read")));
}

}  // namespace
}  // namespace throng::app
