#include "services/store/commit_cuts.h"

#include <random>

#include <gmock/gmock.h>

#include "services/store/ledger_world.h"

namespace throng::services {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class CommitCuts : public testing::TestWithParam<Engine> {
 protected:
  LedgerWorld world_{GetParam()};
  room::CharacterLease anna_ = world_.character("anna");
  room::CharacterLease bert_ = world_.character("bert");
  OwnerId anna_owns_ = owner_of(anna_.character);
  OwnerId bert_owns_ = owner_of(bert_.character);

  room::Cut anna_loots(std::int64_t number, std::int64_t coins, std::int64_t coins_after) {
    return test_cut(number, {test_move(kTestLoot, anna_owns_, "coins", coins)},
                    {test_save(anna_, {.amounts = {{"coins", coins_after}}})});
  }
};

TEST_P(CommitCuts, MovesAndSheetsAreKeptTogether) {
  const room::CutOutcome outcome = world_.keep(
      test_cut(1, {test_move(kTestLoot, anna_owns_, "coins", 7), test_move(kTestLoot, anna_owns_, "sword", 1, 55)},
               {test_save(anna_, {.amounts = {{"coins", 7}}, .pieces = {{55, "sword"}}})}));
  EXPECT_EQ(outcome.number, 1);
  EXPECT_THAT(outcome.fenced_off, IsEmpty());
  EXPECT_EQ(outcome.refused, "");
  EXPECT_EQ(world_.balance(anna_owns_, "coins"), 7);
  EXPECT_EQ(world_.balance(kTestLoot, "coins"), -7);
  EXPECT_EQ(world_.count("SELECT owner FROM item WHERE uid = 55"), anna_.character.value);
  const auto row = find_character(world_.connection(), anna_.character);
  EXPECT_EQ((*row)->level, 3);
  EXPECT_EQ((*row)->map, "meadow");
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(CommitCuts, ACutThatComesTwiceTakesEffectOnce) {
  world_.keep(anna_loots(1, 7, 7));
  EXPECT_EQ(world_.keep(anna_loots(1, 7, 7)).refused, "");
  EXPECT_EQ(world_.balance(anna_owns_, "coins"), 7);
  const auto outcomes = world_.keep_all({anna_loots(2, 1, 8), anna_loots(2, 1, 8)});
  EXPECT_EQ(outcomes[1].number, 2);
  EXPECT_EQ(world_.balance(anna_owns_, "coins"), 8);
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(CommitCuts, AnOlderCutThatComesLateDoesNothing) {
  world_.keep(anna_loots(2, 5, 5));
  world_.keep(anna_loots(1, 9, 9));
  EXPECT_EQ(world_.balance(anna_owns_, "coins"), 5);
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(CommitCuts, WhoIsFencedOffIsLeftOutAndTheRestIsKept) {
  world_.lease(bert_.character, "elsewhere");
  const room::CutOutcome outcome = world_.keep(
      test_cut(1, {test_move(kTestLoot, anna_owns_, "coins", 3), test_move(kTestLoot, bert_owns_, "coins", 4)},
               {test_save(anna_, {.amounts = {{"coins", 3}}}), test_save(bert_, {.amounts = {{"coins", 4}}})}));
  EXPECT_THAT(outcome.fenced_off, ElementsAre(bert_.character));
  EXPECT_EQ(world_.balance(anna_owns_, "coins"), 3);
  EXPECT_EQ(world_.balance(bert_owns_, "coins"), 0);
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(CommitCuts, WhoTradedWithSomebodyFencedOffIsLeftOutToo) {
  world_.keep(anna_loots(1, 10, 10));
  const room::CharacterLease carl = world_.character("carl");
  world_.lease(bert_.character, "elsewhere");
  const OwnerId carl_owns = owner_of(carl.character);
  const room::CutOutcome outcome = world_.keep(
      test_cut(2, {test_move(anna_owns_, bert_owns_, "coins", 4), test_move(kTestLoot, carl_owns, "coins", 1)},
               {test_save(anna_, {.amounts = {{"coins", 6}}}), test_save(bert_, {.amounts = {{"coins", 4}}}),
                test_save(carl, {.amounts = {{"coins", 1}}})}));
  EXPECT_THAT(outcome.fenced_off, ElementsAre(anna_.character, bert_.character));
  EXPECT_EQ(world_.balance(anna_owns_, "coins"), 10);
  EXPECT_EQ(world_.balance(carl_owns, "coins"), 1);
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(CommitCuts, AMoveOfWhatNobodyHasRefusesTheCutAndNothingElse) {
  room::Cut wrong = test_cut(1, {test_move(anna_owns_, bert_owns_, "coins", 4)}, {}, "wrong");
  room::Cut right = test_cut(1, {test_move(kTestLoot, bert_owns_, "coins", 2)},
                             {test_save(bert_, {.amounts = {{"coins", 2}}})}, "right");
  const auto outcomes = world_.keep_all({right, wrong});
  EXPECT_EQ(outcomes[0].refused, "");
  EXPECT_THAT(outcomes[1].refused, HasSubstr("coins"));
  EXPECT_EQ(world_.balance(bert_owns_, "coins"), 2);
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(CommitCuts, APieceIsNeverTwice) {
  const auto outcomes = world_.keep_all({test_cut(1, {test_move(kTestLoot, anna_owns_, "sword", 1, 9)},
                                                  {test_save(anna_, {.pieces = {{9, "sword"}}})}, "one"),
                                         test_cut(1, {test_move(kTestLoot, bert_owns_, "sword", 1, 9)},
                                                  {test_save(bert_, {.pieces = {{9, "sword"}}})}, "two")});
  EXPECT_EQ(outcomes[0].refused, "");
  EXPECT_THAT(outcomes[1].refused, HasSubstr("twice"));
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(CommitCuts, APieceThatGoesToASourceIsGone) {
  world_.keep(
      test_cut(1, {test_move(kTestLoot, anna_owns_, "sword", 1, 9)}, {test_save(anna_, {.pieces = {{9, "sword"}}})}));
  world_.keep(test_cut(
      2, {test_move(anna_owns_, kTestGround, "sword", 1, 9), test_move(kTestGround, bert_owns_, "sword", 1, 9)},
      {test_save(anna_, {}), test_save(bert_, {.pieces = {{9, "sword"}}})}));
  EXPECT_EQ(world_.count("SELECT owner FROM item WHERE uid = 9"), bert_.character.value);
  world_.keep(test_cut(3, {test_move(bert_owns_, kTestGround, "sword", 1, 9)}, {test_save(bert_, {})}));
  EXPECT_EQ(world_.count("SELECT count(*) FROM item"), 0);
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(CommitCuts, WhatSomebodyFencedOffLaidDownIsNotTakenUp) {
  world_.keep(anna_loots(1, 10, 10));
  const room::CharacterLease newer = world_.lease(anna_.character, "elsewhere");
  EXPECT_THAT(world_
                  .keep(test_cut(2, {test_move(anna_owns_, kTestGround, "coins", 4)},
                                 {test_save(anna_, {.amounts = {{"coins", 6}}})}))
                  .fenced_off,
              ElementsAre(anna_.character));
  const auto take_up = [&](std::int64_t number) {
    return world_.keep(test_cut(number, {test_move(kTestGround, bert_owns_, "coins", 4)},
                                {test_save(bert_, {.amounts = {{"coins", 4}}})}));
  };
  EXPECT_THAT(take_up(3).refused, HasSubstr("has only 0"));
  EXPECT_EQ(world_.balance(anna_owns_, "coins"), 10);
  EXPECT_EQ(world_.balance(bert_owns_, "coins"), 0);
  world_.keep(test_cut(1, {test_move(anna_owns_, kTestGround, "coins", 4)},
                       {test_save(newer, {.amounts = {{"coins", 6}}})}, "elsewhere"));
  EXPECT_EQ(take_up(4).refused, "");
  EXPECT_EQ(world_.balance(kTestGround, "coins"), 0);
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(CommitCuts, AReleaseEndsTheLeaseWithTheCommit) {
  room::Cut cut = anna_loots(1, 1, 1);
  cut.saves[0].release = true;
  world_.keep(cut);
  const auto answer = load_character(world_.connection(), anna_.character, world_.account(), "elsewhere", kTestNow + 1,
                                     kTestNow, TakeOver::WhenFree);
  ASSERT_TRUE(answer && answer->loaded);
  EXPECT_EQ(answer->loaded->lease.fence, anna_.fence + 1);
  EXPECT_THAT(world_.keep(anna_loots(2, 1, 2)).fenced_off, ElementsAre(anna_.character));
}

TEST_P(CommitCuts, TwoServersNeverBothWriteACharacter) {
  const auto other = world_.database().connect();
  GroupCommitter there(*other, system_clock(), "there");
  const room::CharacterLease stolen = world_.lease(anna_.character, "there");
  std::vector<StoreWork> works(1);
  works[0].cut = test_cut(1, {test_move(kTestLoot, anna_owns_, "coins", 2)},
                          {test_save(stolen, {.amounts = {{"coins", 2}}})}, "there");
  ASSERT_EQ(there.commit(works), 1u);
  EXPECT_THAT(works[0].outcome.fenced_off, IsEmpty());
  EXPECT_THAT(world_.keep(anna_loots(1, 5, 5)).fenced_off, ElementsAre(anna_.character));
  EXPECT_EQ(world_.balance(anna_owns_, "coins"), 2);
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(CommitCuts, TheWorldIsKeptUnderItsFenceOnly) {
  room::Cut cut = test_cut(1, {}, {});
  cut.checkpoint = room::RoomCheckpoint{.key = "world/meadow/0", .fence = 4, .content_version = 2, .world = {1, 2, 3}};
  world_.keep(cut);
  cut.number = 2;
  cut.checkpoint->fence = 3;
  cut.checkpoint->world = {9};
  world_.keep(cut);
  EXPECT_EQ(world_.count("SELECT tick FROM room_checkpoint WHERE key = 'world/meadow/0'"), 10);
  cut.number = 3;
  cut.checkpoint->fence = 4;
  world_.keep(cut);
  EXPECT_EQ(world_.count("SELECT tick FROM room_checkpoint WHERE key = 'world/meadow/0'"), 10);
}

/// The ledger against a plain model: whatever is asked of it, it refuses what the model refuses and has what the model has.
class LedgerModel {
 public:
  LedgerModel(LedgerWorld& world, unsigned seed) : world_(world), random_(seed) {
    for (const char* const name : {"a", "b", "c", "d"}) leases_.push_back(world.character(name));
    has_.resize(leases_.size());
  }

  void step(std::int64_t number) {
    const std::vector<Belongings> before = has_;
    std::vector<room::LedgerMove> moves;
    for (std::uint64_t i = 0, count = random_() % 5 + 1; i < count; ++i) add_move(moves);
    bool possible = true;
    for (const Belongings& has : has_) {
      for (const auto& [name, amount] : has.amounts) possible = possible && amount >= 0;
    }
    std::vector<room::CharacterSave> saves;
    for (std::size_t i = 0; i < leases_.size(); ++i) {
      if (possible) saves.push_back(test_save(leases_[i], has_[i]));
    }
    const room::CutOutcome outcome = world_.keep(test_cut(number, moves, saves));
    EXPECT_EQ(outcome.refused.empty(), possible) << outcome.refused;
    if (!possible) has_ = before;
  }

  void compare() {
    EXPECT_THAT(world_.problems(), IsEmpty());
    for (std::size_t i = 0; i < leases_.size(); ++i) {
      for (const char* const name : {"coins", "potion"})
        EXPECT_EQ(world_.balance(owner_of(leases_[i].character), name), has_[i].amounts[name]);
      EXPECT_EQ(world_.connection()
                    .run("SELECT count(*) FROM item WHERE owner = $1", {leases_[i].character.value})
                    ->integer(0, 0),
                static_cast<std::int64_t>(has_[i].pieces.size()));
    }
  }

 private:
  /// Sometimes more than there is.
  void add_move(std::vector<room::LedgerMove>& moves) {
    const std::size_t who = random_() % leases_.size();
    const std::size_t whom = (who + 1 + random_() % (leases_.size() - 1)) % leases_.size();
    const OwnerId owns = owner_of(leases_[who].character);
    const std::string name = random_() % 2 == 0 ? "coins" : "potion";
    const auto amount = static_cast<std::int64_t>(random_() % 20 + 1);
    switch (random_() % 5) {
      case 0:
      case 1: has_[who].amounts[name] += amount; return moves.push_back(test_move(kTestLoot, owns, name, amount));
      case 2:
        has_[who].amounts[name] -= amount;
        has_[whom].amounts[name] += amount;
        return moves.push_back(test_move(owns, owner_of(leases_[whom].character), name, amount));
      case 3:
        has_[who].pieces[++last_piece_] = "sword";
        return moves.push_back(test_move(kTestLoot, owns, "sword", 1, last_piece_));
      default: {
        if (has_[who].pieces.empty()) return;
        const std::int64_t uid = has_[who].pieces.begin()->first;
        has_[who].pieces.erase(uid);
        const bool gone = random_() % 2 == 0;
        if (!gone) has_[whom].pieces[uid] = "sword";
        return moves.push_back(
            test_move(owns, gone ? kTestGround : owner_of(leases_[whom].character), "sword", 1, uid));
      }
    }
  }

  LedgerWorld& world_;
  std::mt19937 random_;
  std::vector<room::CharacterLease> leases_;
  std::vector<Belongings> has_;
  std::int64_t last_piece_ = 0;
};

TEST_P(CommitCuts, TheLedgerIsWhatAPlainModelSays) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  LedgerModel model(world_, seed);
  for (std::int64_t number = 1; number <= 200; ++number) {
    model.step(number);
    if (number % 50 == 0) model.compare();
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, CommitCuts, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

}  // namespace
}  // namespace throng::services
