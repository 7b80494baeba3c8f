#pragma once
// `throngd log-level …` and `throngd profile …` on the command line.

#include <string>

namespace CLI {
class App;
}

namespace throng::app {

struct OperatorOptions {
  std::string level;   ///< of log-level; empty: only show it
  int seconds = 10;    ///< of profile
  std::string output;  ///< of profile: a file; empty: the terminal
};

/// Adds the subcommands to `cli`; both arguments outlive the parsing.
class OperatorCommandLine {
 public:
  OperatorCommandLine(CLI::App& cli, OperatorOptions& options);
  bool log_level() const;
  bool profile() const;

 private:
  CLI::App* log_level_;
  CLI::App* profile_;
};

}  // namespace throng::app
