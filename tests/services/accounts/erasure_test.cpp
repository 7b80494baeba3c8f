#include "services/accounts/erasure.h"

#include <gmock/gmock.h>

#include "services/accounts/attempts.h"
#include "services/accounts/person_fixture.h"
#include "services/mail/acquaintances.h"
#include "services/mail/mailbox.h"
#include "services/store/once.h"

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
  const CharacterId cid = people.add_character(AccountId{2}, "Cid");
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
  expect_well(save_acquaintances(*people.connection, anna, {.friends = {{bob, "Bobbington"}}, .ignored = {}}));
  expect_well(save_acquaintances(*people.connection, bob,
                                 {.friends = {{anna, "Annabella"}, {cid, "Cid"}}, .ignored = {{anna, "Annabella"}}}));
  expect_well(people.connection->commit());
  erase(AccountId{1});
  EXPECT_EQ(people.number("SELECT COUNT(*) FROM mail WHERE subject <> '' OR body <> '' OR sender_name = 'Annabella'"),
            0);
  EXPECT_EQ(people.number("SELECT COUNT(*) FROM acquaintance"), 1) << "that Bob knows Cid";
  EXPECT_EQ(person_value(expire_mails(*people.connection, kPersonNow + 2)), 1u);
}

/// Every text and every byte of the database, by table and column.
std::vector<std::pair<std::string, std::string>> columns_of(Connection& connection) {
  const std::string_view sql = connection.engine() == Engine::Sqlite
                                   ? "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c "
                                     "WHERE t.type = 'table' AND c.type IN ('TEXT', 'BLOB')"
                                   : "SELECT table_name::text, column_name::text FROM information_schema.columns "
                                     "WHERE table_schema = current_schema() AND data_type IN ('text', 'bytea')";
  const Rows found = person_value(connection.run(sql));
  std::vector<std::pair<std::string, std::string>> columns;
  for (std::size_t i = 0; i < found.size(); ++i) columns.emplace_back(found.text(i, 0), found.text(i, 1));
  return columns;
}

std::string lower_case_bytes(const SqlValue& value) {
  std::string bytes;
  if (const auto* const text = std::get_if<std::string>(&value)) bytes = *text;
  if (const auto* const blob = std::get_if<Blob>(&value)) bytes.assign(blob->begin(), blob->end());
  for (char& c : bytes) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return bytes;
}

/// Where a word is, in whatever case.
std::vector<std::string> places_of(Connection& connection, const std::string& word) {
  std::vector<std::string> places;
  for (const auto& [table, column] : columns_of(connection)) {
    const Rows rows = person_value(connection.run("SELECT " + column + " FROM " + table));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (lower_case_bytes(rows.at(i, 0)).find(word) != std::string::npos) places.push_back(table + "." + column);
    }
  }
  return places;
}

TEST_P(Erasure, LeavesTheNamesAndTheAddressInNoTableAtAll) {
  const AccountId ann = people.add_account("ann@example.org", "Annemarie");
  const CharacterId anna = people.add_character(ann, "Annabella");
  const CharacterId gone = people.add_character(ann, "Annouk");
  const CharacterId bob = people.add_character(people.add_account("bob@example.org", "Bob"), "Bobbington");
  people.add_session(ann);
  Connection& db = *people.connection;
  const auto letter = [&](CharacterId from, const std::string& name, CharacterId to) {
    return MailDraft{.recipient = to,
                     .sender = from,
                     .sender_name = name,
                     .subject = "Annabella",
                     .body = "ann@example.org",
                     .attachments = {},
                     .giver = {}};
  };
  expect_well(db.begin());
  person_value(send_mail(db, letter(anna, "Annabella", bob), kPersonNow));
  person_value(send_mail(db, letter(gone, "Annouk", bob), kPersonNow));
  person_value(send_mail(db, letter(bob, "Bobbington", anna), kPersonNow));
  const MailId expired = person_value(send_mail(db, letter(anna, "Annabella", bob), kPersonNow));
  person_value(db.run("UPDATE mail SET expires_at = 1 WHERE id = $1", {expired.value}));
  person_value(expire_mails(db, kPersonNow));
  person_value(
      once(db, mail_key(anna, "from annabella"), kPersonNow, [](Connection&) { return Result<std::string>("1"); }));
  person_value(
      db.run("INSERT INTO attempt (key, count, window_began_at, locked_until, forget_at) VALUES "
             "($1, 3, 1, 1, 1)",
             {login_attempts_key("ann@example.org")}));
  expect_well(save_acquaintances(db, bob, {.friends = {{anna, "Annabella"}}, .ignored = {{gone, "Annouk"}}}));
  expect_well(rename_character(db, anna, ann, {"Annabel", "key of Annabel", kPersonNow, 60'000}));
  expect_well(purge_character(db, gone, kPersonNow));
  expect_well(db.commit());
  ASSERT_THAT(places_of(db, "ann@example.org"), testing::Not(testing::IsEmpty()));
  ASSERT_THAT(places_of(db, "annouk"), testing::Contains("mail.sender_name"));
  ASSERT_THAT(places_of(db, "annabella"), testing::Contains("given_up_name.name_key"));
  erase(ann);
  for (const char* const word : {"ann@example.org", "annemarie", "annabel", "annouk"})
    EXPECT_THAT(places_of(db, word), testing::IsEmpty()) << word;
  EXPECT_THAT(places_of(db, "bobbington"), testing::Contains("character.name"));
  EXPECT_THAT(ledger_problems(), testing::IsEmpty());
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
