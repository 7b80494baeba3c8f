#include "app/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "app/shipped_configuration.h"

namespace throng::app {
namespace {

using ::testing::HasSubstr;

class ConfigurationTest : public ::testing::Test {
 protected:
  ~ConfigurationTest() override {
    unsetenv("THRONG_BENCH_SIDE");
    unsetenv("THRONG_BENCH_MONSTERS");
  }
  Result<Configuration> load() {
    options.config_dir = files.path();
    return load_configuration(options);
  }
  std::string problem() {
    const Result<Configuration> loaded = load();
    return loaded ? "none" : loaded.error().message;
  }

  test::ShippedConfiguration files;
  Options options;
};

TEST_F(ConfigurationTest, ThatWeShipIsRight) {
  const Result<Configuration> loaded = load();
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_NE(loaded->rooms.find("world"), nullptr);
  EXPECT_TRUE(loaded->content->maps.contains("meadow"));
  EXPECT_TRUE(loaded->content->maps.contains("caves"));
  EXPECT_TRUE(loaded->content->find_monster("slime"));
  EXPECT_TRUE(loaded->content->find_skill("fireball"));
  EXPECT_TRUE(loaded->content_texts.contains("skills.json"));
}

TEST_F(ConfigurationTest, OfTheBenchmarksIsRight) {
  options.config_dir = files.path("bench");
  const Result<Configuration> loaded = load_configuration(options);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->rooms.find("mmo")->mmo->monsters, 2000);
  EXPECT_TRUE(loaded->content->maps.empty());
  EXPECT_TRUE(loaded->content_texts.empty()) << "no room of theirs needs content";
}

TEST_F(ConfigurationTest, GivesOptionsPrecedenceOverTheFile) {
  ASSERT_TRUE(files.replace("server/server.json", "\"port\": 2567", "\"port\": 4000"));
  EXPECT_EQ(load()->server.port, 4000);
  EXPECT_EQ(load()->server.log_level, LogLevel::Info);
  options.port = 5000;
  options.host = "::1";
  options.workers = 2;
  options.log_level = "warning";
  options.public_address = "play.example.org";
  options.data_dir = "/var/lib/throng";
  const Result<Configuration> loaded = load();
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->server.port, 5000);
  EXPECT_EQ(loaded->server.host, "::1");
  EXPECT_EQ(loaded->server.workers, 2);
  EXPECT_EQ(loaded->server.log_level, LogLevel::Warning);
  EXPECT_EQ(loaded->server.public_address, "play.example.org");
  EXPECT_EQ(loaded->data_dir, "/var/lib/throng");
}

TEST_F(ConfigurationTest, TakesTheDatabaseFromFlagsThenTheFileThenTheDataFolder) {
  options.data_dir = "/var/lib/throng";
  EXPECT_EQ(load()->database_url, "sqlite:/var/lib/throng/throng.db");
  ASSERT_TRUE(files.replace("server/server.json", "\"port\": 2567", "\"database_url\": \"postgres:///game\""));
  EXPECT_EQ(load()->database_url, "postgres:///game");
  options.database_url = "";
  EXPECT_EQ(load()->database_url, "postgres:///game") << "an empty DATABASE_URL says nothing";
  options.database_url = "sqlite:other.db";
  EXPECT_EQ(load()->database_url, "sqlite:other.db");
}

TEST_F(ConfigurationTest, RefusesADatabaseOfAnotherKindWithoutItsPassword) {
  options.database_url = "mysql://somebody:secret@host/game";
  EXPECT_THAT(problem(), HasSubstr("neither sqlite:PATH nor postgres://"));
  EXPECT_THAT(problem(), ::testing::Not(HasSubstr("secret")));
}

TEST_F(ConfigurationTest, LetsTheBenchmarksSetTheirSizeWithinBounds) {
  options.config_dir = files.path("bench");
  setenv("THRONG_BENCH_SIDE", "1234", 1);
  setenv("THRONG_BENCH_MONSTERS", "7", 1);
  EXPECT_EQ(load_configuration(options)->rooms.find("mmo")->mmo->side_units, 1234);
  EXPECT_EQ(load_configuration(options)->rooms.find("mmo")->mmo->monsters, 7);
  setenv("THRONG_BENCH_SIDE", "-5", 1);
  setenv("THRONG_BENCH_MONSTERS", "2000000000", 1);
  EXPECT_EQ(load_configuration(options)->rooms.find("mmo")->mmo->side_units, 1);
  EXPECT_EQ(load_configuration(options)->rooms.find("mmo")->mmo->monsters, 65'000);
}

struct Breakage {
  const char* name;
  const char* file;
  const char* from;
  const char* to;
  std::vector<const char*> said;
};

class BrokenConfiguration : public ConfigurationTest, public ::testing::WithParamInterface<Breakage> {};

TEST_P(BrokenConfiguration, IsRefusedWithFileLineAndPath) {
  const Breakage& breakage = GetParam();
  ASSERT_TRUE(files.replace(breakage.file, breakage.from, breakage.to));
  const std::string said = problem();
  EXPECT_THAT(said, HasSubstr(files.path(breakage.file) + ":"));
  for (const char* part : breakage.said) EXPECT_THAT(said, HasSubstr(part));
}

INSTANTIATE_TEST_SUITE_P(
    Files, BrokenConfiguration,
    ::testing::Values(
        Breakage{
            "ServerRange", "server/server.json", "\"port\": 2567", "\"port\": 99999", {".json:5:", "$.port", "99999"}},
        Breakage{"ServerSyntax", "server/server.json", "\"port\": 2567,", "\"port\": 2567", {".json:6:"}},
        Breakage{"RoomsUnknownKey",
                 "server/rooms.json",
                 "\"max_clients\": 1000",
                 "\"max_client\": 1000",
                 {".json:7:", "$.rooms.world.max_client", "max_clients"}},
        Breakage{"RoomsKind",
                 "server/rooms.json",
                 "\"kind\": \"world\"",
                 "\"kind\": \"wrold\"",
                 {".json:6:", "$.rooms.world.kind", "world"}},
        Breakage{"MonsterRange",
                 "content/monsters.json",
                 "\"max_hp\": 40",
                 "\"max_hp\": 0",
                 {".json:8:", "$.monsters.slime.max_hp"}},
        Breakage{"SkillUnknownKey",
                 "content/skills.json",
                 "\"mana_cost\"",
                 "\"manna_cost\"",
                 {".json:10:", "$.skills.fireball.manna_cost", "mana_cost"}},
        Breakage{"SpawnOfNothing",
                 "content/spawns.json",
                 "\"monster\": \"slime\"",
                 "\"monster\": \"slimy\"",
                 {".json:8:", "slimy"}}),
    [](const auto& one) { return one.param.name; });

TEST_F(ConfigurationTest, NamesTheFileThatIsMissing) {
  for (const char* name : {"server/server.json", "server/rooms.json", "content/monsters.json", "content/chat.json"}) {
    const std::string text = files.read(name);
    std::filesystem::remove(files.path(name));
    EXPECT_THAT(problem(), HasSubstr(files.path(name))) << name;
    files.write(name, text);
  }
  EXPECT_EQ(problem(), "none");
}

TEST_F(ConfigurationTest, NamesTheMapThatIsMissing) {
  ASSERT_TRUE(files.replace("server/rooms.json", "\"caves\"", "\"moon\""));
  EXPECT_THAT(problem(), HasSubstr("moon"));
}

TEST_F(ConfigurationTest, NamesTheProblemsOfAllFilesAtOnce) {
  ASSERT_TRUE(files.replace("server/server.json", "\"port\": 2567", "\"port\": 99999"));
  ASSERT_TRUE(files.replace("server/rooms.json", "\"kind\": \"world\"", "\"kind\": \"wrold\""));
  ASSERT_TRUE(files.replace("content/skills.json", "\"mana_cost\": 20", "\"mana_cost\": -1"));
  ASSERT_TRUE(files.replace("content/monsters.json", "\"max_hp\": 40", "\"max_hp\": 0"));
  const std::string said = problem();
  for (const char* file :
       {"server/server.json:", "server/rooms.json:", "content/skills.json:", "content/monsters.json:"})
    EXPECT_THAT(said, HasSubstr(files.path(file)));
}

TEST_F(ConfigurationTest, RefusesAMapWhoseTilesetLiesOutsideOfItsFolder) {
  files.write("content/maps/trap.tmx", R"(<?xml version="1.0"?>
<map version="1.10" orientation="orthogonal" width="2" height="2" tilewidth="32" tileheight="32" infinite="0">
 <tileset firstgid="1" source="../../server/server.json"/>
</map>)");
  EXPECT_THAT(problem(), HasSubstr("../../server/server.json"));
}

TEST_F(ConfigurationTest, TakesTheFolderOfThePageFromTheOptions) {
  options.web_root = "/some/page";
  EXPECT_EQ(load()->web_root, "/some/page");
}

}  // namespace
}  // namespace throng::app
