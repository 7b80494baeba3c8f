#include "services/accounts/erasure.h"

#include "services/accounts/person_fixture.h"
#include "services/mail/acquaintances.h"
#include "services/mail/mailbox.h"

namespace throng::services {
namespace {

using test::expect_well;
using test::kPersonNow;
using test::person_value;

class Erasure : public ::testing::TestWithParam<Engine> {
 protected:
  void erase(AccountId account) {
    expect_well(people.connection->begin());
    expect_well(erase_account(*people.connection, account, kPersonNow + 1));
    expect_well(people.connection->commit());
  }
  std::vector<std::string> ledger_problems() { return person_value(verify_ledger(*people.connection)).problems; }

  test::DatabaseWithPeople people{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Engines, Erasure, ::testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(Erasure, LeavesNothingPersonalAndKeepsTheLedgerRight) {
  const AccountId ann = people.add_account("ann@example.org", "Ann");
  const CharacterId hero = people.add_character(ann, "Annabella");
  people.add_session(ann);
  ASSERT_TRUE(ledger_problems().empty());
  erase(ann);
  EXPECT_EQ(people.number("SELECT COUNT(*) FROM account WHERE email IS NOT NULL OR password_hash IS NOT NULL OR "
                          "name LIKE '%Ann%'"),
            0);
  EXPECT_EQ(people.number("SELECT COUNT(*) FROM session_token"), 0);
  EXPECT_EQ(people.number("SELECT COUNT(*) FROM character WHERE name LIKE '%Anna%' OR name_key IS NOT NULL OR "
                          "sheet IS NOT NULL"),
            0);
  EXPECT_EQ(people.number("SELECT COUNT(*) FROM owner WHERE name LIKE '%Anna%'"), 0);
  EXPECT_EQ(people.number("SELECT COUNT(*) FROM balance WHERE owner >= 1000 AND amount <> 0"), 0);
  EXPECT_EQ(people.number("SELECT COUNT(*) FROM ledger"), 4) << "two moves to the hero, two away";
  EXPECT_THAT(ledger_problems(), testing::IsEmpty());
  EXPECT_EQ(people.number("SELECT COUNT(*) FROM character"), 1) << "the ledger names " << hero.value;
}

TEST_P(Erasure, FreesTheAddressAndTheNames) {
  const AccountId ann = people.add_account("ann@example.org", "Ann");
  people.add_character(ann, "Annabella");
  erase(ann);
  const AccountId again = people.add_account("ann@example.org", "Ann");
  EXPECT_NE(again.value, 0);
  EXPECT_NE(again.value, ann.value);
  EXPECT_NE(people.add_character(again, "Annabella").value, 0);
  EXPECT_THAT(ledger_problems(), testing::IsEmpty());
}

TEST_P(Erasure, ForgetsLettersAndWhoKnewWhom) {
  const CharacterId anna = people.add_character(people.add_account("ann@example.org", "Ann"), "Annabella");
  const CharacterId bob = people.add_character(people.add_account("bob@example.org", "Bob"), "Bobbington");
  expect_well(people.connection->begin());
  const auto write = [&](CharacterId from, const std::string& name, CharacterId to) {
    person_value(send_mail(*people.connection,
                           {.recipient = to,
                            .sender = from,
                            .sender_name = name,
                            .subject = "secret",
                            .body = "a secret",
                            .attachments = {{.asset = std::string(room::kCoinsAsset), .amount = 5}},
                            .giver = room::owner_of(from)},
                           kPersonNow));
  };
  write(anna, "Annabella", bob);
  write(bob, "Bobbington", anna);
  expect_well(save_acquaintances(*people.connection, anna, {.friends = {"Bobbington"}, .ignored = {}}));
  expect_well(save_acquaintances(*people.connection, bob, {.friends = {"Annabella", "Cid"}, .ignored = {}}));
  expect_well(people.connection->commit());
  erase(AccountId{1});
  EXPECT_EQ(people.number("SELECT COUNT(*) FROM mail WHERE subject <> '' OR body <> '' OR sender_name = 'Annabella'"),
            0);
  EXPECT_EQ(people.number("SELECT COUNT(*) FROM acquaintance"), 1) << "that Bob knows Cid";
  EXPECT_EQ(person_value(expire_mails(*people.connection, kPersonNow + 2)), 1u);
}

TEST_P(Erasure, FencesOffWhoeverStillPlaysTheCharacter) {
  const AccountId ann = people.add_account("ann@example.org", "Ann");
  const CharacterId hero = people.add_character(ann, "Annabella");
  const LoadAnswer playing = person_value(
      load_character(*people.connection, hero, ann, "node", kPersonNow + 60'000, kPersonNow, TakeOver::WhenFree));
  ASSERT_TRUE(playing.loaded.has_value());
  erase(ann);
  EXPECT_GT(people.number("SELECT fence FROM character"), playing.loaded->lease.fence);
  EXPECT_THAT(ledger_problems(), testing::IsEmpty());
}

TEST_P(Erasure, TwiceDoesNoHarmAndTouchesNobodyElse) {
  const AccountId ann = people.add_account("ann@example.org", "Ann");
  const AccountId bob = people.add_account("bob@example.org", "Bob");
  people.add_character(bob, "Bobbington");
  erase(ann);
  erase(ann);
  EXPECT_EQ(person_value(find_account(*people.connection, bob))->email, "bob@example.org");
  EXPECT_EQ(people.number("SELECT COUNT(*) FROM character WHERE name = 'Bobbington' AND sheet IS NOT NULL"), 1);
  EXPECT_FALSE(erase_account(*people.connection, AccountId{4711}, kPersonNow).has_value());
}

TEST_P(Erasure, OfAnonymousAccountsComesWhenNobodyCanComeBack) {
  const AccountId lost = people.add_account("", "Player 1");
  const AccountId here = people.add_account("", "Player 2");
  const AccountId ann = people.add_account("ann@example.org", "Ann");
  people.add_character(lost, "Wanderer");
  people.add_session(here);
  EXPECT_EQ(person_value(erase_lost_accounts(*people.connection, kPersonNow, kPersonNow + 1, 100)), 0)
      << "seen too lately";
  EXPECT_EQ(person_value(erase_lost_accounts(*people.connection, kPersonNow + 1, kPersonNow + 1, 100)), 1);
  EXPECT_TRUE(person_value(find_account(*people.connection, lost))->erased);
  EXPECT_FALSE(person_value(find_account(*people.connection, here))->erased) << "somebody has a token of it";
  EXPECT_FALSE(person_value(find_account(*people.connection, ann))->erased);
  EXPECT_EQ(person_value(erase_lost_accounts(*people.connection, kPersonNow + 1, kPersonNow + 1, 100)), 0);
}

}  // namespace
}  // namespace throng::services
