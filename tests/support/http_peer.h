#pragma once
// An HTTP server on loopback that answers as a test wants, and remembers what it was asked.

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace throng::test {

/// Serves one connection after the other until it ends.
class HttpPeer {
 public:
  /// @param answers  one for each request, raw; the last one goes on. Empty text: the request is never answered
  explicit HttpPeer(std::vector<std::string> answers) : answers_(std::move(answers)) {
    listen_fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(listen_fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    EXPECT_EQ(listen(listen_fd_, 4), 0);
    end_fd_ = eventfd(0, EFD_CLOEXEC);
    thread_ = std::thread([this] { serve(); });
  }
  ~HttpPeer() {
    eventfd_write(end_fd_, 1);
    thread_.join();
    close(listen_fd_);
    close(end_fd_);
  }
  HttpPeer(const HttpPeer&) = delete;
  HttpPeer& operator=(const HttpPeer&) = delete;

  std::string url(const std::string& path = "/") const {
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    getsockname(listen_fd_, reinterpret_cast<sockaddr*>(&address), &size);
    return "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + path;
  }

  /// Whole requests so far, header and body.
  std::vector<std::string> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  void wait_for_requests(std::size_t count) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(came_.wait_for(lock, std::chrono::seconds(20), [&] { return requests_.size() >= count; }));
  }

  static std::string answer(int status, const std::string& headers = {}, const std::string& body = {}) {
    return "HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           headers + "\r\n" + body;
  }

 private:
  /// False: the peer ends.
  bool wait_readable(int fd) const {
    pollfd fds[] = {{fd, POLLIN, 0}, {end_fd_, POLLIN, 0}};
    poll(fds, 2, -1);
    return fds[1].revents == 0;
  }

  void serve() {
    while (wait_readable(listen_fd_)) {
      const int fd = accept(listen_fd_, nullptr, nullptr);
      talk(fd);
      close(fd);
    }
  }

  void talk(int fd) {
    std::string heard;
    char bytes[4096];
    while (wait_readable(fd)) {
      const ssize_t n = read(fd, bytes, sizeof(bytes));
      if (n <= 0) return;
      heard.append(bytes, static_cast<std::size_t>(n));
      if (!is_whole(heard)) continue;
      const std::string reply = note(std::move(heard));
      heard.clear();
      static_cast<void>(send(fd, reply.data(), reply.size(), MSG_NOSIGNAL));
    }
  }

  static bool is_whole(const std::string& request) {
    const std::size_t end = request.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const std::size_t at = request.find("Content-Length: ");
    return at == std::string::npos || request.size() >= end + 4 + std::stoul(request.substr(at + 16));
  }

  std::string note(std::string request) {
    const std::lock_guard lock(mutex_);
    const std::string reply = answers_[std::min(requests_.size(), answers_.size() - 1)];
    requests_.push_back(std::move(request));
    came_.notify_all();
    return reply;
  }

  const std::vector<std::string> answers_;
  int listen_fd_ = -1;
  int end_fd_ = -1;
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

}  // namespace throng::test
