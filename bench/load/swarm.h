#pragma once
// All bots of one process on one thread: who joins when, who moves when, what is counted when.

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "load/bot.h"
#include "load/matchmaker.h"
#include "load/process_usage.h"
#include "load/settings.h"
#include "load/socket.h"
#include "load/tally.h"

namespace throng::bench {

/// A finished run.
struct RunRecord {
  Tally tally;
  double side_units = 0;
  int clients = 0;
  int measured_clients = 0;
  int playing_at_end = 0;
  double joining_seconds = 0;  // from the first join begun to the last one done
  std::uint64_t joins_at_joined = 0;
  double window_seconds = 0;
  double own_cpu_seconds = 0;  // in the window
  double machine_busy_seconds = 0;  // in the window, all processes of this machine
  bool interrupted = false;
  // Of the server process, when its id was given.
  std::optional<ProcessUsage> server_at_start;
  std::optional<ProcessUsage> server_at_joined;
  std::optional<ProcessUsage> server_at_window;
  std::optional<ProcessUsage> server_at_end;
};

class Swarm {
 public:
  /// `progress` is told what goes on, a line at a time, for people; may be empty.
  Swarm(const Settings& settings, const SocketAddress& address, std::function<void(const std::string&)> progress);

  /// Joins, warms up, measures, leaves. Ends early when `stop` becomes true (set by a signal).
  RunRecord run(const std::atomic<bool>& stop);

 private:
  enum class Stage { Joining, Warmup, Window, Finished };
  static constexpr std::uint32_t kBotEvents = 0;
  static constexpr std::uint32_t kMatchmakerEvents = 1;

  void create_bots();
  void turn(MonotonicTime now);
  void advance_stage(MonotonicTime now);
  void end_joining(MonotonicTime now);
  void begin_window(MonotonicTime now);
  void end_window(MonotonicTime now);
  bool joining_is_over(MonotonicTime now) const;

  void begin_due_joins(MonotonicTime now);
  void begin_join(Bot& bot, MonotonicTime now);
  void take_seats(MonotonicTime now);
  void connect(Bot& bot, const Seat& seat, MonotonicTime now);
  void send_due_moves(MonotonicTime now);
  void keep_house(MonotonicTime now);
  void check_timeouts(MonotonicTime now);
  void misbehave(MonotonicTime now);

  void on_event(const epoll_event& event);
  void on_bot_event(Bot& bot, std::uint32_t events, MonotonicTime now);
  void on_joined(Bot& bot, MonotonicTime now);
  void on_gone(Bot& bot, MonotonicTime now);
  void fail_join(Bot& bot, MonotonicTime now);
  void drop(Bot& bot, BotPhase next, MonotonicTime now);
  void count_playing(int change, MonotonicTime now);
  std::optional<ProcessUsage> server_usage() const;

  const Settings& settings_;
  SocketAddress address_;
  std::function<void(const std::string&)> progress_;
  RunRecord record_;
  std::vector<std::uint8_t> scratch_;
  BotContext context_;
  Readiness readiness_;
  Matchmaker matchmaker_;
  std::vector<Bot> bots_;
  std::deque<std::uint32_t> ready_;  // bots that may join; at most all of them
  struct Delayed {
    MonotonicTime until;
    std::uint32_t bot;
  };
  std::vector<Delayed> delayed_;  // bots that may join again later; at most all of them

  Stage stage_ = Stage::Joining;
  MonotonicTime began_{};
  MonotonicTime stage_began_{};
  MonotonicTime last_join_done_{};
  MonotonicTime next_house_{};
  MonotonicTime next_misdeed_{};
  MonotonicTime moves_began_{};
  MonotonicTime playing_since_{};  // when `playing_` last changed, or the window began
  std::uint64_t joins_begun_ = 0;
  std::uint64_t moves_due_ = 0;  // how many places of the rota have passed
  int joining_ = 0;
  int playing_ = 0;
  double own_cpu_at_window_ = 0;
  double machine_busy_at_window_ = 0;
  std::uint32_t misdeeds_ = 0;
};

}  // namespace throng::bench
