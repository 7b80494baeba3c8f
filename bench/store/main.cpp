// throng-store-bench: how much the store keeps, how soon, and how soon it is there again after kill -9.

#include <filesystem>
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/log.h"
#include "store/logins.h"
#include "store/measure.h"
#include "support/postgres_server.h"
#include "support/temporary_folder.h"

namespace throng::bench {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value) { return static_cast<double>(static_cast<std::int64_t>(value * 100)) / 100; }

Json shown(const PumpFigures& figures) {
  return {{"per_s", rounded(figures.per_s)}, {"p50_ms", rounded(figures.p50_ms)}, {"p99_ms", rounded(figures.p99_ms)}};
}

Result<Json> measure_engine(StoreBenchSettings settings, const std::string& recovery_url) {
  Json figures;
  THRONG_TRY(const double fsyncs, measure_fsyncs(settings.folder, 1));
  figures["device_fsyncs_per_s"] = rounded(fsyncs);
  StoreBenchSettings recovery = settings;
  recovery.url = recovery_url;
  THRONG_TRY(const RecoveryFigures again, measure_recovery(recovery));  // before there are threads
  figures["recovery"] = {{"open_ms", rounded(again.open_ms)},
                         {"writable_ms", rounded(again.writable_ms)},
                         {"characters_ms", rounded(again.characters_ms)},
                         {"rooms_ms", rounded(again.rooms_ms)},
                         {"characters", again.characters},
                         {"rooms", again.rooms}};
  THRONG_TRY(const auto store, services::open_store(store_settings(settings.url)));
  THRONG_TRY(const BenchWorld world, make_bench_world(*store, settings));
  THRONG_TRY(const LedgerFigures ledger, measure_ledger(*store, world, settings));
  figures["ledger"] = {{"moves_per_s", rounded(ledger.moves_per_s)},
                       {"commits_per_s", rounded(ledger.commits_per_s)},
                       {"cpu_us_per_move", rounded(ledger.cpu_us_per_move)},
                       {"written_bytes_per_move", rounded(ledger.written_bytes_per_move)},
                       {"cuts", shown(ledger.cuts)}};
  THRONG_TRY(const PumpFigures loads, measure_loads(*store, world, settings.seconds / 2));
  figures["character_loads"] = shown(loads);
  THRONG_TRY(const LoginFigures logins, measure_logins(*store, settings.seconds / 2));
  figures["logins"] = shown(logins.logins);
  figures["logins"].update(
      {{"argon2_memory_kib", logins.memory_kib}, {"argon2_passes", logins.passes}, {"argon2_threads", logins.threads}});
  return figures;
}

Result<Json> measure_sqlite(StoreBenchSettings settings) {
  const TemporaryFolder folder;
  settings.folder = folder.path();
  settings.url = "sqlite:" + folder.path("bench.db");
  return measure_engine(settings, "sqlite:" + folder.path("recovery.db"));
}

Result<Json> measure_postgres(StoreBenchSettings settings) {
  PostgresServer server(PostgresServer::Settings{.fsync = true});
  const TemporaryFolder folder;
  settings.folder = folder.path();
  settings.url = server.url(server.create_database());
  return measure_engine(settings, server.url(server.create_database()));
}

}  // namespace
}  // namespace throng::bench

int main(int argc, char** argv) {
  using namespace throng::bench;
  StoreBenchSettings settings;
  std::vector<std::string> engines{"sqlite", "postgres"};
  CLI::App app("throng-store-bench: ledger transactions a second, durable; loads; logins; recovery after kill -9");
  app.add_option("--engines", engines, "sqlite, postgres; the latter is started from Debian's package")->delimiter(',');
  app.add_option("--seconds", settings.seconds, "of each measurement")->capture_default_str();
  app.add_option("--rooms", settings.rooms, "each with one cut under way")->capture_default_str();
  app.add_option("--moves", settings.moves, "in each cut")->capture_default_str();
  app.add_option("--saves", settings.saves, "characters written in each cut")->capture_default_str();
  app.add_option("--sheet-bytes", settings.sheet_bytes, "of each of them")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  throng::set_log_level(throng::LogLevel::Error);
  nlohmann::ordered_json all;
  for (const std::string& engine : engines) {
    const auto figures = engine == "sqlite" ? measure_sqlite(settings) : measure_postgres(settings);
    if (!figures) {
      std::cerr << "throng-store-bench: " << engine << ": " << figures.error().message << '\n';
      return 1;
    }
    all[engine] = *figures;
  }
  std::cout << all.dump(2) << '\n';
  return 0;
}
