#include "services/characters/claim_character.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/rng.h"
#include "services/accounts/names.h"
#include "services/mail/acquaintances.h"
#include "services/store/characters_repository.h"

namespace throng::services {
namespace {

/// New characters of accounts whose own name does not do.
constexpr std::string_view kSpareName = "Wanderer";
/// Numbers behind a name that is taken; so many are tried.
constexpr int kSpareNamesTried = 8;

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

/// The first letters of a name, so that a number fits behind them.
std::string_view beginning_of(std::string_view name) {
  constexpr std::size_t kLetters = kNameLengthMax - 5;
  constexpr std::size_t kBytes = kNameBytesMax - 5;
  std::size_t letters = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < name.size() && i < kBytes; ++i) {
    const bool begins = (static_cast<unsigned char>(name[i]) & 0xc0u) != 0x80u;
    if (begins) end = i;
    if (begins && ++letters > kLetters) return name.substr(0, end);
  }
  return name.size() <= kBytes ? name : name.substr(0, end);
}

std::optional<Name> fit_name(std::string_view text) {
  NameVerdict verdict = normalise_name(text);
  if (Name* name = std::get_if<Name>(&verdict)) return std::move(*name);
  return std::nullopt;
}

Result<bool> is_free(Connection& connection, const Name& name) {
  THRONG_TRY(const std::optional<CharacterRow> other, find_character(connection, name.key));
  return !other.has_value();
}

/// A name for somebody who asked for none: the account's, with a number when somebody else has it.
Result<std::optional<Name>> spare_name(Connection& connection, const std::string& account_name) {
  const Name base = fit_name(account_name).value_or(*fit_name(kSpareName));
  THRONG_TRY(const bool free, is_free(connection, base));
  if (free && base.shown != kSpareName) return std::optional(base);
  Rng rng(secure_random_u64());
  for (int i = 0; i < kSpareNamesTried; ++i) {
    const std::optional<Name> next = fit_name(fmt::format("{}-{:04}", beginning_of(base.shown), rng.below(10'000)));
    if (!next) continue;
    THRONG_TRY(const bool is_free_too, is_free(connection, *next));
    if (is_free_too) return next;
  }
  return std::optional<Name>();
}

Result<Choice> make_one(Connection& connection, const CharacterWish& wish) {
  std::optional<Name> name;
  if (wish.name.empty()) {
    THRONG_TRY(name, spare_name(connection, wish.holder.name));
    if (!name) return Choice(WishRefused{"no name could be found for a new character; ask for one"});
  } else {
    NameVerdict verdict = normalise_name(wish.name);
    if (const NameRefusal* no = std::get_if<NameRefusal>(&verdict)) return Choice(WishRefused{std::string(no->text)});
    name = std::get<Name>(std::move(verdict));
    THRONG_TRY(const bool free, is_free(connection, *name));
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
  return ClaimOutcome(arrival_of(std::move(*answer.loaded), std::move(known)));
}

}  // namespace throng::services
