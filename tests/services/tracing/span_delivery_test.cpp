#include "services/tracing/span_delivery.h"

#include <atomic>

#include <gtest/gtest.h>

#include "base/counters.h"

namespace throng::services {
namespace {

using Kind = ExportOutcome::Kind;

/// What the exporter of a test was given; shared, for the exporter goes with its delivery.
struct Seen {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::size_t> batches;
  std::vector<std::string> names;
  bool cancelled = false;

  void wait_for_batches(std::size_t count) {
    std::unique_lock lock(mutex);
    EXPECT_TRUE(changed.wait_for(lock, std::chrono::seconds(20), [&] { return batches.size() >= count; }));
  }
};

class TestExporter final : public SpanExporter {
 public:
  /// @param outcomes  one for each call; the last one goes on
  TestExporter(std::shared_ptr<Seen> seen, std::vector<ExportOutcome> outcomes, bool hangs = false)
      : seen_(std::move(seen)), outcomes_(std::move(outcomes)), hangs_(hangs) {}

  ExportOutcome send(SpanBatch spans) override {
    std::unique_lock lock(seen_->mutex);
    const ExportOutcome outcome = outcomes_[std::min(seen_->batches.size(), outcomes_.size() - 1)];
    seen_->batches.push_back(spans.size());
    for (const SpanPtr& span : spans) seen_->names.push_back(span->name);
    seen_->changed.notify_all();
    if (hangs_) seen_->changed.wait(lock, [this] { return seen_->cancelled; });
    return outcome;
  }
  void cancel() override {
    const std::lock_guard lock(seen_->mutex);
    seen_->cancelled = true;
    seen_->changed.notify_all();
  }
  std::string destination() const override { return "a test"; }

 private:
  const std::shared_ptr<Seen> seen_;
  const std::vector<ExportOutcome> outcomes_;
  const bool hangs_;
};

SpanPtr span_named(std::string name) {
  auto span = std::make_unique<SpanRecord>();
  span->name = std::move(name);
  return span;
}

class SpanDeliveryTest : public ::testing::Test {
 protected:
  SpanDeliveryTest() { settings.first_pause = settings.last_pause = std::chrono::milliseconds(1); }

  std::unique_ptr<SpanDelivery> deliver_to(std::vector<ExportOutcome> outcomes, bool hangs = false) {
    return std::make_unique<SpanDelivery>(std::make_unique<TestExporter>(seen, std::move(outcomes), hangs), settings);
  }
  static std::uint64_t since(Counter counter, std::uint64_t before) { return counted(counter) - before; }

  std::shared_ptr<Seen> seen = std::make_shared<Seen>();
  DeliverySettings settings{.schedule_delay = std::chrono::hours(1), .queue_max = 8, .batch_max = 4};
  const std::uint64_t exported_before = counted(Counter::SpansExported);
  const std::uint64_t dropped_before = counted(Counter::SpansDropped);
  const std::uint64_t failed_before = counted(Counter::SpansFailed);
};

TEST_F(SpanDeliveryTest, SendsAFullBatchAtOnceAndTheRestAtItsEnd) {
  const auto delivery = deliver_to({{}});
  for (const char* const name : {"a", "b", "c", "d"}) delivery->take(span_named(name));
  seen->wait_for_batches(1);
  delivery->take(span_named("e"));
  delivery->stop(std::chrono::seconds(20));
  EXPECT_EQ(seen->batches, (std::vector<std::size_t>{4, 1}));
  EXPECT_EQ(seen->names, (std::vector<std::string>{"a", "b", "c", "d", "e"}));
  EXPECT_EQ(since(Counter::SpansExported, exported_before), 5u);
}

TEST_F(SpanDeliveryTest, SendsWhatThereIsAfterAWhile) {
  settings.schedule_delay = std::chrono::milliseconds(1);
  const auto delivery = deliver_to({{}});
  delivery->take(span_named("a"));
  seen->wait_for_batches(1);
  EXPECT_EQ(seen->batches, (std::vector<std::size_t>{1}));
}

TEST_F(SpanDeliveryTest, TriesAgainUntilItIsTaken) {
  const auto delivery = deliver_to({{.kind = Kind::TryAgain}, {.kind = Kind::TryAgain}, {}});
  for (int i = 0; i < 4; ++i) delivery->take(span_named("a"));
  seen->wait_for_batches(3);
  delivery->stop(std::chrono::seconds(20));
  EXPECT_EQ(seen->batches, (std::vector<std::size_t>{4, 4, 4}));
  EXPECT_EQ(since(Counter::SpansExported, exported_before), 4u);
  EXPECT_EQ(since(Counter::SpansFailed, failed_before), 0u);
}

TEST_F(SpanDeliveryTest, GivesUpAfterSomeTriesOrWhenItIsRefused) {
  settings.tries_max = 3;
  const auto delivery = deliver_to(
      {{.kind = Kind::TryAgain}, {.kind = Kind::TryAgain}, {.kind = Kind::TryAgain}, {.kind = Kind::Refused}});
  for (int i = 0; i < 4; ++i) delivery->take(span_named("a"));
  seen->wait_for_batches(3);
  for (int i = 0; i < 4; ++i) delivery->take(span_named("b"));
  seen->wait_for_batches(4);
  delivery->stop(std::chrono::seconds(20));
  EXPECT_EQ(seen->batches.size(), 4u);
  EXPECT_EQ(since(Counter::SpansFailed, failed_before), 8u);
}

TEST_F(SpanDeliveryTest, AReceiverThatIsToBeLeftAloneForTooLongIsGivenUp) {
  settings.export_timeout = std::chrono::seconds(30);
  const auto delivery = deliver_to({{.kind = Kind::TryAgain, .after = std::chrono::hours(1)}});
  for (int i = 0; i < 4; ++i) delivery->take(span_named("a"));
  seen->wait_for_batches(1);
  delivery->stop(std::chrono::seconds(20));
  EXPECT_EQ(seen->batches.size(), 1u);
  EXPECT_EQ(since(Counter::SpansFailed, failed_before), 4u);
}

TEST_F(SpanDeliveryTest, AReceiverThatHangsCostsNothingButSpans) {
  const auto delivery = deliver_to({{.kind = Kind::TryAgain}}, true);
  for (int i = 0; i < 4; ++i) delivery->take(span_named("a"));
  seen->wait_for_batches(1);
  for (int i = 0; i < 1000; ++i) delivery->take(span_named("b"));  // comes back, all of it
  EXPECT_EQ(since(Counter::SpansDropped, dropped_before), 1000u - settings.queue_max);
  delivery->stop(std::chrono::milliseconds(10));  // comes back as well
  EXPECT_EQ(since(Counter::SpansFailed, failed_before), 4u + settings.queue_max);
}

TEST_F(SpanDeliveryTest, WhatTheReceiverRejectsIsCounted) {
  const auto delivery = deliver_to({{.rejected = 3, .problem = "no"}});
  for (int i = 0; i < 4; ++i) delivery->take(span_named("a"));
  delivery->stop(std::chrono::seconds(20));
  EXPECT_EQ(since(Counter::SpansExported, exported_before), 1u);
  EXPECT_EQ(since(Counter::SpansFailed, failed_before), 3u);
}

TEST_F(SpanDeliveryTest, AfterItsEndItTakesNothing) {
  const auto delivery = deliver_to({{}});
  delivery->stop(std::chrono::seconds(20));
  delivery->take(span_named("late"));
  EXPECT_EQ(since(Counter::SpansDropped, dropped_before), 1u);
}

}  // namespace
}  // namespace throng::services
