#include "services/tracing/span_delivery.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/counters.h"
#include "base/log.h"

namespace throng::services {

SpanDelivery::SpanDelivery(std::unique_ptr<SpanExporter> exporter, const DeliverySettings& settings)
    : exporter_(std::move(exporter)), settings_(settings) {
  waiting_.reserve(settings_.queue_max);
  thread_ = std::thread([this] { run(); });
}

SpanDelivery::~SpanDelivery() { stop(std::chrono::milliseconds(0)); }

void SpanDelivery::take(std::unique_ptr<SpanRecord> span) {
  bool full_batch = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() >= settings_.queue_max) return count(Counter::SpansDropped);
    waiting_.push_back(std::move(span));
    full_batch = waiting_.size() == settings_.batch_max;
  }
  if (full_batch) changed_.notify_all();
}

void SpanDelivery::stop(std::chrono::milliseconds timeout) {
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    if (!ended_.wait_for(lock, timeout, [this] { return has_ended_; })) exporter_->cancel();
  }
  if (thread_.joinable()) thread_.join();
}

void SpanDelivery::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait_for(lock, settings_.schedule_delay,
                      [this] { return stopping_ || waiting_.size() >= settings_.batch_max; });
    if (waiting_.empty() && stopping_) break;
    if (waiting_.empty()) continue;
    take_batch();
    lock.unlock();
    deliver();
    lock.lock();
  }
  has_ended_ = true;
  ended_.notify_all();
}

void SpanDelivery::take_batch() {
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), settings_.batch_max));
  batch_.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
}

void SpanDelivery::deliver() {
  const Clock::time_point give_up_at = Clock::now() + settings_.export_timeout;
  for (int tries = 1;; ++tries) {
    const ExportOutcome outcome = exporter_->send(batch_);
    if (outcome.kind == ExportOutcome::Kind::Taken) return note_taken(outcome);
    if (outcome.kind == ExportOutcome::Kind::Refused || !wait_to_try_again(outcome, tries, give_up_at))
      return note_failed(outcome.problem);
  }
}

/// False: it is not worth it.
bool SpanDelivery::wait_to_try_again(const ExportOutcome& outcome, int tries, Clock::time_point give_up_at) {
  if (tries >= settings_.tries_max) return false;
  std::chrono::milliseconds pause = std::min(settings_.last_pause, settings_.first_pause * (1 << (tries - 1)));
  pause = pause / 2 + pause / 2 * static_cast<int>(new_span_id().value % 1000) / 1000;
  pause = outcome.after.value_or(pause);
  if (Clock::now() + pause >= give_up_at) return false;
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, pause, [this] { return stopping_; });
}

void SpanDelivery::note_taken(const ExportOutcome& outcome) {
  const std::size_t rejected = std::min(outcome.rejected, batch_.size());
  count(Counter::SpansExported, batch_.size() - rejected);
  count(Counter::SpansFailed, rejected);
  if (rejected > 0) log_warning_limited("tracing.rejected", "traces: " + outcome.problem);
  if (failing_) log_info(fmt::format("traces: {} takes spans again", exporter_->destination()));
  failing_ = false;
}

/// Told once, and again when it works: whoever looks after collectors is not helped by a line every few seconds.
void SpanDelivery::note_failed(const std::string& problem) {
  count(Counter::SpansFailed, batch_.size());
  if (!failing_) log_warning(fmt::format("traces: spans are lost: {}", problem));
  failing_ = true;
}

}  // namespace throng::services
