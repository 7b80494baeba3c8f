#include "app/account_options.h"

#include <CLI/CLI.hpp>

namespace throng::app {
namespace {

constexpr const char* kAccountFooter =
    "Works on the database itself, whether or not a server runs; a running one believes what it knew of a login up to\n"
    "five seconds longer. Passwords are asked for on the terminal, or read as one line from standard input; never an\n"
    "argument. Exit codes: 0 done, 1 refused or failed, 2 when flags or configuration are wrong.";
constexpr const char* kWhoHelp = "e-mail or number of the account";

CLI::App& account_verb(CLI::App& account, AccountOptions& options, const char* name, AccountVerb verb,
                       const char* help) {
  CLI::App* const command = account.add_subcommand(name, help);
  command->fallthrough();
  command->callback([&options, verb] { options.verb = verb; });
  return *command;
}

CLI::Validator is_role() { return CLI::IsMember({"player", "supporter", "moderator", "game_master", "administrator"}); }

void add_making(CLI::App& account, AccountOptions& options) {
  CLI::App& create = account_verb(account, options, "create", AccountVerb::Create,
                                  "make an account; so the first administrator is made (--role administrator)");
  create.add_option("email,--email", options.who, "to log in with")->required();
  create.add_option("--name", options.name, "shown; the part of the e-mail before the @ when left out");
  create.add_option("--role", options.role, "what it may do")->check(is_role())->capture_default_str();
  create.footer("Example: throngd account create ann@example.org --name Ann --role administrator");
  CLI::App& list =
      account_verb(account, options, "list", AccountVerb::List, "accounts: number, role, last seen, e-mail, name");
  list.add_option("text", options.filter, "only those with this in their e-mail, name or role");
  list.add_flag("--guests", options.guests, "also those of guests, who have no e-mail");
  list.add_flag("--json", options.json, "as a JSON array");
}

void add_changing_accounts(CLI::App& account, AccountOptions& options) {
  CLI::App& role = account_verb(account, options, "set-role", AccountVerb::SetRole, "what an account may do");
  role.add_option("account", options.who, kWhoHelp)->required();
  role.add_option("role", options.role, "player … administrator")->required()->check(is_role());
  role.footer("Example: throngd account set-role ann@example.org moderator");
  CLI::App& password = account_verb(account, options, "reset-password", AccountVerb::ResetPassword,
                                    "a new password; every login of the account ends, and a lock-out");
  password.add_option("account", options.who, kWhoHelp)->required();
  password.add_flag("--link", options.link, "print a link for the player, good once, instead of asking for a password");
  password.footer("Example: throngd account reset-password ann@example.org --link");
}

void add_ending(CLI::App& account, AccountOptions& options) {
  CLI::App& deletion = account_verb(account, options, "delete", AccountVerb::Delete,
                                    "end an account that has no characters; with characters: erase");
  deletion.add_option("account", options.who, kWhoHelp)->required();
  deletion.add_flag("--yes", options.yes, "do not ask");
  deletion.footer("Example: throngd account delete ann@example.org");
  CLI::App& taking =
      account_verb(account, options, "export", AccountVerb::Export, "everything that is kept about a person, as JSON");
  taking.add_option("account", options.who, kWhoHelp)->required();
  taking.add_option("--output", options.output, "a new file, for our user alone; the terminal when left out");
  taking.footer("Example: throngd account export ann@example.org --output ann.json");
  CLI::App& erase = account_verb(account, options, "erase", AccountVerb::Erase,
                                 "forget a person: e-mail, name, password, characters; the ledger keeps its sums");
  erase.add_option("account", options.who, kWhoHelp)->required();
  erase.add_flag("--yes", options.yes, "do not ask");
  erase.footer("Example: throngd account erase ann@example.org");
}

}  // namespace

CLI::App* add_account_command(CLI::App& cli, AccountOptions& options) {
  CLI::App* const account = cli.add_subcommand("account", "accounts: make, list, change, export, erase");
  account->require_subcommand(1);
  account->fallthrough();
  account->footer(kAccountFooter);
  add_making(*account, options);
  add_changing_accounts(*account, options);
  add_ending(*account, options);
  return account;
}

}  // namespace throng::app
