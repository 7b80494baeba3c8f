#pragma once
// What has changed hands since the last cut, in the order in which it did.

#include <cstdint>
#include <string_view>
#include <vector>

#include "room/keeping.h"
#include "room/kinds/possessions.h"

namespace throng::room {

/// A LedgerMove of which the asset is still a number.
struct PendingMove {
  OwnerId from;
  OwnerId to;
  content::ItemRef item{content::kNoNumber};  ///< none: coins
  std::int64_t uid = 0;
  std::int64_t amount = 0;  ///< above 0; 0: void
  LedgerSource reason = LedgerSource::Unexplained;
  std::string_view note = {};
};

/// The moves that somebody had a part in: places in PendingMoves.
using OwnMoves = std::vector<std::uint32_t>;

/// Room's thread. Moves of one kind between the same two are one; what has a uid stays alone, since its way is a chain.
class PendingMoves {
 public:
  /// Beyond it nothing is noted: the difference of holdings is then unexplained.
  static constexpr std::size_t kMovesMax = 100'000;

  /// @param from,to  the lists of the two, null for whoever is no character that is kept; one of them is there
  void add(const PendingMove& move, OwnMoves* from, OwnMoves* to);
  /// What `moves` says that `owner` has more or less now, taken off `difference`: what is left there is unexplained.
  void take_off(OwnerId owner, const OwnMoves& moves, Holdings& difference) const;

  const std::vector<PendingMove>& all() const { return moves_; }
  /// It did not happen: its amount is 0 from now on.
  void cancel(std::uint32_t place) { moves_[place].amount = 0; }
  /// When a cut has taken them; the lists of their owners are to be cleared, too.
  void clear() { moves_.clear(); }

 private:
  std::vector<PendingMove> moves_;
};

}  // namespace throng::room
