#include "net/transport.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <utility>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace throng::net {
namespace {

constexpr int kSendFlags = MSG_NOSIGNAL | MSG_DONTWAIT;

IoResult from_system_call(ssize_t outcome) {
  if (outcome > 0) return {IoState::Ok, static_cast<std::size_t>(outcome)};
  if (outcome == 0) return {IoState::Closed, 0};
  const bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  return {later ? IoState::WouldBlock : IoState::Broken, 0};
}

int clamp_to_int(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }

}  // namespace

Transport::Transport(Transport&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), tls_(std::exchange(other.tls_, nullptr)) {}

Transport& Transport::operator=(Transport&& other) noexcept {
  if (this == &other) return *this;
  close();
  fd_ = std::exchange(other.fd_, -1);
  tls_ = std::exchange(other.tls_, nullptr);
  return *this;
}

bool Transport::start_tls(const TlsContext& context) {
  tls_ = context.new_session(fd_);
  return tls_ != nullptr;
}

IoState Transport::handshake() {
  ERR_clear_error();
  const int outcome = SSL_do_handshake(tls_);
  return outcome == 1 ? IoState::Ok : tls_state(outcome);
}

IoResult Transport::receive(std::span<std::uint8_t> into) {
  if (tls_ != nullptr) return receive_tls(into);
  return from_system_call(::recv(fd_, into.data(), into.size(), MSG_DONTWAIT));
}

IoResult Transport::send(ByteSpan bytes) {
  if (tls_ != nullptr) return send_tls(bytes);
  return from_system_call(::send(fd_, bytes.data(), bytes.size(), kSendFlags));
}

IoResult Transport::send_two(ByteSpan first, ByteSpan second) {
  if (first.empty()) return send(second);
  if (second.empty() || tls_ != nullptr) return send(first);
  std::array<iovec, 2> parts{{{const_cast<std::uint8_t*>(first.data()), first.size()},
                              {const_cast<std::uint8_t*>(second.data()), second.size()}}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  return from_system_call(::sendmsg(fd_, &message, kSendFlags));
}

void Transport::finish_sending() {
  ERR_clear_error();
  if (tls_ != nullptr && SSL_is_init_finished(tls_) == 1) SSL_shutdown(tls_);
  ::shutdown(fd_, SHUT_WR);
}

void Transport::discard_input() {
  [[maybe_unused]] const ssize_t n = ::recv(fd_, nullptr, INT_MAX, MSG_TRUNC | MSG_DONTWAIT);
}

void Transport::break_off() { ::shutdown(fd_, SHUT_RDWR); }

void Transport::close() {
  if (tls_ != nullptr) SSL_free(tls_);
  if (fd_ >= 0) ::close(fd_);
  tls_ = nullptr;
  fd_ = -1;
}

bool Transport::has_buffered_input() const { return tls_ != nullptr && SSL_pending(tls_) > 0; }

IoResult Transport::receive_tls(std::span<std::uint8_t> into) {
  ERR_clear_error();
  const int outcome = SSL_read(tls_, into.data(), clamp_to_int(into.size()));
  if (outcome > 0) return {IoState::Ok, static_cast<std::size_t>(outcome)};
  return {tls_state(outcome), 0};
}

IoResult Transport::send_tls(ByteSpan bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {  // one record at a time
    ERR_clear_error();
    const int outcome = SSL_write(tls_, bytes.data() + sent, clamp_to_int(bytes.size() - sent));
    if (outcome <= 0) return sent > 0 ? IoResult{IoState::Ok, sent} : IoResult{tls_state(outcome), 0};
    sent += static_cast<std::size_t>(outcome);
  }
  return {IoState::Ok, sent};
}

IoState Transport::tls_state(int outcome) {
  switch (SSL_get_error(tls_, outcome)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return IoState::WouldBlock;
    case SSL_ERROR_ZERO_RETURN: return IoState::Closed;
    default: return IoState::Broken;
  }
}

}  // namespace throng::net
