#include "services/control/control_socket.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/private_folder.h"
#include "base/thread_name.h"

namespace throng::services {
namespace {

/// A client that does not take its answer is let go.
constexpr timeval kSendTimeout{2, 0};

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// Addresses hold 107 bytes; by way of the folder's descriptor any path fits.
sockaddr_un socket_address_in(const Descriptor& folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = fmt::format("/proc/self/fd/{}/{}", folder.get(), kControlSocketName);
  path.copy(address.sun_path, sizeof(address.sun_path) - 1);
  return address;
}

Descriptor open_folder(const std::string& folder) {
  return Descriptor(open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

bool send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// Appends what has come. False: the other side is gone, silent for too long, or beyond the limit.
bool receive_more(int fd, std::string& text, std::size_t bytes_max, int flags) {
  std::array<char, 64 * 1024> buffer;
  const ssize_t got = recv(fd, buffer.data(), buffer.size(), flags);
  if (got < 0) return errno == EINTR || ((flags & MSG_DONTWAIT) != 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
  text.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0 && text.size() <= bytes_max;
}

class UnixControlSocket final : public ControlSocket {
 public:
  UnixControlSocket(Descriptor folder, Descriptor lock, Descriptor listener, ControlHandler handler)
      : folder_(std::move(folder)),
        lock_(std::move(lock)),
        listener_(std::move(listener)),
        wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
        handler_(std::move(handler)),
        thread_([this] { run(); }) {}

  ~UnixControlSocket() override {
    ending_.store(true);
    eventfd_write(wake_.get(), 1);
    thread_.join();
    unlinkat(folder_.get(), kControlSocketName, 0);
  }

 private:
  struct Client {
    Descriptor socket;
    std::string request;  // bound: kControlRequestBytesMax
  };

  void run() {
    name_this_thread("control");
    std::vector<pollfd> fds;
    while (!ending_.load()) {
      const bool full = clients_.size() >= kControlClientsMax;
      fds.assign({{wake_.get(), POLLIN, 0}, {full ? -1 : listener_.get(), POLLIN, 0}});
      for (const Client& client : clients_) fds.push_back({client.socket.get(), POLLIN, 0});
      if (poll(fds.data(), fds.size(), -1) < 0) continue;
      for (std::size_t i = clients_.size(); i-- > 0;) {
        if (fds[i + 2].revents != 0 && !serve(clients_[i]))
          clients_.erase(clients_.begin() + static_cast<std::ptrdiff_t>(i));
      }
      if ((fds[1].revents & POLLIN) != 0) accept_client();
    }
  }

  void accept_client() {
    Descriptor socket(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket.open()) return;
    setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &kSendTimeout, sizeof(kSendTimeout));
    clients_.push_back({std::move(socket), {}});
  }

  bool serve(Client& client) {
    if (!receive_more(client.socket.get(), client.request, kControlRequestBytesMax, MSG_DONTWAIT)) return false;
    for (;;) {
      const std::size_t end = client.request.find('\n');
      if (end == std::string::npos) return true;
      const std::string answer = handler_(std::string_view(client.request).substr(0, end)) + "\n";
      client.request.erase(0, end + 1);
      if (!send_all(client.socket.get(), answer)) return false;
    }
  }

  const Descriptor folder_;
  const Descriptor lock_;  // held for as long as we answer
  const Descriptor listener_;
  const Descriptor wake_;
  const ControlHandler handler_;
  std::vector<Client> clients_;  // bound: kControlClientsMax
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

Failure cannot_answer(const std::string& folder, std::string_view reason) {
  return fail(fmt::format("{}/{}: {}", folder, kControlSocketName, reason));
}

}  // namespace

Result<std::unique_ptr<ControlSocket>> open_control_socket(const std::string& folder, ControlHandler handler) {
  THRONG_CHECK(make_private_folder(folder));
  Descriptor directory = open_folder(folder);
  if (!directory.open()) return cannot_answer(folder, std::strerror(errno));
  Descriptor lock(openat(directory.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return cannot_answer(folder, "another throngd uses this data folder");
  unlinkat(directory.get(), kControlSocketName, 0);  // of a server that could not end cleanly

  Descriptor listener(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_un address = socket_address_in(directory);
  fchmod(listener.get(), S_IRUSR | S_IWUSR);  // before it has a name: nobody else may ever connect
  if (!listener.open() || bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      listen(listener.get(), static_cast<int>(kControlClientsMax)) != 0)
    return cannot_answer(folder, std::strerror(errno));
  return std::unique_ptr<ControlSocket>(std::make_unique<UnixControlSocket>(std::move(directory), std::move(lock),
                                                                            std::move(listener), std::move(handler)));
}

Result<std::string> ask_control_socket(const std::string& folder, std::string_view request, int timeout_s) {
  const Descriptor directory = open_folder(folder);
  const sockaddr_un address = socket_address_in(directory);
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!directory.open() || connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    return cannot_answer(folder, "no server is running on this data folder");
  const timeval timeout{timeout_s, 0};
  setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
  if (!send_all(socket.get(), fmt::format("{}\n", request))) return cannot_answer(folder, "the server did not listen");
  std::string answer;
  while (answer.find('\n') == std::string::npos) {
    if (!receive_more(socket.get(), answer, kControlRequestBytesMax, 0))
      return cannot_answer(folder, "the server did not answer");
  }
  answer.resize(answer.find('\n'));
  return answer;
}

}  // namespace throng::services
