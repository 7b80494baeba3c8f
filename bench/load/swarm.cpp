#include "load/swarm.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace throng::bench {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kScratchBytes = 256 * 1024;
constexpr std::size_t kEventsAtOnce = 256;  // so that moves are not held up by more than a millisecond of reading
constexpr int kMatchmakerConnectionsMax = 32;
constexpr Nanoseconds kTurnMax = milliseconds(1);
constexpr Nanoseconds kHousePeriod = milliseconds(100);
constexpr Nanoseconds kJoinTimeout = seconds(15);
constexpr Nanoseconds kLeaveTimeout = seconds(2);
constexpr Nanoseconds kRejoinDelay = seconds(1);
constexpr Nanoseconds kOpenGapCounts = milliseconds(100);
constexpr int kSipsPerMisdeeds = 10;  // slow readers read at every tenth turn of misbehave(): once a second
constexpr int kSlowWindowBytes = 4096;

double in_seconds(Nanoseconds span) { return std::chrono::duration<double>(span).count(); }
Nanoseconds from_seconds(double span) { return duration_cast<Nanoseconds>(std::chrono::duration<double>(span)); }

double side_for(const Settings& settings) {
  if (settings.side_units > 0) return settings.side_units;
  if (settings.has(Behaviour::Crowd)) return kCrowdSideUnits;
  return reference_side_units(settings.clients());
}

double own_cpu_seconds() {
  const std::optional<ProcessUsage> usage = read_process_usage(getpid());
  return usage ? usage->cpu_seconds : 0;
}

std::string host_header(const Settings& settings) { return fmt::format("{}:{}", settings.host, settings.port); }

}  // namespace

Swarm::Swarm(const Settings& settings, const SocketAddress& address, std::function<void(const std::string&)> progress)
    : settings_(settings),
      address_(address),
      progress_(std::move(progress)),
      scratch_(kScratchBytes),
      context_{settings, record_.tally, host_header(settings), scratch_, side_for(settings)},
      matchmaker_(readiness_, kMatchmakerEvents, address, host_header(settings),
                  settings.path_prefix + "/matchmake/joinOrCreate/" + settings.room,
                  settings.sign_in ? settings.path_prefix + "/auth/anonymous" : std::string(),
                  std::min(kMatchmakerConnectionsMax, std::max(1, settings.in_flight))) {
  record_.side_units = context_.side_units;
  create_bots();
}

void Swarm::create_bots() {
  bots_.reserve(static_cast<std::size_t>(settings_.clients()));
  int watched = 0;
  for (const MixPart& part : settings_.mix) {
    for (int i = 0; i < part.clients; ++i) {
      const bool watch = sends_moves(part.behaviour) && watched < settings_.watched;
      if (watch) ++watched;
      const auto index = static_cast<std::uint32_t>(bots_.size());
      bots_.emplace_back(part.behaviour, index, watch, context_);
      ready_.push_back(index);
      if (is_measured(part.behaviour)) ++record_.measured_clients;
    }
  }
  record_.clients = static_cast<int>(bots_.size());
}

std::optional<ProcessUsage> Swarm::server_usage() const {
  return settings_.server_pid > 0 ? read_process_usage(settings_.server_pid) : std::nullopt;
}

RunRecord Swarm::run(const std::atomic<bool>& stop) {
  began_ = stage_began_ = last_join_done_ = playing_since_ = system_clock().now();
  record_.server_at_start = server_usage();
  std::array<epoll_event, kEventsAtOnce> events{};
  while (stage_ != Stage::Finished && !stop) {
    turn(system_clock().now());
    const std::size_t count = readiness_.wait(events, kTurnMax);
    for (std::size_t i = 0; i < count; ++i) on_event(events[i]);
  }
  const MonotonicTime now = system_clock().now();
  if (stage_ == Stage::Window) end_window(now);
  record_.interrupted = stop;
  record_.playing_at_end = playing_;
  for (Bot& bot : bots_) {
    if (bot.phase() == BotPhase::Playing && bot.behaviour() != Behaviour::Limit) bot.leave(now);
    bot.close(BotPhase::Done, now);
  }
  return std::move(record_);
}

void Swarm::turn(MonotonicTime now) {
  begin_due_joins(now);
  take_seats(now);
  send_due_moves(now);
  if (now < next_house_) return;
  next_house_ = now + kHousePeriod;
  keep_house(now);
}

void Swarm::keep_house(MonotonicTime now) {
  check_timeouts(now);
  misbehave(now);
  std::erase_if(delayed_, [this, now](const Delayed& delayed) {
    if (delayed.until > now) return false;
    ready_.push_back(delayed.bot);
    return true;
  });
  advance_stage(now);
}

// Stages ------------------------------------------------------------------------------------------------------------

bool Swarm::joining_is_over(MonotonicTime now) const {
  const bool only_storm = std::all_of(settings_.mix.begin(), settings_.mix.end(),
                                      [](const MixPart& part) { return part.behaviour == Behaviour::Storm; });
  if (only_storm) return true;
  const double patience = settings_.clients() / (settings_.join_rate > 0 ? settings_.join_rate : 100.0) * 3 + 60;
  if (in_seconds(now - began_) > patience) return true;
  return std::none_of(bots_.begin(), bots_.end(), [](const Bot& bot) {
    const bool settles = bot.behaviour() != Behaviour::Storm && bot.behaviour() != Behaviour::Garbage;
    return settles && (bot.phase() == BotPhase::Waiting || is_joining(bot.phase()));
  });
}

void Swarm::advance_stage(MonotonicTime now) {
  if (stage_ == Stage::Joining && joining_is_over(now)) end_joining(now);
  if (stage_ == Stage::Warmup && now - stage_began_ >= from_seconds(settings_.warmup_seconds)) begin_window(now);
  if (stage_ == Stage::Window && now - stage_began_ >= from_seconds(settings_.window_seconds)) end_window(now);
}

void Swarm::end_joining(MonotonicTime now) {
  stage_ = Stage::Warmup;
  stage_began_ = now;
  record_.joining_seconds = in_seconds(last_join_done_ - began_);
  record_.joins_at_joined = record_.tally.joins;
  record_.server_at_joined = server_usage();
  if (progress_) {
    progress_(fmt::format("{} of {} clients playing after {:.1f} s; warming up", playing_, bots_.size(),
                          record_.joining_seconds));
  }
}

void Swarm::begin_window(MonotonicTime now) {
  stage_ = Stage::Window;
  stage_began_ = playing_since_ = now;
  record_.tally.measuring = true;
  record_.server_at_window = server_usage();
  own_cpu_at_window_ = own_cpu_seconds();
  machine_busy_at_window_ = read_machine_busy_seconds();
  if (progress_) progress_(fmt::format("measuring for {} s", settings_.window_seconds));
}

void Swarm::end_window(MonotonicTime now) {
  count_playing(0, now);
  for (const Bot& bot : bots_) {
    const bool expects_patches = bot.phase() == BotPhase::Playing && sends_moves(bot.behaviour());
    const Nanoseconds open = now - std::max(bot.last_patch(), stage_began_);
    if (expects_patches && open > kOpenGapCounts) {
      record_.tally.patch_gap_us.record(duration_cast<std::chrono::microseconds>(open).count());
    }
  }
  record_.tally.measuring = false;
  record_.window_seconds = in_seconds(now - stage_began_);
  record_.server_at_end = server_usage();
  record_.own_cpu_seconds = own_cpu_seconds() - own_cpu_at_window_;
  record_.machine_busy_seconds = read_machine_busy_seconds() - machine_busy_at_window_;
  stage_ = Stage::Finished;
}

void Swarm::count_playing(int change, MonotonicTime now) {
  if (record_.tally.measuring) record_.tally.player_seconds += playing_ * in_seconds(now - playing_since_);
  playing_since_ = now;
  playing_ += change;
}

// Joining -----------------------------------------------------------------------------------------------------------

void Swarm::begin_due_joins(MonotonicTime now) {
  while (!ready_.empty() && joining_ < settings_.in_flight) {
    const double due = settings_.join_rate > 0 ? in_seconds(now - began_) * settings_.join_rate + 1 : HUGE_VAL;
    if (static_cast<double>(joins_begun_) >= due) return;
    Bot& bot = bots_[ready_.front()];
    ready_.pop_front();
    ++joins_begun_;
    ++joining_;
    begin_join(bot, now);
  }
}

void Swarm::begin_join(Bot& bot, MonotonicTime now) {
  bot.begin_join(now);
  if (bot.behaviour() == Behaviour::Limit) return connect(bot, {}, now);
  matchmaker_.request(bot.index(), bot.join_options());
}

void Swarm::take_seats(MonotonicTime now) {
  for (Matchmaker::Answer& answer : matchmaker_.take_answers()) {
    Bot& bot = bots_[answer.bot];
    if (answer.seat) {
      connect(bot, *answer.seat, now);
    } else {
      record_.tally.fault(Fault::MatchmakeFailed, answer.seat.error().message);
      fail_join(bot, now);
    }
  }
}

void Swarm::connect(Bot& bot, const Seat& seat, MonotonicTime now) {
  ConnectOptions options;
  const int needed =
      (settings_.clients() + Settings::kClientsPerSourceAddress - 1) / Settings::kClientsPerSourceAddress;
  const int sources = settings_.source_addresses > 0 ? settings_.source_addresses : needed > 1 ? needed : 0;
  if (sources > 0) options.source_index = bot.index() % static_cast<std::uint32_t>(sources);
  if (bot.behaviour() == Behaviour::Slow) options.receive_window_bytes = kSlowWindowBytes;
  Result<Descriptor> socket = begin_connect(address_, options);
  if (!socket) {
    record_.tally.fault(Fault::ConnectFailed, socket.error().message);
    return fail_join(bot, now);
  }
  bot.connect(std::move(*socket), seat, now);
  readiness_.add(bot.descriptor(), EPOLLOUT, {kBotEvents, bot.index()});
}

void Swarm::on_joined(Bot& bot, MonotonicTime now) {
  --joining_;
  count_playing(1, now);
  last_join_done_ = now;
  Tally& tally = record_.tally;
  ++tally.joins;
  if (tally.measuring) ++tally.window_joins;
  tally.join_us.record(duration_cast<std::chrono::microseconds>(now - bot.join_began()).count());
  if (moves_began_ == MonotonicTime{}) moves_began_ = now;
  if (bot.behaviour() == Behaviour::Slow) readiness_.change(bot.descriptor(), 0, {kBotEvents, bot.index()});
  if (bot.behaviour() == Behaviour::Storm) {
    count_playing(-1, now);
    bot.leave(now);
  }
}

void Swarm::fail_join(Bot& bot, MonotonicTime now) {
  --joining_;
  const bool tries_again = bot.behaviour() == Behaviour::Storm || bot.behaviour() == Behaviour::Garbage;
  if (is_measured(bot.behaviour())) ++record_.tally.lost;
  drop(bot, tries_again ? BotPhase::Waiting : BotPhase::Done, now);
  if (tries_again) delayed_.push_back({now + kRejoinDelay, bot.index()});
}

void Swarm::drop(Bot& bot, BotPhase next, MonotonicTime now) {
  if (bot.phase() == BotPhase::Playing) count_playing(-1, now);
  bot.close(next, now);
}

// Playing -----------------------------------------------------------------------------------------------------------

// The rota goes round all bots in one move period, each at its own place: no bursts, and no drift.
void Swarm::send_due_moves(MonotonicTime now) {
  if (moves_began_ == MonotonicTime{} || settings_.moves_per_second <= 0) return;
  const double places_per_second = settings_.moves_per_second * static_cast<double>(bots_.size());
  const auto due = static_cast<std::uint64_t>(in_seconds(now - moves_began_) * places_per_second);
  if (due > moves_due_ + bots_.size()) moves_due_ = due - bots_.size();  // held up for a whole round: skip
  for (; moves_due_ < due; ++moves_due_) {
    Bot& bot = bots_[moves_due_ % bots_.size()];
    if (bot.phase() == BotPhase::Playing && sends_moves(bot.behaviour())) bot.move(now);
  }
}

void Swarm::misbehave(MonotonicTime now) {
  const bool sip_now = ++misdeeds_ % kSipsPerMisdeeds == 0;
  for (Bot& bot : bots_) {
    if (bot.phase() != BotPhase::Playing) continue;
    if (bot.behaviour() == Behaviour::Garbage) bot.send_garbage();
    if (bot.behaviour() == Behaviour::Slow && sip_now && !bot.sip()) on_gone(bot, now);
  }
}

void Swarm::check_timeouts(MonotonicTime now) {
  for (Bot& bot : bots_) {
    if (is_joining(bot.phase()) && now - bot.join_began() > kJoinTimeout) {
      record_.tally.fault(Fault::JoinTimeout, fmt::format("in phase {}", static_cast<int>(bot.phase())));
      if (bot.phase() == BotPhase::Matchmaking) matchmaker_.forget(bot.index());
      fail_join(bot, now);
    } else if (bot.phase() == BotPhase::Leaving && now - bot.phase_began() > kLeaveTimeout) {
      record_.tally.fault(Fault::LeaveTimeout, "the server did not close after LEAVE_ROOM");
      on_gone(bot, now);
    }
  }
}

// Events ------------------------------------------------------------------------------------------------------------

void Swarm::on_event(const epoll_event& event) {
  const EventTag tag = Readiness::tag_of(event);
  if (tag.kind == kMatchmakerEvents) return matchmaker_.on_event(tag.index, event.events, scratch_);
  on_bot_event(bots_[tag.index], event.events, system_clock().now());
}

void Swarm::on_bot_event(Bot& bot, std::uint32_t events, MonotonicTime now) {
  if (bot.descriptor() < 0) return;
  if (bot.phase() == BotPhase::Connecting) {
    const int error = socket_error(bot.descriptor());
    if (error != 0 || !bot.send_upgrade(now)) {
      record_.tally.fault(Fault::ConnectFailed, std::strerror(error));
      return fail_join(bot, now);
    }
    return readiness_.change(bot.descriptor(), EPOLLIN, {kBotEvents, bot.index()});
  }
  const bool hung_up = (events & EPOLLIN) == 0 && (events & (EPOLLHUP | EPOLLERR)) != 0;
  switch (hung_up ? BotEvent::Gone : bot.on_readable(now)) {
    case BotEvent::Joined: return on_joined(bot, now);
    case BotEvent::Gone: return on_gone(bot, now);
    case BotEvent::Nothing: return;
  }
}

void Swarm::on_gone(Bot& bot, MonotonicTime now) {
  if (is_joining(bot.phase())) {
    if (bot.close_note().empty()) record_.tally.fault(Fault::Closed, "while joining, without a reason");
    return fail_join(bot, now);
  }
  switch (bot.behaviour()) {
    case Behaviour::Storm:
      if (bot.phase() != BotPhase::Leaving) record_.tally.fault(Fault::Closed, bot.close_note());
      drop(bot, BotPhase::Waiting, now);
      ready_.push_back(bot.index());
      return;
    case Behaviour::Garbage:
      ++record_.tally.expected_closes;
      drop(bot, BotPhase::Waiting, now);
      delayed_.push_back({now + kRejoinDelay, bot.index()});
      return;
    case Behaviour::Slow: ++record_.tally.expected_closes; return drop(bot, BotPhase::Done, now);
    default:
      record_.tally.fault(Fault::Closed, bot.close_note().empty() ? "without a reason" : bot.close_note());
      ++record_.tally.lost;
      return drop(bot, BotPhase::Done, now);
  }
}

}  // namespace throng::bench
