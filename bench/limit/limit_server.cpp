#include "limit/limit_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "load/http_text.h"

namespace throng::bench {
namespace {

constexpr int kBacklog = 4096;
constexpr std::size_t kEventsAtOnce = 512;

std::vector<std::uint8_t> ready_made_frame(std::size_t size) {
  std::vector<std::uint8_t> frame(size, 0x55);
  frame[0] = 0x82;  // final, binary
  if (size - 2 < 126) {
    frame[1] = static_cast<std::uint8_t>(size - 2);
    frame[2] = 0x0f;  // a state patch
    return frame;
  }
  frame[1] = 126;
  frame[2] = static_cast<std::uint8_t>((size - 4) >> 8);
  frame[3] = static_cast<std::uint8_t>((size - 4) & 0xff);
  frame[4] = 0x0f;
  return frame;
}

}  // namespace

LimitServer::LimitServer(const LimitSettings& settings)
    : settings_(settings), frame_(ready_made_frame(settings.frame_bytes)) {}

Result<void> LimitServer::open() {
  listener_ = Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(listener_.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(settings_.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener_.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener_.number(), kBacklog) != 0) {
    return fail(fmt::format("cannot listen on 127.0.0.1:{}: {}", settings_.port, std::strerror(errno)));
  }
  socklen_t size = sizeof address;
  getsockname(listener_.number(), reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  readiness_.add(listener_.number(), EPOLLIN, {kListenerEvents, 0});
  return {};
}

void LimitServer::run(const std::atomic<bool>& stop) {
  const Nanoseconds slot_span = settings_.tick / settings_.slots;
  const MonotonicTime began = system_clock().now();
  std::array<epoll_event, kEventsAtOnce> events{};
  for (std::int64_t slot = 0; !stop; ++slot) {
    const MonotonicTime due = began + slot_span * slot;
    for (MonotonicTime now = system_clock().now(); now < due; now = system_clock().now()) {
      const std::size_t count = readiness_.wait(events, due - now);
      for (std::size_t i = 0; i < count; ++i) on_event(events[i]);
      if (stop) return;
    }
    serve_slot(static_cast<std::uint32_t>(slot % settings_.slots));
    // Late: the sockets still get their turn between two slots.
    const std::size_t count = readiness_.wait(events, Nanoseconds(0));
    for (std::size_t i = 0; i < count; ++i) on_event(events[i]);
  }
}

void LimitServer::on_event(const epoll_event& event) {
  const EventTag tag = Readiness::tag_of(event);
  if (tag.kind == kListenerEvents) return accept_all();
  if (!clients_[tag.index].socket.open()) return;
  if ((event.events & EPOLLIN) != 0) return on_readable(tag.index);
  drop(tag.index);
}

void LimitServer::accept_all() {
  for (;;) {
    Descriptor socket(accept4(listener_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket.open()) return;
    if (free_.empty() && clients_.size() >= LimitSettings::kClientsMax) continue;
    const int on = 1;
    setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(clients_.size()));
      clients_.emplace_back();
    }
    const std::uint32_t index = free_.back();
    free_.pop_back();
    clients_[index] = Client{.socket = std::move(socket), .upgraded = false, .head = {}};
    readiness_.add(clients_[index].socket.number(), EPOLLIN, {kClientEvents, index});
  }
}

void LimitServer::on_readable(std::uint32_t index) {
  const std::optional<ByteSpan> bytes = receive_some(clients_[index].socket.number(), scratch_);
  if (!bytes) return;
  if (bytes->empty()) return drop(index);
  if (!clients_[index].upgraded) on_head(index, *bytes);
}

// Only throng-bots connect here, and all of them upgrade with the same key.
void LimitServer::on_head(std::uint32_t index, ByteSpan bytes) {
  Client& client = clients_[index];
  client.head.append(as_text(bytes));
  if (client.head.find("\r\n\r\n") == std::string::npos) {
    if (client.head.size() > kHeadBytesMax) drop(index);
    return;
  }
  if (client.head.find(kUpgradeKey) == std::string::npos) return drop(index);
  const std::string answer = fmt::format(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
      "{}\r\n\r\n",
      kUpgradeAccept);
  client.head = {};
  client.upgraded = true;
  if (!send_some(client.socket.number(), as_bytes(answer))) return drop(index);
  if (settings_.read_mode == ReadMode::OncePerTick) {
    readiness_.change(client.socket.number(), 0, {kClientEvents, index});
  }
}

void LimitServer::serve_slot(std::uint32_t slot) {
  for (std::size_t i = slot; i < clients_.size(); i += settings_.slots) {
    if (!clients_[i].socket.open() || !clients_[i].upgraded) continue;
    const auto index = static_cast<std::uint32_t>(i);
    if (settings_.read_mode == ReadMode::OncePerTick) on_readable(index);
    if (!clients_[i].socket.open()) continue;
    if (!send_some(clients_[i].socket.number(), frame_)) drop(index);
  }
}

void LimitServer::drop(std::uint32_t index) {
  clients_[index] = {};
  free_.push_back(index);
}

}  // namespace throng::bench
