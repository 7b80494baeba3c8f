// The HTTP half of Server: requests in, one at a time and in order, responses out.

#include <algorithm>

#include <sys/epoll.h>

#include <fmt/format.h>

#include "base/counters.h"
#include "base/metrics.h"
#include "net/connection_table.h"
#include "net/cors.h"
#include "net/http/response_writer.h"
#include "net/http/upgrade.h"
#include "net/server.h"

namespace throng::net {
namespace {

std::string_view last_header(const HttpRequest& request, std::string_view name) {
  std::string_view last;
  for (const auto& [known, value] : request.headers)
    if (known == name) last = value;
  return last;
}

HttpResponse problem(int status, std::string_view origin) {
  HttpResponse response;
  response.status = status;
  response.headers.emplace_back("Content-Type", "application/problem+json");
  if (status == 426) {
    response.headers.emplace_back("Sec-WebSocket-Version", "13");
    response.headers.emplace_back("Upgrade", "websocket");
  }
  response.body = fmt::format(R"({{"type":"about:blank","title":"{}","status":{}}})", reason_phrase(status), status);
  add_cors_headers(response, origin);
  return response;
}

Counter counter_of_refusal(int status) {
  if (status == 408) return Counter::HttpTimeout;
  if (status == 413 || status == 431) return Counter::HttpTooLarge;
  if (status == 503) return Counter::HttpUnanswered;
  if (status == 429) return Counter::ConnectionsRefusedAddress;
  return Counter::HttpBadHeader;
}

}  // namespace

void Server::read_http(Connection& connection) {
  const ConnectionId id = connection.id;
  do {
    const IoResult got = connection.transport.receive(scratch_);
    if (got.state == IoState::WouldBlock) return;
    if (got.state != IoState::Ok) return release(connection);
    count(Counter::BytesIn, got.bytes);
    RequestReader& reader = connection.http->reader;
    if (reader.idle()) connection.deadline = loop_.now() + limits_.header_timeout;
    process(connection, reader.feed(ByteSpan(scratch_).first(got.bytes)));
  } while (connections_->find(id) != nullptr && connection.phase == Phase::Reading &&
           connection.transport.has_buffered_input());
}

/// Goes on through pipelined requests for as long as each is answered at once.
void Server::process(Connection& connection, ReadOutcome outcome) {
  const ConnectionId id = connection.id;
  connection.http->processing = true;
  while (outcome.kind == ReadOutcome::Kind::Request) {
    dispatch(connection);
    if (connections_->find(id) == nullptr || !connection.http) return;
    if (connection.phase != Phase::Reading) break;
    outcome = connection.http->reader.next();
  }
  connection.http->processing = false;
  if (outcome.kind == ReadOutcome::Kind::Error) return refuse(connection, outcome.status);
  if (connection.phase == Phase::Reading && connection.http->reader.take_expect_continue()) answer_continue(connection);
}

void Server::dispatch(Connection& connection) {
  HttpExchange& http = *connection.http;
  HttpRequest request = http.reader.take_request();
  http.keep_alive = http.reader.keep_alive();
  http.http_1_0 = request.version < 11;
  http.head_only = request.method == "HEAD";
  http.origin = request.header("origin");
  fill_peer(connection, request);
  connection.deadline = loop_.now() + limits_.answer_timeout;
  connection.phase = Phase::Answering;
  UpgradeVerdict verdict = check_upgrade(request);
  if (verdict.kind == UpgradeVerdict::Kind::NotUpgrade) return handler_.on_http(connection.id, std::move(request));
  if (verdict.kind == UpgradeVerdict::Kind::Refused) return refuse(connection, verdict.status);
  if (limits_.trust_proxy && !connection.is_counted) {
    if (addresses_->admit(connection.address, loop_.now()) != Admission::Admitted) return refuse(connection, 429);
    connection.is_counted = true;
  }
  connection.phase = Phase::Upgrading;
  http.accept = std::move(verdict.accept);
  handler_.on_upgrade(connection.id, std::move(request));
}

void Server::fill_peer(Connection& connection, HttpRequest& request) {
  if (limits_.trust_proxy && !connection.is_counted) {
    const auto forwarded = forwarded_address(last_header(request, "x-forwarded-for"));
    if (forwarded) connection.address = *forwarded;
  }
  request.peer_address = connection.address.text();
}

/// Our own answer to what never reaches the handler, or what the handler never answered.
void Server::refuse(Connection& connection, int status) {
  count(counter_of_refusal(status));
  HttpExchange& http = *connection.http;
  if (connection.phase == Phase::Reading) {
    http.origin = http.reader.origin_so_far();
    http.head_only = false;
  }
  begin_response(connection, problem(status, http.origin), true);
}

void Server::answer_continue(Connection& connection) {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  const IoResult sent = connection.transport.send(as_bytes(kContinue));
  if (sent.state != IoState::Ok || sent.bytes != kContinue.size()) release(connection);
}

void Server::respond(ConnectionId id, HttpResponse response) {
  Connection* connection = connections_->find(id);
  if (connection == nullptr) return;
  if (connection->phase != Phase::Answering && connection->phase != Phase::Upgrading) return;
  const bool is_upgrade = connection->phase == Phase::Upgrading;
  begin_response(*connection, std::move(response), is_upgrade || draining_ || !connection->http->keep_alive);
}

void Server::begin_response(Connection& connection, HttpResponse response, bool close_after) {
  count(Counter::HttpRequests);
  count(http_status_[static_cast<std::size_t>(std::clamp(response.status / 100, 1, 5)) - 1]);
  HttpExchange& http = *connection.http;
  http.close_after = close_after;
  http.head_only = http.head_only || is_bodiless(response.status);
  http.head = response_head(response, {.keep_alive = !close_after, .http_1_0 = http.http_1_0, .date = date()});
  http.response = std::move(response);
  http.sent = 0;
  connection.phase = Phase::Responding;
  connection.deadline = loop_.now() + limits_.http_idle_timeout;
  write_response(connection);
}

void Server::write_response(Connection& connection) {
  HttpExchange& http = *connection.http;
  while (!http.unsent_head().empty() || !http.unsent_body().empty()) {
    const IoResult sent = connection.transport.send_two(http.unsent_head(), http.unsent_body());
    if (sent.state == IoState::WouldBlock) return watch_events(connection, EPOLLOUT);
    if (sent.state != IoState::Ok) return release(connection);
    count(Counter::BytesOut, sent.bytes);
    http.sent += sent.bytes;
    connection.deadline = loop_.now() + limits_.http_idle_timeout;
  }
  finish_response(connection);
}

void Server::finish_response(Connection& connection) {
  HttpExchange& http = *connection.http;
  http.head.clear();
  http.response = HttpResponse();
  if (http.close_after) return linger(connection);
  connection.phase = Phase::Reading;
  connection.deadline = loop_.now() + (http.reader.idle() ? limits_.http_idle_timeout : limits_.header_timeout);
  watch_events(connection, EPOLLIN);
  if (!http.processing && !http.reader.idle()) process(connection, http.reader.next());
}

std::string_view Server::date() {
  const std::int64_t second = clock_.unix_milliseconds() / 1000;
  if (second != date_second_) {
    date_second_ = second;
    date_ = http_date(second);
  }
  return date_;
}

}  // namespace throng::net
