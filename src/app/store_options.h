#pragma once
// The part of the command line that works on the database: `throngd ledger`, `backup`, `restore`.

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace throng::app {

enum class LedgerVerb { Verify, Show };

struct StoreOptions {
  LedgerVerb ledger_verb = LedgerVerb::Verify;
  std::string character;     ///< of Show: a number or a name
  bool history = false;      ///< of Show: every move, instead of what it owns
  std::int64_t before = 0;   ///< of Show with history: only older moves than this
  std::string file;          ///< of backup and restore
  bool replace = false;      ///< of restore
};

/// Adds the subcommands to `cli`; both arguments outlive the parsing.
class StoreCommands {
 public:
  StoreCommands(CLI::App& cli, StoreOptions& options);
  bool ledger() const;
  bool backup() const;
  bool restore() const;

 private:
  CLI::App* ledger_;
  CLI::App* backup_;
  CLI::App* restore_;
};

}  // namespace throng::app
