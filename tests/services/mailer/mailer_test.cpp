#include "services/mailer/mailer.h"

#include <atomic>
#include <future>
#include <vector>

#include <gtest/gtest.h>

#include "base/counters.h"
#include "support/comes_true.h"

namespace throng::services {
namespace {

/// Fails as often as it is told, and keeps what it took.
struct MailScript {
  std::atomic<int> failures{0};
  std::atomic<int> tries{0};
  std::promise<void> block;
  bool blocks = false;
  std::mutex mutex;
  std::vector<std::string> taken;
  std::promise<void> first_taken;
};

class ScriptedTransport final : public MailTransport {
 public:
  explicit ScriptedTransport(MailScript& script) : script_(script) {}
  Result<void> deliver(const EmailMessage& message, const std::atomic<bool>&) override {
    if (script_.tries++ == 0 && script_.blocks) script_.block.get_future().wait();
    if (message.subject == "lost" || script_.failures-- > 0) return fail("the line is cut");
    const std::lock_guard lock(script_.mutex);
    script_.taken.push_back(message.subject);
    if (script_.taken.size() == 1) script_.first_taken.set_value();
    return {};
  }

 private:
  MailScript& script_;
};

MailerSettings hasty_mailer() {
  return {.waiting_max = 3,
          .tries_max = 3,
          .first_pause = std::chrono::milliseconds(0),
          .last_tries = std::chrono::minutes(10)};
}

/// Answers nothing until it is cancelled.
class MuteTransport final : public MailTransport {
 public:
  explicit MuteTransport(std::atomic<int>& tries) : tries_(tries) {}
  Result<void> deliver(const EmailMessage&, const std::atomic<bool>& cancelled) override {
    ++tries_;
    EXPECT_TRUE(comes_true([&] { return cancelled.load(); }));
    return fail("the server says nothing");
  }

 private:
  std::atomic<int>& tries_;
};

TEST(Mailer, TriesAgain) {
  MailScript script;
  script.failures = 2;
  Mailer mailer(std::make_unique<ScriptedTransport>(script), hasty_mailer());
  EXPECT_TRUE(mailer.send({"ann@example.org", "one", ""}));
  script.first_taken.get_future().wait();
  mailer.stop();
  EXPECT_EQ(script.tries, 3);
  EXPECT_EQ(script.taken, std::vector<std::string>{"one"});
}

TEST(Mailer, GivesUpInTheEnd) {
  MailScript script;
  Mailer mailer(std::make_unique<ScriptedTransport>(script), hasty_mailer());
  EXPECT_TRUE(mailer.send({"ann@example.org", "lost", ""}));
  EXPECT_TRUE(mailer.send({"ann@example.org", "found", ""}));
  script.first_taken.get_future().wait();
  mailer.stop();
  EXPECT_EQ(script.taken, std::vector<std::string>{"found"});
}

TEST(Mailer, TriesOnceMoreAtTheEndWhatHasToWait) {
  MailScript script;
  script.failures = 1;
  MailerSettings settings = hasty_mailer();
  settings.first_pause = std::chrono::hours(1);
  Mailer mailer(std::make_unique<ScriptedTransport>(script), settings);
  EXPECT_TRUE(mailer.send({"ann@example.org", "one", ""}));
  EXPECT_TRUE(mailer.send({"ann@example.org", "two", ""}));
  script.first_taken.get_future().wait();
  mailer.stop();
  EXPECT_EQ(script.taken, (std::vector<std::string>{"two", "one"}));
}

TEST(Mailer, BreaksOffAtTheEndAndGivesUpWhatIsLeft) {
  std::atomic<int> tries{0};
  MailerSettings settings = hasty_mailer();
  settings.last_tries = std::chrono::milliseconds(0);
  Mailer mailer(std::make_unique<MuteTransport>(tries), settings);
  const std::uint64_t before = counted(Counter::EmailsGivenUp);
  EXPECT_TRUE(mailer.send({"ann@example.org", "one", ""}));
  ASSERT_TRUE(comes_true([&] { return tries > 0; }));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(mailer.send({"ann@example.org", "more", ""}));
  mailer.stop();
  EXPECT_EQ(tries, 1);
  EXPECT_EQ(counted(Counter::EmailsGivenUp) - before, 4U);
}

TEST(Mailer, RefusesWhenTooManyWait) {
  MailScript script;
  script.blocks = true;
  Mailer mailer(std::make_unique<ScriptedTransport>(script), hasty_mailer());
  int accepted = 0;
  for (int i = 0; i < 20; ++i) accepted += mailer.send({"ann@example.org", "x", ""}) ? 1 : 0;
  EXPECT_GE(accepted, 3);
  EXPECT_LE(accepted, 4) << "three wait, one is under way";
  script.block.set_value();
  mailer.stop();
  EXPECT_EQ(static_cast<int>(script.taken.size()), accepted);
  EXPECT_FALSE(mailer.send({"ann@example.org", "late", ""}));
}

}  // namespace
}  // namespace throng::services
