#include "store/measure.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <ctime>
#include <fstream>
#include <string>
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

/// Every room hands over its next cut when the one before is durable.
class CutPump {
 public:
  CutPump(services::Store& store, const BenchWorld& world, const StoreBenchSettings& settings)
      : numbers_(world.rooms.size(), 0), pump_(world.rooms.size(), [&, this](std::size_t room, const Pump::Done& done) {
          const bool taken = store.keep(next_bench_cut(world, settings, room, ++numbers_[room]),
                                        [done](const room::CutOutcome& outcome) { done(outcome.refused); });
          if (!taken) done("the store took no more");
        }) {}
  Pump& pump() { return pump_; }

 private:
  std::vector<std::int64_t> numbers_;  // a room's is used by the one that is at its cut
  Pump pump_;
};

Result<void> save_worlds(services::Store& store, const StoreBenchSettings& settings) {
  return write_and_wait(store, [&](services::Connection& connection) -> Result<void> {
    std::vector<services::SqlStatement> statements;
    std::int64_t kept = 0;
    for (int room = 0; room < settings.rooms; ++room) {
      room::Cut cut;
      cut.room_id = fmt::format("bench-{}", room);
      std::vector<std::uint8_t> bytes(400'000);
      for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>((i * i) >> 7);
      cut.checkpoint =
          room::RoomCheckpoint{.key = cut.room_id, .fence = 1, .content_version = 1, .world = std::move(bytes)};
      services::append_checkpoint(cut, "bench", 1, kept, statements);
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
  CutPump cuts(**store, *world, settings);
  cuts.pump().start();
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

double cpu_microseconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

double written_bytes() {
  std::ifstream io("/proc/self/io");
  std::string name;
  double bytes = 0;
  while (io >> name >> bytes) {
    if (name == "wchar:") return bytes;
  }
  return 0;
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
  CutPump cuts(store, world, settings);
  const double cpu = cpu_microseconds();
  const double written = written_bytes();
  const std::uint64_t moves = counted(Counter::StoreMoves);
  const std::uint64_t commits = counted(Counter::StoreGroups);
  THRONG_TRY(const PumpFigures seen, cuts.pump().run(settings.seconds));
  const double took = static_cast<double>(seen.count) / seen.per_s;
  LedgerFigures figures;
  const auto moved = static_cast<double>(counted(Counter::StoreMoves) - moves);
  figures.moves_per_s = moved / took;
  figures.cpu_us_per_move = (cpu_microseconds() - cpu) / moved;
  figures.written_bytes_per_move = (written_bytes() - written) / moved;
  figures.commits_per_s = static_cast<double>(counted(Counter::StoreGroups) - commits) / took;
  figures.cuts = seen;
  return figures;
}

Result<PumpFigures> measure_loads(services::Store& store, const BenchWorld& world, double seconds) {
  constexpr std::size_t kUnderWay = 64;
  std::vector<room::CharacterLease> all;
  for (const auto& room : world.rooms) all.insert(all.end(), room.begin(), room.end());
  std::atomic<std::size_t> next{0};
  Pump pump(kUnderWay, [&](std::size_t, const Pump::Done& done) {
    const room::CharacterLease& who = all[next++ % all.size()];
    store.write(
        [who](services::Connection& connection) -> Result<void> {
          THRONG_TRY(const auto answer, services::load_character(connection, who.character, who.account, "bench", 2, 1,
                                                                 services::TakeOver::Always));
          return answer.loaded ? Result<void>() : fail("not loaded");
        },
        [done](const Result<void>& result) { done(result ? "" : result.error().message); });
  });
  return pump.run(seconds);
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
