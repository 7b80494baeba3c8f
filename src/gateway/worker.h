#pragma once
// One worker thread: its event loop, its sockets, its rooms, and the adapters that let rooms use them.

#include <atomic>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "gateway/front_door.h"
#include "gateway/keeper_post.h"
#include "gateway/loop_lag.h"
#include "gateway/surroundings.h"
#include "net/event_loop.h"
#include "net/server.h"
#include "room/ports.h"
#include "room/room_host.h"
#include "room/tick_fan_out.h"
#include "room/tick_metrics.h"

namespace throng::gateway {

class WorkerGroup;

/// A connection as rooms see it.
room::LinkId link_of(net::ConnectionId connection);
net::ConnectionId connection_of(room::LinkId link);

/// Rooms' frames to this thread's sockets.
class SocketTransport final : public room::SessionTransport {
 public:
  explicit SocketTransport(net::Server& server) : server_(server) {}
  room::LinkStatus send(room::LinkId link, FrameBuffer& frame) override;
  void close(room::LinkId link, std::uint16_t code, std::string_view reason) override;
  void abandon(room::LinkId link) override;

 private:
  net::Server& server_;
};

/// Rooms' time from this thread's loop.
class LoopScheduler final : public room::Scheduler {
 public:
  explicit LoopScheduler(net::EventLoop& loop) : loop_(loop) {}
  MonotonicTime now() const override { return loop_.now(); }
  void call_at(MonotonicTime when, Task task) override { loop_.call_at(when, std::move(task)); }
  void poll_inputs() override { loop_.poll_hot(); }

 private:
  net::EventLoop& loop_;
};

/// Rooms' news to the matchmaker's thread.
class DirectoryPost final : public room::DirectoryOutlet {
 public:
  explicit DirectoryPost(WorkerGroup& group) : group_(group) {}
  void publish(const room::DirectoryChange& change) override;

 private:
  WorkerGroup& group_;
};

/// Rooms' travellers to the matchmaker, and its answer back to this thread.
class TravelPost final : public room::Travel {
 public:
  TravelPost(WorkerGroup& group, std::size_t worker) : group_(group), worker_(worker) {}
  void find_seat(room::TravelRequest request) override;

 private:
  WorkerGroup& group_;
  const std::size_t worker_;
};

/// Built before its thread starts; then everything but `loop.post` happens on that thread.
class Worker {
 public:
  /// Tasks from other threads that may wait; a storm of joins needs a few per connection.
  static constexpr std::size_t kMailboxCapacity = 65'536;

  /// @param addresses     limits per address, the same table for all workers
  /// @param surroundings  outlives the worker
  Worker(std::size_t number, WorkerGroup& group, const net::ServerLimits& limits,
         std::shared_ptr<net::AddressTable> addresses, const FrontDoorContext& context,
         const Surroundings& surroundings, room::HostSettings host_settings, room::LogicFactory factory);

  std::size_t number() const { return number_; }
  net::EventLoop& loop() { return loop_; }
  net::Server& server() { return server_; }
  room::RoomHost& host() { return host_; }
  LoopLag& loop_lag() { return loop_lag_; }
  FrontDoor& door() { return door_; }

 private:
  room::Keeper* keep_with(const Surroundings& surroundings);
  room::HostSettings with_tick_readers(room::HostSettings settings, const Surroundings& surroundings);
  room::PostOffice* mail_with(const Surroundings& surroundings);
  room::PartyRegistry* parties_with(const Surroundings& surroundings);

  const std::size_t number_;
  net::EventLoop loop_;
  FrontDoor door_;
  net::Server server_;
  SocketTransport transport_;
  LoopScheduler scheduler_;
  DirectoryPost directory_;
  TravelPost travel_;
  LoopLag loop_lag_;
  room::TickMetrics tick_metrics_;
  std::vector<std::unique_ptr<room::TickReader>> other_tick_readers_;
  room::TickFanOut tick_readers_;
  std::optional<KeeperPost> keeper_;  ///< nothing: characters are not kept
  std::optional<MailPost> mail_;      ///< nothing: there is no mail
  std::optional<PartyPost> parties_;  ///< nothing: no party is kept
  room::RoomHost host_;
};

}  // namespace throng::gateway
