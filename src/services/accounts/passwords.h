#pragma once
// Passwords: which ones are taken, and how they are kept. Nothing here may run on a thread that serves players: one
// computation takes some 25 ms by default.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "content/server/accounts_def.h"

namespace throng::services {

struct PasswordRefusal {
  std::string_view code;  ///< `password_too_short` …, as the SDKs know them
  std::string text;
};

/// @param email  of whom it will be; may be empty
/// @param name   the same
std::optional<PasswordRefusal> refuse_password(std::string_view password, const content::PasswordDef& rules,
                                               std::string_view email, std::string_view name);

/// Whether everybody tries it first: on the list, alone or with up to four digits or marks behind it.
bool is_common_password(std::string_view password);

/// Argon2id with a salt of its own, encoded with its parameters. Fails when there is not memory enough.
/// The password counts in Unicode's NFKC form, so that it is the same from every keyboard.
Result<std::string> hash_password(std::string_view password, const content::PasswordDef& cost);
/// Takes as long as the hash was made to take.
bool verify_password(const std::string& hash, std::string_view password);
/// Whether the hash was made with other parameters, so that it should be made anew now.
bool is_outdated_hash(const std::string& hash, const content::PasswordDef& cost);

}  // namespace throng::services
