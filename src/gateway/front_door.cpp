#include "gateway/front_door.h"

#include <fmt/format.h>

#include "base/counters.h"
#include "content/game/catalogue.h"
#include "gateway/health.h"
#include "gateway/match_json.h"
#include "gateway/worker.h"
#include "gateway/worker_group.h"
#include "net/cors.h"
#include "net/http/header_text.h"
#include "protocol/codes.h"
#include "protocol/frames.h"

namespace throng::gateway {
namespace {

/// Tags tell what a WebSocket is to us: nothing yet, a latency probe, or a session.
constexpr std::uint64_t kNoTag = 0;
constexpr std::uint64_t kProbeTag = ~std::uint64_t{0};
constexpr std::chrono::seconds kProbeLifetime{1};

std::uint64_t tag_of(room::SessionAddress address) {
  return (std::uint64_t{address.room_number} + 1) << 32 | address.slot.value;
}

room::SessionAddress address_of(std::uint64_t tag) {
  return {static_cast<std::uint32_t>((tag >> 32) - 1), {static_cast<std::uint32_t>(tag)}};
}

bool names_session(std::uint64_t tag) { return tag != kNoTag && tag != kProbeTag; }

net::HttpResponse text_response(int status, std::string body, std::string_view type = "text/plain; charset=utf-8") {
  net::HttpResponse response;
  response.status = status;
  if (!body.empty()) response.headers.emplace_back("Content-Type", type);
  response.body = std::move(body);
  return response;
}

net::HttpResponse json_response(int status, std::string body) {
  return text_response(status, std::move(body), "application/json; charset=utf-8");
}

net::HttpResponse match_error(int code, std::string text) {
  return json_response(code, error_json({code, std::move(text)}));
}

/// The value of `key` in a query string. Ids and tokens need no decoding; what would is not one of ours.
std::string_view query_value(std::string_view query, std::string_view key) {
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    if (pair.substr(0, key.size()) == key && (pair.size() == key.size() || pair[key.size()] == '=')) {
      return pair.size() == key.size() ? std::string_view("1") : pair.substr(key.size() + 1);
    }
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
  }
  return {};
}

bool has_query_key(std::string_view query, std::string_view key) {
  return !query_value(query, key).empty() || query.find(std::string(key) + "=") != std::string_view::npos;
}

/// Of the Authorization header; SDKs that cannot set one put it into the address.
std::string_view bearer_token(const net::HttpRequest& request) {
  constexpr std::string_view kScheme = "bearer ";
  const std::string_view header = request.header("authorization");
  if (header.size() > kScheme.size() && net::lower_case(header.substr(0, kScheme.size())) == kScheme)
    return header.substr(kScheme.size());
  return query_value(request.query, "_authToken");
}

room::ConnectRequest connect_request(const net::HttpRequest& request) {
  room::ConnectRequest wanted;
  const std::size_t slash = request.path.rfind('/');
  wanted.room_id = request.path.substr(slash + 1);
  wanted.session_id = std::string(query_value(request.query, "sessionId"));
  wanted.reconnection_token = std::string(query_value(request.query, "reconnectionToken"));
  wanted.skip_handshake = has_query_key(request.query, "skipHandshake");
  wanted.trace = parse_traceparent(request.header("traceparent")).value_or(SpanContext{});
  return wanted;
}

}  // namespace

// HTTP

void FrontDoor::on_http(net::ConnectionId connection, net::HttpRequest request) {
  const std::string_view origin = request.header("origin");
  route_metrics_.asked(request.path);
  const RequestSpan span = begin_request_span(request);
  if (request.method == "OPTIONS") return answer(connection, origin, text_response(204, {}), span);
  if (const std::optional<MatchPath> path = parse_match_path(request.path); path && request.method == "POST") {
    return match(connection, request, *path, span);
  }
  for (net::Routes* const routes : group_.surroundings().routes) {
    if (routes->takes(request.path)) return ask(*routes, connection, std::move(request), span);
  }
  answer(connection, origin, route(request), span);
}

/// The answer comes from another thread, perhaps when this worker is gone.
void FrontDoor::ask(net::Routes& routes, net::ConnectionId connection, net::HttpRequest request,
                    const RequestSpan& span) {
  const std::string origin(request.header("origin"));
  if (context_.draining.load()) return answer(connection, origin, text_response(503, {}), span);
  const ContextScope scope(context_of(span));
  routes.handle(std::move(request), [late_post = group_.late_post(), number = worker_.number(), connection, origin,
                                     span](net::HttpResponse response) {
    late_post->post(number, [connection, origin, span, response = std::move(response)](Worker& worker) {
      worker.door().answer(connection, origin, response, span);
    });
  });
}

net::HttpResponse FrontDoor::route(const net::HttpRequest& request) {
  if (request.method != "GET" && request.method != "HEAD") return json_response(404, R"({"error":"not found"})");
  if (request.path == "/healthz") return health_response(group_.health(), request.header("accept"));
  if (request.path == "/__healthcheck") return text_response(200, "OK");
  if (request.path == "/readyz") return readiness_response(group_.readiness(), request.header("accept"));
  if (request.path == "/catalogue.json") return catalogue();
  for (const net::StaticFiles& files : context_.files) {
    if (std::optional<net::HttpResponse> found = files.serve(request)) return *std::move(found);
  }
  if (request.path == "/") return text_response(200, "Throng");
  return json_response(404, R"({"error":"not found"})");
}

/// Made anew when the content is another one.
net::HttpResponse FrontDoor::catalogue() {
  const room::SharedContent& content = worker_.host().content();
  if (content == nullptr) return json_response(404, R"({"error":"this server has no game content"})");
  if (catalogue_.empty() || catalogue_hash_ != content->hash) {
    catalogue_ = content::player_catalogue(*content);
    catalogue_hash_ = content->hash;
  }
  return json_response(200, catalogue_);
}

void FrontDoor::answer(net::ConnectionId connection, std::string_view origin, net::HttpResponse response,
                       const RequestSpan& span) {
  end_request_span(span, response.status);
  net::add_cors_headers(response, origin);
  worker_.server().respond(connection, std::move(response));
}

void FrontDoor::match(net::ConnectionId connection, const net::HttpRequest& request, const MatchPath& path,
                      const RequestSpan& span) {
  const std::string origin(request.header("origin"));
  if (context_.draining.load()) return answer(connection, origin, text_response(503, {}), span);
  const std::optional<MatchMethod> method = match_method(path.method);
  if (!method)
    return answer(
        connection, origin,
        match_error(protocol::kErrorUnknownRoom, fmt::format("invalid method \"{}\"", path.method.substr(0, 64))),
        span);
  const bool by_id = *method == MatchMethod::JoinById || *method == MatchMethod::Reconnect;
  if (!is_path_name(path.target)) {
    return answer(connection, origin,
                  match_error(by_id ? protocol::kErrorRoomMissing : protocol::kErrorUnknownRoom,
                              "room names and ids are [A-Za-z0-9_-]{1,64}"),
                  span);
  }
  std::optional<MatchBody> body = parse_match_body(request.body);
  if (!body)
    return answer(connection, origin, json_response(400, R"({"error":"the body is not a JSON object"})"), span);
  MatchRequest wanted{*method,
                      std::string(path.target),
                      std::move(body->options),
                      std::move(body->reconnection_token),
                      std::string(bearer_token(request)),
                      request.peer_address,
                      context_of(span)};
  const bool posted = group_.match(std::move(wanted), [&group = group_, number = worker_.number(), connection, origin,
                                                       span](const MatchReply& reply) {
    group.post(number, [connection, origin, reply, span](Worker& worker) {
      worker.door().respond_to_match(connection, origin, reply, span);
    });
  });
  if (!posted) answer(connection, origin, text_response(503, {}), span);
}

void FrontDoor::respond_to_match(net::ConnectionId connection, const std::string& origin, const MatchReply& reply,
                                 const RequestSpan& span) {
  if (const Seat* seat = std::get_if<Seat>(&reply))
    return answer(connection, origin, json_response(200, seat_json(*seat, context_.public_address)), span);
  const MatchError& error = std::get<MatchError>(reply);
  answer(connection, origin, json_response(error.code, error_json(error)), span);
}

// WebSocket

void FrontDoor::on_upgrade(net::ConnectionId connection, net::HttpRequest request) {
  const room::ConnectRequest wanted = connect_request(request);
  if (wanted.session_id.empty()) return begin_latency_probe(connection);
  group_.route_socket(worker_, connection, wanted);
}

void FrontDoor::begin_latency_probe(net::ConnectionId connection) {
  worker_.server().accept_websocket(connection, kProbeTag);
  worker_.loop().call_after(kProbeLifetime, [&worker = worker_, connection] {
    worker.server().close(connection, protocol::kCloseNormal, "");
  });
}

void FrontDoor::take_over(net::DetachedConnection socket, const room::ConnectRequest& request) {
  seat_socket(worker_.server().adopt(std::move(socket)), request);
}

void FrontDoor::turn_away(net::DetachedConnection socket, const room::ConnectRequest& request) {
  turn_away_socket(worker_.server().adopt(std::move(socket)), request);
}

void FrontDoor::seat_socket(net::ConnectionId connection, const room::ConnectRequest& request) {
  if (!worker_.host().has_room(request.room_id)) return turn_away_socket(connection, request);
  worker_.server().accept_websocket(connection, kNoTag);
  const std::optional<room::SessionAddress> address = worker_.host().connect(link_of(connection), request);
  if (address) worker_.server().set_tag(connection, tag_of(*address));
}

void FrontDoor::turn_away_socket(net::ConnectionId connection, const room::ConnectRequest& request) {
  count(Counter::RoomMissing);
  worker_.server().accept_websocket(connection, kNoTag);
  FrameBuffer frame;
  protocol::write_error(frame, protocol::kErrorSeatExpired,
                        "the room is not here any more");  // a seat there is no more either
  worker_.server().send(connection, frame);
  const bool coming_back = !request.reconnection_token.empty();
  worker_.server().close(connection, coming_back ? protocol::kCloseReconnectRefused : protocol::kCloseWithError,
                         "the room is not here any more");
}

void FrontDoor::on_message(net::ConnectionId connection, std::uint64_t tag, ByteSpan message, bool is_text) {
  if (tag == kProbeTag) {
    FrameBuffer pong;
    protocol::write_ping(pong);
    worker_.server().send(connection, pong);
    return;
  }
  if (!names_session(tag)) return;
  if (is_text) {  // the protocol is binary; no SDK can even read a text frame
    count(Counter::MessageUndecodable);
    return worker_.server().close(connection, protocol::kCloseWithError, "text frames are not part of this protocol");
  }
  worker_.host().on_frame(address_of(tag), link_of(connection), message);
}

void FrontDoor::on_drained(net::ConnectionId connection, std::uint64_t tag) {
  if (names_session(tag)) worker_.host().on_link_drained(address_of(tag), link_of(connection));
}

void FrontDoor::on_closed(net::ConnectionId connection, std::uint64_t tag, net::CloseInfo info) {
  route_metrics_.closed(info.code, info.by_peer);
  if (names_session(tag)) worker_.host().on_link_closed(address_of(tag), link_of(connection), info.code);
}

}  // namespace throng::gateway
