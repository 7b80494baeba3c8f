#include "gateway/loop_lag.h"

#include <string>

namespace throng::gateway {

LoopLag::LoopLag(std::size_t worker, net::EventLoop& loop, const Clock& clock)
    : loop_(loop), clock_(clock), lag_(series(Histogram::LoopLag, {std::to_string(worker)})) {}

void LoopLag::start() {
  const MonotonicTime due = clock_.now() + kInterval;
  loop_.call_at(due, [this, due] { probe(due); });
}

void LoopLag::probe(MonotonicTime due) {
  observe(lag_, (clock_.now() - due).count());
  start();
}

}  // namespace throng::gateway
