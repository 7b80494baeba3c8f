#pragma once
// E-mail to people: a queue before whatever takes it. Not the mail of the game, which lies in the store.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/result.h"
#include "services/mailer/email_text.h"

namespace throng::services {

/// Takes one mail; blocks until it has it.
class MailTransport {
 public:
  virtual ~MailTransport() = default;
  /// @param cancelled  once it is true, blocks for two seconds more at most. Outlives the call
  /// The error must not hold the mail's text: it has tokens.
  virtual Result<void> deliver(const EmailMessage& message, const std::atomic<bool>& cancelled) = 0;
};

struct MailerSettings {
  std::size_t waiting_max = 256;  ///< beyond them `send` refuses
  int tries_max = 5;              ///< then a mail is given up, with a line in the log
  std::chrono::milliseconds first_pause{2000};  ///< before the second try; twice as long each time
  std::chrono::milliseconds last_tries{5000};   ///< so long `stop` waits for what can still be delivered
};

/// Delivers on a thread of its own, in order, except for mails that have to wait for another try.
class Mailer {
 public:
  Mailer(std::unique_ptr<MailTransport> transport, MailerSettings settings = {});
  ~Mailer();
  Mailer(const Mailer&) = delete;
  Mailer& operator=(const Mailer&) = delete;

  /// Any thread; never blocks. False: too many wait, or it has stopped.
  bool send(EmailMessage message);
  /// Tries once more what waits, for `last_tries` at most; what is left is given up, with a line in the log. Joins.
  /// Harmless twice.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    EmailMessage message;
    int tries = 0;
    Clock::time_point due{};
  };

  void run();
  void deliver_until_stopped();
  void try_one(Waiting one);

  const std::unique_ptr<MailTransport> transport_;
  const MailerSettings settings_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;
  bool stopping_ = false;
  bool done_ = false;  ///< the thread looks at nothing any more
  std::atomic<bool> cancelled_{false};
  std::size_t given_up_at_the_end_ = 0;
  std::thread thread_;
};

}  // namespace throng::services
