#include "services/metrics/metrics_service.h"

#include <thread>

#include <openssl/crypto.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "base/thread_name.h"
#include "net/event_loop.h"
#include "net/http/header_text.h"
#include "net/listener.h"
#include "net/server.h"
#include "services/metrics/exposition.h"
#include "services/metrics/process_figures.h"

namespace throng::services {
namespace {

constexpr std::string_view kTextPath = "/metrics";
constexpr std::string_view kJsonPath = "/metrics.json";

net::HttpResponse metrics_answer(int status, std::string_view type, std::string body) {
  net::HttpResponse response;
  response.status = status;
  response.headers.emplace_back("Content-Type", type);
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = std::move(body);
  return response;
}

net::HttpResponse plain_answer(int status, std::string text) {
  return metrics_answer(status, "text/plain; charset=utf-8", std::move(text));
}

/// Whether the header bears the token. Takes as long for a wrong token as for the right one.
bool bears(std::string_view header, std::string_view token) {
  constexpr std::string_view kScheme = "bearer ";
  if (header.size() != kScheme.size() + token.size()) return false;
  if (net::lower_case(header.substr(0, kScheme.size())) != kScheme) return false;
  return CRYPTO_memcmp(header.data() + kScheme.size(), token.data(), token.size()) == 0;
}

net::HttpResponse page_for(std::string_view path, std::string_view accept) {
  const MonotonicTime began = system_clock().now();
  const std::vector<MetricReading> readings = read_metrics();
  net::HttpResponse response;
  if (path == kJsonPath) {
    response = metrics_answer(200, "application/json; charset=utf-8", metrics_json(readings));
  } else if (prefers_open_metrics(accept)) {
    response = metrics_answer(200, kOpenMetricsType, open_metrics_text(readings));
  } else {
    response = metrics_answer(200, kPrometheusType, prometheus_text(readings));
  }
  observe(Histogram::ScrapeDuration, (system_clock().now() - began).count());
  return response;
}

class MetricsThread final : public MetricsService, private net::Routes, private net::Handler {
 public:
  explicit MetricsThread(MetricsSettings settings)
      : settings_(std::move(settings)), loop_(kWaitingMax), process_(watch_process()) {}
  ~MetricsThread() override {
    loop_.stop();
    if (thread_.joinable()) thread_.join();
    server_.reset();
    if (listen_fd_ >= 0) ::close(listen_fd_);
  }

  Result<void> start() {
    if (settings_.port) {
      THRONG_TRY(listen_fd_, net::open_listener(settings_.host, *settings_.port));
      server_ = std::make_unique<net::Server>(loop_, net::ServerLimits{.connections_max = kWaitingMax},
                                              static_cast<net::Handler&>(*this), system_clock());
      THRONG_CHECK(server_->start(listen_fd_, nullptr));
    }
    thread_ = std::thread([this] {
      name_this_thread("metrics");
      loop_.run();
    });
    return {};
  }

  net::Routes* routes() override { return settings_.port ? nullptr : this; }
  std::uint16_t port() const override { return listen_fd_ >= 0 ? net::listener_port(listen_fd_) : std::uint16_t{0}; }

 private:
  // Routes, of the game's port
  bool takes(std::string_view path) const override { return path == kTextPath || path == kJsonPath; }
  void handle(net::HttpRequest request, Reply reply) override {
    const auto kept = std::make_shared<Reply>(std::move(reply));  // a task that is refused is gone
    const bool posted = loop_.post([this, request = std::move(request), kept] { (*kept)(answer_to(request)); });
    if (!posted) (*kept)(plain_answer(503, "too many ask for metrics at once\n"));
  }

  // Handler, of a port of our own; on our thread
  void on_http(net::ConnectionId connection, net::HttpRequest request) override {
    server_->respond(connection, takes(request.path) ? answer_to(request) : plain_answer(404, "not found\n"));
  }
  void on_upgrade(net::ConnectionId connection, net::HttpRequest) override {
    server_->respond(connection, plain_answer(404, "not found\n"));
  }
  void on_message(net::ConnectionId, std::uint64_t, ByteSpan, bool) override {}
  void on_drained(net::ConnectionId, std::uint64_t) override {}
  void on_closed(net::ConnectionId, std::uint64_t, net::CloseInfo) override {}

  net::HttpResponse answer_to(const net::HttpRequest& request) const {
    if (request.method != "GET" && request.method != "HEAD") return plain_answer(405, "ask with GET\n");
    if (!settings_.token.empty() && !bears(request.header("authorization"), settings_.token)) {
      net::HttpResponse refusal = plain_answer(401, "a bearer token is needed\n");
      refusal.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"metrics\"");
      return refusal;
    }
    return page_for(request.path, request.header("accept"));
  }

  const MetricsSettings settings_;
  net::EventLoop loop_;
  const std::unique_ptr<ComputedSource> process_;
  std::unique_ptr<net::Server> server_;
  int listen_fd_ = -1;
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<MetricsService>> open_metrics(const MetricsSettings& settings) {
  auto service = std::make_unique<MetricsThread>(settings);
  THRONG_CHECK(service->start());
  return std::unique_ptr<MetricsService>(std::move(service));
}

}  // namespace throng::services
