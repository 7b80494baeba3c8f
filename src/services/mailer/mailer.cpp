#include "services/mailer/mailer.h"

#include <algorithm>
#include <utility>

#include "base/counters.h"
#include "base/log.h"
#include "base/thread_name.h"

namespace throng::services {

Mailer::Mailer(std::unique_ptr<MailTransport> transport, MailerSettings settings)
    : transport_(std::move(transport)), settings_(settings), thread_([this] { run(); }) {}

Mailer::~Mailer() { stop(); }

bool Mailer::send(EmailMessage message) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() >= settings_.waiting_max) {
      count(Counter::EmailsGivenUp);
      return false;
    }
    waiting_.push_back({std::move(message), 0, Clock::now()});
  }
  changed_.notify_one();
  return true;
}

void Mailer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Mailer::run() {
  name_this_thread("mailer");
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto next = std::min_element(waiting_.begin(), waiting_.end(),
                                       [](const Waiting& a, const Waiting& b) { return a.due < b.due; });
    if (next == waiting_.end()) {
      if (stopping_) return;
      changed_.wait(lock);
      continue;
    }
    if (!stopping_ && next->due > Clock::now()) {
      changed_.wait_until(lock, next->due);
      continue;
    }
    Waiting one = std::move(*next);
    waiting_.erase(next);
    lock.unlock();
    try_one(std::move(one));
    lock.lock();
  }
}

void Mailer::try_one(Waiting one) {
  const Result<void> done = transport_->deliver(one.message);
  if (done) return count(Counter::EmailsSent);
  ++one.tries;
  const std::lock_guard lock(mutex_);
  if (stopping_ || one.tries >= settings_.tries_max) {
    count(Counter::EmailsGivenUp);
    log_warning_limited("mail", "a mail was given up", {{"tries", one.tries}, {"reason", done.error().message}});
    return;
  }
  log_warning_limited("mail", "a mail has to wait", {{"reason", done.error().message}});
  one.due = Clock::now() + settings_.first_pause * (1 << std::min(one.tries - 1, 10));
  waiting_.push_back(std::move(one));
}

}  // namespace throng::services
