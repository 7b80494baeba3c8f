#include "gateway/worker_group.h"

#include <future>

#include "base/assert.h"
#include "base/log.h"
#include "base/thread_name.h"

namespace throng::gateway {
namespace {

constexpr std::chrono::milliseconds kDrainPollInterval{20};

}  // namespace

WorkerGroup::WorkerGroup(GroupSettings settings, const content::RoomsDef& rooms, std::vector<net::StaticFiles> files,
                         std::unique_ptr<room::RoomDirectory> directory,
                         const std::function<room::LogicFactory()>& make_logic_factory)
    : settings_(std::move(settings)),
      late_post_(std::make_shared<LatePost>(*this)),
      context_{settings_.process_id, settings_.public_address, std::move(files), draining_},
      directory_(std::move(directory)) {
  THRONG_ASSERT(settings_.workers > 0, "a group needs a worker");
  const net::ServerLimits& limits = settings_.limits;
  const auto addresses = std::make_shared<net::AddressTable>(
      net::AddressLimits{.connections_max = limits.connections_per_address_max,
                         .new_connections_per_s = limits.new_connections_per_address_per_s,
                         .limit_loopback = limits.limit_loopback});
  for (std::size_t i = 0; i < settings_.workers; ++i) {
    workers_.push_back(std::make_unique<Worker>(i, *this, limits, addresses, context_, settings_.surroundings,
                                                room::HostSettings{.process_id = settings_.process_id,
                                                                   .content = settings_.content,
                                                                   .admission = settings_.surroundings.admission,
                                                                   .saved_rooms = settings_.surroundings.saved_rooms},
                                                make_logic_factory()));
  }
  matchmaker_ = std::make_unique<Matchmaker>(rooms, *directory_, *this, settings_.process_id, system_clock());
}

WorkerGroup::~WorkerGroup() {
  late_post_->close();
  for (const auto& worker : workers_) worker->loop().stop();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

Result<void> WorkerGroup::start(int listen_fd, const std::shared_ptr<const net::TlsContext>& tls) {
  for (const auto& worker : workers_) THRONG_CHECK(worker->server().start(listen_fd, tls));
  for (const auto& worker : workers_) {
    worker->host().start();
    worker->loop_lag().start();
    threads_.emplace_back([&loop = worker->loop(), number = worker->number()] {
      name_this_thread("worker " + std::to_string(number));
      loop.run();
    });
  }
  post_task(kMatchmakerWorker, [this] { matchmaker_->start(); });
  return {};
}

bool WorkerGroup::drain_and_stop() {
  draining_.store(true);
  post_task(kMatchmakerWorker, [this] { matchmaker_->drain(); });
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    post(i, [](Worker& worker) {
      worker.server().stop_accepting();
      worker.host().drain();
    });
  }
  const MonotonicTime give_up_at = system_clock().now() + settings_.drain_timeout;
  std::size_t open = still_open();
  while (open > 0 && system_clock().now() < give_up_at) {
    std::this_thread::sleep_for(kDrainPollInterval);
    open = still_open();
  }
  for (const auto& worker : workers_) worker->loop().stop();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  return open == 0;
}

/// Connections, and rooms whose last cut is not durable. A worker that cannot be asked counts as one that has some.
std::size_t WorkerGroup::still_open() {
  std::size_t open = 0;
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    auto answer = std::make_shared<std::promise<std::size_t>>();
    std::future<std::size_t> count = answer->get_future();
    const bool asked = post(i, [answer](Worker& worker) {
      answer->set_value(worker.server().connection_count() + worker.host().ending_count());
    });
    open += asked ? count.get() : 1;
  }
  return open;
}

std::vector<HealthPart> WorkerGroup::health() const {
  std::vector<HealthPart> parts;
  for (const auto& worker : workers_) {
    const Nanoseconds silence = worker->loop_lag().silence();
    HealthPart part{"worker " + std::to_string(worker->number()), {}};
    if (silence > settings_.loop_silence_max)
      part.problem = "its loop has not turned for " +
                     std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(silence).count()) + " ms";
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<HealthPart> WorkerGroup::readiness() const {
  const Surroundings& surroundings = settings_.surroundings;
  const std::string_view missing = surroundings.not_ready ? surroundings.not_ready() : std::string_view();
  std::string stuck;
  for (const HealthPart& worker : health()) {
    if (!worker.problem.empty()) stuck += (stuck.empty() ? "" : ", ") + worker.name + ": " + worker.problem;
  }
  return {{"store", std::string(missing)},
          {"content", {}},   // a server without it does not start, and what it refuses it does not take
          {"presence", {}},  // in this process
          {"draining", draining_.load() ? "the server is shutting down" : ""},
          {"workers", std::move(stuck)}};
}

bool WorkerGroup::adopt(const room::SharedContent& content) {
  bool posted = true;
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    posted = post(i, [content](Worker& worker) { worker.host().adopt_content(content); }) && posted;
  }
  return posted;
}

std::vector<room::RoomContentStatus> WorkerGroup::content_status() {
  std::vector<room::RoomContentStatus> all;
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    auto answer = std::make_shared<std::promise<std::vector<room::RoomContentStatus>>>();
    std::future<std::vector<room::RoomContentStatus>> rooms = answer->get_future();
    if (!post(i, [answer](Worker& worker) { answer->set_value(worker.host().content_status()); })) continue;
    for (room::RoomContentStatus& room : rooms.get()) all.push_back(std::move(room));
  }
  return all;
}

bool WorkerGroup::post(std::size_t worker, std::function<void(Worker&)> job) {
  return post_task(worker, [&target = *workers_[worker], job = std::move(job)] { job(target); });
}

bool WorkerGroup::match(MatchRequest request, OnMatched reply) {
  return post_task(kMatchmakerWorker, [this, request = std::move(request), reply = std::move(reply)]() mutable {
    matchmaker_->handle(std::move(request), std::move(reply));
  });
}

/// The socket leaves the worker that accepted it, asks the matchmaker for the way, and arrives where its room is.
void WorkerGroup::route_socket(Worker& from, net::ConnectionId connection, const room::ConnectRequest& request) {
  net::DetachedConnection socket = from.server().detach(connection);
  post_task(kMatchmakerWorker, [this, socket = std::move(socket), request]() mutable {
    const std::optional<std::size_t> worker = matchmaker_->worker_of(request.room_id);
    if (!worker) return workers_[kMatchmakerWorker]->door().turn_away(std::move(socket), request);
    if (*worker == kMatchmakerWorker) return workers_[*worker]->door().take_over(std::move(socket), request);
    post_task(*worker, [&target = *workers_[*worker], socket = std::move(socket), request]() mutable {
      target.door().take_over(std::move(socket), request);
    });
  });
}

void WorkerGroup::publish(const room::DirectoryChange& change) {
  post_task(kMatchmakerWorker, [this, change] { matchmaker_->apply(change); });
}

void WorkerGroup::find_seat(std::size_t worker, room::TravelRequest request) {
  MatchRequest wanted{MatchMethod::JoinOrCreate, request.room_name, {}, {}};
  wanted.options.add("map", request.map);
  wanted.options.arrival = request.arrival;
  const auto asked = std::make_shared<const room::TravelRequest>(std::move(request));
  const bool posted = match(std::move(wanted), [this, worker, asked](const MatchReply& reply) {
    std::optional<room::TravelSeat> seat;
    if (const Seat* found = std::get_if<Seat>(&reply)) {
      seat = {found->name, found->session_id, found->room_id, found->process_id, settings_.public_address};
    }
    post(worker, [this, asked, seat](Worker& home) { tell_traveller(home, *asked, seat); });
  });
  if (!posted) tell_traveller(*workers_[worker], *asked, std::nullopt);
}

/// Whoever left while a seat was sought, and got none, has its character neither here nor there.
void WorkerGroup::tell_traveller(Worker& home, const room::TravelRequest& asked,
                                 const std::optional<room::TravelSeat>& seat) {
  const bool waited_for = home.host().seat_found(asked.from_room_id, asked.session_id, seat);
  if (!waited_for && !seat) give_back(asked.arrival);
}

void WorkerGroup::admit(room::AdmissionRequest request, std::function<void(room::AdmissionReply)> reply) {
  room::Admission* const admission = settings_.surroundings.admission;
  if (admission == nullptr) return reply(room::Admitted{});
  admission->admit(std::move(request),
                   [late_post = late_post_, admission, reply = std::move(reply)](room::AdmissionReply answer) {
                     auto kept = std::make_shared<room::AdmissionReply>(std::move(answer));
                     if (late_post->post(kMatchmakerWorker, [reply, kept](Worker&) { reply(std::move(*kept)); }))
                       return;
                     if (const auto* admitted = std::get_if<room::Admitted>(kept.get()))
                       admission->give_back(admitted->arrival);
                   });
}

void WorkerGroup::give_back(const std::shared_ptr<const room::Arrival>& arrival) {
  if (settings_.surroundings.admission != nullptr) settings_.surroundings.admission->give_back(arrival);
}

void WorkerGroup::expel_account(AccountId account, const std::string& text) {
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    post(i, [account, text](Worker& worker) { worker.host().expel_account(account, text); });
  }
}

void WorkerGroup::mail_arrived(CharacterId recipient) {
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    post(i, [recipient](Worker& worker) { worker.host().mail_arrived(recipient); });
  }
}

void WorkerGroup::party_told(const std::shared_ptr<const room::PartyTold>& told) {
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    post(i, [told](Worker& worker) { worker.host().party_told(*told); });
  }
}

void WorkerGroup::create(std::size_t worker, room::NewRoom room, room::SeatRequest first_seat,
                         std::function<void(bool)> reply) {
  const bool posted =
      post_task(worker, [this, worker, room = std::move(room), seat = std::move(first_seat), reply]() mutable {
        const std::string room_id = room.identity.room_id;
        room::RoomHost& host = workers_[worker]->host();
        const bool made = host.create_room(std::move(room)) && host.reserve_seat(room_id, std::move(seat));
        post_task(kMatchmakerWorker, [reply = std::move(reply), made] { reply(made); });
      });
  if (!posted) reply(false);
}

void WorkerGroup::create_empty(std::size_t worker, room::NewRoom room) {
  post_task(worker, [this, worker, room = std::move(room)]() mutable {
    if (!workers_[worker]->host().create_room(std::move(room)))
      log_error("a room that the configuration wants could not be made");
  });
}

void WorkerGroup::reserve(std::size_t worker, std::string room_id, room::SeatRequest seat,
                          std::function<void(bool)> reply) {
  const bool posted =
      post_task(worker, [this, worker, room_id = std::move(room_id), seat = std::move(seat), reply]() mutable {
        const bool reserved = workers_[worker]->host().reserve_seat(room_id, std::move(seat));
        post_task(kMatchmakerWorker, [reply = std::move(reply), reserved] { reply(reserved); });
      });
  if (!posted) reply(false);
}

void WorkerGroup::find_token(std::size_t worker, std::string room_id, std::string token,
                             std::function<void(std::optional<std::string>)> reply) {
  const bool posted = post_task(worker, [this, worker, room_id = std::move(room_id), token = std::move(token), reply] {
    std::optional<std::string> session = workers_[worker]->host().session_of_token(room_id, token);
    post_task(kMatchmakerWorker, [reply, session = std::move(session)] { reply(session); });
  });
  if (!posted) reply(std::nullopt);
}

void WorkerGroup::announce(const room::DirectoryChange& change) {
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    post_task(i, [&host = workers_[i]->host(), change] { host.directory_changed(change); });
  }
}

}  // namespace throng::gateway
