#pragma once
// People and their sessions.

#include "services/database/migrations.h"

namespace throng::services {

inline constexpr Migration kAccounts1{1, "accounts", R"sql(
CREATE TABLE account (
  id {id},
  email {text} UNIQUE,               -- lower case; NULL: anonymous
  email_confirmed_at {int},          -- Unix milliseconds, as all times
  name {text} NOT NULL,              -- shown
  password_hash {text},              -- Argon2id, encoded; NULL: cannot log in by password
  role {int} NOT NULL DEFAULT 0,     -- 0 player … 4 administrator
  created_at {int} NOT NULL,
  last_seen_at {int} NOT NULL,
  erased_at {int}                    -- personal data is gone; the row stays for the ledger
){strict};

-- Who can never come back once the last session has run out.
CREATE INDEX account_anonymous ON account (last_seen_at) WHERE email IS NULL AND erased_at IS NULL;

-- A token that proves who somebody is; only its hash is kept.
CREATE TABLE session_token (
  hash {bytes} PRIMARY KEY,
  account {int} NOT NULL REFERENCES account (id),
  purpose {int} NOT NULL,            -- 0 session, 1 password reset, 2 e-mail confirmation
  created_at {int} NOT NULL,
  last_used_at {int} NOT NULL,
  expires_at {int} NOT NULL
){strict};
CREATE INDEX session_token_account ON session_token (account);
CREATE INDEX session_token_expires ON session_token (expires_at);

-- What was tried too often lately, for all nodes: logins by e-mail, whether or not anybody has it, logins by address …
CREATE TABLE attempt (
  key {text} PRIMARY KEY,            -- what, and a hash of by whom
  count {int} NOT NULL,
  window_began_at {int} NOT NULL,
  locked_until {int} NOT NULL,
  forget_at {int} NOT NULL           -- the row means nothing any more
){strict};
CREATE INDEX attempt_forget ON attempt (forget_at);
)sql"};

}  // namespace throng::services
