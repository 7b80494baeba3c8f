#include "base/trace.h"

#include <gtest/gtest.h>

#include "support/span_trap.h"

namespace throng {
namespace {

using test::attribute_text;
using test::SpanTrap;

TEST(Span, IsNothingWhileTracingIsOff) {
  Span span("work");
  span.set("key", 1).set("text", "value");
  EXPECT_FALSE(span.recording());
  EXPECT_FALSE(span.context().valid());
}

TEST(Span, TellsWhatWasSetWhenItEnds) {
  const SpanTrap trap;
  Span span("work", SpanKind::Server);
  span.set("number", 7).set("truth", true).set("text", std::string("value")).set("literal", "x");
  span.set("number", 8);
  span.add_event("half way");
  span.fail("it broke");
  EXPECT_TRUE(trap.spans().empty());
  span.end();
  span.end();
  ASSERT_EQ(trap.spans().size(), 1u);
  const SpanRecord record = trap.named("work");
  EXPECT_EQ(record.kind, SpanKind::Server);
  EXPECT_EQ(attribute_text(record, "number"), "8");
  EXPECT_EQ(attribute_text(record, "truth"), "true");
  EXPECT_EQ(attribute_text(record, "text"), "value");
  EXPECT_EQ(attribute_text(record, "literal"), "x");
  EXPECT_EQ(record.status, SpanStatus::Error);
  EXPECT_EQ(record.problem, "it broke");
  ASSERT_EQ(record.events.size(), 1u);
  EXPECT_GE(record.events[0].at, record.began);
  EXPECT_GE(record.ended, record.events[0].at);
  EXPECT_FALSE(record.parent.valid());
}

TEST(Span, ContinuesTheTraceOfItsParent) {
  const SpanTrap trap;
  const SpanContext remote{new_trace_id(), new_span_id(), true};
  Span outer("outer", SpanKind::Server, remote);
  {
    const ContextScope scope(outer.context());
    const Span inner("inner");
  }
  outer.end();
  EXPECT_EQ(trap.named("outer").context.trace, remote.trace);
  EXPECT_EQ(trap.named("outer").parent, remote.span);
  EXPECT_EQ(trap.named("inner").context.trace, remote.trace);
  EXPECT_EQ(trap.named("inner").parent, trap.named("outer").context.span);
}

TEST(Span, EndsWhenAnotherTakesItsPlace) {
  const SpanTrap trap;
  Span span("first");
  span = Span("second");
  EXPECT_EQ(trap.count_named("first"), 1u);
  span = Span();
  EXPECT_EQ(trap.count_named("second"), 1u);
}

TEST(Span, IsBoundedAndSaysWhatIsMissing) {
  static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  SpanRecord record;
  for (std::size_t i = 0; i < kLetters.size(); ++i) {
    record.set(kLetters.substr(i, 1), 1);
    record.add_event(kLetters.substr(i, 1), {});
    record.link({new_trace_id(), new_span_id(), true});
  }
  record.link({});
  EXPECT_EQ(record.attributes.size(), kSpanAttributesMax);
  EXPECT_EQ(record.dropped_attributes, kLetters.size() - kSpanAttributesMax);
  EXPECT_EQ(record.events.size(), kSpanEventsMax);
  EXPECT_EQ(record.dropped_events, kLetters.size() - kSpanEventsMax);
  EXPECT_EQ(record.links.size(), kSpanLinksMax);
  EXPECT_EQ(record.dropped_links, kLetters.size() - kSpanLinksMax);
}

TEST(Span, TextsAreCutAtACharacterAndAreAlwaysUtf8) {
  SpanRecord record;
  record.set("wrong", std::string_view("a\xff\xc3(\xed\xa0\x80\xf4\x90\x80\x80"));
  record.set("right", std::string_view("\xc3\xa4\xe2\x82\xac\xf0\x9f\x90\x89"));
  record.set("long", std::string(kSpanTextBytesMax - 1, 'x') + "\xc3\xa4");
  EXPECT_EQ(attribute_text(record, "wrong"),
            "a?"
            "?("
            "???????");
  EXPECT_EQ(attribute_text(record, "right"), "\xc3\xa4\xe2\x82\xac\xf0\x9f\x90\x89");
  EXPECT_EQ(attribute_text(record, "long"), std::string(kSpanTextBytesMax - 1, 'x'));
}

TEST(Sampler, WhoeverHasAParentDoesAsThatDid) {
  const SpanContext kept{new_trace_id(), new_span_id(), true};
  const SpanContext left{new_trace_id(), new_span_id(), false};
  const Sampler off{.kind = Sampler::Kind::AlwaysOff};
  EXPECT_TRUE(off.samples(kept.trace, kept));
  EXPECT_FALSE(off.samples(new_trace_id(), {}));
  const Sampler on{};
  EXPECT_FALSE(on.samples(left.trace, left));
  const Sampler always{.kind = Sampler::Kind::AlwaysOn, .parent_based = false};
  EXPECT_TRUE(always.samples(left.trace, left));
}

TEST(Sampler, KeepsTheFractionThatItWasGiven) {
  const Sampler tenth{.kind = Sampler::Kind::TraceIdRatio, .ratio = 0.1};
  int kept = 0;
  for (int i = 0; i < 20'000; ++i) kept += tenth.samples(new_trace_id(), {}) ? 1 : 0;
  EXPECT_NEAR(kept, 2'000, 300);  // more than seven standard deviations
  const Sampler all{.kind = Sampler::Kind::TraceIdRatio, .ratio = 1};
  const Sampler none{.kind = Sampler::Kind::TraceIdRatio, .ratio = 0};
  EXPECT_TRUE(all.samples({0, ~std::uint64_t{0}}, {}));
  EXPECT_FALSE(none.samples({0, 0}, {}));
}

TEST(Span, OneThatIsNotSampledIsStillAParent) {
  const SpanTrap trap({.kind = Sampler::Kind::AlwaysOff});
  const Span outer("outer");
  EXPECT_FALSE(outer.recording());
  ASSERT_TRUE(outer.context().valid());
  const Span inner("inner", SpanKind::Internal, outer.context());
  EXPECT_EQ(inner.context().trace, outer.context().trace);
  EXPECT_FALSE(inner.recording());
}

}  // namespace
}  // namespace throng
