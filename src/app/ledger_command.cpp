#include "app/ledger_command.h"

#include <charconv>
#include <cstdio>

#include <fmt/format.h>

#include "app/configuration.h"
#include "app/exit_codes.h"
#include "app/open_database.h"
#include "base/iso_time.h"
#include "services/accounts/names.h"
#include "services/content_store/content_folder.h"
#include "services/content_store/database_store.h"
#include "services/store/characters_repository.h"
#include "services/store/ledger_show.h"
#include "services/store/ledger_verify.h"

namespace throng::app {
namespace {

constexpr std::size_t kHistoryPage = 50;

/// The content whose bounds stacks have.
struct Bounds {
  std::shared_ptr<const content::GameContent> content;  ///< null: it could not be read
  std::string words;                                    ///< which it is, or why there is none
};

Bounds bounds_of(const content::ContentTexts& texts, const std::string& from) {
  auto set = load_content_set(texts, from);
  if (!set) return {nullptr, set.error().message};
  return {*std::move(set), from};
}

/// What the server plays, or played last: the folder may be of another time, or of another machine. It is asked only when no
/// server was ever started here.
Result<Bounds> live_bounds(const Options& options, const content::ServerDef& server) {
  THRONG_TRY(auto connection, open_existing_database(server));
  const auto versions = services::make_database_content_store(std::move(connection));
  THRONG_TRY(const std::optional<std::uint32_t> live, versions->live());
  if (live) {
    THRONG_TRY(const content::ContentTexts texts, versions->texts(*live));
    return bounds_of(texts, fmt::format("version {} of the content", *live));
  }
  const std::string folder = content_dir_of(options);
  const auto texts = services::read_content_folder(folder);
  return texts ? bounds_of(*texts, folder) : Bounds{nullptr, texts.error().message};
}

void print_report(const services::LedgerReport& report, const Bounds& bounds) {
  for (const std::string& problem : report.problems) fmt::print("{}\n", problem);
  if (report.more_problems > 0) fmt::print("and {} more\n", report.more_problems);
  if (bounds.content == nullptr) {
    fmt::print("the content could not be read: the bounds of stacks were not looked at\n{}\n", bounds.words);
  } else {
    fmt::print("the bounds of stacks are those of {}\n", bounds.words);
  }
  if (report.unexplained > 0)
    fmt::print("warning: {} moves are unexplained: the program did not know why. They balance all the same\n",
               report.unexplained);
  fmt::print("{} moves, {} owners, {} characters, {} pieces: {}\n", report.moves, report.owners, report.characters,
             report.pieces,
             report.problems.empty() ? std::string("nothing is wrong")
                                     : fmt::format("{} problems", static_cast<std::int64_t>(report.problems.size()) +
                                                                      report.more_problems));
}

int verify(services::Connection& connection, const Options& options, const content::ServerDef& server) {
  const Result<Bounds> bounds = live_bounds(options, server);
  const auto report = bounds ? services::verify_ledger(connection, bounds->content.get())
                             : Result<services::LedgerReport>(fail(bounds.error()));
  if (!report) {
    fmt::print(stderr, "throngd: {}\n", report.error().message);
    return kExitFailed;
  }
  print_report(*report, *bounds);
  return report->problems.empty() ? kExitOk : kExitFailed;
}

void print_move(const services::ShownMove& move) {
  fmt::print("  {:>8}  {}  {:>7} {}{}  {} → {}  {}{}  room {} tick {}\n", move.id, iso_time(move.at), move.amount,
             move.asset, move.item != 0 ? fmt::format(" #{}", move.item) : "", move.from, move.to, move.reason,
             move.note.empty() ? "" : ", " + move.note, move.room, move.tick);
}

Result<services::CharacterRow> character_named(services::Connection& connection, const std::string& word) {
  std::int64_t number = 0;
  const auto parsed = std::from_chars(word.data(), word.data() + word.size(), number);
  std::optional<services::CharacterRow> found;
  if (parsed.ec == std::errc() && parsed.ptr == word.data() + word.size()) {
    THRONG_TRY(found, services::find_character(connection, CharacterId{number}));
  } else {
    const services::NameVerdict name = services::normalise_staff_name(word);
    if (const auto* const good = std::get_if<services::Name>(&name)) {
      THRONG_TRY(found, services::find_character(connection, good->key));
    }
  }
  if (!found) return fail(fmt::format("there is no character {}", word));
  return *std::move(found);
}

Result<void> show(services::Connection& connection, const StoreOptions& options) {
  THRONG_TRY(const services::CharacterRow character, character_named(connection, options.character));
  const OwnerId owner = room::owner_of(character.id);
  fmt::print("{} ({}), level {}, in {}\n", character.name, character.id.value, character.level,
             character.map.empty() ? "no map yet" : character.map);
  if (options.history) {
    THRONG_TRY(const auto moves, services::show_moves(connection, owner, options.before, kHistoryPage));
    for (const services::ShownMove& move : moves) print_move(move);
    if (moves.size() == kHistoryPage) fmt::print("older ones: --before {}\n", moves.back().id);
    return {};
  }
  THRONG_TRY(const auto possessions, services::show_possessions(connection, owner));
  for (const services::Possession& has : possessions) {
    fmt::print("{} {}{}\n", has.amount, has.asset, has.item != 0 ? fmt::format(" #{}", has.item) : "");
    for (const services::ShownMove& move : has.origins) print_move(move);
    if (!has.all_origins) fmt::print("    … and older ones: see --history\n");
  }
  if (possessions.empty()) fmt::print("owns nothing\n");
  return {};
}

}  // namespace

int run_ledger_command(const Options& options) {
  const Result<content::ServerDef> server = load_server(options);
  auto connection =
      server ? open_existing_database(*server) : Result<std::unique_ptr<services::Connection>>(fail(server.error()));
  if (!connection) {
    fmt::print(stderr, "throngd: {}\n", connection.error().message);
    return kExitConfiguration;
  }
  if (options.store.ledger_verb == LedgerVerb::Verify) return verify(**connection, options, *server);
  const Result<void> shown = show(**connection, options.store);
  if (shown) return kExitOk;
  fmt::print(stderr, "throngd: {}\n", shown.error().message);
  return kExitFailed;
}

}  // namespace throng::app
