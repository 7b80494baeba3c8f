#include "services/accounts/token_table.h"

namespace throng::services {
namespace {

std::int64_t stored(TokenPurpose purpose) { return static_cast<std::int64_t>(purpose); }

}  // namespace

Result<void> insert_token(Connection& connection, const NewToken& token, int count_max) {
  THRONG_TRY(
      const Rows added,
      connection.run("INSERT INTO session_token (hash, account, purpose, created_at, last_used_at, expires_at) "
                     "VALUES ($1, $2, $3, $4, $5, $6)",
                     {token.hash, token.account.value, stored(token.purpose), token.now, token.now, token.expires_at}));
  static_cast<void>(added);
  THRONG_TRY(const Rows ended,
             connection.run("DELETE FROM session_token WHERE hash IN (SELECT hash FROM session_token "
                            "WHERE account = $1 AND purpose = $2 ORDER BY last_used_at DESC, created_at DESC, hash "
                            "LIMIT 1000000 OFFSET $3)",
                            {token.account.value, stored(token.purpose), std::int64_t{count_max}}));
  static_cast<void>(ended);
  return {};
}

Result<std::optional<LiveSession>> find_session(Connection& connection, const Blob& hash, std::int64_t now) {
  THRONG_TRY(const Rows rows, connection.run("SELECT account, last_used_at, expires_at FROM session_token "
                                             "WHERE hash = $1 AND purpose = 0 AND expires_at > $2",
                                             {hash, now}));
  if (rows.empty()) return std::optional<LiveSession>();
  THRONG_TRY(std::optional<Account> account, find_account(connection, AccountId{rows.integer(0, 0)}));
  if (!account || account->erased) return std::optional<LiveSession>();
  return std::optional(LiveSession{*std::move(account), rows.integer(0, 1), rows.integer(0, 2)});
}

Result<void> extend_session(Connection& connection, const Blob& hash, std::int64_t now, std::int64_t expires_at) {
  THRONG_TRY(const Rows rows, connection.run("UPDATE session_token SET last_used_at = $1, expires_at = $2 "
                                             "WHERE hash = $3 AND purpose = 0",
                                             {now, expires_at, hash}));
  static_cast<void>(rows);  // ended meanwhile: then it stays so
  return {};
}

Result<std::optional<AccountId>> take_token(Connection& connection, const Blob& hash, TokenPurpose purpose,
                                            std::int64_t now) {
  THRONG_TRY(const Rows rows, connection.run("DELETE FROM session_token WHERE hash = $1 AND purpose = $2 "
                                             "AND expires_at > $3 RETURNING account",
                                             {hash, stored(purpose), now}));
  if (rows.empty()) return std::optional<AccountId>();
  return std::optional(AccountId{rows.integer(0, 0)});
}

Result<bool> has_token(Connection& connection, const Blob& hash, TokenPurpose purpose, std::int64_t now) {
  THRONG_TRY(const Rows rows, connection.run("SELECT account FROM session_token WHERE hash = $1 AND purpose = $2 "
                                             "AND expires_at > $3",
                                             {hash, stored(purpose), now}));
  return !rows.empty();
}

Result<bool> end_session(Connection& connection, const Blob& hash) {
  THRONG_TRY(const Rows rows, connection.run("DELETE FROM session_token WHERE hash = $1 AND purpose = 0", {hash}));
  return rows.changed() > 0;
}

Result<std::int64_t> end_tokens(Connection& connection, AccountId account, TokenPurpose purpose) {
  THRONG_TRY(const Rows rows, connection.run("DELETE FROM session_token WHERE account = $1 AND purpose = $2",
                                             {account.value, stored(purpose)}));
  return rows.changed();
}

Result<std::int64_t> sweep_tokens(Connection& connection, std::int64_t now) {
  THRONG_TRY(const Rows rows, connection.run("DELETE FROM session_token WHERE expires_at <= $1", {now}));
  return rows.changed();
}

}  // namespace throng::services
