#include "services/reload/content_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "services/content_store/memory_store.h"
#include "services/reload/playing_rooms.h"
#include "support/temporary_folder.h"

namespace throng::services::test {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

class ContentCommandsTest : public ::testing::Test {
 protected:
  ContentCommandsTest() {
    EXPECT_TRUE(write_content_folder(folder.path(), set_with(20)));
    const content::ContentTexts texts = *read_content_folder(folder.path());
    LiveSet live = *keep_as_live(*store, texts, *load_trustingly(texts, nullptr), {"ann", ""});
    reloader = std::make_unique<Reloader>(ReloadSettings{folder.path(), false, load_trustingly}, *store, rooms, live);
    EXPECT_TRUE(reloader->start());
    rooms.add("meadow", {{"slime", 3}});
  }
  Json ask(const Json& request) { return Json::parse(answer_content_command(request.dump(), *reloader, rooms)); }

  TemporaryFolder folder;
  std::unique_ptr<ContentStore> store = make_memory_content_store();
  PlayingRooms rooms;
  std::unique_ptr<Reloader> reloader;
};

TEST_F(ContentCommandsTest, StatusNamesTheLiveVersionAndThatOfEveryRoom) {
  const Json answer = ask({{"command", "status"}});
  EXPECT_TRUE(answer["ok"]);
  EXPECT_EQ(answer["version"], 1);
  EXPECT_EQ(answer["rooms"], Json::parse(R"([{"room": "id1", "name": "world", "filter": "meadow", "version": 1,
                                              "hash": "0000000000000002", "monsters": {"slime": 3}}])"));
  EXPECT_TRUE(answer["failure"].is_null());
}

TEST_F(ContentCommandsTest, ReloadSaysWhatCameOfIt) {
  EXPECT_TRUE(write_content_folder(folder.path(), set_with(25)));
  Json answer = ask({{"command", "reload"}, {"author", "ben"}});
  EXPECT_TRUE(answer["accepted"]);
  EXPECT_TRUE(answer["changed"]);
  EXPECT_EQ(answer["version"], 2);
  EXPECT_EQ(store->find(2)->note.author, "ben");
  folder.write("chat.json", "broken");
  answer = ask({{"command", "reload"}});
  EXPECT_TRUE(answer["ok"]);
  EXPECT_FALSE(answer["accepted"]);
  EXPECT_EQ(answer["problems"], "chat.json:1:1: broken");
  EXPECT_EQ(ask({{"command", "status"}})["failure"]["problems"], "chat.json:1:1: broken");
}

TEST_F(ContentCommandsTest, ImpactTakesAFolderOrTexts) {
  TemporaryFolder other;
  EXPECT_TRUE(write_content_folder(other.path(), set_with(30)));
  for (const Json& request :
       {Json{{"command", "impact"}, {"dir", other.path()}}, Json{{"command", "impact"}, {"texts", set_with(30)}}}) {
    const Json answer = ask(request);
    EXPECT_EQ(answer["problems"], "");
    EXPECT_EQ(answer["changes"], Json::parse(R"(["skills/fireball: mana_cost 20 → 30"])"));
    EXPECT_EQ(answer["touched"], Json::parse(R"j(["skills/fireball: world id1 (meadow)"])j"));
  }
  EXPECT_THAT(ask({{"command", "impact"}, {"dir", "/nowhere"}})["error"].get<std::string>(), HasSubstr("/nowhere"));
}

TEST_F(ContentCommandsTest, AnythingElseIsAnsweredWithWords) {
  for (const std::string request : {"", "x", "[]", "{}", "null", R"({"command": 1})", R"({"command": "impact"})",
                                    R"({"command": "dance"})", R"({"command": "impact", "texts": {"a": 1}})",
                                    R"({"command": "reload", "author": 7})", "{\"command\": \"\xff\"}"}) {
    const Json answer = Json::parse(answer_content_command(request, *reloader, rooms));
    EXPECT_FALSE(answer["ok"]) << request;
    EXPECT_FALSE(answer["error"].get<std::string>().empty()) << request;
  }
}

}  // namespace
}  // namespace throng::services::test
