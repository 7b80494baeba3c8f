#include "app/backup_command.h"

#include <cstdio>

#include <fmt/format.h>

#include "app/configuration.h"
#include "app/exit_codes.h"
#include "base/clock.h"
#include "services/store/backup.h"
#include "services/store/ledger_verify.h"
#include "services/store/restore.h"

namespace throng::app {
namespace {

int tell_backup_failure(const Error& error, int exit_code) {
  fmt::print(stderr, "throngd: {}\n", error.message);
  return exit_code;
}

Result<std::string> chosen_database(const Options& options) {
  THRONG_TRY(const content::ServerDef server, load_server(options));
  return database_url_of(server);
}

}  // namespace

int run_backup_command(const Options& options) {
  const auto url = chosen_database(options);
  if (!url) return tell_backup_failure(url.error(), kExitConfiguration);
  const auto connection = services::connect_database(*url, services::Opening::Existing);
  if (!connection) return tell_backup_failure(connection.error(), kExitConfiguration);
  const auto summary = services::back_up(**connection, options.store.file);
  if (!summary) return tell_backup_failure(summary.error(), kExitFailed);
  fmt::print("{} rows of {} are in {}\n", summary->rows, services::shown_database_url(*url), options.store.file);
  return kExitOk;
}

int run_restore_command(const Options& options) {
  const auto url = chosen_database(options);
  if (!url) return tell_backup_failure(url.error(), kExitConfiguration);
  const auto onto = options.store.replace ? services::RestoreOnto::AnyDatabase : services::RestoreOnto::EmptyDatabase;
  const auto summary = services::restore_backup(*url, options.store.file, onto, system_clock().unix_milliseconds());
  if (!summary) return tell_backup_failure(summary.error(), kExitFailed);
  fmt::print("{} rows are in {}\n", summary->rows, services::shown_database_url(*url));
  const auto connection = services::connect_database(*url, services::Opening::Existing);
  if (!connection) return tell_backup_failure(connection.error(), kExitConfiguration);
  const auto report = services::verify_ledger(**connection);
  if (!report) return tell_backup_failure(report.error(), kExitFailed);
  if (report->problems.empty()) return kExitOk;
  fmt::print("the ledger in it has {} problems: see throngd ledger verify\n", report->problems.size());
  return kExitFailed;
}

}  // namespace throng::app
