#include "services/tracing/tracing_settings.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace throng::services {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

class TracingSettingsTest : public ::testing::Test {
 protected:
  TracingSettings read(const std::map<std::string, std::string>& variables) {
    const Result<TracingSettings> settings = attempt(variables);
    EXPECT_TRUE(settings) << settings.error().message;
    return settings ? *settings : TracingSettings{};
  }
  std::string error_of(const std::map<std::string, std::string>& variables) {
    const Result<TracingSettings> settings = attempt(variables);
    return settings ? "" : settings.error().message;
  }
  Result<TracingSettings> attempt(const std::map<std::string, std::string>& variables) {
    warnings.clear();
    return read_tracing_settings(
        [&variables](const char* name) -> std::optional<std::string> {
          const auto found = variables.find(name);
          return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
        },
        "p1", warnings);
  }

  std::vector<std::string> warnings;
};

TEST_F(TracingSettingsTest, AreOffByDefault) {
  EXPECT_EQ(read({}).exporter, TraceExporter::None);
  EXPECT_EQ(read({{"OTEL_TRACES_EXPORTER", ""}}).exporter, TraceExporter::None);
  EXPECT_EQ(read({{"OTEL_TRACES_EXPORTER", "otlp"}, {"OTEL_SDK_DISABLED", "true"}}).exporter, TraceExporter::None);
  EXPECT_THAT(warnings, IsEmpty());
}

TEST_F(TracingSettingsTest, AnEndpointAloneIsPointedOut) {
  EXPECT_EQ(read({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"}}).exporter, TraceExporter::None);
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("OTEL_TRACES_EXPORTER=otlp")));
}

TEST_F(TracingSettingsTest, OtlpHasTheDefaultsOfTheSpecification) {
  const TracingSettings settings = read({{"OTEL_TRACES_EXPORTER", "otlp"}});
  EXPECT_EQ(settings.url, "http://localhost:4318/v1/traces");
  EXPECT_EQ(settings.format, OtlpFormat::Protobuf);
  EXPECT_EQ(settings.request_timeout, std::chrono::seconds(10));
  EXPECT_EQ(settings.schedule_delay, std::chrono::seconds(5));
  EXPECT_EQ(settings.export_timeout, std::chrono::seconds(30));
  EXPECT_EQ(settings.queue_max, 2048u);
  EXPECT_EQ(settings.batch_max, 512u);
  EXPECT_EQ(settings.sampler.kind, Sampler::Kind::AlwaysOn);
  EXPECT_TRUE(settings.sampler.parent_based);
  EXPECT_THAT(settings.resource, Contains(Pair("service.name", "throngd")));
  EXPECT_THAT(settings.resource, Contains(Pair("service.instance.id", "p1")));
}

TEST_F(TracingSettingsTest, TheSpecialEndpointIsTakenAsItIs) {
  EXPECT_EQ(read({{"OTEL_TRACES_EXPORTER", "otlp"}, {"OTEL_EXPORTER_OTLP_ENDPOINT", "https://c:1/base/"}}).url,
            "https://c:1/base/v1/traces");
  EXPECT_EQ(read({{"OTEL_TRACES_EXPORTER", "otlp"},
                  {"OTEL_EXPORTER_OTLP_ENDPOINT", "https://c:1/base/"},
                  {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://t/"}})
                .url,
            "http://t/");
  EXPECT_EQ(read({{"OTEL_TRACES_EXPORTER", "zipkin"}}).url, "http://localhost:9411/api/v2/spans");
}

TEST_F(TracingSettingsTest, HeadersAreDecodedAndNeverShown) {
  const TracingSettings settings =
      read({{"OTEL_TRACES_EXPORTER", "otlp"},
            {"OTEL_EXPORTER_OTLP_HEADERS", " authorization=Bearer%20geheim , x-b=2,geheim,=geheim,c=%zz,d=a%0d%0ab"}});
  EXPECT_THAT(settings.headers, ElementsAre(Pair("authorization", "Bearer geheim"), Pair("x-b", "2")));
  EXPECT_EQ(warnings.size(), 4u);
  for (const std::string& warning : warnings) EXPECT_THAT(warning, Not(HasSubstr("geheim")));
  EXPECT_THAT(warnings[0], HasSubstr("element 3"));
}

TEST_F(TracingSettingsTest, WhatCannotWorkIsAnError) {
  EXPECT_THAT(error_of({{"OTEL_TRACES_EXPORTER", "jaeger"}}), HasSubstr("otlp, zipkin, console or none"));
  EXPECT_THAT(error_of({{"OTEL_TRACES_EXPORTER", "otlp"}, {"OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"}}), HasSubstr("4318"));
  const std::string wrong =
      error_of({{"OTEL_TRACES_EXPORTER", "otlp"}, {"OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://user:geheim@host"}});
  EXPECT_THAT(wrong, HasSubstr("OTEL_EXPORTER_OTLP_ENDPOINT"));
  EXPECT_THAT(wrong, Not(HasSubstr("geheim")));
  EXPECT_NE(error_of({{"OTEL_TRACES_EXPORTER", "zipkin"}, {"OTEL_EXPORTER_ZIPKIN_ENDPOINT", "host"}}), "");
}

TEST_F(TracingSettingsTest, WrongNumbersAreLeftOutWithAWord) {
  const TracingSettings settings = read({{"OTEL_TRACES_EXPORTER", "otlp"},
                                         {"OTEL_BSP_SCHEDULE_DELAY", "soon"},
                                         {"OTEL_BSP_MAX_QUEUE_SIZE", "0"},
                                         {"OTEL_EXPORTER_OTLP_TIMEOUT", "-5"},
                                         {"THRONG_SLOW_TICK_RATIO", "much"}});
  EXPECT_EQ(settings.schedule_delay, std::chrono::seconds(5));
  EXPECT_EQ(settings.queue_max, 2048u);
  EXPECT_EQ(settings.request_timeout, std::chrono::seconds(10));
  EXPECT_EQ(warnings.size(), 4u);
}

TEST_F(TracingSettingsTest, SamplersAreThoseOfTheSpecification) {
  const auto sampler = [this](const char* name, const char* argument) {
    return read(
               {{"OTEL_TRACES_EXPORTER", "otlp"}, {"OTEL_TRACES_SAMPLER", name}, {"OTEL_TRACES_SAMPLER_ARG", argument}})
        .sampler;
  };
  EXPECT_EQ(sampler("always_off", "").kind, Sampler::Kind::AlwaysOff);
  EXPECT_FALSE(sampler("always_on", "").parent_based);
  const Sampler quarter = sampler("parentbased_traceidratio", "0.25");
  EXPECT_EQ(quarter.kind, Sampler::Kind::TraceIdRatio);
  EXPECT_TRUE(quarter.parent_based);
  EXPECT_EQ(quarter.ratio, 0.25);
  EXPECT_EQ(sampler("traceidratio", "2").ratio, 1) << "not a ratio";
  EXPECT_EQ(warnings.size(), 1u);
  EXPECT_EQ(sampler("jaeger_remote", "").kind, Sampler::Kind::AlwaysOn);
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("jaeger_remote")));
}

TEST_F(TracingSettingsTest, TheServiceNameWinsOverTheResource) {
  const TraceResource resource = read({{"OTEL_TRACES_EXPORTER", "console"},
                                       {"OTEL_SERVICE_NAME", "world-1"},
                                       {"OTEL_RESOURCE_ATTRIBUTES", "service.name=other,region=eu%2Cwest,bad=%ff"}})
                                     .resource;
  EXPECT_THAT(resource, Contains(Pair("service.name", "world-1")));
  EXPECT_THAT(resource, Contains(Pair("region", "eu,west")));
  EXPECT_THAT(resource, Contains(Pair("bad", "?"))) << "receivers refuse what is no UTF-8";
}

}  // namespace
}  // namespace throng::services
