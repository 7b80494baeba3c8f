#pragma once
// From whoever ends a span to the exporter: a bounded queue, and a thread that sends in batches. Whatever the exporter
// does, those who end spans only lose spans.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/trace.h"
#include "services/tracing/span_exporter.h"

namespace throng::services {

struct DeliverySettings {
  std::chrono::milliseconds schedule_delay{5'000};  ///< spans wait so long for company
  std::chrono::milliseconds export_timeout{30'000};  ///< for a batch, with all its tries
  std::size_t queue_max = 2'048;                     ///< spans that wait; more are dropped and counted
  std::size_t batch_max = 512;
  int tries_max = 5;
  std::chrono::milliseconds first_pause{1'000};  ///< between tries; twice as long each time, and half of it is luck
  std::chrono::milliseconds last_pause{5'000};
};

class SpanDelivery final : public SpanSink {
 public:
  SpanDelivery(std::unique_ptr<SpanExporter> exporter, const DeliverySettings& settings);
  ~SpanDelivery() override;
  SpanDelivery(const SpanDelivery&) = delete;
  SpanDelivery& operator=(const SpanDelivery&) = delete;

  void take(std::unique_ptr<SpanRecord> span) override;

  /// Sends what waits, each batch tried once, and ends; what is left after `timeout` is dropped. Harmless twice.
  void stop(std::chrono::milliseconds timeout);

 private:
  using Clock = std::chrono::steady_clock;

  void run();
  void take_batch();
  void deliver();
  bool wait_to_try_again(const ExportOutcome& outcome, int tries, Clock::time_point give_up_at);
  void note_taken(const ExportOutcome& outcome);
  void note_failed(const std::string& problem);

  const std::unique_ptr<SpanExporter> exporter_;
  const DeliverySettings settings_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::condition_variable ended_;
  std::vector<std::unique_ptr<SpanRecord>> waiting_;  // bound: settings_.queue_max
  bool stopping_ = false;
  bool has_ended_ = false;

  // The thread's own.
  std::vector<std::unique_ptr<SpanRecord>> batch_;
  bool failing_ = false;
  std::thread thread_;
};

}  // namespace throng::services
