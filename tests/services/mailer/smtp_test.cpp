#include "services/mailer/smtp.h"

#include <atomic>
#include <future>
#include <thread>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/comes_true.h"

namespace throng::services {
namespace {

/// A mail server on loopback that talks to one client and remembers what that said.
class SmtpPeer {
 public:
  /// @param capabilities  lines of the answer to EHLO, such as "250 AUTH PLAIN"
  /// @param mute_from     the command from which on it says nothing
  explicit SmtpPeer(std::string capabilities, std::string answer_to_data = "250 taken", std::string mute_from = "never")
      : capabilities_(std::move(capabilities)),
        answer_to_data_(std::move(answer_to_data)),
        mute_from_(std::move(mute_from)) {
    listen_fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(listen_fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    EXPECT_EQ(listen(listen_fd_, 1), 0);
    thread_ = std::thread([this] { serve(); });
  }
  ~SmtpPeer() { finish(); }

  int port() const {
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    getsockname(listen_fd_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }
  bool is_mute() const { return mute_; }
  /// The client is told that the connection is over.
  void hang_up() { shutdown(fd_, SHUT_RDWR); }
  /// All that the client said.
  std::string finish() {
    if (thread_.joinable()) {
      thread_.join();
      close(listen_fd_);
    }
    return heard_;
  }

 private:
  void serve() {
    const int fd = accept(listen_fd_, nullptr, nullptr);
    fd_ = fd;
    say(fd, "220 here");
    std::string buffer;
    bool in_data = false;
    char bytes[1024];
    for (ssize_t n = 0; (n = read(fd, bytes, sizeof(bytes))) > 0;) {
      heard_.append(bytes, static_cast<std::size_t>(n));
      buffer.append(bytes, static_cast<std::size_t>(n));
      for (std::size_t end = 0; (end = buffer.find("\r\n")) != std::string::npos; buffer.erase(0, end + 2))
        answer(fd, buffer.substr(0, end), in_data);
    }
    close(fd);
  }
  void answer(int fd, const std::string& line, bool& in_data) {
    if (line == mute_from_ || line.starts_with(mute_from_ + " ")) mute_ = true;
    if (mute_) return;
    if (in_data) {
      if (line != ".") return;
      in_data = false;
      return say(fd, answer_to_data_);
    }
    if (line.rfind("EHLO", 0) == 0) return say(fd, capabilities_);
    if (line == "DATA") {
      in_data = true;
      return say(fd, "354 go on");
    }
    if (line == "AUTH PLAIN") return say(fd, "334 ");
    if (line == "AHVzAHNlY3JldA==") return say(fd, "235 welcome");  // no name, us, secret
    say(fd, line == "QUIT" ? "221 bye" : "250 fine");
  }
  static void say(int fd, const std::string& line) {
    const std::string text = line + "\r\n";
    EXPECT_EQ(write(fd, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }

  const std::string capabilities_;
  const std::string answer_to_data_;
  const std::string mute_from_;
  std::atomic<bool> mute_{false};
  std::atomic<int> fd_{-1};
  int listen_fd_ = -1;
  std::string heard_;
  std::thread thread_;
};

SmtpSettings smtp_settings_for(const SmtpPeer& peer) {
  SmtpSettings settings;
  settings.host = "127.0.0.1";
  settings.port = peer.port();
  settings.encryption = SmtpEncryption::None;
  settings.from = "Us <us@example.org>";
  settings.timeout_s = 20;
  return settings;
}

const EmailMessage kSmtpMail{"ann@example.org", "Hello", "A secret line\n.\nbehind a dot\n"};

TEST(Smtp, HandsAMailOver) {
  SmtpPeer peer("250 SIZE 100000");
  const Result<void> done = make_smtp_transport(smtp_settings_for(peer))->deliver(kSmtpMail, {});
  EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
  const std::string heard = peer.finish();
  EXPECT_THAT(heard, testing::HasSubstr("MAIL FROM:<us@example.org>"));
  EXPECT_THAT(heard, testing::HasSubstr("RCPT TO:<ann@example.org>"));
  EXPECT_THAT(heard, testing::HasSubstr("\r\nSubject: Hello\r\n"));
  EXPECT_THAT(heard, testing::HasSubstr("\r\n..\r\nbehind a dot\r\n")) << "a dot alone does not end it";
}

TEST(Smtp, LogsIn) {
  SmtpPeer peer("250 AUTH PLAIN");
  SmtpSettings settings = smtp_settings_for(peer);
  settings.user = "us";
  settings.password = "secret";
  EXPECT_TRUE(make_smtp_transport(settings)->deliver(kSmtpMail, {}).has_value());
  EXPECT_THAT(peer.finish(), testing::HasSubstr("\r\nAHVzAHNlY3JldA==\r\n"));
}

TEST(Smtp, SaysNothingWithoutEncryptionWhereSomeIsWanted) {
  SmtpPeer peer("250 AUTH PLAIN");
  SmtpSettings settings = smtp_settings_for(peer);
  settings.encryption = SmtpEncryption::StartTls;
  settings.user = "us";
  settings.password = "secret";
  const Result<void> done = make_smtp_transport(settings)->deliver(kSmtpMail, {});
  EXPECT_FALSE(done.has_value());
  const std::string heard = peer.finish();
  EXPECT_EQ(heard.find("AUTH PLAIN"), std::string::npos) << heard;
  EXPECT_EQ(heard.find("Hello"), std::string::npos);
}

TEST(Smtp, TellsWhyAMailWasNotTaken) {
  SmtpPeer peer("250 SIZE 100000", "550 no such person");
  SmtpSettings settings = smtp_settings_for(peer);
  const Result<void> done = make_smtp_transport(settings)->deliver(kSmtpMail, {});
  ASSERT_FALSE(done.has_value());
  EXPECT_THAT(done.error().message, testing::HasSubstr("550"));
  EXPECT_EQ(done.error().message.find("secret"), std::string::npos);
}

TEST(Smtp, BreaksOffWhenToldHoweverFarItHasCome) {
  for (const char* const mute_from : {"EHLO", "DATA", "."}) {
    SmtpPeer peer("250 SIZE 100000", "250 taken", mute_from);
    SmtpSettings settings = smtp_settings_for(peer);
    settings.timeout_s = 600;
    std::atomic<bool> cancelled{false};
    std::future<Result<void>> done =
        std::async(std::launch::async, [&] { return make_smtp_transport(settings)->deliver(kSmtpMail, cancelled); });
    EXPECT_TRUE(comes_true([&] { return peer.is_mute(); })) << mute_from;
    cancelled = true;
    EXPECT_TRUE(comes_true([&] { return done.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }))
        << mute_from;
    peer.hang_up();
    EXPECT_FALSE(done.get().has_value()) << mute_from;
  }
}

TEST(Smtp, DoesNotWaitToBeBidFarewell) {
  SmtpPeer peer("250 SIZE 100000", "250 taken", "QUIT");
  const SmtpSettings settings = smtp_settings_for(peer);
  std::future<Result<void>> done =
      std::async(std::launch::async, [&] { return make_smtp_transport(settings)->deliver(kSmtpMail, {}); });
  EXPECT_TRUE(comes_true([&] { return done.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }));
  peer.hang_up();
  EXPECT_TRUE(done.get().has_value());
  EXPECT_THAT(peer.finish(), testing::HasSubstr("QUIT"));
}

}  // namespace
}  // namespace throng::services
