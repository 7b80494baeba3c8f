#include "gateway/http_span.h"

#include <gtest/gtest.h>

#include "support/span_trap.h"

namespace throng::gateway {
namespace {

using throng::test::attribute_text;
using throng::test::SpanTrap;

net::HttpRequest request_for(std::string method, std::string path) {
  net::HttpRequest request;
  request.method = std::move(method);
  request.path = std::move(path);
  return request;
}

TEST(RoutePattern, IsAPatternWithoutIds) {
  EXPECT_EQ(route_pattern("/"), "/");
  EXPECT_EQ(route_pattern("/healthz"), "/healthz");
  EXPECT_EQ(route_pattern("/catalogue.json"), "/catalogue.json");
  EXPECT_EQ(route_pattern("/matchmake/joinOrCreate/world"), "/matchmake/{method}/{room}");
  EXPECT_EQ(route_pattern("/prefix/matchmake/joinById/aB3_x"), "/matchmake/{method}/{room}");
  EXPECT_EQ(route_pattern("/api/v1/characters/17/restore"), "/api/v1/characters/{id}/restore");
  EXPECT_EQ(route_pattern("/assets/index-8Fa2.js"), "/assets/{file}");
  EXPECT_EQ(route_pattern("/auth/forgot-password"), "/auth/forgot-password");
  EXPECT_EQ(route_pattern("/a/b/c/d/e/f/g/h"), "/a/b/c/d/e/f/{rest}");
  EXPECT_EQ(route_pattern("//x"), "//x");
}

TEST(RequestSpan, IsNothingWhileTracingIsOff) {
  const RequestSpan span = begin_request_span(request_for("GET", "/"));
  EXPECT_EQ(span, nullptr);
  EXPECT_FALSE(context_of(span).valid());
  end_request_span(span, 200);
}

TEST(RequestSpan, ContinuesTheTraceOfItsClient) {
  const SpanTrap trap;
  net::HttpRequest request = request_for("POST", "/matchmake/joinOrCreate/world");
  request.headers.emplace_back("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  end_request_span(begin_request_span(request), 200);
  const SpanRecord span = trap.named("POST /matchmake/{method}/{room}");
  EXPECT_EQ(hex_text(span.context.trace), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(hex_text(span.parent), "00f067aa0ba902b7");
  EXPECT_EQ(span.kind, SpanKind::Server);
  EXPECT_EQ(attribute_text(span, "http.request.method"), "POST");
  EXPECT_EQ(attribute_text(span, "http.route"), "/matchmake/{method}/{room}");
  EXPECT_EQ(attribute_text(span, "http.response.status_code"), "200");
}

TEST(RequestSpan, WhatAClientSendsInsteadOfATraceparentIsNoMatter) {
  const SpanTrap trap;
  net::HttpRequest request = request_for("GET", "/healthz");
  request.headers.emplace_back("traceparent", std::string(5000, 'x'));
  end_request_span(begin_request_span(request), 200);
  EXPECT_FALSE(trap.named("GET /healthz").parent.valid());
}

TEST(RequestSpan, OnlyOurOwnFailuresAreErrors) {
  const SpanTrap trap;
  end_request_span(begin_request_span(request_for("GET", "/a")), 503);
  end_request_span(begin_request_span(request_for("GET", "/b")), 522);
  end_request_span(begin_request_span(request_for("GET", "/c")), 404);
  end_request_span(begin_request_span(request_for("BREW", "/d")), 200);
  EXPECT_EQ(trap.named("GET /a").status, SpanStatus::Error);
  EXPECT_EQ(attribute_text(trap.named("GET /a"), "error.type"), "503");
  EXPECT_EQ(trap.named("GET /b").status, SpanStatus::Unset);
  EXPECT_EQ(trap.named("GET /c").status, SpanStatus::Unset);
  EXPECT_EQ(attribute_text(trap.named("HTTP /d"), "http.request.method"), "_OTHER");
}

}  // namespace
}  // namespace throng::gateway
