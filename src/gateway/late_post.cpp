#include "gateway/late_post.h"

#include <utility>

#include "gateway/worker_group.h"

namespace throng::gateway {

bool LatePost::post(std::size_t worker, std::function<void(Worker&)> job) {
  const std::lock_guard lock(mutex_);
  return group_ != nullptr && group_->post(worker, std::move(job));
}

void LatePost::close() {
  const std::lock_guard lock(mutex_);
  group_ = nullptr;
}

}  // namespace throng::gateway
