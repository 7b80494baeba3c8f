#pragma once
// Parties of characters.

#include "services/database/migrations.h"

namespace throng::services {

inline constexpr Migration kParties10{10, "parties", R"sql(
CREATE TABLE party (
  id {id},
  leader {int} NOT NULL REFERENCES character (id),
  loot_rule {int} NOT NULL,          -- 0 free, 1 round robin
  version {int} NOT NULL             -- counts changes of the party and of who is in it
){strict};

-- A character is in one party at most.
CREATE TABLE party_member (
  character {int} PRIMARY KEY REFERENCES character (id),
  party {int} NOT NULL REFERENCES party (id),
  since {int} NOT NULL
){strict};
CREATE INDEX party_member_party ON party_member (party);

CREATE TABLE party_invitation (
  character {int} NOT NULL REFERENCES character (id),
  inviter {int} NOT NULL REFERENCES character (id),
  expires_at {int} NOT NULL,
  PRIMARY KEY (character, inviter)
){strict};
CREATE INDEX party_invitation_inviter ON party_invitation (inviter);
CREATE INDEX party_invitation_expires ON party_invitation (expires_at);
)sql"};

}  // namespace throng::services
