#pragma once
// config/server/accounts.json: who may play, how they prove who they are, and how mail reaches them.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace throng::content {

/// What one party may try before it has to wait, and how long it waits then: twice as long each time.
struct AttemptLimitDef {
  int free = 5;           ///< tries before the first wait
  int wait_s = 2;         ///< the first one
  int wait_max_s = 900;
  int forget_s = 900;     ///< so long after the last try everything is forgotten
};

struct PasswordDef {
  int length_min = 8;    ///< code points
  int length_max = 128;
  bool refuse_common = true;
  int memory_kib = 19'456;  ///< of one Argon2id computation: OWASP's 19 MiB, with
  int passes = 2;           ///< two passes
  int threads = 2;          ///< how many are computed at once
  int waiting_max = 64;     ///< logins and registrations that wait for one; more are told to come back
};

struct CharactersDef {
  int per_account = 8;
  int deletion_grace_h = 168;  ///< a deleted character can be had back so long
  int rename_cooldown_h = 24;  ///< between two renames; so long the old name stays reserved, too
  int party_forgotten_h = 72;  ///< a party of which nobody has played for so long ends
};

enum class SmtpSecurity { StartTls, Tls, None };

struct SmtpDef {
  std::string host;
  int port = 587;
  SmtpSecurity security = SmtpSecurity::StartTls;
  std::string user;           ///< empty: THRONG_SMTP_USER, or no login
  std::string password_file;  ///< empty: THRONG_SMTP_PASSWORD
};

struct MailDef {
  std::string from = "Throng <noreply@localhost>";
  std::optional<SmtpDef> smtp;  ///< none: mails are written to data_dir/outbox
};

struct AccountsDef {
  bool guests_allowed = true;  ///< to play without an account, and to make an anonymous one
  bool registration_open = true;
  std::string public_url;      ///< that links in mails begin with; empty: http://localhost:PORT
  int session_days = 30;       ///< after its last use
  int sessions_per_account = 20;
  int reset_minutes = 60;
  int confirm_hours = 72;
  PasswordDef passwords;
  AttemptLimitDef logins_per_account{};
  AttemptLimitDef logins_per_address{.free = 30, .wait_s = 2, .wait_max_s = 900, .forget_s = 900};
  AttemptLimitDef new_accounts_per_address{.free = 100, .wait_s = 60, .wait_max_s = 3600, .forget_s = 3600};
  AttemptLimitDef mails_per_account{.free = 3, .wait_s = 300, .wait_max_s = 3600, .forget_s = 3600};
  CharactersDef characters;
  MailDef mail;
};

/// @return the definition, or every problem of the file, one per line. Any thread.
Result<AccountsDef> parse_accounts(std::string_view text, std::string_view file);

/// The draft-07 JSON Schema of the file, as committed in config/schema/accounts.schema.json.
std::string json_schema_for_accounts();

}  // namespace throng::content
