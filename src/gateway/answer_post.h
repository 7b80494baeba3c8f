#pragma once
// Answers from whatever thread to a worker's thread.

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "net/event_loop.h"

namespace throng::gateway {

/// One per worker and kind of answer, on the worker's thread. Answers that come after it is gone are dropped: whoever waited
/// for them is gone, too.
template <typename Answer>
class AnswerPost {
 public:
  /// An answer whose task found the loop's mailbox full is found so much later.
  static constexpr std::chrono::milliseconds kLookAgainAfter{100};

  /// @param deliver  called on the loop's thread for each answer
  AnswerPost(net::EventLoop& loop, std::function<void(const Answer&)> deliver)
      : loop_(loop), deliver_(std::move(deliver)), arrivals_(std::make_shared<Arrivals>()) {
    arrivals_->post = this;
  }
  ~AnswerPost() {
    const std::lock_guard lock(arrivals_->mutex);
    arrivals_->post = nullptr;
  }
  AnswerPost(const AnswerPost&) = delete;
  AnswerPost& operator=(const AnswerPost&) = delete;

  /// To be called with one answer, once, by any thread.
  std::function<void(Answer)> receiver() const {
    return [arrivals = arrivals_](Answer answer) { arrive(*arrivals, std::move(answer)); };
  }
  /// One of the receivers will be called.
  void expect() {
    ++under_way_;
    look_again_later();
  }

 private:
  /// Where answers arrive. Bound: as many as are expected.
  struct Arrivals {
    std::mutex mutex;
    AnswerPost* post = nullptr;  ///< null: gone
    std::vector<Answer> waiting;
  };

  static void arrive(Arrivals& arrivals, Answer answer) {
    const std::lock_guard lock(arrivals.mutex);
    if (arrivals.post == nullptr) return;
    arrivals.waiting.push_back(std::move(answer));
    if (arrivals.waiting.size() > 1) return;  // the first one's task, or the next look, takes this one along
    arrivals.post->loop_.post([post = arrivals.post] { post->deliver_arrivals(); });
  }

  void deliver_arrivals() {
    {
      const std::lock_guard lock(arrivals_->mutex);
      arrived_.swap(arrivals_->waiting);
    }
    under_way_ -= arrived_.size();
    for (const Answer& answer : arrived_) deliver_(answer);  // may ask for the next one, which arrives later
    arrived_.clear();
  }

  void look_again_later() {
    if (looks_again_) return;
    looks_again_ = true;
    loop_.call_after(kLookAgainAfter, [this] {
      looks_again_ = false;
      deliver_arrivals();
      if (under_way_ > 0) look_again_later();
    });
  }

  net::EventLoop& loop_;
  const std::function<void(const Answer&)> deliver_;
  const std::shared_ptr<Arrivals> arrivals_;
  std::vector<Answer> arrived_;  // scratch of deliver_arrivals
  std::size_t under_way_ = 0;
  bool looks_again_ = false;
};

}  // namespace throng::gateway
