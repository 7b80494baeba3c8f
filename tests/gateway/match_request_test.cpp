#include "gateway/match_request.h"

#include <gtest/gtest.h>

namespace throng::gateway {
namespace {

TEST(MatchPath, IsTheLastThreeSegments) {
  const std::optional<MatchPath> plain = parse_match_path("/matchmake/joinOrCreate/world");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->method, "joinOrCreate");
  EXPECT_EQ(plain->target, "world");
  const std::optional<MatchPath> prefixed = parse_match_path("/eu/games/matchmake/joinById/aB_-9");
  ASSERT_TRUE(prefixed);
  EXPECT_EQ(prefixed->method, "joinById");
  EXPECT_EQ(prefixed->target, "aB_-9");
}

TEST(MatchPath, IsNothingElse) {
  for (const char* path :
       {"", "/", "/matchmake", "/matchmake/", "/matchmake/join", "/matchmake/join/", "/matchmake//world",
        "/other/join/world", "/matchmake/join/world/more", "/xmatchmake/join/world", "world"}) {
    EXPECT_FALSE(parse_match_path(path)) << path;
  }
}

TEST(MatchMethodName, IsKnownExactly) {
  EXPECT_EQ(match_method("joinOrCreate"), MatchMethod::JoinOrCreate);
  EXPECT_EQ(match_method("create"), MatchMethod::Create);
  EXPECT_EQ(match_method("join"), MatchMethod::Join);
  EXPECT_EQ(match_method("joinById"), MatchMethod::JoinById);
  EXPECT_EQ(match_method("reconnect"), MatchMethod::Reconnect);
  for (const char* name : {"", "Join", "joinorcreate", "destroy"}) EXPECT_FALSE(match_method(name)) << name;
}

TEST(MatchBody, MayBeNothingAtAll) {
  for (const char* text : {"", " \r\n\t", "{}", "[]", "null", " {} "}) {
    const std::optional<MatchBody> body = parse_match_body(text);
    ASSERT_TRUE(body) << text;
    EXPECT_FALSE(body->options.text("name"));
    EXPECT_EQ(body->reconnection_token, "");
  }
}

TEST(MatchBody, GivesTheFlatOptions) {
  const std::optional<MatchBody> body = parse_match_body(
      R"({"name":"Ann \u00e9","x":1.5,"n":-3,"quiet":true,"none":null,"nested":{"name":"no"},"list":[1]})");
  ASSERT_TRUE(body);
  EXPECT_EQ(body->options.text("name"), "Ann \u00e9");
  EXPECT_EQ(body->options.number("x"), 1.5);
  EXPECT_EQ(body->options.number("n"), -3);
  EXPECT_FALSE(body->options.text("nested"));
  EXPECT_FALSE(body->options.number("none"));
}

TEST(MatchBody, GivesTheReconnectionToken) {
  EXPECT_EQ(parse_match_body(R"({"reconnectionToken":"abc"})")->reconnection_token, "abc");
  EXPECT_EQ(parse_match_body(R"({"reconnectionToken":7})")->reconnection_token, "");
}

TEST(MatchBody, BringsNoCharacterAlong) {
  const std::optional<MatchBody> body =
      parse_match_body(R"({"arrival":{"name":"Ann","sheet":[1,2]},"sheet":"AQI=","name":"Ann"})");
  ASSERT_TRUE(body);
  EXPECT_EQ(body->options.arrival, nullptr);
}

TEST(MatchBody, ThatIsNoObjectIsRefused) {
  for (const char* text : {"{", "{\"a\":}", "nonsense", "3", "\"text\"", "[1]", "true", "{}{}", "{\"a\":\"\xff\"}"}) {
    EXPECT_FALSE(parse_match_body(text)) << text;
  }
}

TEST(MatchBody, IsBounded) {
  const std::string long_text(1025, 'x');
  const std::optional<MatchBody> body = parse_match_body(
      "{\"long\":\"" + long_text + "\",\"fits\":\"" + long_text.substr(1) + "\",\"" + std::string(65, 'k') + "\":1}");
  ASSERT_TRUE(body);
  EXPECT_FALSE(body->options.text("long"));
  EXPECT_TRUE(body->options.text("fits"));
  EXPECT_FALSE(body->options.number(std::string(65, 'k')));
  EXPECT_FALSE(parse_match_body("{\"a\":\"" + std::string(70'000, 'x') + "\"}"));
  EXPECT_FALSE(parse_match_body(std::string(100, '[') + std::string(100, ']')));
}

TEST(PathName, IsShortAndNeedsNoEncoding) {
  EXPECT_TRUE(is_path_name("world"));
  EXPECT_TRUE(is_path_name("A-z_09"));
  EXPECT_TRUE(is_path_name(std::string(64, 'a')));
  for (const std::string& text : {std::string(), std::string(65, 'a'), std::string("a b"), std::string("a%20"),
                                  std::string("é"), std::string("a\0", 2)}) {
    EXPECT_FALSE(is_path_name(text)) << text;
  }
}

}  // namespace
}  // namespace throng::gateway
