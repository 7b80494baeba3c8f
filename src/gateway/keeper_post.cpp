#include "gateway/keeper_post.h"

#include <utility>

namespace throng::gateway {
namespace {

/// An outcome whose task found the loop's mailbox full is found so much later.
constexpr std::chrono::milliseconds kLookAgainAfter{100};

}  // namespace

KeeperPost::KeeperPost(const Surroundings& surroundings, net::EventLoop& loop,
                       std::function<void(const room::CutOutcome&)> deliver)
    : surroundings_(surroundings), loop_(loop), deliver_(std::move(deliver)), arrivals_(std::make_shared<Arrivals>()) {
  arrivals_->post = this;
}

KeeperPost::~KeeperPost() {
  const std::lock_guard lock(arrivals_->mutex);
  arrivals_->post = nullptr;
}

bool KeeperPost::keep(room::Cut cut) {
  const bool taken = surroundings_.keep(
      std::move(cut), [arrivals = arrivals_](room::CutOutcome outcome) { arrive(*arrivals, std::move(outcome)); });
  if (!taken) return false;
  ++under_way_;
  look_again_later();
  return true;
}

/// Any thread.
void KeeperPost::arrive(Arrivals& arrivals, room::CutOutcome outcome) {
  const std::lock_guard lock(arrivals.mutex);
  if (arrivals.post == nullptr) return;
  arrivals.waiting.push_back(std::move(outcome));
  if (arrivals.waiting.size() > 1) return;  // the first one's task, or the next look, takes this one along
  arrivals.post->loop_.post([post = arrivals.post] { post->deliver_arrivals(); });
}

void KeeperPost::deliver_arrivals() {
  {
    const std::lock_guard lock(arrivals_->mutex);
    arrived_.swap(arrivals_->waiting);
  }
  under_way_ -= arrived_.size();
  for (const room::CutOutcome& outcome : arrived_) deliver_(outcome);  // may keep the next cut, which arrives later
  arrived_.clear();
}

void KeeperPost::look_again_later() {
  if (looks_again_) return;
  looks_again_ = true;
  loop_.call_after(kLookAgainAfter, [this] {
    looks_again_ = false;
    deliver_arrivals();
    if (under_way_ > 0) look_again_later();
  });
}

}  // namespace throng::gateway
