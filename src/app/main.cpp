// throngd: parses what it is asked, then serves, replays, or checks.

#include <cstdio>

#include <fmt/format.h>

#include "app/account_command.h"
#include "app/backup_command.h"
#include "app/config_command.h"
#include "app/configuration.h"
#include "app/exit_codes.h"
#include "app/ledger_command.h"
#include "app/operator_command.h"
#include "app/options.h"
#include "app/replay.h"
#include "app/server.h"

int main(int argc, char** argv) {
  using namespace throng::app;
  const ParsedOptions parsed = parse_options(argc, argv);
  if (!parsed.options) return parsed.exit_code;
  if (parsed.options->command == Command::Replay) return replay_files(*parsed.options);
  if (parsed.options->command == Command::Ledger) return run_ledger_command(*parsed.options);
  if (parsed.options->command == Command::Backup) return run_backup_command(*parsed.options);
  if (parsed.options->command == Command::Restore) return run_restore_command(*parsed.options);
  if (parsed.options->command == Command::Config) return run_config_command(*parsed.options);
  if (parsed.options->command == Command::Account) return run_account_command(*parsed.options);
  if (parsed.options->command == Command::LogLevel) return run_log_level_command(*parsed.options);
  if (parsed.options->command == Command::Profile) return run_profile_command(*parsed.options);
  throng::Result<Configuration> configuration = load_configuration(*parsed.options);
  if (!configuration) {
    fmt::print(stderr, "throngd: the configuration is wrong; nothing was started.\n{}\n",
               configuration.error().message);
    return kExitConfiguration;
  }
  if (parsed.options->command == Command::Check) {
    fmt::print("the configuration is right: {} rooms, {} maps\n", configuration->rooms.rooms.size(),
               configuration->content->maps.size());
    return kExitOk;
  }
  return serve(*std::move(configuration));
}
