// How a connection becomes a WebSocket, and how it gets to another worker before that.

#include <utility>

#include <sys/epoll.h>

#include "base/counters.h"
#include "base/metrics.h"
#include "net/connection_table.h"
#include "net/http/upgrade.h"
#include "net/server.h"

namespace throng::net {

DetachedConnection::DetachedConnection() = default;
DetachedConnection::DetachedConnection(DetachedConnection&&) noexcept = default;
DetachedConnection& DetachedConnection::operator=(DetachedConnection&&) noexcept = default;

DetachedConnection::~DetachedConnection() {
  if (!connection_) return;
  count(Counter::ConnectionsClosedHttp);
  shift(Gauge::Connections, -1);
}

bool Server::accept_websocket(ConnectionId id, std::uint64_t tag) {
  Connection* found = connections_->find(id);
  if (found == nullptr || found->phase != Phase::Upgrading) return false;
  Connection& connection = *found;
  const int fd = connection.transport.fd();
  loop_.unwatch(fd);
  connection.is_hot = loop_.watch_hot(fd, EPOLLIN, this, ConnectionTable::token(id));
  connection.events = EPOLLIN;
  if (!connection.is_hot) {
    release(connection);
    return false;
  }
  const std::string answer = upgrade_answer(connection.http->accept);
  const std::string unread = connection.http->reader.take_unread();
  connection.http.reset();  // from here on an idle connection is its slot and nothing else
  connection.phase = Phase::Open;
  connection.tag = tag;
  connection.parser = FrameParser(FrameParser::Role::Server, limits_.message_bytes_max);
  connection.deadline = first_ping_time(connection);
  count_websocket(1);
  count(Counter::WebSocketsOpened);
  write(connection, as_bytes(answer), limits_.out_queue_bytes_max);
  if (unread.empty()) return true;
  connection.unread = std::make_unique<std::vector<std::uint8_t>>(unread.begin(), unread.end());
  if (early_.empty()) early_timer_ = loop_.call_at(loop_.now(), [this] { feed_early(); });
  early_.push_back(id);
  return true;
}

void Server::feed_early() {
  const std::vector<ConnectionId> early = std::exchange(early_, {});
  for (const ConnectionId id : early) feed_unread(id);
}

DetachedConnection Server::detach(ConnectionId id) {
  DetachedConnection detached;
  Connection* connection = connections_->find(id);
  if (connection == nullptr || connection->phase != Phase::Upgrading) return detached;
  loop_.unwatch(connection->transport.fd());
  if (connection->is_counted) addresses_->release(connection->address);
  detached.connection_ = std::make_unique<Connection>(std::move(*connection));
  connections_->release(*connection);
  return detached;
}

ConnectionId Server::adopt(DetachedConnection detached) {
  if (!detached) return {};
  Connection* connection = connections_->acquire();
  if (connection == nullptr) {
    count(Counter::ConnectionsRefusedLimit);
    return {};
  }
  const ConnectionId id = connection->id;
  *connection = std::move(*detached.connection_);
  detached.connection_.reset();
  connection->id = id;
  connection->deadline = loop_.now() + limits_.answer_timeout;
  connection->events = 0;
  if (connection->is_counted) addresses_->take_over(connection->address);
  if (loop_.watch(connection->transport.fd(), 0, this, ConnectionTable::token(id))) return id;
  release(*connection);
  return {};
}

}  // namespace throng::net
