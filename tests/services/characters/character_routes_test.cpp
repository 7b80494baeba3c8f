#include "services/characters/character_routes.h"

#include <nlohmann/json.hpp>

#include "services/characters/character_fixture.h"

namespace throng::services {
namespace {

using Json = nlohmann::json;

struct Answer {
  int status = 0;
  std::string type;
  Json body;
  std::string location;
};

class CharacterRoutesTest : public test::CharacterTest {
 protected:
  CharacterRoutesTest() {
    settings.characters_max = 3;
    open_node();
    token = new_account();
  }
  Answer ask(const std::string& method, const std::string& behind = {}, const std::string& body = {}) {
    net::HttpRequest request;
    request.method = method;
    request.path = "/api/v1/characters" + behind;
    request.body = body;
    if (!token.empty()) request.headers.emplace_back("authorization", "Bearer " + token);
    std::promise<net::HttpResponse> promise;
    node->characters->routes().handle(std::move(request),
                                      [&](net::HttpResponse response) { promise.set_value(std::move(response)); });
    const net::HttpResponse response = promise.get_future().get();
    Answer answer{response.status, {}, Json::parse(response.body, nullptr, false), {}};
    for (const auto& [name, value] : response.headers) {
      if (name == "Content-Type") answer.type = value;
      if (name == "Location") answer.location = value;
    }
    return answer;
  }
  Answer create(const std::string& name) { return ask("POST", "", Json{{"name", name}}.dump()); }
  static std::string path_of(const Answer& made) {
    return "/" + std::to_string(made.body.at("id").get<std::int64_t>());
  }

  std::string token;
};
INSTANTIATE_TEST_SUITE_P(Engines, CharacterRoutesTest, test::engines(), test::engine_name);

TEST_P(CharacterRoutesTest, TakesItsOwnPathsOnly) {
  const net::Routes& routes = node->characters->routes();
  EXPECT_TRUE(routes.takes("/api/v1/characters"));
  EXPECT_TRUE(routes.takes("/api/v1/characters/7/restore"));
  EXPECT_FALSE(routes.takes("/api/v1/charactersheet"));
  EXPECT_FALSE(routes.takes("/api/v1"));
}

TEST_P(CharacterRoutesTest, NobodyGetsAnythingWithoutAToken) {
  token = "";
  const Answer answer = ask("GET");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.type, "application/problem+json");
  EXPECT_EQ(answer.body.at("code"), "sign_in");
  EXPECT_EQ(answer.body.at("status"), 401);
  token = "not a number";
  EXPECT_EQ(ask("GET").body.at("code"), "token_unknown");
}

TEST_P(CharacterRoutesTest, CreatesAndLists) {
  EXPECT_EQ(ask("GET").body, (Json{{"characters", Json::array()}, {"max", 3}}));
  const Answer made = create("Ann");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.body.at("name"), "Ann");
  EXPECT_EQ(made.body.at("level"), 1);
  EXPECT_TRUE(made.body.at("map").is_null());
  EXPECT_EQ(made.location, "/api/v1/characters" + path_of(made));
  EXPECT_EQ(ask("GET").body.at("characters").at(0).at("id"), made.body.at("id"));
  EXPECT_EQ(ask("GET", path_of(made)).body.at("name"), "Ann");
}

TEST_P(CharacterRoutesTest, NamesAreHeldByOneAndFollowTheRules) {
  ASSERT_EQ(create("Ann").status, 201);
  token = new_account();
  EXPECT_EQ(create("ann").status, 409);
  EXPECT_EQ(create("ann").body.at("code"), "name_taken");
  EXPECT_EQ(create("x").body.at("code"), "name_too_short");
  EXPECT_EQ(create("x").status, 422);
  EXPECT_EQ(ask("POST", "", "{").body.at("code"), "name_missing");
  EXPECT_EQ(ask("POST", "", R"({"name":7})").status, 400);
}

TEST_P(CharacterRoutesTest, AnAccountHasSoManyAndNoMore) {
  for (const char* const name : {"Ann", "Ben", "Cid"}) ASSERT_EQ(create(name).status, 201);
  EXPECT_EQ(create("Dan").body.at("code"), "too_many_characters");
}

TEST_P(CharacterRoutesTest, Renames) {
  const Answer made = create("Ann");
  ASSERT_EQ(create("Ben").status, 201);
  EXPECT_EQ(ask("PATCH", path_of(made), R"({"name":"Anna"})").body.at("name"), "Anna");
  EXPECT_EQ(ask("PATCH", path_of(made), R"({"name":"ben"})").status, 409);
  const Answer again = ask("PATCH", path_of(made), R"({"name":"Annabel"})");
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.body.at("code"), "renamed_lately");
  EXPECT_TRUE(ask("GET", path_of(made)).body.at("renameableAt").is_string());
  EXPECT_EQ(create("Ann").body.at("code"), "name_taken") << "for a day";
}

TEST_P(CharacterRoutesTest, WithoutACooldownANameIsFreeAtOnce) {
  settings.rename_cooldown = std::chrono::hours(0);
  open_node();
  const Answer made = create("Ann");
  EXPECT_EQ(ask("PATCH", path_of(made), R"({"name":"Anna"})").status, 200);
  EXPECT_EQ(ask("PATCH", path_of(made), R"({"name":"Hanna"})").status, 200);
  EXPECT_EQ(create("Ann").status, 201);
}

TEST_P(CharacterRoutesTest, DeletesWithAGraceAndTakesItBack) {
  const std::string path = path_of(create("Ann"));
  const Answer gone = ask("DELETE", path);
  EXPECT_EQ(gone.status, 200);
  EXPECT_TRUE(gone.body.at("deleteAt").is_string());
  EXPECT_EQ(ask("DELETE", path).body.at("deleteAt"), gone.body.at("deleteAt"));
  EXPECT_EQ(ask("GET").body.at("characters").size(), 1u);
  EXPECT_EQ(create("Ann").status, 409);
  EXPECT_TRUE(ask("POST", path + "/restore").body.at("deleteAt").is_null());
}

TEST_P(CharacterRoutesTest, OneThatIsPlayedIsNotDeleted) {
  const auto arrival = node->arrive(token, test::option("name", "Ann"));
  ASSERT_NE(arrival, nullptr);
  const std::string path = "/" + std::to_string(arrival->lease.character.value);
  EXPECT_EQ(ask("DELETE", path).body.at("code"), "character_plays");
  node->save(arrival->lease, {}, "", true);
  EXPECT_EQ(ask("DELETE", path).status, 200);
}

TEST_P(CharacterRoutesTest, OthersCharactersAreNotThere) {
  const std::string path = path_of(create("Ann"));
  token = new_account();
  EXPECT_EQ(ask("GET", path).status, 404);
  EXPECT_EQ(ask("PATCH", path, R"({"name":"Mine"})").status, 404);
  EXPECT_EQ(ask("DELETE", path).status, 404);
  EXPECT_EQ(ask("POST", path + "/restore").status, 404);
}

TEST_P(CharacterRoutesTest, SaysWhatIsNotPossible) {
  EXPECT_EQ(ask("PUT").status, 405);
  EXPECT_EQ(ask("POST", "/7").status, 405);
  EXPECT_EQ(ask("GET", "/seven").status, 404);
  EXPECT_EQ(ask("GET", "/7/8").status, 404);
  EXPECT_EQ(ask("GET", "/7").status, 404);
}

}  // namespace
}  // namespace throng::services
