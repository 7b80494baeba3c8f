#pragma once
// Accounts over a store of their own, with the smallest passwords, a clock that stands still and mails that are kept.

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "services/accounts/accounts.h"
#include "services/database/engines.h"
#include "services/store/store.h"

namespace throng::services::test {

/// A clock for many threads that moves only when told.
class SharedClock final : public Clock {
 public:
  MonotonicTime now() const override { return MonotonicTime(std::chrono::milliseconds(ms_.load())); }
  std::int64_t unix_milliseconds() const override { return ms_.load(); }
  void advance(std::chrono::milliseconds by) { ms_ += by.count(); }

 private:
  std::atomic<std::int64_t> ms_{1'700'000'000'000};
};

/// Mails that arrived, outliving the transport.
class Postbag {
 public:
  void add(const EmailMessage& message) {
    {
      const std::lock_guard lock(mutex_);
      mails_.push_back(message);
    }
    arrived_.notify_all();
  }
  /// Waits for it.
  EmailMessage mail(std::size_t index) {
    std::unique_lock lock(mutex_);
    const bool there = arrived_.wait_for(lock, std::chrono::seconds(60), [&] { return mails_.size() > index; });
    EXPECT_TRUE(there) << "mail " << index << " did not come";
    return there ? mails_[index] : EmailMessage{};
  }
  std::size_t size() {
    const std::lock_guard lock(mutex_);
    return mails_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<EmailMessage> mails_;
};

class BagTransport final : public MailTransport {
 public:
  explicit BagTransport(std::shared_ptr<Postbag> bag) : bag_(std::move(bag)) {}
  Result<void> deliver(const EmailMessage& message, const std::atomic<bool>&) override {
    bag_->add(message);
    return {};
  }

 private:
  const std::shared_ptr<Postbag> bag_;
};

inline content::AccountsDef quick_accounts() {
  content::AccountsDef def;
  def.passwords.memory_kib = 8;
  def.passwords.passes = 1;
  return def;
}

inline std::unique_ptr<Store> open_test_store(const std::string& url, const std::string& node) {
  StoreSettings settings;
  settings.url = url;
  settings.node_id = node;
  Result<std::unique_ptr<Store>> store = open_store(settings);
  EXPECT_TRUE(store.has_value()) << (store ? "" : store.error().message);
  return store ? *std::move(store) : nullptr;
}

struct AuthAnswer {
  int status = 0;
  nlohmann::json body;
  std::string text;
  std::vector<std::pair<std::string, std::string>> headers;

  std::string error() const { return body.is_object() ? body.value("error", "") : std::string(); }
  std::string token() const { return body.is_object() ? body.value("token", "") : std::string(); }
  std::string header(std::string_view name) const {
    for (const auto& [known, value] : headers)
      if (known == name) return value;
    return {};
  }
};

/// One server's accounts: a store, and the routes as strangers reach them.
class AccountsNode {
 public:
  explicit AccountsNode(const std::string& url, content::AccountsDef def = quick_accounts(), std::string name = "node",
                        const SharedClock* clock = nullptr)
      : store(open_test_store(url, name)), clock_(clock != nullptr ? *clock : own_clock) {
    accounts = std::make_unique<Accounts>(std::move(def), *store, std::make_unique<BagTransport>(mails),
                                          "https://game.example", clock_);
  }
  ~AccountsNode() {
    accounts->stop();
    store.reset();
  }

  std::future<AuthAnswer> ask_later(const std::string& method, const std::string& target, const std::string& body = {},
                                    const std::string& token = {},
                                    const std::string& content_type = "application/json") {
    net::HttpRequest request;
    request.method = method;
    request.target = target;
    request.path = target.substr(0, target.find('?'));
    if (request.path.size() < target.size()) request.query = target.substr(request.path.size() + 1);
    request.headers.emplace_back("content-type", content_type);
    if (!token.empty()) request.headers.emplace_back("authorization", "Bearer " + token);
    request.body = body;
    request.peer_address = address;
    auto promise = std::make_shared<std::promise<AuthAnswer>>();
    std::future<AuthAnswer> answer = promise->get_future();
    accounts->routes().handle(std::move(request), [promise](const net::HttpResponse& response) {
      promise->set_value(
          {response.status, nlohmann::json::parse(response.body, nullptr, false), response.body, response.headers});
    });
    return answer;
  }
  AuthAnswer ask(const std::string& method, const std::string& target, const std::string& body = {},
                 const std::string& token = {}, const std::string& content_type = "application/json") {
    return ask_later(method, target, body, token, content_type).get();
  }
  AuthAnswer post(const std::string& route, const nlohmann::json& body, const std::string& token = {}) {
    return ask("POST", "/auth/" + route, body.dump(), token);
  }
  AuthAnswer sign_up(const std::string& email, const std::string& password = "correct horse") {
    return post("register", {{"email", email}, {"password", password}});
  }
  AuthAnswer log_in(const std::string& email, const std::string& password = "correct horse") {
    return post("login", {{"email", email}, {"password", password}});
  }
  AuthAnswer user_data(const std::string& token) { return ask("GET", "/auth/userdata", {}, token); }
  TokenHolder verify(const std::string& token) {
    std::promise<TokenHolder> holder;
    accounts->verifier().verify(token, [&](TokenHolder found) { holder.set_value(std::move(found)); });
    return holder.get_future().get();
  }
  /// A job on the database, done.
  void run(StoreJob job) {
    const Result<void> result = write_and_wait(*store, std::move(job));
    EXPECT_TRUE(result.has_value()) << (result ? "" : result.error().message);
  }

  SharedClock own_clock;
  std::shared_ptr<Postbag> mails = std::make_shared<Postbag>();
  std::string address = "192.0.2.1";
  std::unique_ptr<Store> store;
  std::unique_ptr<Accounts> accounts;

 private:
  const SharedClock& clock_;
};

/// The token of the link in a mail.
inline std::string token_in(const EmailMessage& mail) {
  const std::size_t at = mail.text.find("?token=");
  return at == std::string::npos ? std::string() : mail.text.substr(at + 7, 43);
}

}  // namespace throng::services::test
