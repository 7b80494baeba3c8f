#pragma once
// The ledger by owner, without an index that is written with each move.

#include "services/database/migrations.h"

namespace throng::services {

inline constexpr Migration kMoves6{6, "moves by owner", R"sql(
-- An index entry for each move, in the middle of its owner's, cost more than the move itself. So the store enters many at
-- once, in the order of owners. Those from number_block's `moves_by_owner` on are not entered yet.
CREATE TABLE move_of (
  owner {int} NOT NULL,              -- who had a part in it; no source
  move {int} NOT NULL,               -- id in the ledger
  PRIMARY KEY (owner, move)
){strict by key};
INSERT INTO move_of (owner, move)
  SELECT to_owner, id FROM ledger WHERE to_owner >= 1000 UNION SELECT from_owner, id FROM ledger WHERE from_owner >= 1000;
INSERT INTO number_block (name, next) SELECT 'moves_by_owner', COALESCE(MAX(id), 0) + 1 FROM ledger;
DROP INDEX ledger_to;
DROP INDEX ledger_from;
)sql"};

}  // namespace throng::services
