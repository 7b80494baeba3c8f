#include "gateway/http_span.h"

#include <algorithm>
#include <array>

#include "gateway/match_request.h"

namespace throng::gateway {
namespace {

constexpr int kMatchRefusalsBegin = 520;
constexpr int kSegmentsMax = 6;
constexpr std::size_t kWordMax = 24;

/// Strangers choose methods as they like; those that are known are told apart.
std::string_view known_method(std::string_view method) {
  static constexpr std::array<std::string_view, 8> kMethods{"GET",   "HEAD",   "POST",    "PUT",
                                                            "PATCH", "DELETE", "OPTIONS", "CONNECT"};
  return std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end() ? "_OTHER" : method;
}

bool is_word(std::string_view segment) {
  return segment.size() <= kWordMax && std::all_of(segment.begin(), segment.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || c == '-' || c == '_';
         });
}

/// Names of files and `v1` are as good as words; they are ours, or the answer is 404.
std::string_view shown_segment(std::string_view segment) {
  if (is_word(segment) || segment == "v1") return segment;
  return segment.find('.') == std::string_view::npos ? "{id}" : "{file}";
}

}  // namespace

std::string route_pattern(std::string_view path) {
  if (path.find("/matchmake/") != std::string_view::npos && parse_match_path(path)) return "/matchmake/{method}/{room}";
  if (path == "/catalogue.json") return std::string(path);
  std::string route;
  for (int segments = 0; !path.empty() && segments < kSegmentsMax; ++segments) {
    path.remove_prefix(path.front() == '/' ? 1 : 0);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    route += "/";
    route += shown_segment(segment);
  }
  if (!path.empty()) route += "/{rest}";
  return route;
}

RequestSpan begin_request_span(const net::HttpRequest& request) {
  if (!tracing_enabled()) return nullptr;
  const std::string route = route_pattern(request.path);
  const std::string_view method = known_method(request.method);
  auto span = std::make_shared<Span>(std::string(method == "_OTHER" ? "HTTP" : method) + " " + route, SpanKind::Server,
                                     parse_traceparent(request.header("traceparent")).value_or(SpanContext{}));
  if (!span->recording()) return span;
  span->set("http.request.method", method).set("http.route", route).set("url.path", request.path);
  span->set("network.protocol.version", request.version == 10 ? "1.0" : "1.1");
  return span;
}

SpanContext context_of(const RequestSpan& span) { return span ? span->context() : SpanContext{}; }

void end_request_span(const RequestSpan& span, int status) {
  if (!span) return;
  span->set("http.response.status_code", status);
  if (status >= 500 && status < kMatchRefusalsBegin) {
    span->set("error.type", std::to_string(status));
    span->fail("");
  }
  span->end();
}

}  // namespace throng::gateway
