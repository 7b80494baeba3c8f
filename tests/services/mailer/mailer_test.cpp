#include "services/mailer/mailer.h"

#include <atomic>
#include <future>
#include <vector>

#include <gtest/gtest.h>

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
  Result<void> deliver(const EmailMessage& message) override {
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
  return {.waiting_max = 3, .tries_max = 3, .first_pause = std::chrono::milliseconds(0)};
}

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
