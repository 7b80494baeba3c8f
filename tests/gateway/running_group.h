#pragma once
// A WorkerGroup on two threads and a port of its own, and clients that reach it as strangers do.

#include <unistd.h>

#include <future>
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "gateway/worker_group.h"
#include "net/listener.h"
#include "net/peer.h"
#include "room/client_frames.h"
#include "room/kinds/all_kinds.h"
#include "services/presence/memory_directory.h"

namespace throng::gateway::test {

using net::test::Frame;
using net::test::Peer;
using net::test::Response;

inline content::RoomsDef arena_and_lobby() {
  content::RoomKindDef arena;
  arena.name = "arena";
  arena.kind = content::RoomKind::Mmo;
  arena.mmo = content::MmoOptions{.side_units = 500, .monsters = 10};
  content::RoomKindDef lobby;
  lobby.name = "lobby";
  lobby.kind = content::RoomKind::Lobby;
  lobby.keep_at_least_one = true;
  return {{arena, lobby}};
}

class RunningGroup {
 public:
  explicit RunningGroup(content::RoomsDef rooms = arena_and_lobby(), room::SharedContent content = nullptr,
                        Surroundings surroundings = {},
                        std::chrono::milliseconds loop_silence_max = std::chrono::seconds(60))
      : rooms_(std::move(rooms)) {
    GroupSettings settings{.workers = 2,
                           .limits = {},
                           .process_id = "process",
                           .public_address = {},
                           .drain_timeout = std::chrono::milliseconds(8000),
                           .loop_silence_max = loop_silence_max,
                           .content = std::move(content),
                           .surroundings = std::move(surroundings)};
    settings.limits.sweep_interval = std::chrono::milliseconds(2);
    group =
        std::make_unique<WorkerGroup>(settings, rooms_, std::vector<net::StaticFiles>{},
                                      services::make_memory_directory(), [] { return room::make_logic_factory({}); });
    listen_fd_ = *net::open_listener("127.0.0.1", 0);
    const Result<void> started = group->start(listen_fd_, nullptr);
    EXPECT_TRUE(started.has_value());
  }
  ~RunningGroup() {
    group.reset();
    ::close(listen_fd_);
  }
  RunningGroup(const RunningGroup&) = delete;
  RunningGroup& operator=(const RunningGroup&) = delete;

  std::uint16_t port() const { return net::listener_port(listen_fd_); }

  Response http(const std::string& method, const std::string& target, const std::string& body = {},
                const std::string& more_headers = {}) const {
    Peer peer(port());
    peer.send(method + " " + target + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\n" + more_headers + "\r\n" + body);
    return peer.read_response(method == "HEAD");
  }
  Response match(const std::string& method, const std::string& target, const std::string& body = "{}") const {
    return http("POST", "/matchmake/" + method + "/" + target, body);
  }

  /// Which worker has the room; nothing when none has.
  std::optional<std::size_t> worker_of(const std::string& room_id) {
    for (std::size_t number = 0; number < group->worker_count(); ++number) {
      std::promise<bool> has;
      EXPECT_TRUE(group->post(number, [&](Worker& worker) { has.set_value(worker.host().has_room(room_id)); }));
      if (has.get_future().get()) return number;
    }
    return std::nullopt;
  }

  std::unique_ptr<WorkerGroup> group;

 private:
  const content::RoomsDef rooms_;
  int listen_fd_ = -1;
};

/// A WebSocket client of one room.
class Visitor {
 public:
  Visitor(const RunningGroup& running, const nlohmann::json& seat, const std::string& more_query = {})
      : peer_(running.port()) {
    upgraded =
        peer_.upgrade("/" + seat.at("processId").get<std::string>() + "/" + seat.at("roomId").get<std::string>() +
                      "?sessionId=" + seat.at("sessionId").get<std::string>() + more_query);
  }

  void send(const room::test::Bytes& frame) { peer_.send_frame(net::Opcode::Binary, as_text(frame)); }
  /// The next frame of the protocol; empty when the server closes first, and then `closed_with` says how.
  room::test::Bytes read() {
    for (;;) {
      const Frame frame = peer_.read_frame();
      if (frame.kind == net::FrameEvent::Kind::Message) return {frame.payload.begin(), frame.payload.end()};
      if (frame.kind == net::FrameEvent::Kind::Close) closed_with = frame.close_code;
      if (frame.kind != net::FrameEvent::Kind::Ping) return {};
    }
  }
  /// Reads on to the next frame with this opcode.
  room::test::Bytes read(protocol::Opcode opcode) {
    for (;;) {
      room::test::Bytes frame = read();
      if (frame.empty() || room::test::opcode_of(frame) == opcode) return frame;
    }
  }
  /// Reads on to the end; the code that the server closed with, zero for none.
  int read_to_the_end() {
    while (!read().empty()) {
    }
    return closed_with;
  }
  /// JOIN_ROOM and its acknowledgement. Returns the token.
  std::string join() {
    const room::test::Bytes frame = read(protocol::Opcode::JoinRoom);
    if (frame.empty()) return {};
    send(room::test::ack_frame());
    return room::test::token_of(frame);
  }
  Peer& peer() { return peer_; }

  Response upgraded;
  int closed_with = 0;

 private:
  Peer peer_;
};

}  // namespace throng::gateway::test
