#pragma once
// The ledger by owner in blocks, and pieces without an index by owner.

#include "services/database/migrations.h"

namespace throng::services {

inline constexpr Migration kPieces7{7, "moves in blocks", R"sql(
-- As move_of, but in blocks of 8,192 moves: each is entered at the end of the table, so few pages are written, and whoever
-- looks for an owner looks once into each block.
CREATE TABLE move_in_block (
  block {int} NOT NULL,              -- move / 8192
  owner {int} NOT NULL,              -- who had a part in it; no source
  move {int} NOT NULL,               -- id in the ledger
  PRIMARY KEY (block, owner, move)
){strict by key};
INSERT INTO move_in_block (block, owner, move) SELECT move / 8192, owner, move FROM move_of ORDER BY 1, 2, 3;
DROP TABLE move_of;

-- Each piece that came or went was an entry in the middle of its owner's. What a character has is found by its moves, what
-- a mail has here: from now on every piece of a mail has a row, and a durability of -1 is that of a new one.
DROP INDEX item_owner;
INSERT INTO mail_piece (item, mail, durability)
  SELECT item.uid, mail.id, -1 FROM item JOIN mail ON mail.id = item.owner WHERE NOT EXISTS
    (SELECT 1 FROM mail_piece WHERE mail_piece.item = item.uid AND mail_piece.mail = mail.id)
  ON CONFLICT (item) DO UPDATE SET mail = excluded.mail, durability = excluded.durability;
)sql"};

}  // namespace throng::services
