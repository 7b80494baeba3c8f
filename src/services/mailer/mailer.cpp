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
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    if (!changed_.wait_for(lock, settings_.last_tries, [this] { return done_; })) cancelled_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void Mailer::run() {
  name_this_thread("mailer");
  deliver_until_stopped();
  const std::lock_guard lock(mutex_);
  count(Counter::EmailsGivenUp, waiting_.size());
  given_up_at_the_end_ += waiting_.size();
  waiting_.clear();
  if (given_up_at_the_end_ > 0)
    log_warning("mails were given up because the server ends", {{"count", given_up_at_the_end_}});
  done_ = true;
  changed_.notify_all();
}

void Mailer::deliver_until_stopped() {
  std::unique_lock lock(mutex_);
  while (!cancelled_) {
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
  const Result<void> done = transport_->deliver(one.message, cancelled_);
  if (done) return count(Counter::EmailsSent);
  ++one.tries;
  const std::lock_guard lock(mutex_);
  if (stopping_ || one.tries >= settings_.tries_max) {
    count(Counter::EmailsGivenUp);
    given_up_at_the_end_ += stopping_ ? 1 : 0;
    log_warning_limited("mail", "a mail was given up", {{"tries", one.tries}, {"reason", done.error().message}});
    return;
  }
  log_warning_limited("mail", "a mail has to wait", {{"reason", done.error().message}});
  one.due = Clock::now() + settings_.first_pause * (1 << std::min(one.tries - 1, 10));
  waiting_.push_back(std::move(one));
}

}  // namespace throng::services
