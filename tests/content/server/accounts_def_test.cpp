#include "content/server/accounts_def.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/schema_files.h"

namespace throng::content {
namespace {

std::string account_problems(std::string_view text) {
  const Result<AccountsDef> accounts = parse_accounts(text, "accounts.json");
  return accounts ? "none" : accounts.error().message;
}

TEST(AccountsFile, AnEmptyObjectIsTheDefaults) {
  const Result<AccountsDef> accounts = parse_accounts("{}", "accounts.json");
  ASSERT_TRUE(accounts.has_value()) << accounts.error().message;
  EXPECT_TRUE(accounts->guests_allowed);
  EXPECT_EQ(accounts->passwords.length_min, 8);
  EXPECT_EQ(accounts->passwords.memory_kib, 19 * 1024) << "OWASP's 19 MiB";
  EXPECT_EQ(accounts->passwords.passes, 2);
  EXPECT_EQ(accounts->characters.per_account, 8);
  EXPECT_FALSE(accounts->mail.smtp.has_value());
}

TEST(AccountsFile, ReadsEverySetting) {
  const Result<AccountsDef> accounts = parse_accounts(
      R"({"version": 1, "guests_allowed": false, "registration_open": false, "public_url": "https://play.example.org/eu/",
          "session_days": 7, "sessions_per_account": 3, "reset_minutes": 10, "confirm_hours": 5,
          "passwords": {"length_min": 12, "length_max": 100, "refuse_common": false, "memory_kib": 47104, "passes": 1,
                        "threads": 4, "waiting_max": 9},
          "logins_per_account": {"free": 3, "wait_s": 4, "wait_max_s": 5, "forget_s": 6},
          "characters": {"per_account": 2, "deletion_grace_h": 1, "rename_cooldown_h": 3, "party_forgotten_h": 5},
          "mail": {"from": "Us <us@example.org>", "smtp": {"host": "mail.example.org", "port": 465, "security": "tls",
                   "user": "u", "password_file": "secret"}}})",
      "accounts.json");
  ASSERT_TRUE(accounts.has_value()) << accounts.error().message;
  EXPECT_FALSE(accounts->guests_allowed);
  EXPECT_FALSE(accounts->registration_open);
  EXPECT_EQ(accounts->public_url, "https://play.example.org/eu") << "without the slash at its end";
  EXPECT_EQ(accounts->passwords.waiting_max, 9);
  EXPECT_EQ(accounts->logins_per_account.wait_max_s, 5);
  EXPECT_EQ(accounts->characters.deletion_grace_h, 1);
  EXPECT_EQ(accounts->characters.rename_cooldown_h, 3);
  EXPECT_EQ(accounts->characters.party_forgotten_h, 5);
  EXPECT_EQ(accounts->mail.smtp->security, SmtpSecurity::Tls);
}

TEST(AccountsFile, WhatALimitLeavesOutIsAsThatLimitHasIt) {
  const Result<AccountsDef> accounts = parse_accounts(R"({"logins_per_address": {"wait_s": 5}})", "accounts.json");
  ASSERT_TRUE(accounts.has_value()) << accounts.error().message;
  EXPECT_EQ(accounts->logins_per_address.wait_s, 5);
  EXPECT_EQ(accounts->logins_per_address.free, AccountsDef{}.logins_per_address.free);
}

TEST(AccountsFile, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(account_problems("{\n \"passwords\": {\"length_min\": 4}\n}"),
            "accounts.json:2:30: $.passwords.length_min: found 4, expected an integer from 8 to 64");
  EXPECT_THAT(account_problems(R"({"guests": true})"), testing::HasSubstr("found an unknown key"));
  EXPECT_THAT(account_problems(R"({"public_url": "play.example.org"})"), testing::HasSubstr("expected https://host"));
  EXPECT_THAT(account_problems(R"({"public_url": "https://a/?x"})"), testing::HasSubstr("expected https://host"));
  EXPECT_THAT(account_problems(R"({"mail": {"from": "a@b\r\nBcc: x"}})"), testing::HasSubstr("expected one line"));
  EXPECT_THAT(account_problems(R"({"mail": {"smtp": {"port": 25}}})"), testing::HasSubstr("no member \"host\""));
  EXPECT_THAT(account_problems(R"({"logins_per_account": {"wait_s": 100, "wait_max_s": 10}})"),
              testing::HasSubstr("expected at least as much"));
}

TEST(AccountsFile, TheShippedFileIsValid) {
  EXPECT_EQ(account_problems(shipped_file("config/server/accounts.json")), "none");
}

TEST(AccountsFile, CommittedSchemaIsTheGeneratedOne) {
  expect_schema_is_committed("accounts", json_schema_for_accounts());
}

}  // namespace
}  // namespace throng::content
