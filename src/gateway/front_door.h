#pragma once
// What strangers meet: HTTP routes, WebSocket upgrades, and the way of each socket to the room that it asks for.

#include <atomic>
#include <string>
#include <vector>

#include "gateway/http_route_metrics.h"
#include "gateway/http_span.h"
#include "gateway/matchmaker.h"
#include "net/routes.h"
#include "net/server.h"
#include "net/static_files.h"
#include "room/room_host.h"

namespace throng::gateway {

class Worker;
class WorkerGroup;

/// The same for all workers; outlives them.
struct FrontDoorContext {
  std::string process_id;
  std::string public_address;                  ///< what seats tell clients to dial; empty: where they came from
  std::vector<net::StaticFiles> files;         ///< asked in turn: the page, the maps
  const std::atomic<bool>& draining;
};

/// One per worker, on its thread.
class FrontDoor final : public net::Handler {
 public:
  FrontDoor(Worker& worker, WorkerGroup& group, const FrontDoorContext& context)
      : worker_(worker), group_(group), context_(context) {}

  void on_http(net::ConnectionId connection, net::HttpRequest request) override;
  void on_upgrade(net::ConnectionId connection, net::HttpRequest request) override;
  void on_message(net::ConnectionId connection, std::uint64_t tag, ByteSpan message, bool is_text) override;
  void on_drained(net::ConnectionId connection, std::uint64_t tag) override;
  void on_closed(net::ConnectionId connection, std::uint64_t tag, net::CloseInfo info) override;

  /// A socket that another worker accepted, for a room of this one.
  void take_over(net::DetachedConnection socket, const room::ConnectRequest& request);
  /// A socket for a room that is nowhere: accepted, told, closed (an HTTP error would give the SDK no code).
  void turn_away(net::DetachedConnection socket, const room::ConnectRequest& request);
  /// The response that `connection` waits for, if it is still there.
  void answer(net::ConnectionId connection, std::string_view origin, net::HttpResponse response,
              const RequestSpan& span);
  void respond_to_match(net::ConnectionId connection, const std::string& origin, const MatchReply& reply,
                        const RequestSpan& span);

 private:
  net::HttpResponse route(const net::HttpRequest& request);
  net::HttpResponse catalogue();
  void ask(net::Routes& routes, net::ConnectionId connection, net::HttpRequest request, const RequestSpan& span);
  void match(net::ConnectionId connection, const net::HttpRequest& request, const MatchPath& path,
             const RequestSpan& span);
  void seat_socket(net::ConnectionId connection, const room::ConnectRequest& request);
  void turn_away_socket(net::ConnectionId connection, const room::ConnectRequest& request);
  void begin_latency_probe(net::ConnectionId connection);

  Worker& worker_;
  WorkerGroup& group_;
  const FrontDoorContext& context_;
  HttpRouteMetrics route_metrics_;
  std::string catalogue_;             ///< what players may know of the content with
  std::uint64_t catalogue_hash_ = 0;  ///< this hash
};

}  // namespace throng::gateway
