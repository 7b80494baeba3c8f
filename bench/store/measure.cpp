#include "store/measure.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <future>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/counters.h"
#include "services/store/characters_repository.h"
#include "services/store/keep_checkpoint.h"

namespace throng::bench {
namespace {

using Steady = std::chrono::steady_clock;

double milliseconds_since(Steady::time_point begin) {
  return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

double percentile(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

/// All rooms at once, each with one cut under way.
class CutPump {
 public:
  CutPump(services::Store& store, const BenchWorld& world, const StoreBenchSettings& settings)
      : store_(store), world_(world), settings_(settings), numbers_(world.rooms.size(), 0) {}

  void start() {
    running_ = world_.rooms.size();
    for (std::size_t room = 0; room < world_.rooms.size(); ++room) hand_over(room);
  }
  void stop_and_wait() {
    stop_ = true;
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return running_ == 0; });
  }
  std::vector<double>& times() { return times_; }
  const std::string& refused() const { return refused_; }

 private:
  void hand_over(std::size_t room) {
    const Steady::time_point begin = Steady::now();
    const bool taken = store_.keep(next_bench_cut(world_, settings_, room, ++numbers_[room]),
                                   [this, room, begin](const room::CutOutcome& outcome) {
                                     times_.push_back(milliseconds_since(begin));  // the store's thread alone
                                     if (!outcome.refused.empty()) refused_ = outcome.refused;
                                     if (stop_ || !refused_.empty()) return end_room();
                                     hand_over(room);
                                   });
    if (!taken) end_room();
  }
  void end_room() {
    const std::lock_guard lock(mutex_);
    --running_;
    ended_.notify_all();
  }

  services::Store& store_;
  const BenchWorld& world_;
  const StoreBenchSettings& settings_;
  std::vector<std::int64_t> numbers_;
  std::vector<double> times_;
  std::string refused_;
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::condition_variable ended_;
  std::size_t running_ = 0;
};

Result<void> save_worlds(services::Store& store, const StoreBenchSettings& settings) {
  return write_and_wait(store, [&](services::Connection& connection) -> Result<void> {
    std::vector<services::SqlStatement> statements;
    for (int room = 0; room < settings.rooms; ++room) {
      room::Cut cut;
      cut.room_id = fmt::format("bench-{}", room);
      std::vector<std::uint8_t> bytes(400'000);
      for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>((i * i) >> 7);
      cut.checkpoint =
          room::RoomCheckpoint{.key = cut.room_id, .fence = 1, .content_version = 1, .world = std::move(bytes)};
      services::append_checkpoint(cut, "bench", 1, statements);
    }
    return connection.run_all(statements);
  });
}

/// In the child: works until it is killed; tells by a byte when it is at it.
[[noreturn]] void work_until_killed(const StoreBenchSettings& settings, int tell) {
  auto store = services::open_store(store_settings(settings.url));
  if (!store) _exit(1);
  const auto world = make_bench_world(**store, settings);
  if (!world || !save_worlds(**store, settings)) _exit(1);
  CutPump pump(**store, *world, settings);
  pump.start();
  std::this_thread::sleep_for(std::chrono::seconds(3));  // a log to be taken up has piled up
  if (write(tell, "x", 1) != 1) _exit(1);
  for (;;) pause();
}

Result<std::int64_t> read_all(services::Connection& connection, std::string_view sql, bool worlds) {
  std::int64_t after_count = 0;
  std::string after;
  for (;;) {
    THRONG_TRY(const services::Rows rows, connection.run(sql, {after}));
    if (rows.empty()) return after_count;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (worlds)
        THRONG_CHECK(Result<void>(services::unpacked_world(rows.blob(i, 1)) ? Result<void>() : fail("a world")));
      ++after_count;
    }
    after = rows.text(rows.size() - 1, 0);
  }
}

Result<RecoveryFigures> take_up_again(const StoreBenchSettings& settings) {
  RecoveryFigures figures;
  const Steady::time_point begin = Steady::now();
  THRONG_TRY(const auto store, services::open_store(store_settings(settings.url)));
  figures.open_ms = milliseconds_since(begin);
  THRONG_CHECK(write_and_wait(*store, [](services::Connection& connection) -> Result<void> {
    THRONG_TRY(const std::int64_t released, services::release_leases_of(connection, "bench"));
    static_cast<void>(released);
    return {};
  }));
  figures.writable_ms = milliseconds_since(begin);
  THRONG_CHECK(write_and_wait(*store, [&](services::Connection& connection) -> Result<void> {
    THRONG_TRY(
        figures.characters,
        read_all(connection, "SELECT name_key, sheet FROM character WHERE name_key > $1 ORDER BY name_key LIMIT 1000",
                 false));
    figures.characters_ms = milliseconds_since(begin);
    THRONG_TRY(
        figures.rooms,
        read_all(connection, "SELECT key, state FROM room_checkpoint WHERE key > $1 ORDER BY key LIMIT 10", true));
    figures.rooms_ms = milliseconds_since(begin);
    return {};
  }));
  return figures;
}

}  // namespace

Result<double> measure_fsyncs(const std::string& folder, double seconds) {
  const std::string name = folder + "/fsyncs";
  const int file = open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return fail(name + " cannot be written");
  const std::vector<char> page(4096, 'x');
  const Steady::time_point begin = Steady::now();
  std::int64_t count = 0;
  for (; milliseconds_since(begin) < seconds * 1000; ++count) {
    if (pwrite(file, page.data(), page.size(), (count % 256) * 4096) < 0 || fdatasync(file) != 0) break;
  }
  const double rate = static_cast<double>(count) / (milliseconds_since(begin) / 1000);
  close(file);
  unlink(name.c_str());
  return rate;
}

Result<LedgerFigures> measure_ledger(services::Store& store, const BenchWorld& world,
                                     const StoreBenchSettings& settings) {
  CutPump pump(store, world, settings);
  const std::uint64_t moves = counted(Counter::StoreMoves);
  const std::uint64_t commits = counted(Counter::StoreGroups);
  const Steady::time_point begin = Steady::now();
  pump.start();
  std::this_thread::sleep_for(std::chrono::duration<double>(settings.seconds));
  pump.stop_and_wait();
  const double took = milliseconds_since(begin) / 1000;
  if (!pump.refused().empty()) return fail(pump.refused());
  LedgerFigures figures;
  figures.moves_per_s = static_cast<double>(counted(Counter::StoreMoves) - moves) / took;
  figures.cuts_per_s = static_cast<double>(pump.times().size()) / took;
  figures.commits_per_s = static_cast<double>(counted(Counter::StoreGroups) - commits) / took;
  figures.durable_p50_ms = percentile(pump.times(), 0.5);
  figures.durable_p99_ms = percentile(pump.times(), 0.99);
  return figures;
}

Result<double> measure_loads(services::Store& store, const BenchWorld& world, double seconds) {
  constexpr int kUnderWay = 64;
  std::vector<room::CharacterLease> all;
  for (const auto& room : world.rooms) all.insert(all.end(), room.begin(), room.end());
  const Steady::time_point begin = Steady::now();
  std::int64_t loaded = 0;
  while (milliseconds_since(begin) < seconds * 1000) {
    std::vector<std::future<void>> under_way;
    for (int i = 0; i < kUnderWay; ++i) {
      auto done = std::make_shared<std::promise<void>>();
      under_way.push_back(done->get_future());
      const room::CharacterLease& who = all[static_cast<std::size_t>(loaded++) % all.size()];
      store.write(
          [who](services::Connection& connection) -> Result<void> {
            THRONG_TRY(const auto answer, services::load_character(connection, who.character, who.account, "bench", 2,
                                                                   1, services::TakeOver::Always));
            return answer.loaded ? Result<void>() : fail("not loaded");
          },
          [done](const Result<void>&) { done->set_value(); });
    }
    for (std::future<void>& each : under_way) each.wait();
  }
  return static_cast<double>(loaded) / (milliseconds_since(begin) / 1000);
}

Result<RecoveryFigures> measure_recovery(StoreBenchSettings settings) {
  settings.characters = 200;  // 10,000 in 50 rooms
  int tells[2];
  if (pipe2(tells, O_CLOEXEC) != 0) return fail("no pipe");
  const pid_t child = fork();
  if (child == 0) work_until_killed(settings, tells[1]);
  close(tells[1]);
  char told = 0;
  const bool worked = read(tells[0], &told, 1) == 1;
  close(tells[0]);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  if (!worked) return fail("the process that was to be killed failed by itself");
  return take_up_again(settings);
}

}  // namespace throng::bench
