#include "services/accounts/erasure.h"

#include "services/accounts/attempts.h"
#include "services/accounts/recovery.h"
#include "services/accounts/tokens.h"
#include "services/mail/acquaintances.h"
#include "services/mail/mailbox.h"
#include "services/store/characters_repository.h"

namespace throng::services {
namespace {

constexpr const char* kErasedName = "erased";

/// The first text behind all that begin with `prefix`, which ends with a character of ASCII.
std::string behind_all_of(std::string prefix) {
  ++prefix.back();
  return prefix;
}

/// What it wrote, and what it was written. Its mailbox runs out at once, so that what is attached there goes the usual way:
/// back to who sent it, or to the sink `expired`.
Result<void> forget_letters(Connection& connection, CharacterId character, std::int64_t now) {
  const std::string nothing;
  THRONG_CHECK(connection.run("UPDATE mail SET subject = $1, body = $2, expires_at = $3 WHERE recipient = $4",
                              {nothing, nothing, now, character.value}));
  THRONG_CHECK(connection.run("UPDATE mail SET sender_name = $1, subject = $2, body = $3 WHERE sender = $4",
                              {std::string(kErasedName), nothing, nothing, character.value}));
  // Keys are the client's own words.
  const std::string keys = mail_key(character, {});
  THRONG_CHECK(connection.run("DELETE FROM command_key WHERE key >= $1 AND key < $2", {keys, behind_all_of(keys)}));
  return forget_acquaintances(connection, character);
}

/// Ends the lease first: a room that still plays one finds its next cut fenced off.
Result<void> end_characters(Connection& connection, AccountId account, std::int64_t now) {
  THRONG_TRY(const Rows fenced, connection.run("UPDATE character SET fence = fence + 1, node = NULL, leased_until = 0 "
                                               "WHERE account = $1 AND name_key IS NOT NULL RETURNING id",
                                               {account.value}));
  for (std::size_t row = 0; row < fenced.size(); ++row)
    THRONG_CHECK(purge_character(connection, CharacterId{fenced.integer(row, 0)}, now));
  // Also of those that were deleted long ago.
  THRONG_TRY(const Rows all, connection.run("SELECT id FROM character WHERE account = $1", {account.value}));
  for (std::size_t row = 0; row < all.size(); ++row)
    THRONG_CHECK(forget_letters(connection, CharacterId{all.integer(row, 0)}, now));
  return {};
}

Result<void> forget_tries(Connection& connection, const std::string& email) {
  if (email.empty()) return {};
  THRONG_CHECK(forget_attempts(connection, login_attempts_key(email)));
  return forget_attempts(connection, hashed_key("mail email", email));
}

}  // namespace

Result<void> erase_account(Connection& connection, AccountId id, std::int64_t now) {
  THRONG_TRY(const std::optional<Account> account, find_account(connection, id));
  if (!account) return fail("no such account");
  THRONG_CHECK(end_characters(connection, id, now));
  THRONG_CHECK(forget_tries(connection, account->email));
  THRONG_TRY(const Rows tokens, connection.run("DELETE FROM session_token WHERE account = $1", {id.value}));
  static_cast<void>(tokens);
  THRONG_TRY(const Rows erased, connection.run("UPDATE account SET email = NULL, email_confirmed_at = NULL, name = $1, "
                                               "password_hash = NULL, role = 0, erased_at = $2 WHERE id = $3",
                                               {std::string(kErasedName), now, id.value}));
  static_cast<void>(erased);
  return {};
}

Result<std::int64_t> erase_lost_accounts(Connection& connection, std::int64_t seen_before, std::int64_t now,
                                         int count_max) {
  THRONG_TRY(const Rows lost,
             connection.run("SELECT id FROM account WHERE email IS NULL AND erased_at IS NULL AND last_seen_at < $1 "
                            "AND NOT EXISTS (SELECT 1 FROM session_token WHERE session_token.account = account.id) "
                            "ORDER BY last_seen_at LIMIT $2",
                            {seen_before, std::int64_t{count_max}}));
  for (std::size_t row = 0; row < lost.size(); ++row)
    THRONG_CHECK(erase_account(connection, AccountId{lost.integer(row, 0)}, now));
  return static_cast<std::int64_t>(lost.size());
}

}  // namespace throng::services
