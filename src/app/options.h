#pragma once
// The command line. One place that knows every flag and the environment variable behind it.

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace throng::app {

/// What `throngd` is asked to do.
enum class Command { Serve, Replay, Check };

/// Flags win over the environment, which wins over config/server/server.json; what is empty was not given.
struct Options {
  Command command = Command::Serve;
  std::string config_dir = "config";
  std::optional<int> port;
  std::optional<std::string> host;
  std::optional<std::string> public_address;
  std::optional<std::string> log_level;
  std::optional<int> workers;
  std::optional<std::string> web_root;
  std::vector<std::string> recordings;  ///< of Replay
};

/// A run that ends after parsing: `--help`, or a mistake that has been explained on the terminal.
struct ParsedOptions {
  std::optional<Options> options;
  int exit_code = 0;
};

ParsedOptions parse_options(int argc, const char* const* argv);

}  // namespace throng::app
