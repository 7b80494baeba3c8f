#pragma once
// Secrets that prove who somebody is. Only their hashes are kept.

#include <string>
#include <string_view>

#include "services/database/connection.h"

namespace throng::services {

/// 32 bytes of the operating system's generator as base64url without padding.
inline constexpr std::size_t kAuthTokenLength = 43;

std::string make_auth_token();

/// Whether it has the form of one: what has not needs no look at the database.
bool is_auth_token(std::string_view text);

/// BLAKE2b-256. Tokens hold 256 bits of luck, so that neither salt nor slowness is needed.
Blob auth_token_hash(std::string_view token);

/// `what` and a hash of `who`: a key that tells nothing to who reads the table.
std::string hashed_key(std::string_view what, std::string_view who);

}  // namespace throng::services
