#include "services/profile/slow_tick_watch.h"

namespace throng::services {

void SlowTickWatch::tick_done(const room::TickProfile& profile) {
  if (!profile.slow()) return;
  begins_[seen_++ % begins_.size()] = profile.began;
  if (seen_ < begins_.size()) return;
  const MonotonicTime first = begins_[seen_ % begins_.size()];
  if (profile.began - first > run_.within) return;
  noticed_.store(true, std::memory_order_relaxed);
  seen_ = 0;
}

}  // namespace throng::services
