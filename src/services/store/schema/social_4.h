#pragma once
// Mail, and whom a character wants to hear of or not.

#include "services/database/migrations.h"

namespace throng::services {

inline constexpr Migration kSocial4{4, "mail and acquaintances", R"sql(
-- A mail is an owner of the ledger: what is attached to it is what that owner has.
CREATE TABLE mail (
  id {int} PRIMARY KEY REFERENCES owner (id),
  recipient {int} NOT NULL REFERENCES character (id),
  sender {int} REFERENCES character (id),   -- NULL: the game
  sender_name {text} NOT NULL,              -- shown, as it was then
  subject {text} NOT NULL,
  body {text} NOT NULL,
  sent_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  comes_back {int} NOT NULL,                -- 1: what nobody claimed goes back to the sender, once; 0: it is gone
  read_at {int},
  claimed_at {int},
  claim_fence {int} NOT NULL DEFAULT 0      -- the lease under which its recipient takes what is attached; 0: nobody does
){strict};
CREATE INDEX mail_recipient ON mail (recipient, id);
CREATE INDEX mail_expires ON mail (expires_at);

-- By shown name, as chat knows people.
CREATE TABLE acquaintance (
  owner {int} NOT NULL REFERENCES character (id),
  ignored {int} NOT NULL,                   -- 0: a friend
  place {int} NOT NULL,                     -- in the list
  name {text} NOT NULL,
  PRIMARY KEY (owner, ignored, place)
){strict};
)sql"};

}  // namespace throng::services
