#include "content/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace throng::content {
namespace {

std::string mistake_in(std::string_view text) {
  const Result<JsonDocument> document = parse_json(text, "f.json");
  return document ? "none" : document.error().message;
}

JsonDocument parsed(std::string_view text) {
  Result<JsonDocument> document = parse_json(text, "f.json");
  EXPECT_TRUE(document.has_value()) << document.error().message;
  return std::move(document).value();
}

std::string problems_of(const JsonDocument& document) {
  const Result<void> verdict = document.verdict();
  return verdict ? "none" : verdict.error().message;
}

TEST(Json, ReadsEveryKindOfValue) {
  const JsonDocument document = parsed(
      "\xEF\xBB\xBF {\"a\":1,\"b\":-2.5e1,\"c\":\"x\\u00e9\\ud83d\\ude00\\n\",\"d\":[true,false,null],\"e\":{}} ");
  JsonObject root = document.root_object();
  EXPECT_EQ(root.integer("a"), 1);
  EXPECT_EQ(root.number("b", {.min = -100, .max = 0}), -25.0);
  EXPECT_EQ(root.text("c"), "xé😀\n");
  const JsonArray list = root.array("d");
  ASSERT_EQ(list.size(), 3u);
  EXPECT_TRUE(list[0].boolean());
  EXPECT_FALSE(list[1].boolean());
  EXPECT_EQ(list[2].kind(), JsonKind::Null);
  EXPECT_EQ(root.object("e").size(), 0u);
  root.finish();
  EXPECT_EQ(problems_of(document), "none");
}

TEST(Json, NamesLineColumnAndPathOfASyntaxMistake) {
  EXPECT_EQ(mistake_in("{\n  \"rooms\": {\n    \"a\": [1, x]\n  }\n}"),
            "f.json:3:14: $.rooms.a[1]: found 'x', expected a value");
  EXPECT_EQ(mistake_in(""), "f.json:1:1: $: found the end of the file, expected a value");
  EXPECT_EQ(mistake_in("{\"a\":1,}"), "f.json:1:8: $: found '}', expected a key in quotation marks");
  EXPECT_EQ(mistake_in("[1 2]"), "f.json:1:4: $[1]: found '2', expected ',' or ']' after an element");
  EXPECT_EQ(mistake_in("{} {}"), "f.json:1:4: $: found '{', expected the end of the file");
}

TEST(Json, RefusesWhatOtherParsersLetPass) {
  EXPECT_THAT(mistake_in("{\"a\":1,\n\"\\u0061\":2}"),
              testing::HasSubstr("f.json:2:1: $: found the key \"a\" a second time, expected it once (first at 1:2)"));
  EXPECT_THAT(mistake_in("[01]"), testing::HasSubstr("no leading zeros"));
  EXPECT_THAT(mistake_in("[1.]"), testing::HasSubstr("a digit after the decimal point"));
  EXPECT_THAT(mistake_in("[1e999]"), testing::HasSubstr("a number out of range"));
  EXPECT_THAT(mistake_in("[NaN]"), testing::HasSubstr("expected a value"));
  EXPECT_THAT(mistake_in("[\"\\ud800\"]"), testing::HasSubstr("half a surrogate pair"));
  EXPECT_THAT(mistake_in("[\"\\u0000\"]"), testing::HasSubstr("without NUL"));
  EXPECT_THAT(mistake_in("[\"a\nb\"]"), testing::HasSubstr("control character 0x0a"));
  EXPECT_THAT(mistake_in("[\"\xC0\xAF\"]"), testing::HasSubstr("not UTF-8"));
  EXPECT_THAT(mistake_in("[\"\xED\xA0\x80\"]"), testing::HasSubstr("not UTF-8"));
  EXPECT_THAT(mistake_in(std::string("[\0]", 3)), testing::HasSubstr("a NUL byte"));
  EXPECT_THAT(mistake_in("\"abc"), testing::HasSubstr("the end of the file"));
  EXPECT_THAT(mistake_in("\"abc\\"), testing::HasSubstr("the end of the file"));
}

TEST(Json, StopsAtItsLimits) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_THAT(mistake_in(deep), testing::HasSubstr("expected at most 64 levels"));
  const std::string deep_objects = [] {
    std::string text;
    for (int i = 0; i < 70; ++i) text += "{\"a\":";
    return text;
  }();
  EXPECT_THAT(mistake_in(deep_objects), testing::HasSubstr("nested too deeply"));
  EXPECT_TRUE(parse_json(std::string(64, '[') + std::string(64, ']'), "f").has_value());
  EXPECT_THAT(parse_json("[1,2,3]", "f.json", {.bytes_max = 4}).error().message, testing::HasSubstr("at most 4"));
}

TEST(Json, CollectsAllProblemsOfAFileInTheirOrder) {
  const JsonDocument document = parsed("{\n \"b\": \"x\",\n \"a\": 99,\n \"c\": [0]\n}");
  JsonObject root = document.root_object();
  EXPECT_EQ(root.integer("a", {.min = 1, .max = 20}), 1);
  EXPECT_FALSE(root.boolean("b"));
  EXPECT_EQ(root.array("c")[0].text({.bytes_min = 1}), "");
  EXPECT_EQ(root.integer("d", {.min = 3}), 3);
  EXPECT_EQ(problems_of(document),
            "f.json:1:1: $: found no member \"d\", expected one\n"
            "f.json:2:7: $.b: found \"x\", expected true or false\n"
            "f.json:3:7: $.a: found 99, expected an integer from 1 to 20\n"
            "f.json:4:8: $.c[0]: found 0, expected a text of 1 to 256 bytes");
}

TEST(Json, BoundsTheListOfProblems) {
  std::string text = "[0";
  for (int i = 0; i < 199; ++i) text += ",0";
  const JsonDocument document = parsed(text + "]");
  const JsonArray list = document.root().array();
  for (std::size_t i = 0; i < list.size(); ++i) list[i].text();
  EXPECT_THAT(problems_of(document), testing::EndsWith("f.json: and 150 more"));
}

TEST(Json, RefusesUnknownKeysAndGuessesTheRightOne) {
  const JsonDocument document = parsed("{\"max_client\": 4, \"zzz\": 1}");
  JsonObject root = document.root_object();
  (void)root.integer_or("max_clients", 1);
  root.finish();
  EXPECT_EQ(problems_of(document),
            "f.json:1:16: $.max_client: found an unknown key, expected one of \"max_clients\"; did you mean "
            "\"max_clients\"?\n"
            "f.json:1:26: $.zzz: found an unknown key, expected one of \"max_clients\"");
}

TEST(Json, TakesIntegersExactlyAndChecksWholeNumbers) {
  const JsonDocument document = parsed("[9223372036854775807, 3.0, 3.5, 1e3, 9223372036854775808, -0]");
  const JsonArray list = document.root().array();
  const IntegerRange all{.min = INT64_MIN, .max = INT64_MAX};
  EXPECT_EQ(list[0].integer(all), INT64_MAX);
  EXPECT_EQ(list[1].integer(all), 3);
  EXPECT_EQ(list[3].integer(all), 1000);
  EXPECT_EQ(list[5].integer(all), 0);
  EXPECT_FALSE(document.has_problems());
  (void)list[2].integer(all);
  (void)list[4].integer(all);
  EXPECT_THAT(problems_of(document), testing::HasSubstr("$[2]: found 3.5"));
  EXPECT_THAT(problems_of(document), testing::HasSubstr("$[4]"));
}

TEST(Json, ReadsThousandthsWithoutRounding) {
  const JsonDocument document = parsed("[0.1, 40.125, 7, 0.0001]");
  const JsonArray list = document.root().array();
  EXPECT_EQ(list[0].thousandths(), 100);
  EXPECT_EQ(list[1].thousandths(), 40'125);
  EXPECT_EQ(list[2].thousandths(), 7000);
  EXPECT_FALSE(document.has_problems());
  (void)list[3].thousandths();
  EXPECT_THAT(problems_of(document), testing::HasSubstr("at most three decimals"));
}

TEST(Json, OffersTheNearestChoice) {
  const JsonDocument document = parsed("{\"kind\":\"wrold\"}");
  const std::string_view names[] = {"world", "lobby"};
  JsonObject root = document.root_object();
  EXPECT_EQ(root.required("kind")->choice(names), 0u);
  EXPECT_EQ(problems_of(document),
            "f.json:1:9: $.kind: found \"wrold\", expected one of \"world\", \"lobby\"; did you mean \"world\"?");
}

TEST(Json, StandsInSilentlyForAnObjectThatIsNone) {
  const JsonDocument document = parsed("{\"a\": 3}");
  JsonObject wrong = document.root_object().object("a");
  (void)wrong.integer("deeper");
  wrong.finish();
  EXPECT_EQ(problems_of(document), "f.json:1:7: $.a: found 3, expected an object");
}

TEST(Json, WritesCompactTextThatReadsBackEqual) {
  const std::string text = "{\"a\":[1,-2.5,true,null,\"x\\\"\\\\\\n\\u0001é\"],\"b\":{\"c\":{}}}";
  const std::string once = parsed(text).root().compact_text();
  EXPECT_EQ(once, text);
  EXPECT_EQ(parsed(once).root().compact_text(), once);
}

TEST(Json, QuotesOddKeysInPaths) {
  const JsonDocument document = parsed("{\"a b\": {\"c\": 1}}");
  (void)document.root_object().object("a b").text("c");
  EXPECT_THAT(problems_of(document), testing::HasSubstr("$[\"a b\"].c: found 1"));
}

TEST(Json, ChecksTheFormOfNames) {
  EXPECT_TRUE(is_json_name("world-2_B"));
  EXPECT_FALSE(is_json_name(""));
  EXPECT_FALSE(is_json_name("a b"));
  EXPECT_FALSE(is_json_name(std::string(65, 'a')));
}

}  // namespace
}  // namespace throng::content
