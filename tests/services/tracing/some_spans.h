#pragma once
// Spans for the tests of their writers.

#include <memory>
#include <vector>

#include "services/tracing/batch.h"

namespace throng::services {

inline constexpr MonotonicTime kSpanBegan{std::chrono::seconds(100)};
/// kSpanBegan is 2026-01-02T03:04:05.000000006Z.
inline const UnixTimes kSpanTimes(kSpanBegan, 1767323045'000000006);

/// A child with everything that a span can have, and a root with nothing.
inline std::vector<SpanPtr> some_spans() {
  auto full = std::make_unique<SpanRecord>();
  full->name = "GET /x";
  full->context = {{0x0102030405060708, 0x090a0b0c0d0e0f10}, {0x1112131415161718}, true};
  full->parent = {0x2122232425262728};
  full->kind = SpanKind::Server;
  full->began = kSpanBegan;
  full->ended = kSpanBegan + std::chrono::microseconds(1500);
  full->set("number", -3);
  full->set("zero", 0);
  full->set("truth", true);
  full->set("untruth", false);
  full->set("text", "\xc3\xa4");
  full->add_event("half way", kSpanBegan + std::chrono::microseconds(700));
  full->link({{1, 2}, {3}, true});
  full->fail("it broke");
  auto bare = std::make_unique<SpanRecord>();
  bare->name = "tick";
  bare->context = {{5, 6}, {7}, true};
  bare->began = bare->ended = kSpanBegan;
  std::vector<SpanPtr> spans;
  spans.push_back(std::move(full));
  spans.push_back(std::move(bare));
  return spans;
}

}  // namespace throng::services
