#include "net/server.h"

#include <array>
#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/counters.h"
#include "base/metrics.h"
#include "net/connection_table.h"

namespace throng::net {
namespace {

/// Bytes of one read; several frames of several ticks fit.
constexpr std::size_t kScratchBytes = 64 * 1024;
constexpr std::uint64_t kListenerToken = kTokenMax;
/// Then the other descriptors get their turn.
constexpr int kAcceptsPerTurn = 16;
/// What the kernel may hold for one client before a send is told that it backs up.
constexpr int kUnsentBytesMax = 128 * 1024;
/// How long to leave the listener alone when the system has no descriptors left.
constexpr Nanoseconds kAcceptPause = std::chrono::milliseconds(100);

std::shared_ptr<AddressTable> make_address_table(const ServerLimits& limits) {
  return std::make_shared<AddressTable>(AddressLimits{
      .connections_max = limits.connections_per_address_max,
      .new_connections_per_s = limits.new_connections_per_address_per_s,
      .limit_loopback = limits.limit_loopback,
  });
}

bool is_lack_of_resources(int reason) {
  return reason == EMFILE || reason == ENFILE || reason == ENOBUFS || reason == ENOMEM;
}

/// What a connection was in when it ended.
Counter counter_of_end(Phase phase) {
  switch (phase) {
    case Phase::Handshaking: return Counter::ConnectionsClosedTls;
    case Phase::Open: return Counter::ConnectionsClosedLost;
    case Phase::Closing:
    case Phase::Lingering: return Counter::ConnectionsClosedGoodbye;
    case Phase::Free:
    case Phase::Reading:
    case Phase::Answering:
    case Phase::Upgrading:
    case Phase::Responding: break;
  }
  return Counter::ConnectionsClosedHttp;
}

}  // namespace

Server::Server(EventLoop& loop, const ServerLimits& limits, Handler& handler, const Clock& clock,
               std::shared_ptr<AddressTable> addresses)
    : loop_(loop),
      limits_(limits),
      handler_(handler),
      clock_(clock),
      addresses_(addresses ? std::move(addresses) : make_address_table(limits)),
      connections_(std::make_unique<ConnectionTable>(limits.connections_max)),
      scratch_(kScratchBytes),
      http_status_{series(CounterFamily::HttpByStatus, {"1xx"}), series(CounterFamily::HttpByStatus, {"2xx"}),
                   series(CounterFamily::HttpByStatus, {"3xx"}), series(CounterFamily::HttpByStatus, {"4xx"}),
                   series(CounterFamily::HttpByStatus, {"5xx"})} {
  schedule_sweep();
}

Server::~Server() {
  loop_.cancel(sweep_timer_);
  loop_.cancel(accept_timer_);
  loop_.cancel(early_timer_);
  if (listening_) loop_.unwatch(listen_fd_);
  for (std::size_t i = 0; i < connections_->slots(); ++i)
    if (connections_->at(i).phase != Phase::Free) release(connections_->at(i));
  loop_.forget(this);
}

Result<void> Server::start(int shared_listen_fd, std::shared_ptr<const TlsContext> tls) {
  listen_fd_ = shared_listen_fd;
  tls_ = std::move(tls);
  draining_ = false;
  watch_listener();
  if (!listening_) return fail("the system refuses to watch the listening socket");
  return {};
}

void Server::stop_accepting() {
  draining_ = true;
  loop_.cancel(accept_timer_);
  if (listening_) loop_.unwatch(listen_fd_);
  listening_ = false;
}

void Server::watch_listener() { listening_ = loop_.watch(listen_fd_, EPOLLIN | EPOLLEXCLUSIVE, this, kListenerToken); }

void Server::pause_accepting() {
  count(Counter::AcceptFailed);
  loop_.unwatch(listen_fd_);
  listening_ = false;
  accept_timer_ = loop_.call_after(kAcceptPause, [this] { watch_listener(); });
}

void Server::on_ready(std::uint64_t token, std::uint32_t events) {
  if (token == kListenerToken) {
    if (listening_) accept_some();
    return;
  }
  if (Connection* connection = connections_->find_token(token)) on_connection_ready(*connection, events);
}

void Server::accept_some() {
  for (int i = 0; i < kAcceptsPerTurn; ++i) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    auto* socket_address = reinterpret_cast<sockaddr*>(&storage);
    const int fd = ::accept4(listen_fd_, socket_address, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      accept_one(fd, address_of(socket_address));
      continue;
    }
    if (is_lack_of_resources(errno)) pause_accepting();
    if (errno != ECONNABORTED && errno != EINTR) return;
  }
}

void Server::accept_one(int fd, const Address& address) {
  Transport transport(fd);
  const bool count_address = !limits_.trust_proxy;  // behind a proxy the upgrade request names the client
  if (count_address && addresses_->admit(address, loop_.now()) != Admission::Admitted)
    return count(Counter::ConnectionsRefusedAddress);
  const bool tls_failed = tls_ && !transport.start_tls(*tls_);
  Connection* connection = tls_failed ? nullptr : connections_->acquire();
  if (connection == nullptr) {
    if (count_address) addresses_->release(address);
    return count(Counter::ConnectionsRefusedLimit);
  }
  count(Counter::ConnectionsOpened);
  shift(Gauge::Connections, 1);
  const int one = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  // Without this the kernel would keep megabytes for a client that reads slowly, and we would not notice that it does.
  ::setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &kUnsentBytesMax, sizeof kUnsentBytesMax);
  connection->phase = tls_ ? Phase::Handshaking : Phase::Reading;
  connection->transport = std::move(transport);
  connection->address = address;
  connection->is_counted = count_address;
  connection->deadline = loop_.now() + limits_.header_timeout;
  connection->http = std::make_unique<HttpExchange>(
      RequestReaderLimits{.header_bytes_max = limits_.header_bytes_max, .body_bytes_max = limits_.body_bytes_max});
  connection->events = EPOLLIN;
  if (!loop_.watch(fd, EPOLLIN, this, ConnectionTable::token(connection->id))) release(*connection);
}

void Server::on_connection_ready(Connection& connection, std::uint32_t events) {
  const bool is_hung_up = (events & (EPOLLHUP | EPOLLERR)) != 0;
  switch (connection.phase) {
    case Phase::Free: return;
    case Phase::Handshaking: return on_handshake(connection);
    case Phase::Reading: return read_http(connection);
    case Phase::Answering:
    case Phase::Upgrading:
      // One request at a time: what comes meanwhile waits in the kernel, whose window bounds it.
      return is_hung_up ? release(connection) : watch_events(connection, 0);
    case Phase::Responding: return is_hung_up ? release(connection) : write_response(connection);
    case Phase::Open:
    case Phase::Closing: return on_websocket_ready(connection, events);
    case Phase::Lingering: return on_linger_ready(connection);
  }
}

void Server::on_handshake(Connection& connection) {
  const IoState state = connection.transport.handshake();
  if (state == IoState::WouldBlock) return;
  if (state != IoState::Ok) {
    count(Counter::TlsHandshakeFailed);
    return release(connection);
  }
  connection.phase = Phase::Reading;
  connection.deadline = loop_.now() + limits_.header_timeout;
  read_http(connection);
}

void Server::watch_events(Connection& connection, std::uint32_t events) {
  if (connection.events == events) return;
  connection.events = events;
  const std::uint64_t token = ConnectionTable::token(connection.id);
  if (connection.is_hot)
    loop_.change_hot(connection.transport.fd(), events, this, token);
  else
    loop_.change(connection.transport.fd(), events, this, token);
}

void Server::count_websocket(std::int64_t by) {
  websockets_ += static_cast<std::size_t>(by);
  shift(Gauge::WebSockets, by);
}

void Server::release(Connection& connection) {
  count(counter_of_end(connection.phase));
  shift(Gauge::Connections, -1);
  if (connection.phase == Phase::Open) count_websocket(-1);
  if (connection.out) {
    shift(Gauge::OutQueues, -1);
    shift(Gauge::OutQueueBytes, -static_cast<std::int64_t>(connection.out->size()));
  }
  if (connection.is_counted) addresses_->release(connection.address);
  if (connection.is_hot)
    loop_.unwatch_hot(connection.transport.fd());
  else
    loop_.unwatch(connection.transport.fd());
  connections_->release(connection);
}

void Server::linger(Connection& connection) {
  connection.phase = Phase::Lingering;
  connection.deadline = loop_.now() + limits_.close_timeout;
  connection.transport.finish_sending();
  watch_events(connection, EPOLLIN);
}

/// Reads and forgets until the peer has closed too; the deadline of the phase bounds it.
void Server::on_linger_ready(Connection& connection) {
  const IoState state = connection.transport.receive(scratch_).state;
  if (state == IoState::Closed || state == IoState::Broken) release(connection);
}

void Server::set_tag(ConnectionId id, std::uint64_t tag) {
  if (Connection* connection = connections_->find(id)) connection->tag = tag;
}

void Server::terminate(ConnectionId id) {
  Connection* connection = connections_->find(id);
  if (connection == nullptr) return;
  connection->transport.discard_input();
  release(*connection);
}

std::size_t Server::queued_bytes(ConnectionId id) const {
  const Connection* connection = std::as_const(*connections_).find(id);
  return connection != nullptr && connection->out ? connection->out->size() : 0;
}

Peer Server::peer(ConnectionId id) const {
  const Connection* connection = std::as_const(*connections_).find(id);
  return connection != nullptr ? Peer{connection->address.text()} : Peer{};
}

std::size_t Server::connection_count() const { return connections_->size(); }

}  // namespace throng::net
