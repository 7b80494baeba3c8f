#include "services/tracing/span_json.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "services/tracing/some_spans.h"

namespace throng::services {
namespace {

using Json = nlohmann::json;

const TraceResource kResource{{"service.name", "throngd"}, {"deployment.environment.name", "test"}};

TEST(OtlpJson, FollowsTheRulesOfItsMapping) {
  const Json request = Json::parse(otlp_json(kResource, some_spans(), kSpanTimes));
  const Json& of_resource = request["resourceSpans"][0];
  EXPECT_EQ(of_resource["resource"]["attributes"][0],
            Json::parse(R"({"key":"service.name","value":{"stringValue":"throngd"}})"));
  EXPECT_EQ(of_resource["scopeSpans"][0]["scope"]["name"], "throng");
  const Json& span = of_resource["scopeSpans"][0]["spans"][0];
  EXPECT_EQ(span["traceId"], "0102030405060708090a0b0c0d0e0f10");
  EXPECT_EQ(span["spanId"], "1112131415161718");
  EXPECT_EQ(span["parentSpanId"], "2122232425262728");
  EXPECT_EQ(span["kind"], 2);
  EXPECT_EQ(span["startTimeUnixNano"], "1767323045000000006");
  EXPECT_EQ(span["endTimeUnixNano"], "1767323045001500006");
  EXPECT_EQ(span["attributes"][0], Json::parse(R"({"key":"number","value":{"intValue":"-3"}})"));
  EXPECT_EQ(span["attributes"][3], Json::parse(R"({"key":"untruth","value":{"boolValue":false}})"));
  EXPECT_EQ(span["events"][0], Json::parse(R"({"timeUnixNano":"1767323045000700006","name":"half way"})"));
  EXPECT_EQ(span["links"][0]["traceId"], "00000000000000010000000000000002");
  EXPECT_EQ(span["status"], Json::parse(R"({"code":2,"message":"it broke"})"));
  const Json& bare = of_resource["scopeSpans"][0]["spans"][1];
  for (const char* const key : {"parentSpanId", "attributes", "events", "links", "status"})
    EXPECT_FALSE(bare.contains(key)) << key;
}

TEST(ZipkinJson, CountsInMicrosecondsAndPutsAllElseIntoTags) {
  const Json spans = Json::parse(zipkin_json(kResource, some_spans(), kSpanTimes));
  const Json& span = spans[0];
  EXPECT_EQ(span["traceId"], "0102030405060708090a0b0c0d0e0f10");
  EXPECT_EQ(span["id"], "1112131415161718");
  EXPECT_EQ(span["parentId"], "2122232425262728");
  EXPECT_EQ(span["kind"], "SERVER");
  EXPECT_EQ(span["timestamp"], 1767323045000000);
  EXPECT_EQ(span["duration"], 1500);
  EXPECT_EQ(span["localEndpoint"], Json::parse(R"({"serviceName":"throngd"})"));
  EXPECT_EQ(span["tags"]["number"], "-3");
  EXPECT_EQ(span["tags"]["truth"], "true");
  EXPECT_EQ(span["tags"]["deployment.environment.name"], "test");
  EXPECT_EQ(span["tags"]["error"], "it broke");
  EXPECT_EQ(span["annotations"][0], Json::parse(R"({"timestamp":1767323045000700,"value":"half way"})"));
  EXPECT_FALSE(spans[1].contains("parentId"));
  EXPECT_FALSE(spans[1].contains("kind"));
  EXPECT_EQ(spans[1]["duration"], 1) << "zero would be no duration at all";
}

TEST(ConsoleLines, AreOneForEachSpan) {
  const std::string lines = console_lines(some_spans(), kSpanTimes);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2);
  const Json first = Json::parse(lines.substr(0, lines.find('\n')));
  EXPECT_EQ(first["name"], "GET /x");
  EXPECT_EQ(first["began"], "2026-01-02T03:04:05.000Z");
  EXPECT_EQ(first["us"], 1500);
  EXPECT_EQ(first["attributes"]["number"], -3);
  EXPECT_EQ(first["error"], "it broke");
}

TEST(SpanJson, AResourceThatIsNoUtf8DoesNoHarm) {
  EXPECT_TRUE(Json::accept(otlp_json({{"service.name", "\xff"}}, some_spans(), kSpanTimes)));
  EXPECT_TRUE(Json::accept(zipkin_json({{"service.name", "\xff"}}, some_spans(), kSpanTimes)));
}

}  // namespace
}  // namespace throng::services
