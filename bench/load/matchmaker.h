#pragma once
// Asks for seats over a few kept-alive HTTP connections.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "load/bot.h"
#include "load/http_text.h"
#include "load/socket.h"

namespace throng::bench {

class Matchmaker {
 public:
  struct Answer {
    std::uint32_t bot = 0;
    Result<Seat> seat;
  };

  /// Events of connection i are reported with the tag {tag_kind, i}.
  /// @param sign_in_path  where a bot without an account gets one before its first seat; empty: all are guests
  Matchmaker(Readiness& readiness, std::uint32_t tag_kind, const SocketAddress& address, std::string host_header,
             std::string path, std::string sign_in_path, int connections);

  /// POSTs `options` on behalf of `bot`. Waiting requests are bounded by the joins under way.
  void request(std::uint32_t bot, std::string options);
  void on_event(std::uint32_t connection, std::uint32_t events, std::span<std::uint8_t> scratch);
  /// Gives up what a bot waits for; its answer will not be reported.
  void forget(std::uint32_t bot);

  /// Answers since the last call.
  std::vector<Answer> take_answers();

 private:
  struct Request {
    std::uint32_t bot = 0;
    std::string options;
    bool retried = false;
  };
  struct Connection {
    Descriptor socket;
    std::string received;
    std::optional<Request> current;  // while busy
    bool connected = false;
    bool forgotten = false;  // nobody waits for the current answer
  };

  void start_waiting();
  void start(std::uint32_t index);
  void send_current(Connection& connection);
  void on_bytes(Connection& connection, ByteSpan bytes);
  void on_answer(Connection& connection, const HttpAnswer& answer);
  void finish(Connection& connection, Result<Seat> seat);
  void fail_or_retry(Connection& connection, std::string reason);

  Readiness& readiness_;
  std::uint32_t tag_kind_;
  SocketAddress address_;
  std::string host_header_;
  std::string path_;
  std::string sign_in_path_;
  std::unordered_map<std::uint32_t, std::string> token_of_bot_;  // bound: the bots
  std::vector<Connection> connections_;
  std::deque<Request> waiting_;
  std::vector<Answer> answers_;
};

/// The token in the answer to signing in.
Result<std::string> parse_token(int status, std::string_view body);
/// The seat in a match-making answer.
Result<Seat> parse_seat(int status, std::string_view body);

}  // namespace throng::bench
