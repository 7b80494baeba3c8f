#include "services/store/store_spans.h"

#include <future>

#include <gtest/gtest.h>

#include "services/store/store.h"
#include "support/span_trap.h"

namespace throng::services {
namespace {

using throng::test::attribute_text;
using throng::test::SpanTrap;

class StoreSpansTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Result<std::unique_ptr<Store>> opened = open_store({.url = kMemoryDatabase, .node_id = "n"});
    ASSERT_TRUE(opened) << opened.error().message;
    store = *std::move(opened);
  }
  /// Done is called on the store's thread, where the trace goes on.
  SpanContext write_and_tell_context(bool fails = false) {
    std::promise<SpanContext> seen;
    store->write([fails](Connection&) -> Result<void> { return fails ? Result<void>(fail("no")) : Result<void>(); },
                 [&seen](const Result<void>&) { seen.set_value(current_span_context()); });
    return seen.get_future().get();
  }

  std::unique_ptr<Store> store;
};

TEST_F(StoreSpansTest, AWriteIsPartOfTheTraceOfWhoeverAsks) {
  const SpanTrap trap;
  const SpanContext asking = new_root(true);
  {
    const ContextScope scope(asking);
    EXPECT_EQ(write_and_tell_context(), asking) << "what follows belongs to the same trace";
  }
  store.reset();
  const SpanRecord write = trap.named("store write");
  EXPECT_EQ(write.context.trace, asking.trace);
  EXPECT_EQ(write.parent, asking.span);
  EXPECT_EQ(write.kind, SpanKind::Client);
  EXPECT_EQ(attribute_text(write, "db.system.name"), "sqlite");
  const SpanRecord commit = trap.named("store commit");
  EXPECT_EQ(commit.context.trace, asking.trace);
  EXPECT_EQ(attribute_text(commit, "db.operation.batch.size"), "1");
  ASSERT_EQ(write.links.size(), 1u);
  EXPECT_EQ(write.links[0], commit.context);
}

TEST_F(StoreSpansTest, WhatFailsSaysSo) {
  const SpanTrap trap;
  {
    const ContextScope scope(new_root(true));
    write_and_tell_context(true);
  }
  store.reset();
  EXPECT_EQ(trap.named("store write").status, SpanStatus::Error);
  EXPECT_EQ(trap.named("store write").problem, "no");
}

TEST_F(StoreSpansTest, WithoutATraceThereIsNone) {
  const SpanTrap trap;
  write_and_tell_context();
  {
    const ContextScope scope(new_root(false));
    write_and_tell_context();
  }
  store.reset();
  EXPECT_TRUE(trap.spans().empty());
}

}  // namespace
}  // namespace throng::services
