#pragma once
// A Server on its own thread and port, with a handler whose behaviour a test replaces where it needs to.

#include <unistd.h>

#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "net/server.h"

namespace throng::net::test {

/// Runs on the loop's thread; what it records may be read from any.
class ScriptedHandler final : public Handler {
 public:
  std::function<void(ConnectionId, HttpRequest)> http = [this](ConnectionId id, HttpRequest request) {
    HttpResponse response;
    response.body = request.method + " " + request.target + " " + request.body;
    server->respond(id, std::move(response));
  };
  std::function<void(ConnectionId, HttpRequest)> upgrade = [this](ConnectionId id, HttpRequest) {
    server->accept_websocket(id, 7);
  };
  std::function<void(ConnectionId, std::uint64_t, ByteSpan, bool)> message = [this](ConnectionId id, std::uint64_t,
                                                                                    ByteSpan bytes, bool) {
    frame.clear();
    frame.append(bytes);
    server->send(id, frame);
  };
  std::function<void(ConnectionId)> drained = [](ConnectionId) {};

  void on_http(ConnectionId id, HttpRequest request) override { http(id, std::move(request)); }
  void on_upgrade(ConnectionId id, HttpRequest request) override {
    last = id;
    upgrade(id, std::move(request));
  }
  void on_message(ConnectionId id, std::uint64_t tag, ByteSpan bytes, bool is_text) override {
    message(id, tag, bytes, is_text);
  }
  void on_drained(ConnectionId id, std::uint64_t) override { drained(id); }
  void on_closed(ConnectionId, std::uint64_t tag, CloseInfo info) override {
    const std::lock_guard lock(mutex_);
    closes_.push_back(std::move(info));
    tags_.push_back(tag);
    changed_.notify_all();
  }

  /// Waits for the n-th close (from 0); code 0 when it does not come.
  CloseInfo closed(std::size_t n = 0) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(10), [&] { return closes_.size() > n; });
    return closes_.size() > n ? closes_[n] : CloseInfo{};
  }
  std::size_t close_count() {
    const std::lock_guard lock(mutex_);
    return closes_.size();
  }
  std::uint64_t closed_tag(std::size_t n = 0) {
    const std::lock_guard lock(mutex_);
    return tags_.at(n);
  }

  Server* server = nullptr;
  ConnectionId last;  ///< loop's thread only
  FrameBuffer frame;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<CloseInfo> closes_;
  std::vector<std::uint64_t> tags_;
};

class RunningServer {
 public:
  explicit RunningServer(ServerLimits limits = {}, std::shared_ptr<const TlsContext> tls = nullptr) : loop(1024) {
    limits.sweep_interval = std::chrono::milliseconds(2);
    server.emplace(loop, limits, handler, system_clock());
    handler.server = &*server;
    listen_fd_ = *open_listener("127.0.0.1", 0);
    const Result<void> started = server->start(listen_fd_, std::move(tls));
    EXPECT_TRUE(started.has_value());
  }
  ~RunningServer() {
    stop();
    server.reset();
    ::close(listen_fd_);
  }
  RunningServer(const RunningServer&) = delete;

  void stop() {
    if (!thread_.joinable()) return;
    loop.stop();
    thread_.join();
  }

  /// The loop begins to turn with the first use of `port` or `on_loop`; set the handler's functions before.
  void start() {
    if (!thread_.joinable()) thread_ = std::thread([this] { loop.run(); });
  }
  std::uint16_t port() {
    start();
    return listener_port(listen_fd_);
  }

  /// Runs on the loop's thread and waits for it.
  template <typename F>
  auto on_loop(F function) {
    start();
    std::packaged_task<decltype(function())()> task(std::move(function));
    auto result = task.get_future();
    EXPECT_TRUE(loop.post([moved = std::move(task)]() mutable { moved(); }));
    return result.get();
  }

  /// Looks again until it holds or ten seconds have passed.
  template <typename F>
  bool eventually(F condition) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < limit) {
      if (on_loop(condition)) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
  }

  EventLoop loop;
  ScriptedHandler handler;
  std::optional<Server> server;

 private:
  int listen_fd_ = -1;
  std::thread thread_;
};

}  // namespace throng::net::test
