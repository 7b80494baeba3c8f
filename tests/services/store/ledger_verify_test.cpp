#include "services/store/ledger_verify.h"

#include <gmock/gmock.h>

#include "services/mail/mailbox.h"
#include "services/store/ledger_world.h"

namespace throng::services {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class LedgerVerify : public testing::TestWithParam<Engine> {
 protected:
  LedgerVerify() {
    world_.keep(test_cut(1,
                         {test_move(kTestLoot, owner_of(anna_.character), "coins", 7),
                          test_move(kTestLoot, owner_of(anna_.character), "sword", 1, 55)},
                         {test_save(anna_, {.amounts = {{"coins", 7}}, .pieces = {{55, "sword"}}})}));
  }
  void spoil(const std::string& sql) {
    const auto spoiled = world_.connection().run_script(sql);
    ASSERT_TRUE(spoiled) << spoiled.error().message;
  }
  LedgerWorld world_{GetParam()};
  room::CharacterLease anna_ = world_.character("anna");
  room::CharacterLease bert_ = world_.character("bert");
};

TEST_P(LedgerVerify, FindsNothingWhereNothingIsWrong) {
  const auto report = verify_ledger(world_.connection());
  EXPECT_THAT(report->problems, IsEmpty());
  EXPECT_EQ(report->moves, 2);
  EXPECT_EQ(report->characters, 2);
  EXPECT_EQ(report->pieces, 1);
}

TEST_P(LedgerVerify, FindsABalanceOutOfNothing) {
  spoil("UPDATE balance SET amount = amount + 1 WHERE owner >= 1000 AND amount = 7");
  EXPECT_THAT(world_.problems(), Contains(HasSubstr("the balances of coins add up to 1")));
  EXPECT_THAT(world_.problems(), Contains(HasSubstr("its balance of coins is 8, its moves add up to 7")));
  EXPECT_THAT(world_.problems(), Contains(HasSubstr("has 7 coins with it and owns 8")));
}

TEST_P(LedgerVerify, FindsASourceThatIsOff) {
  spoil("UPDATE balance SET amount = amount - 2 WHERE owner = 1 AND amount = -7");
  EXPECT_THAT(world_.problems(), Contains(HasSubstr("the source loot (1)")));
}

TEST_P(LedgerVerify, FindsAPieceInTheWrongHands) {
  spoil("UPDATE item SET owner = " + std::to_string(bert_.character.value) + " WHERE uid = 55");
  EXPECT_THAT(world_.problems(), Contains(HasSubstr("does not own the piece 55")));
  EXPECT_THAT(world_.problems(), Contains(HasSubstr("owns the piece 55 of sword, and no move gave it")));
}

TEST_P(LedgerVerify, FindsALostPiece) {
  spoil("DELETE FROM item WHERE uid = 55");
  EXPECT_THAT(world_.problems(), Contains(HasSubstr("does not own the piece 55")));
}

TEST_P(LedgerVerify, FindsAPieceThatItsMailDoesNotKnow) {
  const auto mail = send_mail(world_.connection(),
                              {.recipient = bert_.character,
                               .sender = {},
                               .sender_name = "The game",
                               .subject = "s",
                               .body = "b",
                               .attachments = {{"sword", 1, 56}},
                               .giver = kTestLoot},
                              1);
  ASSERT_TRUE(mail) << mail.error().message;
  EXPECT_THAT(world_.problems(), testing::IsEmpty());
  spoil("DELETE FROM mail_piece WHERE item = 56");
  EXPECT_THAT(world_.problems(), Contains(HasSubstr("owns the piece 56, and it is not among what is attached")));
}

TEST_P(LedgerVerify, FindsWhatBelongsToAMailThatIsGone) {
  spoil("INSERT INTO owner (id, kind, name) VALUES (5000, 'mail', 'mail of anna')");
  EXPECT_THAT(world_.problems(), IsEmpty()) << "one that has been reserved and never was sent";
  world_.keep(
      test_cut(2, {test_move(kTestLoot, {5000}, "coins", 3), test_move(kTestLoot, {5000}, "sword", 1, 57)}, {}));
  EXPECT_THAT(world_.problems(), testing::ElementsAre("the mail 5000 is gone, and owns 3 coins",
                                                      "the mail 5000 is gone, and owns 1 sword"));
}

TEST_P(LedgerVerify, CountsWhatIsUnexplainedAndCallsItNoProblem) {
  EXPECT_EQ(verify_ledger(world_.connection())->unexplained, 0);
  spoil("UPDATE ledger SET reason = 13, note = 'trade' WHERE item = 55");
  EXPECT_EQ(verify_ledger(world_.connection())->unexplained, 0) << "as trades were noted before they had a reason";
  spoil("UPDATE ledger SET reason = 13, note = '' WHERE item IS NULL");
  EXPECT_EQ(verify_ledger(world_.connection())->unexplained, 1);
  EXPECT_THAT(world_.problems(), IsEmpty());
}

TEST_P(LedgerVerify, FindsASheetThatHasMore) {
  ASSERT_TRUE(world_.connection().run("UPDATE character SET sheet = $1 WHERE id = $2",
                                      {Belongings{.amounts = {{"potion", 2}}}.sheet(), bert_.character.value}));
  EXPECT_THAT(world_.problems(), Contains(HasSubstr("has 2 potion with it and owns 0")));
}

TEST_P(LedgerVerify, FindsASheetThatCannotBeRead) {
  ASSERT_TRUE(
      world_.connection().run("UPDATE character SET sheet = $1 WHERE id = $2", {Blob{1, 2, 3}, bert_.character.value}));
  EXPECT_THAT(world_.problems(), Contains(HasSubstr("its sheet cannot be read")));
}

TEST_P(LedgerVerify, FindsMovesOfNobody) {
  spoil("UPDATE ledger SET to_owner = 5000 WHERE item = 55");
  EXPECT_THAT(world_.problems(), Contains(HasSubstr("somebody who does not exist")));
}

TEST_P(LedgerVerify, FindsStacksThatAreTooHigh) {
  content::GameContent content;
  content.items.emplace_back();
  content.items[0].id = "potion";
  content.items[0].stack_max = 5;
  world_.keep(test_cut(2, {test_move(kTestLoot, owner_of(bert_.character), "potion", 6)},
                       {test_save(bert_, {.amounts = {{"potion", 6}}})}));
  EXPECT_THAT(verify_ledger(world_.connection(), &content)->problems, Contains(HasSubstr("a stack of 6 potion")));
}

INSTANTIATE_TEST_SUITE_P(Engines, LedgerVerify, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

}  // namespace
}  // namespace throng::services
