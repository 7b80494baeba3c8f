#pragma once
// The command line. One place that knows every flag and the environment variable behind it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/account_options.h"
#include "app/operator_options.h"
#include "app/store_options.h"
#include "base/result.h"

namespace throng::app {

/// What `throngd` is asked to do.
enum class Command { Serve, Replay, Check, Config, Account, Ledger, Backup, Restore, LogLevel, Profile };

/// What `throngd config` is asked to do.
enum class ConfigVerb { Check, List, Show, Diff, Rollback, Export, Import, Reload, Status };

struct ConfigOptions {
  ConfigVerb verb = ConfigVerb::List;
  std::uint32_t version = 0;             ///< of Show, Rollback, Export; the older one of Diff
  std::optional<std::uint32_t> other;    ///< of Diff; none: the one that is live
  std::string dir;                       ///< of Check (empty: config_dir/content), Export, Import
  std::string against;                   ///< of Check: empty or `live`
  std::string author;                    ///< who changes something
  std::string reason;
};

/// Flags win over the environment, which wins over config/server/server.json; what is empty was not given.
struct Options {
  Command command = Command::Serve;
  std::string config_dir = "config";
  std::optional<int> port;
  std::optional<std::string> host;
  std::optional<std::string> public_address;
  std::optional<std::string> log_level;
  std::optional<std::string> log_format;
  std::optional<int> workers;
  std::optional<std::string> web_root;
  std::optional<std::string> data_dir;
  std::optional<std::string> database_url;
  std::optional<int> metrics_port;
  std::vector<std::string> recordings;  ///< of Replay
  ConfigOptions config;                 ///< of Config
  StoreOptions store;                   ///< of Ledger, Backup, Restore
  AccountOptions account;               ///< of Account
  OperatorOptions operators;            ///< of LogLevel, Profile
};

/// A run that ends after parsing: `--help`, or a mistake that has been explained on the terminal.
struct ParsedOptions {
  std::optional<Options> options;
  int exit_code = 0;
};

ParsedOptions parse_options(int argc, const char* const* argv);

}  // namespace throng::app
