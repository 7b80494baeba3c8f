#include "app/options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/exit_codes.h"
#include "app/open_tracing.h"

namespace throng::app {
namespace {

constexpr const char* kFooter =
    "Settings come from flags, then the environment, then config/server/*.json.\n"
    "Exit codes: 0 after a clean end, 1 when something failed, 2 when flags or configuration are wrong.";

void add_server_flags(CLI::App& cli, Options& options) {
  cli.add_option("--config-dir", options.config_dir, "folder with server/ and content/")
      ->envname("THRONG_CONFIG_DIR")
      ->capture_default_str();
  cli.add_option("--port", options.port, "port to listen on; 0 takes any free one (server.json: port)")
      ->envname("PORT")
      ->check(CLI::Range(0, 65535));
  cli.add_option("--host", options.host, "address to listen on (server.json: host)")->envname("HOST");
  cli.add_option("--public-address", options.public_address, "host[:port][/path] that clients are told to dial")
      ->envname("THRONG_PUBLIC_ADDRESS");
  cli.add_option("--log-level", options.log_level, "debug, info, warning, error or off")
      ->envname("THRONG_LOG_LEVEL")
      ->check(CLI::IsMember({"debug", "info", "warn", "warning", "error", "off"}));
  cli.add_option("--log-format", options.log_format, "human, json, or auto: human on a terminal, JSON otherwise")
      ->envname("THRONG_LOG_FORMAT")
      ->check(CLI::IsMember({"auto", "human", "json"}));
  cli.add_option("--workers", options.workers, "threads that serve clients; 0 is one per core")
      ->envname("THRONG_WORKERS")
      ->check(CLI::Range(0, 256));
  cli.add_option("--web-root", options.web_root, "folder of the built page")->envname("THRONG_WEB_ROOT");
  cli.add_option("--data-dir", options.data_dir, "folder of what the program keeps (server.json: data_dir)")
      ->envname("THRONG_DATA_DIR");
  cli.add_option(
         "--database-url", options.database_url,
         "sqlite:PATH or postgres://user@host/name (server.json: database_url); throng.db in the data folder when "
         "left out")
      ->envname("DATABASE_URL");
  cli.add_option("--metrics-port", options.metrics_port,
                 "port of its own for /metrics; 0 takes any free one, -1 is the port of the game")
      ->envname("THRONG_METRICS_PORT")
      ->check(CLI::Range(-1, 65535));
}

/// `throngd config …`: each verb sets itself when it was on the command line.
class ConfigCommands {
 public:
  ConfigCommands(CLI::App& cli, ConfigOptions& options)
      : options_(options),
        config_(cli.add_subcommand("config", "versions of the content: check, list, compare, bring back")) {
    config_->require_subcommand(1);
    config_->fallthrough();
    config_->footer(kConfigFooter);
    add_looking();
    add_changing();
  }

  bool parsed() const { return config_->parsed(); }

 private:
  static constexpr const char* kConfigFooter =
      "Versions are kept in the database. A running server takes what lands in config_dir/content by itself.\n"
      "Exit codes: 0 done, 1 refused or failed, 2 when flags or server.json are wrong, or no database is there.";

  CLI::App& verb(const char* name, ConfigVerb verb, const char* help) {
    CLI::App* const command = config_->add_subcommand(name, help);
    command->fallthrough();
    command->callback([this, verb] { options_.verb = verb; });
    return *command;
  }
  CLI::Option& version(CLI::App& command) {
    return *command.add_option("version", options_.version, "number of a version")->check(CLI::PositiveNumber);
  }
  void add_note(CLI::App& command) {
    command.add_option("--author", options_.author, "who does it; USER when left out");
    command.add_option("--reason", options_.reason, "why, for the history");
  }

  void add_looking() {
    CLI::App& check =
        verb("check", ConfigVerb::Check, "read a content folder and say everything that is wrong with it");
    check.add_option("--dir", options_.dir, "the folder, when it is not config_dir/content");
    check
        .add_option("--against", options_.against, "live: what would change in the running server, and whom it touches")
        ->check(CLI::IsMember({"live"}));
    verb("list", ConfigVerb::List, "every version that is kept: number, time, author, reason");
    version(verb("show", ConfigVerb::Show, "one version, and what it changed (RFC 6902)")).required();
    CLI::App& diff = verb("diff", ConfigVerb::Diff, "what changed from one version to another, in words");
    version(diff).required();
    diff.add_option("other", options_.other, "number of the newer one; the live version when left out")
        ->check(CLI::PositiveNumber);
    verb("status", ConfigVerb::Status, "what the running server plays: live version, its rooms, the last failure");
  }

  void add_changing() {
    CLI::App& rollback = verb("rollback", ConfigVerb::Rollback, "bring a version back, as a new version");
    version(rollback).required();
    add_note(rollback);
    CLI::App& taking = verb("import", ConfigVerb::Import, "check a folder, then make it the content, as a new version");
    taking.add_option("dir", options_.dir, "a content folder")->required()->check(CLI::ExistingDirectory);
    add_note(taking);
    CLI::App& giving = verb("export", ConfigVerb::Export, "write the files of a version into a folder");
    version(giving).required();
    giving.add_option("dir", options_.dir, "made when it is not there")->required();
    verb("reload", ConfigVerb::Reload, "make the running server read its content folder now, and say what came of it");
  }

  ConfigOptions& options_;
  CLI::App* const config_;
};

/// What is wrong, and what would be right: an example of the command, or its verbs when none was named.
std::string explain(const CLI::App* app, const CLI::Error& error) {
  const CLI::App* command = app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  const bool no_verb = error.get_name() == "RequiredError" && command->get_require_subcommand_min() > 0;
  if (no_verb) return command->help();
  const std::string footer = command->get_footer();
  const bool example = command != app && footer.rfind("Example: ", 0) == 0;
  return fmt::format("{}\n{}Run with --help for more information.\n", error.what(), example ? footer + "\n" : "");
}

}  // namespace

ParsedOptions parse_options(int argc, const char* const* argv) {
  Options options;
  CLI::App cli("Throng, the MMO server that Colyseus clients join", "throngd");
  cli.footer(std::string(kTracingHelp) + "\n" + kFooter);
  add_server_flags(cli, options);
  CLI::App* replay = cli.add_subcommand("replay", "run recordings again and compare every digest");
  replay->add_option("files", options.recordings, "recordings (*.trec)")->required()->check(CLI::ExistingFile);
  CLI::App* check = cli.add_subcommand("check", "read the whole configuration, say what is wrong with it, and end");
  const ConfigCommands config(cli, options.config);
  const StoreCommands store(cli, options.store);
  const OperatorCommandLine operators(cli, options.operators);
  const CLI::App* const account = add_account_command(cli, options.account);
  cli.require_subcommand(0, 1);
  cli.failure_message(explain);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {  // CLI11 reports by throwing; --help ends here as well
    const int code = cli.exit(error);
    return {std::nullopt, code == 0 ? kExitOk : kExitConfiguration};
  }
  if (replay->parsed()) options.command = Command::Replay;
  if (check->parsed()) options.command = Command::Check;
  if (config.parsed()) options.command = Command::Config;
  if (store.ledger()) options.command = Command::Ledger;
  if (store.backup()) options.command = Command::Backup;
  if (store.restore()) options.command = Command::Restore;
  if (account->parsed()) options.command = Command::Account;
  if (operators.log_level()) options.command = Command::LogLevel;
  if (operators.profile()) options.command = Command::Profile;
  return {options, kExitOk};
}

}  // namespace throng::app
