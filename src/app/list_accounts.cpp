#include "app/list_accounts.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/iso_time.h"
#include "services/accounts/account.h"

namespace throng::app {
namespace {

using services::Account;

constexpr int kListedAtOnce = 500;

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

/// @param filter  in lower case
bool is_wanted(const Account& account, const AccountOptions& options, const std::string& filter) {
  if (account.anonymous() && !account.erased && !options.guests) return false;
  const auto has = [&](std::string_view text) {
    return lower_case(std::string(text)).find(filter) != std::string::npos;
  };
  return filter.empty() || has(account.email) || has(account.name) || has(services::role_name(account.role));
}

void print_row(const Account& account) {
  const std::string email = account.erased ? "(erased)" : account.anonymous() ? "(guest)" : account.email;
  fmt::print("{:>8}  {:<14}  {}  {:<32}  {}\n", account.id.value, services::role_name(account.role),
             iso_time(account.last_seen_at), email, account.name);
}

void print_json(const Account& account, bool first) {
  const nlohmann::ordered_json row{
      {"id", account.id.value},
      {"email", account.email.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(account.email)},
      {"emailConfirmed", account.email_confirmed},
      {"name", account.name},
      {"role", services::role_name(account.role)},
      {"createdAt", iso_time(account.created_at)},
      {"lastSeenAt", iso_time(account.last_seen_at)},
      {"guest", account.anonymous() && !account.erased},
      {"erased", account.erased}};
  const auto text = row.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  fmt::print("{}{}", first ? "\n  " : ",\n  ", text);
}

/// @return how many were wanted
Result<std::size_t> visit_accounts(services::Connection& connection, const AccountOptions& options,
                                   const std::function<void(const Account&, bool first)>& visit) {
  const std::string filter = lower_case(options.filter);
  std::size_t count = 0;
  AccountId after;
  for (;;) {
    THRONG_TRY(const std::vector<Account> page, services::list_accounts(connection, after, kListedAtOnce));
    for (const Account& account : page) {
      if (is_wanted(account, options, filter)) visit(account, count++ == 0);
    }
    if (page.size() < static_cast<std::size_t>(kListedAtOnce)) return count;
    after = page.back().id;
  }
}

}  // namespace

Result<void> list_accounts(services::Connection& connection, const AccountOptions& options) {
  if (options.json) {
    fmt::print("[");
    THRONG_TRY(const std::size_t count, visit_accounts(connection, options, print_json));
    fmt::print("{}]\n", count > 0 ? "\n" : "");
    return {};
  }
  const auto visit = [](const Account& account, bool first) {
    if (first) fmt::print("{:>8}  {:<14}  {:<24}  {:<32}  {}\n", "account", "role", "last seen", "e-mail", "name");
    print_row(account);
  };
  THRONG_TRY(const std::size_t count, visit_accounts(connection, options, visit));
  if (count > 0) return {};
  fmt::print("{}{}\n", options.filter.empty() ? "no accounts" : "no such account",
             options.guests ? "" : "; --guests shows those of guests, too");
  return {};
}

}  // namespace throng::app
