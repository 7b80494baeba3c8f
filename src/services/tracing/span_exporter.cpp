#include "services/tracing/span_exporter.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "base/assert.h"
#include "net/gzip.h"
#include "services/http_client/http_client.h"
#include "services/tracing/otlp_protobuf.h"
#include "services/tracing/span_json.h"

namespace throng::services {
namespace {

/// Those for which the OTLP specification wants another try.
bool is_passing(int status) { return status == 429 || status == 502 || status == 503 || status == 504; }

class HttpExporter final : public SpanExporter {
 public:
  explicit HttpExporter(const TracingSettings& settings) : settings_(settings) {
    request_.url = settings.url;
    request_.timeout = settings.request_timeout;
    request_.ca_file = settings.ca_file;
    request_.headers.emplace_back("Content-Type", protobuf() ? "application/x-protobuf" : "application/json");
    request_.headers.emplace_back("User-Agent", "OTel-OTLP-Exporter-throng");
    if (settings.gzip) request_.headers.emplace_back("Content-Encoding", "gzip");
    request_.headers.insert(request_.headers.end(), settings.headers.begin(), settings.headers.end());
  }

  ExportOutcome send(SpanBatch spans) override {
    request_.body = body_of(spans);
    if (settings_.gzip) {
      std::optional<std::string> small = net::gzip(request_.body);
      if (!small) return {.kind = ExportOutcome::Kind::Refused, .problem = "the spans could not be compressed"};
      request_.body = *std::move(small);
    }
    const Result<HttpAnswer> answer = client_.post(request_);
    if (!answer) return {.kind = ExportOutcome::Kind::TryAgain, .problem = answer.error().message};
    return outcome_of(*answer);
  }

  void cancel() override { client_.cancel(); }
  std::string destination() const override { return shown_url(settings_.url); }

 private:
  bool zipkin() const { return settings_.exporter == TraceExporter::Zipkin; }
  bool protobuf() const { return !zipkin() && settings_.format == OtlpFormat::Protobuf; }

  std::string body_of(SpanBatch spans) const {
    if (zipkin()) return zipkin_json(settings_.resource, spans, times_);
    return protobuf() ? otlp_protobuf(settings_.resource, spans, times_) : otlp_json(settings_.resource, spans, times_);
  }

  ExportOutcome outcome_of(const HttpAnswer& answer) const {
    if (answer.status >= 200 && answer.status < 300) return taken(answer);
    const std::string problem = fmt::format("{} answers {}", destination(), answer.status);
    if (!is_passing(answer.status)) return {.kind = ExportOutcome::Kind::Refused, .problem = problem};
    return {.kind = ExportOutcome::Kind::TryAgain, .after = answer.retry_after, .problem = problem};
  }

  ExportOutcome taken(const HttpAnswer& answer) const {
    if (!protobuf()) return {};
    const OtlpVerdict verdict = read_otlp_response(answer.body);
    const auto rejected = static_cast<std::size_t>(std::max<std::int64_t>(0, verdict.rejected_spans));
    if (rejected == 0) return {};
    return {.rejected = rejected, .problem = fmt::format("{} took not all of them", destination())};
  }

  const TracingSettings settings_;
  const UnixTimes times_;
  HttpPost request_;
  HttpClient client_;
};

class ConsoleExporter final : public SpanExporter {
 public:
  ExportOutcome send(SpanBatch spans) override {
    const std::string lines = console_lines(spans, times_);
    std::fwrite(lines.data(), 1, lines.size(), stdout);
    std::fflush(stdout);
    return {};
  }
  std::string destination() const override { return "standard output"; }

 private:
  const UnixTimes times_;
};

}  // namespace

std::unique_ptr<SpanExporter> make_exporter(const TracingSettings& settings) {
  THRONG_ASSERT(settings.exporter != TraceExporter::None, "nobody asks for an exporter when there is to be none");
  if (settings.exporter == TraceExporter::Console) return std::make_unique<ConsoleExporter>();
  return std::make_unique<HttpExporter>(settings);
}

}  // namespace throng::services
