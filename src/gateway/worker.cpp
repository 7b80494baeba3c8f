#include "gateway/worker.h"

#include "gateway/worker_group.h"

namespace throng::gateway {

// A link is a connection with its generation moved up by one, so that zero stays free for "none".
room::LinkId link_of(net::ConnectionId connection) {
  return {(std::uint64_t{connection.generation} + 1) << 32 | connection.index};
}

net::ConnectionId connection_of(room::LinkId link) {
  return {static_cast<std::uint32_t>(link.value), static_cast<std::uint32_t>((link.value >> 32) - 1)};
}

room::LinkStatus SocketTransport::send(room::LinkId link, FrameBuffer& frame) {
  switch (server_.send(connection_of(link), frame)) {
    case net::SendStatus::Sent: return room::LinkStatus::Sent;
    case net::SendStatus::Queued: return room::LinkStatus::BackedUp;
    case net::SendStatus::Refused: return room::LinkStatus::Full;
    case net::SendStatus::Gone: break;
  }
  return room::LinkStatus::Gone;
}

void SocketTransport::close(room::LinkId link, std::uint16_t code, std::string_view reason) {
  server_.close(connection_of(link), code, reason);
}

void SocketTransport::abandon(room::LinkId link) { server_.terminate(connection_of(link)); }

void DirectoryPost::publish(const room::DirectoryChange& change) { group_.publish(change); }

void TravelPost::find_seat(room::TravelRequest request) { group_.find_seat(worker_, std::move(request)); }

Worker::Worker(std::size_t number, WorkerGroup& group, const net::ServerLimits& limits,
               std::shared_ptr<net::AddressTable> addresses, const FrontDoorContext& context,
               const Surroundings& surroundings, room::HostSettings host_settings, room::LogicFactory factory)
    : number_(number),
      loop_(kMailboxCapacity),
      door_(*this, group, context),
      server_(loop_, limits, door_, system_clock(), std::move(addresses)),
      transport_(server_),
      scheduler_(loop_),
      directory_(group),
      travel_(group, number),
      loop_lag_(number, loop_, system_clock()),
      host_(with_tick_readers(std::move(host_settings), surroundings), std::move(factory), system_clock(), scheduler_,
            transport_, directory_, &travel_, keep_with(surroundings), mail_with(surroundings),
            parties_with(surroundings)) {}

room::HostSettings Worker::with_tick_readers(room::HostSettings settings, const Surroundings& surroundings) {
  tick_readers_.add(tick_metrics_);
  for (const auto& make_reader : surroundings.tick_readers)
    tick_readers_.add(*other_tick_readers_.emplace_back(make_reader(number_)));
  settings.tick_reader = &tick_readers_;
  return settings;
}

/// Null when there is nobody who keeps.
room::Keeper* Worker::keep_with(const Surroundings& surroundings) {
  if (!surroundings.keep) return nullptr;
  return &keeper_.emplace(surroundings, loop_, [this](const room::CutOutcome& outcome) { host_.cut_done(outcome); });
}

/// Null when there is no mail.
room::PostOffice* Worker::mail_with(const Surroundings& surroundings) {
  if (!surroundings.mail) return nullptr;
  return &mail_.emplace(surroundings, loop_, [this](const room::PostReply& reply) { host_.post_replied(reply); });
}

/// Null when no party is kept.
room::PartyRegistry* Worker::parties_with(const Surroundings& surroundings) {
  if (!surroundings.parties) return nullptr;
  return &parties_.emplace(surroundings, loop_, [this](const room::PartyReply& reply) { host_.party_replied(reply); });
}

}  // namespace throng::gateway
