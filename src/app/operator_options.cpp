#include "app/operator_options.h"

#include <CLI/CLI.hpp>

namespace throng::app {

OperatorCommandLine::OperatorCommandLine(CLI::App& cli, OperatorOptions& options)
    : log_level_(cli.add_subcommand("log-level", "show or change what the running server logs, until it ends")),
      profile_(
          cli.add_subcommand("profile", "take a CPU profile of the running server: folded stacks, for speedscope")) {
  log_level_->fallthrough();
  log_level_->add_option("level", options.level, "debug, info, warning, error or off; left out: show it")
      ->check(CLI::IsMember({"debug", "info", "warn", "warning", "error", "off"}));
  profile_->fallthrough();
  profile_->add_option("seconds", options.seconds, "how long, 1 to 60")
      ->check(CLI::Range(1, 60))
      ->capture_default_str();
  profile_->add_option("--out", options.output, "the file; the terminal when left out");
}

bool OperatorCommandLine::log_level() const { return log_level_->parsed(); }
bool OperatorCommandLine::profile() const { return profile_->parsed(); }

}  // namespace throng::app
