#include "room/kinds/pending_moves.h"

#include <gtest/gtest.h>

namespace throng::room {
namespace {

constexpr OwnerId kAnnsOwner{2'001};
constexpr OwnerId kBobsOwner{2'002};
constexpr OwnerId kShopOwner = owner_of(LedgerSource::Shop);
constexpr content::ItemRef kSomePotion{1};
constexpr content::ItemRef kSomeSword{2};

PendingMove bought(content::ItemRef item, std::int64_t uid, std::int64_t amount) {
  return {kShopOwner, kAnnsOwner, item, uid, amount, LedgerSource::Shop, {}};
}

TEST(PendingMoves, MovesOfOneKindAreOneAndPiecesStayAlone) {
  PendingMoves moves;
  OwnMoves ann;
  moves.add(bought(kSomePotion, 0, 2), nullptr, &ann);
  moves.add(bought(kSomeSword, 7, 1), nullptr, &ann);
  moves.add(bought(kSomeSword, 8, 1), nullptr, &ann);
  moves.add(bought(kSomePotion, 0, 3), nullptr, &ann);
  ASSERT_EQ(moves.all().size(), 3u);
  EXPECT_EQ(moves.all()[0].amount, 5);
  EXPECT_EQ(ann, (OwnMoves{0, 1, 2}));
}

TEST(PendingMoves, WhatIsLeftOfADifferenceIsUnexplained) {
  PendingMoves moves;
  OwnMoves ann;
  OwnMoves bob;
  moves.add(bought(kSomePotion, 0, 2), nullptr, &ann);
  moves.add({kAnnsOwner, kBobsOwner, kSomeSword, 7, 1, LedgerSource::Trade, "trade"}, &ann, &bob);
  Holdings difference{{kSomePotion, 0, 5}, {kSomeSword, 7, -1}};
  moves.take_off(kAnnsOwner, ann, difference);
  EXPECT_EQ(difference, (Holdings{{kSomePotion, 0, 3}, {kSomeSword, 7, 0}}));
  Holdings of_bob;
  moves.take_off(kBobsOwner, bob, of_bob);
  EXPECT_EQ(of_bob, (Holdings{{kSomeSword, 7, -1}})) << "it was told of something that it does not have";
}

TEST(PendingMoves, ACancelledMoveExplainsNothing) {
  PendingMoves moves;
  OwnMoves ann;
  moves.add(bought(kSomePotion, 0, 2), nullptr, &ann);
  moves.cancel(0);
  Holdings difference{{kSomePotion, 0, 2}};
  moves.take_off(kAnnsOwner, ann, difference);
  EXPECT_EQ(difference[0].amount, 2);
}

TEST(PendingMoves, TheirNumberIsBounded) {
  PendingMoves moves;
  for (std::size_t i = 0; i < PendingMoves::kMovesMax + 10; ++i) {
    OwnMoves own;
    moves.add(bought(kSomeSword, static_cast<std::int64_t>(i + 1), 1), nullptr, &own);
  }
  EXPECT_EQ(moves.all().size(), PendingMoves::kMovesMax);
}

}  // namespace
}  // namespace throng::room
