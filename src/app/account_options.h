#pragma once
// `throngd account …` on the command line.

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace throng::app {

enum class AccountVerb { Create, List, SetRole, ResetPassword, Delete, Export, Erase };

struct AccountOptions {
  AccountVerb verb = AccountVerb::List;
  std::string who;            ///< e-mail or number; of Create the e-mail
  std::string name;           ///< of Create; empty: the part of the e-mail before the @
  std::string role = "player";  ///< of Create, SetRole
  std::string output;         ///< of Export: a file; empty: the terminal
  std::string filter;         ///< of List: part of an e-mail, name or role; empty: all
  bool guests = false;        ///< of List: also accounts without an e-mail
  bool json = false;          ///< of List
  bool link = false;          ///< of ResetPassword: print a link instead of asking for a password
  bool yes = false;           ///< of Delete and Erase: do not ask
};

/// @return the subcommand, to ask whether it was on the command line
CLI::App* add_account_command(CLI::App& cli, AccountOptions& options);

}  // namespace throng::app
