#pragma once
// Requests to other programs, with libcurl. Blocks: for threads of services, never for workers.

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace throng::services {

/// Whoever uses libcurl calls it first. Any thread, any number of times.
void start_curl();

struct HttpPost {
  std::string url;  ///< http or https
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< may hold secrets: they are in no error and no log
  std::string body = {};
  std::chrono::milliseconds timeout{10'000};  ///< for all of it
  std::string ca_file = {};  ///< PEM; empty: the system's list
};

struct HttpAnswer {
  int status = 0;
  std::string body;  ///< the first kAnswerBytesMax
  std::optional<std::chrono::seconds> retry_after;
};

/// Of an answer that are kept. One that goes on for longer than 16 times as much is broken off.
inline constexpr std::size_t kAnswerBytesMax = 64 * 1024;

/// Keeps its connection from one request to the next. Certificates are checked. Redirections are not followed.
class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// One thread at a time. The error says what is in the way, and whose address it was without its user and password.
  Result<HttpAnswer> post(const HttpPost& request);
  /// Any thread: what runs and what comes fails soon.
  void cancel() { cancelled_.store(true); }

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
  std::atomic<bool> cancelled_{false};
};

/// `url` without user, password and query, to be shown.
std::string shown_url(const std::string& url);
/// Whether it is http:// or https:// with a host.
bool is_http_url(const std::string& url);

}  // namespace throng::services
