#pragma once
// All workers of the process and the ways between them. The matchmaker lives on worker 0.

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "content/server/rooms_def.h"
#include "gateway/health.h"
#include "gateway/late_post.h"
#include "gateway/matchmaker.h"
#include "gateway/surroundings.h"
#include "gateway/worker.h"
#include "net/server.h"
#include "net/tls.h"
#include "room/ports.h"

namespace throng::gateway {

struct GroupSettings {
  std::size_t workers = 1;
  net::ServerLimits limits;
  std::string process_id;
  std::string public_address;
  std::chrono::milliseconds drain_timeout{10'000};
  std::chrono::milliseconds loop_silence_max{10'000};  ///< a worker's loop that has not turned for longer is stuck
  room::SharedContent content = {};  ///< what rooms are made of at first; may be null when no kind needs it
  Surroundings surroundings = {};
};

/// Owns the worker threads. `start` and `drain_and_stop` on the thread that made it; the rest from the workers.
class WorkerGroup final : public RoomHosts {
 public:
  /// @param make_logic_factory  called once per worker, so that factories need not be shared between threads
  WorkerGroup(GroupSettings settings, const content::RoomsDef& rooms, std::vector<net::StaticFiles> files,
              std::unique_ptr<room::RoomDirectory> directory,
              const std::function<room::LogicFactory()>& make_logic_factory);
  ~WorkerGroup() override;

  /// Starts the threads on one listening socket that they share.
  Result<void> start(int listen_fd, const std::shared_ptr<const net::TlsContext>& tls);

  /// No new seats and sockets; sessions closed with 4001; waits until the sockets are gone and what rooms have handed
  /// over is kept, or the time is up; joins the threads. True when everything ended in time.
  bool drain_and_stop();

  /// Any thread. Every room goes on with this content between two of its ticks, and new rooms are made of it. False when
  /// a worker's mailbox is full: call it again, adopting twice does no harm.
  bool adopt(const room::SharedContent& content);
  /// What every room runs. Any thread but the workers'; waits for their answers. A worker that cannot be asked is left out.
  std::vector<room::RoomContentStatus> content_status();

  /// Any thread. False when that worker's mailbox is full.
  bool post(std::size_t worker, std::function<void(Worker&)> job);

  /// Any worker. The reply comes on the matchmaker's thread. False when its mailbox is full.
  bool match(MatchRequest request, OnMatched reply);
  void route_socket(Worker& from, net::ConnectionId connection, const room::ConnectRequest& request);
  void publish(const room::DirectoryChange& change);
  /// On `worker`'s thread, for one of its rooms: a seat for somebody who travels.
  void find_seat(std::size_t worker, room::TravelRequest request);

  /// Any thread: as RoomHost::expel_account, on every worker. One that cannot be asked is left out.
  void expel_account(AccountId account, const std::string& text);

  /// Any thread: as RoomHost::mail_arrived, on every worker. One that cannot be asked is left out.
  void mail_arrived(CharacterId recipient);
  /// Likewise as RoomHost::party_told.
  void party_told(const std::shared_ptr<const room::PartyTold>& told);

  /// Every worker, and whether its loop turns. Any thread.
  std::vector<HealthPart> health() const;
  /// What has to be so that players can come. Any thread.
  std::vector<HealthPart> readiness() const;

  /// What app/ has lent us. Any thread.
  const Surroundings& surroundings() const { return settings_.surroundings; }
  /// For answers of the surroundings, which may come when this group is gone. Any thread.
  const std::shared_ptr<LatePost>& late_post() const { return late_post_; }

  // RoomHosts, called by the matchmaker on its thread
  std::size_t worker_count() const override { return workers_.size(); }
  void create(std::size_t worker, room::NewRoom room, room::SeatRequest first_seat,
              std::function<void(bool)> reply) override;
  void create_empty(std::size_t worker, room::NewRoom room) override;
  void reserve(std::size_t worker, std::string room_id, room::SeatRequest seat,
               std::function<void(bool)> reply) override;
  void find_token(std::size_t worker, std::string room_id, std::string token,
                  std::function<void(std::optional<std::string>)> reply) override;
  void admit(room::AdmissionRequest request, std::function<void(room::AdmissionReply)> reply) override;
  void give_back(const std::shared_ptr<const room::Arrival>& arrival) override;
  void announce(const room::DirectoryChange& change) override;

 private:
  static constexpr std::size_t kMatchmakerWorker = 0;

  bool post_task(std::size_t worker, Task task) { return workers_[worker]->loop().post(std::move(task)); }
  std::size_t still_open();
  void tell_traveller(Worker& home, const room::TravelRequest& asked, const std::optional<room::TravelSeat>& seat);

  GroupSettings settings_;
  std::atomic<bool> draining_{false};
  const std::shared_ptr<LatePost> late_post_;
  FrontDoorContext context_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::thread> threads_;
  std::unique_ptr<room::RoomDirectory> directory_;
  std::unique_ptr<Matchmaker> matchmaker_;
};

}  // namespace throng::gateway
