#include "gateway/loop_lag.h"

#include <string>

namespace throng::gateway {

LoopLag::LoopLag(std::size_t worker, net::EventLoop& loop, const Clock& clock)
    : loop_(loop), clock_(clock), lag_(series(Histogram::LoopLag, {std::to_string(worker)})), last_turn_(clock.now()) {}

void LoopLag::start() {
  last_turn_.store(clock_.now(), std::memory_order_relaxed);
  const MonotonicTime due = clock_.now() + kInterval;
  loop_.call_at(due, [this, due] { probe(due); });
}

void LoopLag::probe(MonotonicTime due) {
  const MonotonicTime now = clock_.now();
  observe(lag_, (now - due).count());
  last_turn_.store(now, std::memory_order_relaxed);
  start();
}

}  // namespace throng::gateway
