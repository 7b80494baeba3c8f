#include "services/accounts/account.h"

#include <algorithm>
#include <array>

namespace throng::services {
namespace {

constexpr std::array<std::string_view, 5> kRoleNames{"player", "supporter", "moderator", "game_master",
                                                     "administrator"};
constexpr std::size_t kEmailBytesMax = 254;  // RFC 5321, 4.5.3.1.3
constexpr std::size_t kEmailLocalBytesMax = 64;

SqlValue text_or_null(const std::string& text) { return text.empty() ? SqlValue() : SqlValue(text); }

bool is_email_byte(char c) {
  return c > ' ' && c < 0x7F && std::string_view("()<>[],;:\\\"").find(c) == std::string::npos;
}

/// Labels of letters, digits and hyphens, at least one dot (or just `localhost`, for who tries it at home).
bool is_mail_domain(std::string_view domain) {
  if (domain.empty() || domain.front() == '.' || domain.back() == '.' || domain.find("..") != std::string_view::npos)
    return false;
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
  if (!std::all_of(domain.begin(), domain.end(), allowed)) return false;
  return domain == "localhost" || domain.find('.') != std::string_view::npos;
}

Account account_in(const Rows& rows, std::size_t row) {
  Account account;
  account.id = AccountId{rows.integer(row, 0)};
  account.email = rows.text(row, 1);
  account.email_confirmed = !rows.is_null(row, 2);
  account.name = rows.text(row, 3);
  account.password_hash = rows.text(row, 4);
  account.role = static_cast<Role>(std::clamp<std::int64_t>(rows.integer(row, 5), 0, 4));
  account.created_at = rows.integer(row, 6);
  account.last_seen_at = rows.integer(row, 7);
  account.erased = !rows.is_null(row, 8);
  return account;
}

Result<std::optional<Account>> first_account(const Result<Rows>& rows) {
  if (!rows) return fail(rows.error());
  return rows->empty() ? std::nullopt : std::optional(account_in(*rows, 0));
}

}  // namespace

std::string_view role_name(Role role) { return kRoleNames[static_cast<std::size_t>(role)]; }

std::optional<Role> role_of(std::string_view name) {
  const auto found = std::find(kRoleNames.begin(), kRoleNames.end(), name);
  if (found == kRoleNames.end()) return std::nullopt;
  return static_cast<Role>(found - kRoleNames.begin());
}

std::optional<std::string> normalise_email(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return std::nullopt;
  std::string email(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
  std::transform(email.begin(), email.end(), email.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const std::size_t at = email.find('@');
  if (email.size() > kEmailBytesMax || at == std::string::npos || at == 0 || at > kEmailLocalBytesMax)
    return std::nullopt;
  const std::string_view local = std::string_view(email).substr(0, at);
  if (!std::all_of(local.begin(), local.end(), is_email_byte)) return std::nullopt;
  if (!is_mail_domain(std::string_view(email).substr(at + 1))) return std::nullopt;
  return email;
}

Result<std::optional<Account>> find_account(Connection& connection, AccountId id) {
  return first_account(connection.run(
      "SELECT id, email, email_confirmed_at, name, password_hash, role, created_at, last_seen_at, erased_at "
      "FROM account WHERE id = $1",
      {id.value}));
}

Result<std::optional<Account>> find_account_by_email(Connection& connection, const std::string& email) {
  return first_account(connection.run(
      "SELECT id, email, email_confirmed_at, name, password_hash, role, created_at, last_seen_at, erased_at "
      "FROM account WHERE email = $1",
      {email}));
}

Result<std::vector<Account>> list_accounts(Connection& connection, AccountId after, int count_max) {
  THRONG_TRY(const Rows rows, connection.run("SELECT id, email, email_confirmed_at, name, password_hash, role, "
                                             "created_at, last_seen_at, erased_at "
                                             "FROM account WHERE id > $1 ORDER BY id LIMIT $2",
                                             {after.value, std::int64_t{count_max}}));
  std::vector<Account> accounts;
  for (std::size_t row = 0; row < rows.size(); ++row) accounts.push_back(account_in(rows, row));
  return accounts;
}

Result<std::optional<AccountId>> insert_account(Connection& connection, const Account& account) {
  const SqlValue confirmed = account.email_confirmed ? SqlValue(account.created_at) : SqlValue();
  THRONG_TRY(const Rows rows,
             connection.run("INSERT INTO account (email, email_confirmed_at, name, password_hash, role, created_at, "
                            "last_seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7) "
                            "ON CONFLICT (email) DO NOTHING RETURNING id",
                            {text_or_null(account.email), confirmed, account.name, text_or_null(account.password_hash),
                             static_cast<std::int64_t>(account.role), account.created_at, account.created_at}));
  if (rows.empty()) return std::optional<AccountId>();
  return std::optional(AccountId{rows.integer(0, 0)});
}

Result<bool> upgrade_account(Connection& connection, AccountId id, const std::string& email,
                             const std::string& password_hash, const std::string& name) {
  THRONG_TRY(const Rows taken, connection.run("SELECT id FROM account WHERE email = $1", {email}));
  if (!taken.empty()) return false;
  THRONG_TRY(const Rows rows, connection.run("UPDATE account SET email = $1, password_hash = $2, name = $3 "
                                             "WHERE id = $4 AND email IS NULL AND erased_at IS NULL",
                                             {email, password_hash, name, id.value}));
  return rows.changed() == 1;
}

Result<void> set_password(Connection& connection, AccountId id, const std::string& password_hash) {
  THRONG_TRY(const Rows rows,
             connection.run("UPDATE account SET password_hash = $1 WHERE id = $2", {password_hash, id.value}));
  if (rows.changed() != 1) return fail("no such account");
  return {};
}

Result<void> set_role(Connection& connection, AccountId id, Role role) {
  THRONG_TRY(const Rows rows,
             connection.run("UPDATE account SET role = $1 WHERE id = $2", {static_cast<std::int64_t>(role), id.value}));
  if (rows.changed() != 1) return fail("no such account");
  return {};
}

Result<void> confirm_email(Connection& connection, AccountId id, std::int64_t now) {
  THRONG_TRY(const Rows rows,
             connection.run("UPDATE account SET email_confirmed_at = $1 WHERE id = $2 AND email_confirmed_at IS NULL",
                            {now, id.value}));
  static_cast<void>(rows);  // confirmed before is as good
  return {};
}

Result<void> note_seen(Connection& connection, AccountId id, std::int64_t now) {
  THRONG_TRY(const Rows rows, connection.run("UPDATE account SET last_seen_at = $1 WHERE id = $2", {now, id.value}));
  static_cast<void>(rows);
  return {};
}

}  // namespace throng::services
