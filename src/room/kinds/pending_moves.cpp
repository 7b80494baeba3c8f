#include "room/kinds/pending_moves.h"

#include <algorithm>

namespace throng::room {
namespace {

bool are_one(const PendingMove& a, const PendingMove& b) {
  return a.uid == 0 && b.uid == 0 && a.from == b.from && a.to == b.to && a.item == b.item && a.reason == b.reason &&
         a.note == b.note;
}

}  // namespace

void PendingMoves::add(const PendingMove& move, OwnMoves* from, OwnMoves* to) {
  for (const std::uint32_t place : from != nullptr ? *from : *to) {
    if (!are_one(moves_[place], move)) continue;
    moves_[place].amount += move.amount;
    return;
  }
  if (moves_.size() >= kMovesMax) return;
  const auto place = static_cast<std::uint32_t>(moves_.size());
  moves_.push_back(move);
  if (from != nullptr) from->push_back(place);
  if (to != nullptr) to->push_back(place);
}

void PendingMoves::take_off(OwnerId owner, const OwnMoves& moves, Holdings& difference) const {
  for (const std::uint32_t place : moves) {
    const PendingMove& move = moves_[place];
    const std::int64_t amount = move.to == owner ? move.amount : -move.amount;
    const auto found = std::find_if(difference.begin(), difference.end(), [&](const Holding& holding) {
      return holding.item == move.item && holding.uid == move.uid;
    });
    if (found == difference.end()) {
      difference.push_back({move.item, move.uid, -amount});
    } else {
      found->amount -= amount;
    }
  }
}

}  // namespace throng::room
