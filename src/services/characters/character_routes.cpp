#include "services/characters/character_routes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/iso_time.h"
#include "net/http/header_text.h"
#include "services/accounts/names.h"
#include "services/characters/problem.h"
#include "services/store/characters_repository.h"

namespace throng::services {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kCharactersPath = "/api/v1/characters";
constexpr std::string_view kTooManyCharacters = "too_many_characters";

/// What a failed job of the store means for the person, by its word.
struct KnownProblem {
  std::string_view word;
  int status;
  std::string_view text;
};
constexpr std::array kKnownProblems{
    KnownProblem{kNameTaken, 409, "this name is taken"},
    KnownProblem{kNoSuchCharacter, 404, "you have no such character"},
    KnownProblem{kCharacterPlays, 409, "this character is being played; leave the game first"},
    KnownProblem{kRenamedLately, 409, "this character was renamed lately; see its renameableAt"},
    KnownProblem{kTooManyCharacters, 409, "you have as many characters as an account can have"},
};

net::HttpResponse problem_of(const Error& error) {
  for (const KnownProblem& known : kKnownProblems) {
    if (error.message == known.word) return problem(known.status, known.word, known.text);
  }
  return problem(503, "store_away", "characters cannot be reached at the moment; try again soon");
}

Json time_or_null(std::int64_t unix_ms) { return unix_ms == 0 ? Json(nullptr) : Json(iso_time(unix_ms)); }

std::int64_t in_ms(std::chrono::hours hours) { return std::chrono::milliseconds(hours).count(); }

Json as_json(const CharacterRow& row, const CharacterSettings& settings) {
  const std::int64_t renameable_at = row.renamed_at == 0 ? 0 : row.renamed_at + in_ms(settings.rename_cooldown);
  return {{"id", row.id.value},
          {"name", row.name},
          {"level", row.level},
          {"map", row.map.empty() ? Json(nullptr) : Json(row.map)},
          {"createdAt", iso_time(row.created_at)},
          {"playedAt", iso_time(row.played_at)},
          {"deleteAt", time_or_null(row.delete_at)},
          {"renameableAt", time_or_null(renameable_at)}};
}

std::string as_text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// What stands behind the list's path.
struct CharacterPath {
  std::optional<CharacterId> id;
  bool restore = false;
  bool unknown = false;
};

CharacterPath parse_character_path(std::string_view path) {
  path.remove_prefix(kCharactersPath.size());
  if (path.empty()) return {};
  path.remove_prefix(1);
  const std::size_t slash = path.find('/');
  const std::string_view number = path.substr(0, slash);
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
  if (error != std::errc() || end != number.data() + number.size() || id <= 0) return {{}, false, true};
  if (slash == std::string_view::npos) return {CharacterId{id}, false, false};
  const bool restore = path.substr(slash) == "/restore";
  return {CharacterId{id}, restore, !restore};
}

std::string bearer_token_of(const net::HttpRequest& request) {
  constexpr std::string_view kScheme = "bearer ";
  const std::string_view header = request.header("authorization");
  if (header.size() <= kScheme.size() || net::lower_case(header.substr(0, kScheme.size())) != kScheme) return {};
  return std::string(net::trim(header.substr(kScheme.size())));
}

/// The `name` of a JSON body, fit to be had; or what is wrong with it.
std::variant<Name, net::HttpResponse> name_in(const std::string& body) {
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object() || !json.contains("name") || !json["name"].is_string())
    return problem(400, "name_missing", "the body is a JSON object with a name: {\"name\": \"…\"}");
  NameVerdict verdict = normalise_name(json["name"].get<std::string>());
  if (const NameRefusal* no = std::get_if<NameRefusal>(&verdict)) return problem(422, no->code, no->text);
  return std::get<Name>(std::move(verdict));
}

/// One of the account's; fails with kNoSuchCharacter.
Result<CharacterRow> own_character(Connection& connection, AccountId account, CharacterId id) {
  THRONG_TRY(const std::optional<CharacterRow> row, find_character(connection, id));
  if (!row || row->account != account) return fail(std::string(kNoSuchCharacter));
  return *row;
}

/// A job that was run again after its commit was uncertain finds what it made the first time.
Result<CharacterRow> make_character(Connection& connection, AccountId account, const Name& name, int characters_max,
                                    std::int64_t now) {
  THRONG_TRY(const std::vector<CharacterRow> rows, list_characters(connection, account));
  for (const CharacterRow& row : rows) {
    if (row.name == name.shown && row.created_at == now) return row;
  }
  if (rows.size() >= static_cast<std::size_t>(characters_max)) return fail(std::string(kTooManyCharacters));
  return create_character(connection, account, name.shown, name.key, now);
}

}  // namespace

bool CharacterRoutes::takes(std::string_view path) const {
  return path == kCharactersPath || (path.size() > kCharactersPath.size() && path[kCharactersPath.size()] == '/' &&
                                     path.substr(0, kCharactersPath.size()) == kCharactersPath);
}

void CharacterRoutes::handle(net::HttpRequest request, Reply reply) {
  std::string token = bearer_token_of(request);
  if (token.empty()) return reply(problem(401, "sign_in", "sign in first: this needs a bearer token"));
  auto kept = std::make_shared<const net::HttpRequest>(std::move(request));
  verifier_.verify(std::move(token), [this, kept, reply = std::move(reply)](const TokenHolder& holder) {
    switch (holder.verdict) {
      case TokenVerdict::Valid: return answer(*kept, holder.account, reply);
      case TokenVerdict::Unknown: return reply(problem(401, "token_unknown", "the sign-in has run out; sign in again"));
      case TokenVerdict::Barred: return reply(problem(403, "barred", holder.text));
      case TokenVerdict::Away: return reply(problem(503, "store_away", "accounts cannot be reached at the moment"));
    }
  });
}

void CharacterRoutes::answer(const net::HttpRequest& request, AccountId account, Reply reply) {
  const CharacterPath path = parse_character_path(request.path);
  const std::string& method = request.method;
  if (path.unknown) return reply(problem(404, "not_found", "there is nothing here"));
  if (!path.id) {
    if (method == "GET") return list(account, std::move(reply));
    if (method == "POST") return create(account, request.body, std::move(reply));
  } else if (path.restore) {
    if (method == "POST") return restore(account, *path.id, std::move(reply));
  } else {
    if (method == "GET") return show(account, *path.id, std::move(reply));
    if (method == "PATCH") return rename(account, *path.id, request.body, std::move(reply));
    if (method == "DELETE") return remove(account, *path.id, std::move(reply));
  }
  reply(problem(405, "method_not_allowed", fmt::format("{} is not possible here", method)));
}

void CharacterRoutes::list(AccountId account, Reply reply) {
  auto rows = std::make_shared<std::vector<CharacterRow>>();
  store_.read(
      [account, rows](Connection& connection) -> Result<void> {
        THRONG_TRY(*rows, list_characters(connection, account));
        return {};
      },
      [this, rows, reply = std::move(reply)](const Result<void>& done) {
        if (!done) return reply(problem_of(done.error()));
        Json all = Json::array();
        for (const CharacterRow& row : *rows) all.push_back(as_json(row, settings_));
        reply(json_answer(200, as_text({{"characters", std::move(all)}, {"max", settings_.characters_max}})));
      });
}

void CharacterRoutes::create(AccountId account, const std::string& body, Reply reply) {
  std::variant<Name, net::HttpResponse> read = name_in(body);
  if (auto* no = std::get_if<net::HttpResponse>(&read)) return reply(std::move(*no));
  auto made = std::make_shared<CharacterRow>();
  store_.write(
      [account, made, name = std::get<Name>(std::move(read)), max = settings_.characters_max,
       now = clock_.unix_milliseconds()](Connection& connection) -> Result<void> {
        THRONG_TRY(*made, make_character(connection, account, name, max, now));
        return {};
      },
      [this, made, reply = std::move(reply)](const Result<void>& done) {
        if (!done) return reply(problem_of(done.error()));
        net::HttpResponse response = json_answer(201, as_text(as_json(*made, settings_)));
        response.headers.emplace_back("Location", fmt::format("{}/{}", kCharactersPath, made->id.value));
        reply(std::move(response));
      });
}

void CharacterRoutes::show(AccountId account, CharacterId id, Reply reply) {
  change(account, id, 200, [](Connection&) { return Result<void>(); }, std::move(reply));
}

void CharacterRoutes::rename(AccountId account, CharacterId id, const std::string& body, Reply reply) {
  std::variant<Name, net::HttpResponse> read = name_in(body);
  if (auto* no = std::get_if<net::HttpResponse>(&read)) return reply(std::move(*no));
  Name name = std::get<Name>(std::move(read));
  const NewName wish{std::move(name.shown), std::move(name.key), clock_.unix_milliseconds(),
                     in_ms(settings_.rename_cooldown)};
  change(
      account, id, 200,
      [account, id, wish](Connection& connection) { return rename_character(connection, id, account, wish); },
      std::move(reply));
}

void CharacterRoutes::remove(AccountId account, CharacterId id, Reply reply) {
  const std::int64_t now = clock_.unix_milliseconds();
  const std::int64_t until = now + in_ms(settings_.deletion_grace);
  change(
      account, id, 200,
      [account, id, until, now](Connection& connection) -> Result<void> {
        THRONG_TRY(const CharacterRow row, own_character(connection, account, id));
        if (row.delete_at != 0) return {};  // the grace does not begin again
        return mark_for_deletion(connection, id, account, until, now);
      },
      std::move(reply));
}

void CharacterRoutes::restore(AccountId account, CharacterId id, Reply reply) {
  change(
      account, id, 200, [account, id](Connection& connection) { return take_deletion_back(connection, id, account); },
      std::move(reply));
}

/// Does something to one of the account's characters, and answers with what it is then.
void CharacterRoutes::change(AccountId account, CharacterId id, int status, StoreJob job, Reply reply) {
  auto after = std::make_shared<CharacterRow>();
  store_.write(
      [account, id, after, job = std::move(job)](Connection& connection) -> Result<void> {
        THRONG_CHECK(job(connection));
        THRONG_TRY(*after, own_character(connection, account, id));
        return {};
      },
      [this, after, status, reply = std::move(reply)](const Result<void>& done) {
        if (!done) return reply(problem_of(done.error()));
        reply(json_answer(status, as_text(as_json(*after, settings_))));
      });
}

}  // namespace throng::services
