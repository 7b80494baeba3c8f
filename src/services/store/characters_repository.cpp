#include "services/store/characters_repository.h"

#include "services/party/party_table.h"
#include "services/store/ledger_batch.h"
#include "services/store/owned.h"

namespace throng::services {
namespace {

#define THRONG_CHARACTER_COLUMNS "id, account, name, level, map, created_at, played_at, delete_at, renamed_at"
constexpr std::size_t kCharacterColumns = 9;
/// A character that was purged has this for a name; nobody can choose it.
constexpr const char* kPurgedName = "";

CharacterRow character_row(const Rows& rows, std::size_t row) {
  return {{rows.integer(row, 0)}, {rows.integer(row, 1)},
          rows.text(row, 2),      static_cast<std::int32_t>(rows.integer(row, 3)),
          rows.text(row, 4),      rows.integer(row, 5),
          rows.integer(row, 6),   rows.integer(row, 7),
          rows.integer(row, 8)};
}

Result<std::optional<CharacterRow>> first_character(Result<Rows> found) {
  if (!found) return fail(found.error());
  if (found->empty()) return std::optional<CharacterRow>();
  return std::optional(character_row(*found, 0));
}

/// A statement that is to touch the one row.
Result<void> touch_character(Result<Rows> done) {
  if (!done) return fail(done.error());
  if (done->changed() == 0) return fail(std::string(kNoSuchCharacter));
  return {};
}

/// Asked before it is written, for a transaction in which a statement has failed is over.
/// @param except  who may have it, or have given it up
Result<void> check_name_free(Connection& connection, const std::string& name_key, CharacterId except,
                             std::int64_t now) {
  THRONG_TRY(const Rows taken,
             connection.run("SELECT 1 FROM character WHERE name_key = $1 AND id <> $2 UNION ALL "
                            "SELECT 1 FROM given_up_name WHERE name_key = $3 AND character <> $4 AND free_at > $5",
                            {name_key, except.value, name_key, except.value, now}));
  if (taken.empty()) return {};
  return fail(std::string(kNameTaken));
}

/// Reserved for it alone, until `free_at`.
Result<void> keep_given_up_name(Connection& connection, CharacterId id, const std::string& name_key, std::int64_t now,
                                std::int64_t free_at) {
  THRONG_CHECK(connection.run("DELETE FROM given_up_name WHERE free_at <= $1", {now}));
  if (free_at <= now) return {};
  THRONG_CHECK(
      connection.run("INSERT INTO given_up_name (name_key, character, free_at) VALUES ($1, $2, $3) "
                     "ON CONFLICT (name_key) DO UPDATE SET character = excluded.character, "
                     "free_at = excluded.free_at",
                     {name_key, id.value, free_at}));
  return {};
}

/// A server that was faster by a hair is told apart from other troubles.
template <typename T>
Failure name_failure(const Connection& connection, const Result<T>& failed) {
  return connection.trouble() == Trouble::Constraint ? fail(std::string(kNameTaken)) : fail(failed.error());
}

/// Everything that an owner has, to the source `destroy`.
Result<void> destroy_possessions(Connection& connection, OwnerId owner, std::int64_t now) {
  THRONG_TRY(const std::vector<OwnedThing> things, possessions_of(connection, owner));
  std::vector<room::LedgerMove> moves;
  for (const OwnedThing& thing : things)
    moves.push_back({owner, owner_of(room::LedgerSource::Destroy), std::string_view(thing.asset), thing.amount,
                     thing.item_uid, room::LedgerSource::Destroy, "purge"});
  return apply_moves(connection, moves, {"purge", 0, now});
}

}  // namespace

Result<CharacterRow> create_character(Connection& connection, AccountId account, const std::string& name,
                                      const std::string& name_key, std::int64_t now) {
  THRONG_CHECK(check_name_free(connection, name_key, {}, now));
  THRONG_TRY(const Rows owner,
             connection.run("INSERT INTO owner (kind, name) VALUES ('character', $1) RETURNING id", {name}));
  const CharacterId id{owner.integer(0, 0)};
  const Result<Rows> made = connection.run(
      "INSERT INTO character (id, account, name, name_key, created_at, played_at, level, map, saved_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, 1, '', $7)",
      {id.value, account.value, name, name_key, now, now, now});
  if (!made) return name_failure(connection, made);
  return CharacterRow{id, account, name, 1, "", now, now, 0, 0};
}

Result<bool> is_name_free(Connection& connection, const std::string& name_key, std::int64_t now) {
  const Result<void> free = check_name_free(connection, name_key, {}, now);
  if (!free && free.error().message != kNameTaken) return fail(free.error());
  return free.has_value();
}

Result<std::vector<CharacterRow>> list_characters(Connection& connection, AccountId account) {
  THRONG_TRY(const Rows found, connection.run("SELECT " THRONG_CHARACTER_COLUMNS
                                              " FROM character WHERE account = $1 AND name_key IS NOT NULL "
                                              "ORDER BY played_at DESC, id LIMIT $2",
                                              {account.value, static_cast<std::int64_t>(kCharactersListedMax)}));
  std::vector<CharacterRow> rows;
  for (std::size_t i = 0; i < found.size(); ++i) rows.push_back(character_row(found, i));
  return rows;
}

Result<std::optional<CharacterRow>> find_character(Connection& connection, CharacterId id) {
  return first_character(connection.run(
      "SELECT " THRONG_CHARACTER_COLUMNS " FROM character WHERE id = $1 AND name_key IS NOT NULL", {id.value}));
}

Result<std::optional<CharacterRow>> find_character(Connection& connection, const std::string& name_key) {
  return first_character(
      connection.run("SELECT " THRONG_CHARACTER_COLUMNS " FROM character WHERE name_key = $1", {name_key}));
}

Result<LoadAnswer> load_character(Connection& connection, CharacterId id, AccountId account, const std::string& node,
                                  std::int64_t lease_until, std::int64_t now, TakeOver take_over) {
  THRONG_TRY(const Rows taken,
             connection.run("UPDATE character SET fence = fence + 1, node = $1, leased_until = $2, played_at = $3 "
                            "WHERE id = $4 AND account = $5 AND delete_at IS NULL AND name_key IS NOT NULL "
                            "AND (node IS NULL OR node = $6 OR leased_until < $7 OR $8 = 1) "
                            "RETURNING " THRONG_CHARACTER_COLUMNS ", fence, sheet",
                            {node, lease_until, now, id.value, account.value, node, now,
                             std::int64_t{take_over == TakeOver::Always ? 1 : 0}}));
  LoadAnswer answer;
  if (!taken.empty()) {
    answer.loaded = LoadedCharacter{character_row(taken, 0),
                                    {id, account, taken.integer(0, kCharacterColumns)},
                                    taken.blob(0, kCharacterColumns + 1)};
    return answer;
  }
  THRONG_TRY(const Rows held, connection.run("SELECT node, leased_until FROM character WHERE id = $1 AND account = $2 "
                                             "AND delete_at IS NULL AND name_key IS NOT NULL",
                                             {id.value, account.value}));
  if (held.empty()) return fail(std::string(kNoSuchCharacter));
  answer.held = {held.text(0, 0), held.integer(0, 1)};
  return answer;
}

Result<std::vector<CharacterId>> renew_leases(Connection& connection, std::span<const room::CharacterLease> leases,
                                              const std::string& node, std::int64_t lease_until) {
  std::vector<CharacterId> lost;
  for (const room::CharacterLease& lease : leases) {
    THRONG_TRY(const Rows renewed,
               connection.run("UPDATE character SET leased_until = $1 WHERE id = $2 AND fence = $3 AND node = $4",
                              {lease_until, lease.character.value, lease.fence, node}));
    if (renewed.changed() == 0) lost.push_back(lease.character);
  }
  return lost;
}

Result<void> release_lease(Connection& connection, const room::CharacterLease& lease) {
  THRONG_TRY(const Rows released,
             connection.run("UPDATE character SET node = NULL, leased_until = 0 WHERE id = $1 AND fence = $2",
                            {lease.character.value, lease.fence}));
  static_cast<void>(released);
  return {};
}

Result<std::int64_t> release_leases_of(Connection& connection, const std::string& node) {
  THRONG_TRY(const Rows released,
             connection.run("UPDATE character SET node = NULL, leased_until = 0 WHERE node = $1", {node}));
  return released.changed();
}

Result<HeldLeases> held_leases(Connection& connection, std::int64_t now) {
  THRONG_TRY(const Rows held, connection.run("SELECT count(*), COALESCE(MAX(leased_until), 0) FROM character "
                                             "WHERE node IS NOT NULL AND leased_until >= $1",
                                             {now}));
  return HeldLeases{held.integer(0, 0), held.integer(0, 1)};
}

Result<void> rename_character(Connection& connection, CharacterId id, AccountId account, const NewName& wish) {
  THRONG_TRY(const Rows found, connection.run("SELECT name, name_key, renamed_at FROM character "
                                              "WHERE id = $1 AND account = $2 AND name_key IS NOT NULL",
                                              {id.value, account.value}));
  if (found.empty()) return fail(std::string(kNoSuchCharacter));
  if (found.text(0, 0) == wish.name) return {};
  const std::int64_t renamed_at = found.integer(0, 2);
  if (renamed_at != 0 && wish.now < renamed_at + wish.cooldown_ms) return fail(std::string(kRenamedLately));
  THRONG_CHECK(check_name_free(connection, wish.name_key, id, wish.now));
  const std::string old_key = found.text(0, 1);
  if (old_key != wish.name_key)
    THRONG_CHECK(keep_given_up_name(connection, id, old_key, wish.now, wish.now + wish.cooldown_ms));
  Result<Rows> renamed = connection.run("UPDATE character SET name = $1, name_key = $2, renamed_at = $3 WHERE id = $4",
                                        {wish.name, wish.name_key, wish.now, id.value});
  if (!renamed) return name_failure(connection, renamed);
  return touch_character(connection.run("UPDATE owner SET name = $1 WHERE id = $2", {wish.name, id.value}));
}

Result<void> mark_for_deletion(Connection& connection, CharacterId id, AccountId account, std::int64_t delete_at,
                               std::int64_t now) {
  THRONG_TRY(
      const Rows marked,
      connection.run("UPDATE character SET delete_at = $1 WHERE id = $2 AND account = $3 AND name_key IS NOT NULL "
                     "AND (node IS NULL OR leased_until < $4)",
                     {delete_at, id.value, account.value, now}));
  if (marked.changed() > 0) return leave_party_for_good(connection, id);
  THRONG_TRY(const std::optional<CharacterRow> found, find_character(connection, id));
  return fail(std::string(found && found->account == account ? kCharacterPlays : kNoSuchCharacter));
}

Result<void> take_deletion_back(Connection& connection, CharacterId id, AccountId account) {
  return touch_character(
      connection.run("UPDATE character SET delete_at = NULL WHERE id = $1 AND account = $2 AND name_key IS NOT NULL",
                     {id.value, account.value}));
}

Result<std::size_t> purge_characters(Connection& connection, std::int64_t now, std::size_t max) {
  THRONG_TRY(const Rows over, connection.run("SELECT id FROM character WHERE delete_at <= $1 AND name_key IS NOT NULL "
                                             "AND (node IS NULL OR leased_until < $2) ORDER BY id LIMIT $3",
                                             {now, now, static_cast<std::int64_t>(max)}));
  for (std::size_t i = 0; i < over.size(); ++i) THRONG_CHECK(purge_character(connection, {over.integer(i, 0)}, now));
  return over.size();
}

Result<void> purge_character(Connection& connection, CharacterId id, std::int64_t now) {
  // Whoever still writes it with an older fence comes too late.
  THRONG_TRY(const Rows ended,
             connection.run("UPDATE character SET name = $1, name_key = NULL, sheet = NULL, map = '', level = 1, "
                            "fence = fence + 1, node = NULL, leased_until = 0, delete_at = $2 "
                            "WHERE id = $3 AND name_key IS NOT NULL AND (node IS NULL OR leased_until < $4)",
                            {kPurgedName, now, id.value, now}));
  if (ended.changed() == 0) {
    THRONG_TRY(const std::optional<CharacterRow> found, find_character(connection, id));
    return fail(std::string(found ? kCharacterPlays : kNoSuchCharacter));
  }
  THRONG_CHECK(touch_character(connection.run("UPDATE owner SET name = $1 WHERE id = $2", {kPurgedName, id.value})));
  THRONG_CHECK(connection.run("DELETE FROM given_up_name WHERE character = $1", {id.value}));
  THRONG_CHECK(leave_party_for_good(connection, id));
  return destroy_possessions(connection, {id.value}, now);
}

#undef THRONG_CHARACTER_COLUMNS

}  // namespace throng::services
