#include "services/tracing/span_exporter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/tracing/some_spans.h"
#include "support/http_peer.h"

namespace throng::services {
namespace {

using testing::HasSubstr;
using throng::test::HttpPeer;
using Kind = ExportOutcome::Kind;

ExportOutcome send_to(HttpPeer& peer, TracingSettings settings) {
  settings.url = peer.url("/v1/traces");
  return make_exporter(settings)->send(some_spans());
}

TEST(HttpExporter, SendsProtobufWithTheHeadersItWasGiven) {
  HttpPeer peer({HttpPeer::answer(200)});
  TracingSettings settings{.exporter = TraceExporter::Otlp};
  settings.headers = {{"authorization", "Bearer x"}};
  EXPECT_EQ(send_to(peer, settings).kind, Kind::Taken);
  const std::string request = peer.requests()[0];
  EXPECT_THAT(request, HasSubstr("Content-Type: application/x-protobuf\r\n"));
  EXPECT_THAT(request, HasSubstr("authorization: Bearer x\r\n"));
  EXPECT_THAT(request, HasSubstr("GET /x"));
}

TEST(HttpExporter, SendsJsonToThoseWhoWantIt) {
  HttpPeer peer({HttpPeer::answer(202)});
  EXPECT_EQ(send_to(peer, {.exporter = TraceExporter::Otlp, .format = OtlpFormat::Json}).kind, Kind::Taken);
  EXPECT_EQ(send_to(peer, {.exporter = TraceExporter::Zipkin}).kind, Kind::Taken);
  EXPECT_THAT(peer.requests()[0], HasSubstr("\"resourceSpans\""));
  EXPECT_THAT(peer.requests()[1], HasSubstr("\"localEndpoint\""));
  for (const std::string& request : peer.requests())
    EXPECT_THAT(request, HasSubstr("Content-Type: application/json\r\n"));
}

TEST(HttpExporter, CompressesWhenAsked) {
  HttpPeer peer({HttpPeer::answer(200)});
  EXPECT_EQ(send_to(peer, {.exporter = TraceExporter::Otlp, .gzip = true}).kind, Kind::Taken);
  EXPECT_THAT(peer.requests()[0], HasSubstr("Content-Encoding: gzip\r\n"));
  EXPECT_THAT(peer.requests()[0], HasSubstr("\r\n\r\n\x1f\x8b"));
}

TEST(HttpExporter, TellsWhatMayWorkLaterFromWhatWillNot) {
  HttpPeer peer({HttpPeer::answer(429, "Retry-After: 3\r\n"), HttpPeer::answer(503), HttpPeer::answer(500),
                 HttpPeer::answer(400), HttpPeer::answer(301)});
  const TracingSettings settings{.exporter = TraceExporter::Otlp};
  const ExportOutcome busy = send_to(peer, settings);
  EXPECT_EQ(busy.kind, Kind::TryAgain);
  EXPECT_EQ(busy.after, std::chrono::seconds(3));
  EXPECT_EQ(send_to(peer, settings).kind, Kind::TryAgain);
  EXPECT_EQ(send_to(peer, settings).kind, Kind::Refused);
  EXPECT_EQ(send_to(peer, settings).kind, Kind::Refused);
  EXPECT_EQ(send_to(peer, settings).kind, Kind::Refused);
}

TEST(HttpExporter, SomebodyWhoIsNotThereMayComeLater) {
  std::string nowhere;
  {
    const HttpPeer gone({""});
    nowhere = gone.url();
  }
  TracingSettings settings{.exporter = TraceExporter::Otlp, .url = nowhere};
  settings.request_timeout = std::chrono::seconds(5);
  const ExportOutcome outcome = make_exporter(settings)->send(some_spans());
  EXPECT_EQ(outcome.kind, Kind::TryAgain);
  EXPECT_THAT(outcome.problem, HasSubstr("127.0.0.1"));
}

TEST(HttpExporter, ReadsHowManyWereRejected) {
  HttpPeer peer({HttpPeer::answer(200, "Content-Type: application/x-protobuf\r\n", "\x0a\x02\x08\x01")});
  const ExportOutcome outcome = send_to(peer, {.exporter = TraceExporter::Otlp});
  EXPECT_EQ(outcome.kind, Kind::Taken);
  EXPECT_EQ(outcome.rejected, 1u);
}

}  // namespace
}  // namespace throng::services
