#pragma once
// Tokens as the database has them: sessions, and the links of mails. Inside the caller's transaction.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/accounts/account.h"

namespace throng::services {

/// What a token is good for; one for one thing is no good for another. The numbers are stored.
enum class TokenPurpose : std::uint8_t { Session, PasswordReset, EmailConfirmation };

struct NewToken {
  Blob hash;
  AccountId account;
  TokenPurpose purpose = TokenPurpose::Session;
  std::int64_t now = 0;
  std::int64_t expires_at = 0;
};

/// @param count_max  tokens of this purpose that an account has at a time: the oldest end for a new one
Result<void> insert_token(Connection& connection, const NewToken& token, int count_max);

struct LiveSession {
  Account account;
  std::int64_t last_used_at = 0;
  std::int64_t expires_at = 0;
};
/// Nothing: unknown, run out, or of an account that was erased.
Result<std::optional<LiveSession>> find_session(Connection& connection, const Blob& hash, std::int64_t now);
/// It was used: it lives on until `expires_at`.
Result<void> extend_session(Connection& connection, const Blob& hash, std::int64_t now, std::int64_t expires_at);

/// Whose it was, once: it is gone afterwards.
Result<std::optional<AccountId>> take_token(Connection& connection, const Blob& hash, TokenPurpose purpose,
                                            std::int64_t now);
/// Whether it would be taken; it stays.
Result<bool> has_token(Connection& connection, const Blob& hash, TokenPurpose purpose, std::int64_t now);
/// Whose session it was; false when it was none.
Result<bool> end_session(Connection& connection, const Blob& hash);
/// @return how many there were
Result<std::int64_t> end_tokens(Connection& connection, AccountId account, TokenPurpose purpose);

/// @return how many were gone already
Result<std::int64_t> sweep_tokens(Connection& connection, std::int64_t now);

}  // namespace throng::services
