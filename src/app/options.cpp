#include "app/options.h"

#include <CLI/CLI.hpp>

#include "app/exit_codes.h"

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
  cli.add_option("--workers", options.workers, "threads that serve clients; 0 is one per core")
      ->envname("THRONG_WORKERS")
      ->check(CLI::Range(0, 256));
  cli.add_option("--web-root", options.web_root, "folder of the built page")->envname("THRONG_WEB_ROOT");
}

}  // namespace

ParsedOptions parse_options(int argc, const char* const* argv) {
  Options options;
  CLI::App cli("Throng, the MMO server that Colyseus clients join", "throngd");
  cli.footer(kFooter);
  add_server_flags(cli, options);
  CLI::App* replay = cli.add_subcommand("replay", "run recordings again and compare every digest");
  replay->add_option("files", options.recordings, "recordings (*.trec)")->required()->check(CLI::ExistingFile);
  CLI::App* check = cli.add_subcommand("check", "read the whole configuration, say what is wrong with it, and end");
  cli.require_subcommand(0, 1);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {  // CLI11 reports by throwing; --help ends here as well
    const int code = cli.exit(error);
    return {std::nullopt, code == 0 ? kExitOk : kExitConfiguration};
  }
  if (replay->parsed()) options.command = Command::Replay;
  if (check->parsed()) options.command = Command::Check;
  return {options, kExitOk};
}

}  // namespace throng::app
