#include "app/store_options.h"

#include <CLI/CLI.hpp>

namespace throng::app {
namespace {

CLI::App* add_ledger(CLI::App& cli, StoreOptions& options) {
  CLI::App* const ledger = cli.add_subcommand("ledger", "who owns what, and why; a server may be running");
  ledger->require_subcommand(1);
  ledger->fallthrough();
  ledger->footer("Exit codes: 0 nothing is wrong, 1 something is, or the database cannot be read, 2 wrong flags.");
  CLI::App* const verify = ledger->add_subcommand("verify", "prove that nothing is lost and nothing exists twice");
  verify->fallthrough();
  verify->callback([&options] { options.ledger_verb = LedgerVerb::Verify; });
  CLI::App* const show = ledger->add_subcommand("show", "what a character owns, and where each thing came from");
  show->fallthrough();
  show->callback([&options] { options.ledger_verb = LedgerVerb::Show; });
  show->add_option("character", options.character, "name or number")->required();
  show->add_flag("--history", options.history, "every move of it, newest first, 50 at a time");
  show->add_option("--before", options.before, "with --history: moves older than this number")
      ->check(CLI::PositiveNumber);
  return ledger;
}

}  // namespace

StoreCommands::StoreCommands(CLI::App& cli, StoreOptions& options)
    : ledger_(add_ledger(cli, options)),
      backup_(cli.add_subcommand("backup", "write the whole database into one file; a server may be running")),
      restore_(
          cli.add_subcommand("restore", "bring a backup back, into SQLite or PostgreSQL; no server may be running")) {
  backup_->fallthrough();
  backup_->add_option("file", options.file, "made readable for its owner only; must not exist")->required();
  backup_->footer("Example: throngd backup throng.backup");
  restore_->fallthrough();
  restore_->add_option("file", options.file, "made by throngd backup")->required()->check(CLI::ExistingFile);
  restore_->footer("Example: throngd restore throng.backup --database-url postgres://game@db/game");
  restore_->add_flag("--replace", options.replace, "even when the database is not empty: what is in it is lost");
}

bool StoreCommands::ledger() const { return ledger_->parsed(); }
bool StoreCommands::backup() const { return backup_->parsed(); }
bool StoreCommands::restore() const { return restore_->parsed(); }

}  // namespace throng::app
