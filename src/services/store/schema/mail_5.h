#pragma once
// How worn the pieces are that lie in the mail: the ledger knows only whose they are.

#include "services/database/migrations.h"

namespace throng::services {

inline constexpr Migration kMail5{5, "pieces in the mail", R"sql(
CREATE TABLE mail_piece (
  item {int} PRIMARY KEY,                   -- the piece
  mail {int} NOT NULL REFERENCES mail (id),
  durability {int} NOT NULL
){strict};
CREATE INDEX mail_piece_mail ON mail_piece (mail);
)sql"};

}  // namespace throng::services
