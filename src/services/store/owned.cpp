#include "services/store/owned.h"

#include <map>

#include "services/store/index_moves.h"

namespace throng::services {

Result<std::vector<OwnedThing>> pieces_of(Connection& connection, OwnerId owner) {
  THRONG_TRY(const std::int64_t indexed_until, first_move_not_indexed(connection));
  // Whatever somebody has came to them by a move. It may have come more than once.
  THRONG_TRY(const Rows found,
             connection.run("WITH RECURSIVE blocks (number) AS (SELECT CAST($1 AS BIGINT) UNION ALL "
                            "SELECT number - 1 FROM blocks WHERE number > 0), "
                            "came (uid) AS (SELECT ledger.item FROM blocks CROSS JOIN move_in_block "
                            "JOIN ledger ON ledger.id = move_in_block.move WHERE move_in_block.block = blocks.number "
                            "AND move_in_block.owner = $2 AND ledger.item IS NOT NULL UNION "
                            "SELECT item FROM ledger WHERE id >= $3 AND to_owner = $4 AND item IS NOT NULL) "
                            "SELECT asset.name, item.uid FROM came JOIN item ON item.uid = came.uid "
                            "JOIN asset ON asset.id = item.asset WHERE item.owner = $5 ORDER BY item.uid",
                            {indexed_until / kMovesInBlock, owner.value, indexed_until, owner.value, owner.value}));
  std::vector<OwnedThing> things;
  for (std::size_t i = 0; i < found.size(); ++i) things.push_back({found.text(i, 0), 1, found.integer(i, 1)});
  return things;
}

Result<void> append_stacks_of(Connection& connection, OwnerId owner, std::vector<OwnedThing>& things) {
  std::map<std::string, std::int64_t> in_pieces;
  for (const OwnedThing& thing : things) in_pieces[thing.asset] += thing.amount;
  THRONG_TRY(const Rows balances,
             connection.run("SELECT asset.name, balance.amount FROM balance JOIN asset ON asset.id = balance.asset "
                            "WHERE balance.owner = $1 ORDER BY asset.id",
                            {owner.value}));
  for (std::size_t i = 0; i < balances.size(); ++i) {
    const std::string name = balances.text(i, 0);
    const std::int64_t rest = balances.integer(i, 1) - in_pieces[name];
    if (rest != 0) things.push_back({name, rest, 0});
  }
  return {};
}

Result<std::vector<OwnedThing>> possessions_of(Connection& connection, OwnerId owner) {
  THRONG_TRY(std::vector<OwnedThing> things, pieces_of(connection, owner));
  THRONG_CHECK(append_stacks_of(connection, owner, things));
  return things;
}

}  // namespace throng::services
