#include "base/trace_context.h"

#include <set>
#include <thread>

#include <gtest/gtest.h>

namespace throng {
namespace {

constexpr std::string_view kExample = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(Traceparent, ReadsTheExampleOfTheStandard) {
  const auto context = parse_traceparent(kExample);
  ASSERT_TRUE(context);
  EXPECT_EQ(hex_text(context->trace), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(hex_text(context->span), "00f067aa0ba902b7");
  EXPECT_TRUE(context->sampled);
  EXPECT_EQ(format_traceparent(*context), kExample);
}

TEST(Traceparent, OnlyTheLowestFlagMeansSampled) {
  EXPECT_FALSE(parse_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-02")->sampled);
  EXPECT_TRUE(parse_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03")->sampled);
}

TEST(Traceparent, OfLaterVersionsTheKnownPartIsRead) {
  const std::string later = "cc" + std::string(kExample.substr(2));
  EXPECT_TRUE(parse_traceparent(later));
  EXPECT_TRUE(parse_traceparent(later + "-what-the-future-brings"));
  EXPECT_FALSE(parse_traceparent(later + ".what-the-future-brings"));
}

TEST(Traceparent, RefusesWhatIsNotOne) {
  for (const std::string_view wrong : {
           std::string_view(""),
           std::string_view("00"),
           std::string_view("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"),
           std::string_view("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0"),
           std::string_view("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-"),
           std::string_view("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"),
           std::string_view("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
           std::string_view("00-00000000000000000000000000000000-00f067aa0ba902b7-01"),
           std::string_view("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"),
           std::string_view("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"),
           std::string_view("00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01"),
           std::string_view("00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01"),
           std::string_view(" 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1"),
       }) {
    EXPECT_FALSE(parse_traceparent(wrong)) << wrong;
  }
}

TEST(TraceIds, DifferOnEveryThread) {
  std::vector<std::vector<TraceId>> made(4);
  std::vector<std::thread> threads;
  for (std::vector<TraceId>& mine : made) {
    threads.emplace_back([&mine] {
      for (int i = 0; i < 500; ++i) mine.push_back(new_trace_id());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> all;
  for (const auto& mine : made) {
    for (const TraceId id : mine) {
      EXPECT_TRUE(id.valid());
      all.insert(hex_text(id));
    }
  }
  EXPECT_EQ(all.size(), 2000u);
}

TEST(ContextScope, NestsAndIsOfItsThreadAlone) {
  const SpanContext outer{new_trace_id(), new_span_id(), true};
  const SpanContext inner{new_trace_id(), new_span_id(), false};
  EXPECT_FALSE(current_span_context().valid());
  {
    const ContextScope a(outer);
    {
      const ContextScope b(inner);
      EXPECT_EQ(current_span_context(), inner);
      std::thread([] { EXPECT_FALSE(current_trace_id().valid()); }).join();
    }
    EXPECT_EQ(current_span_context(), outer);
  }
  EXPECT_FALSE(current_span_context().valid());
}

}  // namespace
}  // namespace throng
