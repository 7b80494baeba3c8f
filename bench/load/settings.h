#pragma once
// What the load generator was asked to do.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace throng::bench {

enum class Behaviour : std::uint8_t {
  Idle,     // joins and only listens
  Walk,     // a random walk, ten moves a second
  Crowd,    // the same in a square so small that everybody sees everybody
  Storm,    // joins, leaves at the first state, joins again
  Slow,     // joins, then reads 256 bytes a second through a small window
  Garbage,  // joins, then sends rubbish until it is thrown out, then joins again
  Limit,    // no match-making: a bare upgrade, for the kernel-limit program
  Loot,     // fights the nearest monster of a world and picks up what lies there
};

/// What counts as evidence that the server serves well: the others provoke it.
inline bool is_measured(Behaviour behaviour) { return behaviour != Behaviour::Slow && behaviour != Behaviour::Garbage; }
inline bool sends_moves(Behaviour behaviour) {
  return behaviour == Behaviour::Walk || behaviour == Behaviour::Crowd || behaviour == Behaviour::Limit ||
         behaviour == Behaviour::Loot;
}

enum class MoveStyle : std::uint8_t {
  Absolute,   // move {x, y}: the next place of the random walk
  Direction,  // move {x, y, seq}: a direction, each part in [-1, 1]
};

struct MixPart {
  Behaviour behaviour = Behaviour::Walk;
  int clients = 0;
};

struct Spawn {
  double x = 0;
  double y = 0;
};

struct Settings {
  static constexpr int kClientsMax = 200'000;
  static constexpr int kClientsPerSourceAddress = 25'000;  // an address has about 28,000 ephemeral ports

  std::string host = "127.0.0.1";
  std::uint16_t port = 2567;
  std::string path_prefix;  // of the endpoint, without the last slash
  std::string room = "mmo";
  std::string options = "{}";  // join options, a JSON object
  std::vector<MixPart> mix;
  double window_seconds = 10;
  double warmup_seconds = 3;
  double join_rate = 500;  // joins begun per second; 0 is as fast as `in_flight` allows
  int in_flight = 64;      // joins under way at once
  double moves_per_second = 10;
  MoveStyle move_style = MoveStyle::Absolute;
  double side_units = 0;  // of the square; 0 is what the workload says for this number of clients
  std::optional<Spawn> spawn;
  int watched = 20;      // bots that decode the whole state; of looters, all do
  bool sign_in = false;  // each with an anonymous account of its own, so that its character is kept
  int server_pid = 0;
  int source_addresses = 0;  // 0 is as many as the clients need
  std::uint64_t seed = 1;
  double patch_rate_hz = 20;
  double patch_gap_p99_ms_max = 60;  // a run holds up to here
  std::string json_file;
  bool require_hold = false;

  int clients() const;
  bool has(Behaviour behaviour) const;
};

/// "walk=900,slow=50,garbage=50".
Result<std::vector<MixPart>> parse_mix(std::string_view text);
Result<Behaviour> parse_behaviour(std::string_view name);
std::string_view name_of(Behaviour behaviour);

/// Fills host, port and path prefix from http://host:port/prefix or ws://….
Result<void> parse_endpoint(std::string_view url, Settings& into);

}  // namespace throng::bench
