#include "app/account_command.h"

#include <cstdio>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/exit_codes.h"
#include "services/database/migrations.h"
#include "services/mailer/outbox.h"
#include "services/store/schema/all_migrations.h"
#include "support/temporary_folder.h"

namespace throng::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// Commands on a database of their own; standard input is a file.
class AccountCommandTest : public ::testing::Test {
 protected:
  AccountCommandTest() {
    folder.write("config/server/server.json", "{}");
    folder.write("config/server/accounts.json", R"({"passwords": {"memory_kib": 8, "passes": 1}})");
    options.command = Command::Account;
    options.config_dir = folder.path("config");
    options.data_dir = folder.path("data");
  }

  int run(AccountVerb verb, const std::string& input = {}) {
    options.account.verb = verb;
    folder.write("input", input);
    std::clearerr(stdin);
    EXPECT_NE(std::freopen(folder.path("input").c_str(), "r", stdin), nullptr);
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int code = run_account_command(options);
    said = ::testing::internal::GetCapturedStdout() + ::testing::internal::GetCapturedStderr();
    return code;
  }
  int create(const std::string& email, const std::string& role = "player", const std::string& name = {}) {
    options.account.who = email;
    options.account.role = role;
    options.account.name = name;
    return run(AccountVerb::Create, "correct horse\n");
  }

  std::unique_ptr<services::Connection> database() {
    auto connection =
        services::connect_database("sqlite:" + folder.path("data/throng.db"), services::Opening::Existing);
    EXPECT_TRUE(connection) << connection.error().message;
    return *std::move(connection);
  }
  void add_guest(const std::string& name) {
    EXPECT_TRUE(
        database()->run("INSERT INTO account (name, created_at, last_seen_at) VALUES ($1, 1, 1)", {std::string(name)}));
  }

  TemporaryFolder folder;
  Options options;
  std::string said;
};

TEST_F(AccountCommandTest, MakesAndListsAccounts) {
  EXPECT_EQ(create("Root@Example.org", "administrator", "Admin"), kExitOk) << said;
  EXPECT_EQ(create("annabella@example.org"), kExitOk) << said;
  EXPECT_EQ(run(AccountVerb::List), kExitOk);
  EXPECT_THAT(said, HasSubstr("administrator"));
  EXPECT_THAT(said, HasSubstr("root@example.org"));
  EXPECT_THAT(said, HasSubstr("annabella"));
  EXPECT_THAT(said, Not(HasSubstr("argon2")));
}

TEST_F(AccountCommandTest, ListsWhatIsAskedFor) {
  ASSERT_EQ(create("root@example.org", "administrator", "Admin"), kExitOk) << said;
  ASSERT_EQ(create("ann@example.org", "player", "Annabella"), kExitOk) << said;
  add_guest("Wanderer");
  EXPECT_EQ(run(AccountVerb::List), kExitOk);
  EXPECT_THAT(said, HasSubstr("last seen"));
  EXPECT_THAT(said, Not(HasSubstr("Wanderer")));
  options.account.guests = true;
  EXPECT_EQ(run(AccountVerb::List), kExitOk);
  EXPECT_THAT(said, HasSubstr("Wanderer"));
  options.account.filter = "ANNA";
  EXPECT_EQ(run(AccountVerb::List), kExitOk);
  EXPECT_THAT(said, AllOf(HasSubstr("ann@example.org"), Not(HasSubstr("root")), Not(HasSubstr("Wanderer"))));
  options.account.filter = "nobody";
  EXPECT_EQ(run(AccountVerb::List), kExitOk);
  EXPECT_THAT(said, HasSubstr("no such account"));
  options.account.filter = "Wanderer";
  options.account.json = true;
  EXPECT_EQ(run(AccountVerb::List), kExitOk);
  const auto listed = nlohmann::json::parse(said, nullptr, false);
  ASSERT_EQ(listed.size(), 1u) << said;
  EXPECT_EQ(listed[0].at("name"), "Wanderer");
  EXPECT_TRUE(listed[0].at("guest"));
}

TEST_F(AccountCommandTest, LooksOnlyIntoADatabaseThatIsThere) {
  for (const AccountVerb verb : {AccountVerb::List, AccountVerb::SetRole, AccountVerb::Erase, AccountVerb::Export}) {
    EXPECT_EQ(run(verb), kExitFailed);
    EXPECT_THAT(said, HasSubstr("there is no database at"));
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path("data")));
}

TEST_F(AccountCommandTest, LeavesTheSchemaOfAnOlderServerAlone) {
  ASSERT_EQ(create("root@example.org", "administrator", "Admin"), kExitOk) << said;
  const int newest = services::all_migrations().back().version;
  ASSERT_TRUE(database()->run("DELETE FROM schema_version WHERE version = $1", {std::int64_t{newest}}));
  for (const AccountVerb verb : {AccountVerb::List, AccountVerb::Create, AccountVerb::SetRole}) {
    EXPECT_EQ(run(verb), kExitFailed);
    EXPECT_THAT(said, HasSubstr("start the one of this version once"));
  }
  EXPECT_EQ(*services::schema_version(*database()), newest - 1);
}

TEST_F(AccountCommandTest, MakesTheDataFolderForOurUserAlone) {
  ASSERT_EQ(create("root@example.org", "administrator", "Admin"), kExitOk) << said;
  EXPECT_EQ(std::filesystem::status(folder.path("data")).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(AccountCommandTest, RefusesWhatNobodyShouldHave) {
  EXPECT_EQ(create("no address"), kExitFailed);
  EXPECT_THAT(said, HasSubstr("'no address' is no e-mail address"));
  EXPECT_EQ(create("admin@example.org"), kExitFailed);
  EXPECT_THAT(said, HasSubstr("reserved"));
  options.account.name = "Annabella";
  options.account.who = "ann@example.org";
  EXPECT_EQ(run(AccountVerb::Create, "password\n"), kExitFailed);
  EXPECT_THAT(said, HasSubstr("among the first"));
  EXPECT_EQ(run(AccountVerb::Create, ""), kExitFailed);
  EXPECT_THAT(said, HasSubstr("no password"));
  EXPECT_EQ(create("ann@example.org", "player", "Annabella"), kExitOk) << said;
  EXPECT_EQ(create("ann@example.org", "player", "Annabella"), kExitFailed);
  EXPECT_THAT(said, HasSubstr("there is an account ann@example.org already"));
}

TEST_F(AccountCommandTest, FindsAccountsByNumberAndByEmail) {
  ASSERT_EQ(create("ann@example.org", "player", "Annabella"), kExitOk);
  options.account.role = "moderator";
  options.account.who = "ANN@example.org";
  EXPECT_EQ(run(AccountVerb::SetRole), kExitOk) << said;
  EXPECT_THAT(said, HasSubstr("is moderator now, was player"));
  options.account.who = "1";
  EXPECT_EQ(run(AccountVerb::Export), kExitOk) << said;
  EXPECT_THAT(said, HasSubstr("\"role\": \"moderator\""));
  options.account.who = "nobody@example.org";
  EXPECT_EQ(run(AccountVerb::SetRole), kExitFailed);
  EXPECT_THAT(said, HasSubstr("no account nobody@example.org"));
}

TEST_F(AccountCommandTest, ExportsIntoAFileThatWasNotThere) {
  ASSERT_EQ(create("ann@example.org", "player", "Annabella"), kExitOk);
  options.account.output = folder.path("ann.json");
  EXPECT_EQ(run(AccountVerb::Export), kExitOk) << said;
  EXPECT_THAT(folder.read("ann.json"), HasSubstr("ann@example.org"));
  EXPECT_EQ(std::filesystem::status(folder.path("ann.json")).permissions() & std::filesystem::perms(0077),
            std::filesystem::perms::none);
  EXPECT_EQ(run(AccountVerb::Export), kExitFailed);
}

TEST_F(AccountCommandTest, EndsAnAccountOnlyWhenSomebodySaysSo) {
  ASSERT_EQ(create("ann@example.org", "player", "Annabella"), kExitOk);
  EXPECT_EQ(run(AccountVerb::Erase), kExitFailed);
  EXPECT_THAT(said, HasSubstr("nothing was changed"));
  options.account.yes = true;
  const auto outbox = services::open_outbox(folder.path("data/outbox"), "us@example.org");
  ASSERT_TRUE(outbox->deliver({"ann@example.org", "Welcome", "Hello"}, {}));
  ASSERT_TRUE(outbox->deliver({"bob@example.org", "Welcome", "Hello"}, {}));
  EXPECT_EQ(run(AccountVerb::Delete), kExitOk) << said;
  EXPECT_THAT(said, HasSubstr("1 mails to them are gone"));
  EXPECT_EQ(run(AccountVerb::Delete), kExitFailed);
  options.account.who = "1";
  for (const AccountVerb verb : {AccountVerb::Erase, AccountVerb::Delete, AccountVerb::SetRole}) {
    EXPECT_EQ(run(verb), kExitFailed);
    EXPECT_THAT(said, HasSubstr("account 1 was erased"));
  }
  EXPECT_EQ(create("ann@example.org", "player", "Annabella"), kExitOk) << "the address is free: " << said;
}

TEST_F(AccountCommandTest, GivesALinkOrANewPassword) {
  ASSERT_EQ(create("ann@example.org", "player", "Annabella"), kExitOk);
  EXPECT_EQ(run(AccountVerb::ResetPassword, "battery staple\n"), kExitOk) << said;
  options.account.link = true;
  EXPECT_EQ(run(AccountVerb::ResetPassword), kExitOk) << said;
  EXPECT_THAT(said, HasSubstr("http://localhost:2567/auth/reset-password?token="));
}

TEST_F(AccountCommandTest, AWrongConfigurationIsNamed) {
  folder.write("config/server/accounts.json", R"({"session_days": 0})");
  EXPECT_EQ(run(AccountVerb::List), kExitConfiguration);
  EXPECT_THAT(said, HasSubstr("accounts.json:1:18: $.session_days"));
}

}  // namespace
}  // namespace throng::app
