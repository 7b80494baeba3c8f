#pragma once
// The least that a game server must do: one frame to every client and tick, and taking in what they send. Nothing is
// simulated, decoded or built, so what it costs is the kernel's share, and no server of this kind can cost less.

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "load/socket.h"

namespace throng::bench {

enum class ReadMode : std::uint8_t {
  Readiness,    // as soon as a socket has something
  OncePerTick,  // every socket once, just before its frame is sent, whether it has something or not
};

struct LimitSettings {
  std::uint16_t port = 2569;  // 0 is any free one
  ReadMode read_mode = ReadMode::Readiness;
  std::size_t frame_bytes = 240;  // with the WebSocket header; [6, 65,000]
  Nanoseconds tick{50'000'000};
  std::uint32_t slots = 10;  // a tick's sends are spread over so many moments
  static constexpr std::size_t kClientsMax = 100'000;
};

class LimitServer {
 public:
  explicit LimitServer(const LimitSettings& settings);

  /// Listens on 127.0.0.1.
  Result<void> open();
  /// Serves until `stop`.
  void run(const std::atomic<bool>& stop);
  /// What it listens on, once it is open.
  std::uint16_t port() const { return port_; }

 private:
  struct Client {
    Descriptor socket;
    bool upgraded = false;
    std::string head;  // of the upgrade request, at most kHeadBytesMax
  };
  static constexpr std::uint32_t kListenerEvents = 0;
  static constexpr std::uint32_t kClientEvents = 1;
  static constexpr std::size_t kHeadBytesMax = 4096;

  void on_event(const epoll_event& event);
  void accept_all();
  void on_readable(std::uint32_t index);
  void on_head(std::uint32_t index, ByteSpan bytes);
  void serve_slot(std::uint32_t slot);
  void drop(std::uint32_t index);

  const LimitSettings settings_;
  std::uint16_t port_ = 0;
  Descriptor listener_;
  Readiness readiness_;
  std::vector<Client> clients_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint8_t> frame_;
  std::array<std::uint8_t, 64 * 1024> scratch_{};
};

}  // namespace throng::bench
