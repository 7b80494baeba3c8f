#include "services/characters/claim_character.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "services/accounts/names.h"
#include "services/characters/free_names.h"
#include "services/mail/acquaintances.h"
#include "services/party/party_table.h"
#include "services/store/characters_repository.h"

namespace throng::services {
namespace {

/// New characters of accounts whose own name does not do.
constexpr std::string_view kSpareName = "Wanderer";

using Choice = std::variant<CharacterId, WishRefused>;

std::optional<CharacterId> as_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return CharacterId{number};
}

bool is_called(const CharacterRow& row, const std::string& wanted) {
  if (as_number(wanted) == row.id) return true;
  const NameVerdict wish = normalise_name(wanted);
  const NameVerdict own = normalise_name(row.name);
  const Name* a = std::get_if<Name>(&wish);
  const Name* b = std::get_if<Name>(&own);
  return row.name == wanted || (a != nullptr && b != nullptr && a->key == b->key);
}

Choice choose_among(const std::vector<CharacterRow>& rows, const std::string& wanted) {
  for (const CharacterRow& row : rows) {
    if (wanted.empty() ? row.delete_at != 0 : !is_called(row, wanted)) continue;
    if (row.delete_at != 0) return WishRefused{fmt::format("{} is about to be deleted; restore it first", row.name)};
    return row.id;
  }
  return WishRefused{"you have no such character"};
}

std::optional<Name> fit_name(std::string_view text) {
  NameVerdict verdict = normalise_name(text);
  if (Name* name = std::get_if<Name>(&verdict)) return std::move(*name);
  return std::nullopt;
}

/// A name for somebody who asked for none: the account's, with a number when somebody else has it.
Result<std::optional<Name>> spare_name(Connection& connection, const std::string& account_name, std::int64_t now) {
  const Name base = fit_name(account_name).value_or(*fit_name(kSpareName));
  THRONG_TRY(const bool free, is_name_free(connection, base.key, now));
  if (free && base.shown != kSpareName) return std::optional(base);
  return free_name_like(connection, base, now);
}

Result<Choice> make_one(Connection& connection, const CharacterWish& wish) {
  std::optional<Name> name;
  if (wish.name.empty()) {
    THRONG_TRY(name, spare_name(connection, wish.holder.name, wish.now));
    if (!name) return Choice(WishRefused{"no name could be found for a new character; ask for one"});
  } else {
    NameVerdict verdict = normalise_name(wish.name);
    if (const NameRefusal* no = std::get_if<NameRefusal>(&verdict)) return Choice(WishRefused{std::string(no->text)});
    name = std::get<Name>(std::move(verdict));
    THRONG_TRY(const bool free, is_name_free(connection, name->key, wish.now));
    if (!free) return Choice(WishRefused{fmt::format("the name {} is taken; choose another one", name->shown)});
  }
  THRONG_TRY(const CharacterRow made,
             create_character(connection, wish.holder.account, name->shown, name->key, wish.now));
  return Choice(made.id);
}

Result<Choice> choose(Connection& connection, const CharacterWish& wish) {
  THRONG_TRY(const std::vector<CharacterRow> rows, list_characters(connection, wish.holder.account));
  const bool living = std::any_of(rows.begin(), rows.end(), [](const CharacterRow& row) { return row.delete_at == 0; });
  if (!wish.character.empty() || living) return choose_among(rows, wish.character);
  return make_one(connection, wish);
}

/// Locks the account, so that two nodes choose for it one after the other. False: there is no such account any more.
Result<bool> lock_account(Connection& connection, AccountId account, std::int64_t now) {
  THRONG_TRY(
      const Rows locked,
      connection.run("UPDATE account SET last_seen_at = $1 WHERE id = $2 AND erased_at IS NULL", {now, account.value}));
  return locked.changed() > 0;
}

Result<bool> plays_elsewhere(Connection& connection, const CharacterSettings& settings, const CharacterWish& wish) {
  THRONG_TRY(const Rows held,
             connection.run("SELECT id FROM character WHERE account = $1 AND node IS NOT NULL AND node <> $2 "
                            "AND leased_until > $3 LIMIT 1",
                            {wish.holder.account.value, settings.node_id, wish.now}));
  return !held.empty();
}

/// The others of the account: whoever still has one of them has it no more.
Result<void> fence_off_others(Connection& connection, AccountId account, CharacterId chosen) {
  THRONG_TRY(const Rows fenced, connection.run("UPDATE character SET fence = fence + 1, node = NULL, leased_until = 0 "
                                               "WHERE account = $1 AND node IS NOT NULL AND id <> $2",
                                               {account.value, chosen.value}));
  static_cast<void>(fenced);
  return {};
}

room::Arrival arrival_of(LoadedCharacter loaded, Acquaintances known) {
  room::Arrival arrival;
  arrival.name = std::move(loaded.row.name);
  arrival.sheet = std::move(loaded.sheet);
  arrival.lease = loaded.lease;
  arrival.map = std::move(loaded.row.map);
  arrival.friends = std::move(known.friends);
  arrival.ignored = std::move(known.ignored);
  return arrival;
}

}  // namespace

Result<ClaimOutcome> claim_character(Connection& connection, const CharacterSettings& settings,
                                     const CharacterWish& wish) {
  const AccountId account = wish.holder.account;
  THRONG_TRY(const bool there, lock_account(connection, account, wish.now));
  if (!there) return ClaimOutcome(WishRefused{"this account is gone"});
  if (!wish.take_over) {
    THRONG_TRY(const bool elsewhere, plays_elsewhere(connection, settings, wish));
    if (elsewhere) return ClaimOutcome(PlaysElsewhere{});
  }
  THRONG_TRY(const Choice choice, choose(connection, wish));
  if (const WishRefused* no = std::get_if<WishRefused>(&choice)) return ClaimOutcome(*no);
  const CharacterId chosen = std::get<CharacterId>(choice);
  THRONG_CHECK(fence_off_others(connection, account, chosen));
  THRONG_TRY(LoadAnswer answer, load_character(connection, chosen, account, settings.node_id,
                                               wish.now + settings.lease.count(), wish.now, TakeOver::Always));
  if (!answer.loaded) return ClaimOutcome(PlaysElsewhere{});
  THRONG_TRY(Acquaintances known, load_acquaintances(connection, chosen));
  room::Arrival arrival = arrival_of(std::move(*answer.loaded), std::move(known));
  THRONG_TRY(arrival.party, load_party_of(connection, chosen, wish.now));
  return ClaimOutcome(std::move(arrival));
}

}  // namespace throng::services
