#include "load/matchmaker.h"

#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace throng::bench {

Result<std::string> parse_token(int status, std::string_view body) {
  if (status != 200) return fail(fmt::format("signing in: status {}: {}", status, body));
  const nlohmann::json json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_object()) return fail("signing in: the answer is no JSON object");
  const auto token = json.find("token");
  if (token == json.end() || !token->is_string()) return fail("signing in: the answer has no token");
  return token->get<std::string>();
}

Result<Seat> parse_seat(int status, std::string_view body) {
  if (status != 200) return fail(fmt::format("status {}: {}", status, body));
  const nlohmann::json json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_object()) return fail("the answer is no JSON object");
  Seat seat;
  for (const auto& [name, into] : {std::pair{"processId", &seat.process_id}, std::pair{"roomId", &seat.room_id},
                                   std::pair{"sessionId", &seat.session_id}}) {
    const auto found = json.find(name);
    if (found == json.end() || !found->is_string()) return fail(fmt::format("the answer has no {}", name));
    *into = found->get<std::string>();
  }
  return seat;
}

Matchmaker::Matchmaker(Readiness& readiness, std::uint32_t tag_kind, const SocketAddress& address,
                       std::string host_header, std::string path, std::string sign_in_path, int connections)
    : readiness_(readiness),
      tag_kind_(tag_kind),
      address_(address),
      host_header_(std::move(host_header)),
      path_(std::move(path)),
      sign_in_path_(std::move(sign_in_path)),
      connections_(static_cast<std::size_t>(connections)) {}

void Matchmaker::request(std::uint32_t bot, std::string options) {
  waiting_.push_back({.bot = bot, .options = std::move(options)});
  start_waiting();
}

void Matchmaker::forget(std::uint32_t bot) {
  std::erase_if(waiting_, [bot](const Request& request) { return request.bot == bot; });
  for (Connection& connection : connections_) {
    if (connection.current && connection.current->bot == bot) connection.forgotten = true;
  }
}

std::vector<Matchmaker::Answer> Matchmaker::take_answers() {
  start_waiting();  // for what is to be tried again
  return std::exchange(answers_, {});
}

void Matchmaker::start_waiting() {
  for (std::uint32_t i = 0; i < connections_.size() && !waiting_.empty(); ++i) {
    if (!connections_[i].current) start(i);
  }
}

void Matchmaker::start(std::uint32_t index) {
  Connection& connection = connections_[index];
  connection.current = std::move(waiting_.front());
  waiting_.pop_front();
  connection.forgotten = false;
  if (connection.socket.open()) return send_current(connection);
  Result<Descriptor> socket = begin_connect(address_, {});
  if (!socket) return finish(connection, fail(std::move(socket).error()));
  connection.socket = std::move(*socket);
  connection.connected = false;
  readiness_.add(connection.socket.number(), EPOLLOUT, {tag_kind_, index});
}

void Matchmaker::send_current(Connection& connection) {
  const std::string& token = token_of_bot_[connection.current->bot];
  const bool signs_in = !sign_in_path_.empty() && token.empty();
  const std::string request = signs_in ? post_request(host_header_, sign_in_path_, "{}")
                                       : post_request(host_header_, path_, connection.current->options, token);
  const std::optional<std::size_t> sent = send_some(connection.socket.number(), as_bytes(request));
  // A request of some hundred bytes on a fresh or answered connection always fits the socket's buffer.
  if (!sent || *sent != request.size()) fail_or_retry(connection, "the connection was lost");
}

void Matchmaker::on_event(std::uint32_t index, std::uint32_t events, std::span<std::uint8_t> scratch) {
  Connection& connection = connections_[index];
  if (!connection.socket.open()) return;
  if (!connection.connected) {
    const int error = socket_error(connection.socket.number());
    if (error != 0) {
      connection.socket.reset();
      finish(connection, fail(fmt::format("connect: {}", std::strerror(error))));
    } else {
      connection.connected = true;
      readiness_.change(connection.socket.number(), EPOLLIN, {tag_kind_, index});
      send_current(connection);
    }
  } else if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) {
    const std::optional<ByteSpan> bytes = receive_some(connection.socket.number(), scratch);
    if (bytes) on_bytes(connection, *bytes);
  }
  start_waiting();
}

void Matchmaker::on_bytes(Connection& connection, ByteSpan bytes) {
  if (bytes.empty()) return fail_or_retry(connection, "the server closed the connection");
  connection.received.append(as_text(bytes));
  HttpAnswer answer;
  std::size_t consumed = 0;
  const AnswerState state = parse_answer(connection.received, answer, consumed);
  if (state == AnswerState::NeedMore) return;
  if (state == AnswerState::Broken || !connection.current) {
    connection.socket.reset();
    return finish(connection, fail("the answer is not HTTP"));
  }
  if (!answer.keep_alive) connection.socket.reset();
  on_answer(connection, answer);
}

void Matchmaker::on_answer(Connection& connection, const HttpAnswer& answer) {
  std::string& token = token_of_bot_[connection.current->bot];
  if (sign_in_path_.empty() || !token.empty()) return finish(connection, parse_seat(answer.status, answer.body));
  Result<std::string> proof = parse_token(answer.status, answer.body);
  if (!proof) return finish(connection, fail(std::move(proof).error()));
  token = *std::move(proof);
  connection.received.clear();
  if (!connection.forgotten) waiting_.push_front(std::move(*connection.current));
  connection.current.reset();
}

void Matchmaker::finish(Connection& connection, Result<Seat> seat) {
  connection.received.clear();
  if (!connection.current) return;
  const Request done = std::move(*connection.current);
  connection.current.reset();
  if (!connection.forgotten) answers_.push_back({.bot = done.bot, .seat = std::move(seat)});
}

// A kept-alive connection may be closed by the server just when it is used again: that is worth one more try.
void Matchmaker::fail_or_retry(Connection& connection, std::string reason) {
  connection.socket.reset();
  const bool retry = connection.current && !connection.current->retried && connection.received.empty();
  if (!retry) return finish(connection, fail(std::move(reason)));
  Request again = std::move(*connection.current);
  connection.current.reset();
  again.retried = true;
  waiting_.push_front(std::move(again));
}

}  // namespace throng::bench
