#pragma once
// People and their tokens as the database has them. Every function runs inside the caller's transaction.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "services/database/connection.h"

namespace throng::services {

/// What somebody may do. The numbers are stored.
enum class Role : std::uint8_t { Player, Supporter, Moderator, GameMaster, Administrator };
/// `player` … `administrator`.
std::string_view role_name(Role role);
std::optional<Role> role_of(std::string_view name);

struct Account {
  AccountId id;
  std::string email;          ///< lower case; empty: anonymous
  bool email_confirmed = false;
  std::string name;
  std::string password_hash;  ///< empty: nobody can log in by password
  Role role = Role::Player;
  std::int64_t created_at = 0;    ///< Unix milliseconds, as all times
  std::int64_t last_seen_at = 0;
  bool erased = false;

  bool anonymous() const { return email.empty(); }
};

/// Lower case and without spaces around; nothing when it is no address that mail could reach: at most 254 bytes of ASCII.
std::optional<std::string> normalise_email(std::string_view text);

Result<std::optional<Account>> find_account(Connection& connection, AccountId id);
Result<std::optional<Account>> find_account_by_email(Connection& connection, const std::string& email);
/// In order of number, those above `after`.
Result<std::vector<Account>> list_accounts(Connection& connection, AccountId after, int count_max);

/// `account.id` is not read. @return the number, or nothing when somebody has that e-mail
Result<std::optional<AccountId>> insert_account(Connection& connection, const Account& account);
/// An anonymous account becomes one with e-mail and password. False: somebody has that e-mail.
Result<bool> upgrade_account(Connection& connection, AccountId id, const std::string& email,
                             const std::string& password_hash, const std::string& name);
Result<void> set_password(Connection& connection, AccountId id, const std::string& password_hash);
Result<void> set_role(Connection& connection, AccountId id, Role role);
Result<void> confirm_email(Connection& connection, AccountId id, std::int64_t now);
Result<void> note_seen(Connection& connection, AccountId id, std::int64_t now);

}  // namespace throng::services
