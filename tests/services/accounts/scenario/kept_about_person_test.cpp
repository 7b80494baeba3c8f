// Every column that leads to somebody, and what becomes of it when they want all that is kept about them, or want it gone.

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "services/accounts/erasure.h"
#include "services/accounts/person_fixture.h"
#include "services/accounts/personal_export.h"
#include "services/mail/acquaintances.h"
#include "services/mail/mailbox.h"
#include "services/store/index_moves.h"

namespace throng::services {
namespace {

using nlohmann::json;
using test::expect_well;
using test::kPersonNow;
using test::person_value;

enum class AfterErasure { Gone, Stays };

/// What is decided about one column.
struct KeptColumn {
  std::string exported;  ///< where it is in the document: a JSON pointer; empty: nowhere, see why
  AfterErasure after = AfterErasure::Gone;  ///< whether a row still refers to them
  std::string why;  ///< it is not exported, or stays
};

const std::string kNumbersOnly = "the ledger names it: a number without a name";

/// A new column fails here until somebody decides.
const std::map<std::string, KeptColumn>& kept_columns() {
  using enum AfterErasure;
  static const std::map<std::string, KeptColumn> columns{
      {"account.id", {"/account/id", Stays, "its characters have it: without address, name and password"}},
      {"session_token.account", {"/sessions/0/created_at", Gone, ""}},
      {"character.account", {"/characters/0/name", Stays, "the ledger names the character: without name and sheet"}},
      {"character.id", {"/characters/0/id", Stays, kNumbersOnly}},
      {"owner.id", {"/characters/0/id", Stays, kNumbersOnly}},
      {"balance.owner", {"/characters/0/possessions/0/amount", Stays, "amounts are 0"}},
      {"item.owner", {"/characters/0/possessions/1/piece", Gone, ""}},
      {"ledger.from_owner", {"/characters/0/ledger/0/from", Stays, kNumbersOnly}},
      {"ledger.to_owner", {"/characters/0/ledger/0/to", Stays, kNumbersOnly}},
      {"move_in_block.owner", {"", Stays, "finds what is exported of the ledger, and says nothing else"}},
      {"mail.id", {"/characters/0/letters/0/received", Stays, "of what they wrote, without its words: another has it"}},
      {"mail.recipient", {"/characters/0/letters/1/body", Gone, ""}},
      {"mail.sender", {"/characters/0/letters/0/body", Stays, "without words and name: another has it"}},
      {"mail_piece.mail", {"/characters/0/letters/1/attachments/0/piece", Gone, ""}},
      {"acquaintance.owner", {"/characters/0/acquaintances/0/name", Gone, ""}},
      {"acquaintance.character", {"", Gone, "whose list somebody is on is about those who have the list"}},
      {"given_up_name.character", {"/characters/0/former_names/0/name", Gone, ""}},
      {"party.leader", {"/characters/0/party/leads", Gone, ""}},
      {"party_member.character", {"/characters/0/party/since", Gone, ""}},
      {"party_invitation.character", {"/characters/0/party_invitations/0/from", Gone, ""}},
      {"party_invitation.inviter", {"/characters/0/party_invitations/1/to", Gone, ""}},
  };
  return columns;
}

/// Tables without a column that leads to somebody, so that a new one is looked at too.
const std::map<std::string, std::string>& tables_about_nobody() {
  static const std::map<std::string, std::string> tables{
      {"attempt", "hashes of addresses; erasure.cpp removes those of the account's"},
      {"command_key", "words of clients; erasure.cpp removes those of the account's letters"},
      {"asset", "words of the content"},
      {"room_cut", "numbers of rooms"},
      {"room_checkpoint", "worlds with whoever was in them then; a room's next one is without who was erased"},
      {"node", "servers"},
      {"number_block", "numbers"},
      {"content_text", "the content"},
      {"content_version", "the content, and which operator made it"},
      {"content_file", "the content"},
      {"content_live", "the content"},
      {"schema_version", "the schema"},
  };
  return tables;
}

class KeptAboutPerson : public ::testing::TestWithParam<Engine> {
 protected:
  KeptAboutPerson() {
    Connection& db = *people.connection;
    people.add_session(ann);
    post(anna, bob, {.asset = std::string(room::kCoinsAsset), .amount = 5}, "from Anna");
    const std::int64_t piece = one_more_piece(bob);
    post(bob, anna, {.asset = "sword", .amount = 1, .item_uid = piece}, "to Anna");
    expect_well(save_acquaintances(db, anna, {.friends = {{bob, "Bobbington"}}, .ignored = {}}));
    expect_well(save_acquaintances(db, bob, {.friends = {{anna, "Annabella"}}, .ignored = {}}));
    expect_well(rename_character(db, anna, ann, {"Annabel", "annabel", kPersonNow, 60'000}));
    const std::int64_t party = people.number(
        fmt::format("INSERT INTO party (leader, loot_rule, version) VALUES ({}, 0, 1) RETURNING id", anna.value));
    for (const CharacterId member : {anna, bob})
      put("party_member (character, party, since)", {member.value, party, kPersonNow});
    put("party_invitation (character, inviter, expires_at)", {anna.value, bob.value, kPersonNow + 1});
    put("party_invitation (character, inviter, expires_at)", {bob.value, anna.value, kPersonNow + 2});
    person_value(index_moves(db, kPersonNow + 3'600'000));
  }

  void put(const std::string& table, const std::array<std::int64_t, 3>& values) {
    person_value(people.connection->run(fmt::format("INSERT INTO {} VALUES ($1, $2, $3)", table),
                                        {values[0], values[1], values[2]}));
  }
  /// Which it has not with it.
  std::int64_t one_more_piece(CharacterId owner) {
    const room::LedgerSource quest = room::LedgerSource::Quest;
    const room::LedgerMove move{
        room::owner_of(quest), room::owner_of(owner), std::string_view("sword"), 1, ++people.last_piece, quest, {}};
    expect_well(people.connection->begin());
    expect_well(apply_moves(*people.connection, {&move, 1}, {"room", 5, kPersonNow}));
    expect_well(people.connection->commit());
    return people.last_piece;
  }
  void post(CharacterId from, CharacterId to, MailAttachment attached, const std::string& body) {
    expect_well(people.connection->begin());
    person_value(send_mail(*people.connection,
                           {.recipient = to,
                            .sender = from,
                            .sender_name = "somebody",
                            .subject = "subject",
                            .body = body,
                            .attachments = {std::move(attached)},
                            .giver = room::owner_of(from)},
                           kPersonNow));
    expect_well(people.connection->commit());
  }

  /// Columns that a foreign key leads from to somebody or to what is theirs, the keys of those tables, and those of the
  /// ledger, which has no foreign keys.
  std::vector<std::string> columns_about_people() {
    const std::string_view sql =
        GetParam() == Engine::Sqlite
            ? "SELECT t.name, k.\"from\" FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS k "
              "WHERE t.type = 'table' AND k.\"table\" IN ('account', 'owner', 'character', 'mail')"
            : "SELECT conrelid::regclass::text, attname::text FROM pg_constraint JOIN pg_attribute ON "
              "attrelid = conrelid AND attnum = ANY (conkey) WHERE contype = 'f' AND connamespace = "
              "current_schema()::regnamespace AND "
              "confrelid::regclass::text IN ('account', 'owner', '\"character\"', 'character', 'mail')";
    const Rows found = person_value(people.connection->run(sql));
    std::vector<std::string> columns{"account.id", "owner.id", "ledger.from_owner", "ledger.to_owner",
                                     "move_in_block.owner"};
    for (std::size_t i = 0; i < found.size(); ++i) {
      std::string table = found.text(i, 0);
      std::erase(table, '"');  // of PostgreSQL, which has its own idea of `character`
      columns.push_back(table + "." + found.text(i, 1));
    }
    return columns;
  }
  std::vector<std::string> tables() {
    const Rows found = person_value(people.connection->run(
        GetParam() == Engine::Sqlite
            ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()"));
    std::vector<std::string> names;
    for (std::size_t i = 0; i < found.size(); ++i) names.push_back(found.text(i, 0));
    return names;
  }
  /// How many rows of `table.column` have one of Ann's numbers: her account's, her character's, those of its letters.
  std::int64_t rows_about_ann(const std::string& column) {
    const std::string table = column.substr(0, column.find('.'));
    std::string ids = fmt::format("{}, {}", ann.value, anna.value);
    for (const std::int64_t letter : letters_) ids += fmt::format(", {}", letter);
    return people.number(fmt::format("SELECT count(*) FROM {} WHERE {} IN ({})", table, column, ids));
  }

  test::DatabaseWithPeople people{GetParam()};
  AccountId ann = people.add_account("ann@example.org", "Ann");
  CharacterId anna = people.add_character(ann, "Annabella");
  CharacterId bob = people.add_character(people.add_account("bob@example.org", "Bob"), "Bobbington");
  std::vector<std::int64_t> letters_;

  void remember_letters() {
    const Rows found = person_value(people.connection->run("SELECT id FROM mail"));
    for (std::size_t i = 0; i < found.size(); ++i) letters_.push_back(found.integer(i, 0));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, KeptAboutPerson, ::testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(KeptAboutPerson, SomethingIsDecidedAboutEveryColumnAndTable) {
  std::vector<std::string> decided, known;
  for (const auto& [column, kept] : kept_columns()) {
    decided.push_back(column);
    known.push_back(column.substr(0, column.find('.')));
    EXPECT_TRUE(!kept.why.empty() || (!kept.exported.empty() && kept.after == AfterErasure::Gone))
        << column << ": say why";
  }
  for (const auto& [table, why] : tables_about_nobody()) known.push_back(table);
  EXPECT_THAT(columns_about_people(), testing::UnorderedElementsAreArray(decided))
      << "decide what export_account and erase_account do with it, and say so in kept_columns";
  EXPECT_THAT(tables(), testing::Each(testing::AnyOfArray(known)))
      << "whether it says something about somebody: kept_columns or tables_about_nobody";
}

TEST_P(KeptAboutPerson, WhatIsSaidToBeExportedIs) {
  remember_letters();
  const json document = json::parse(person_value(export_account(*people.connection, ann, kPersonNow)));
  for (const auto& [column, kept] : kept_columns()) {
    EXPECT_GT(rows_about_ann(column), 0) << column << ": this test has nothing of it";
    if (kept.exported.empty()) continue;
    const json::json_pointer place(kept.exported);
    EXPECT_TRUE(document.contains(place) && !document.at(place).is_null()) << column << " is not at " << kept.exported;
  }
}

TEST_P(KeptAboutPerson, WhatIsSaidToBeGoneAfterErasureIs) {
  remember_letters();
  expect_well(people.connection->begin());
  expect_well(erase_account(*people.connection, ann, kPersonNow + 1));
  // As a server does now and then: erasure ends the mailbox's time.
  EXPECT_EQ(person_value(expire_mails(*people.connection, kPersonNow + 1)), 1u);
  expect_well(people.connection->commit());
  for (const auto& [column, kept] : kept_columns())
    EXPECT_EQ(rows_about_ann(column) == 0, kept.after == AfterErasure::Gone) << column;
  EXPECT_EQ(people.number("SELECT count(*) FROM balance WHERE amount <> 0 AND owner = " + std::to_string(anna.value)),
            0);
  EXPECT_THAT(person_value(verify_ledger(*people.connection)).problems, testing::IsEmpty());
}

TEST_P(KeptAboutPerson, ALetterIsExportedWithItsAttachmentsAndMarks) {
  const std::int64_t to_anna = people.number("SELECT id FROM mail WHERE body = 'to Anna'");
  person_value(people.connection->run("UPDATE mail SET read_at = $1 WHERE id = $2", {kPersonNow + 1, to_anna}));
  person_value(people.connection->run("UPDATE mail_piece SET durability = 7 WHERE mail = $1", {to_anna}));
  const json document = json::parse(person_value(export_account(*people.connection, ann, kPersonNow)));
  const json& letters = document["characters"][0]["letters"];
  ASSERT_EQ(letters.size(), 2u);
  EXPECT_EQ(letters[0]["attachments"], json::parse(R"([{"asset": "coins", "amount": 5}])"));
  EXPECT_FALSE(letters[0].contains("read_at")) << "that is about Bob";
  EXPECT_EQ(letters[1]["attachments"][0]["asset"], "sword");
  EXPECT_EQ(letters[1]["attachments"][0]["durability"], 7);
  EXPECT_EQ(letters[1]["read_at"], "2023-11-14T22:13:20.001Z");
  EXPECT_TRUE(letters[1]["claimed_at"].is_null());
}

TEST_P(KeptAboutPerson, NamesPartyAndInvitationsAreExported) {
  const json document = json::parse(person_value(export_account(*people.connection, ann, kPersonNow)));
  const json& character = document["characters"][0];
  EXPECT_EQ(character["name"], "Annabel");
  EXPECT_EQ(character["renamed_at"], "2023-11-14T22:13:20.000Z");
  EXPECT_EQ(character["former_names"][0]["name"], "key of Annabella");
  EXPECT_EQ(character["former_names"][0]["reserved_until"], "2023-11-14T22:14:20.000Z");
  EXPECT_EQ(character["party"]["leads"], true);
  EXPECT_EQ(character["party"]["since"], "2023-11-14T22:13:20.000Z");
  ASSERT_EQ(character["party_invitations"].size(), 2u);
  EXPECT_EQ(character["party_invitations"][0]["received"], true);
  EXPECT_EQ(character["party_invitations"][0]["from"], "Bobbington");
  EXPECT_EQ(character["party_invitations"][1]["received"], false);
  EXPECT_EQ(character["party_invitations"][1]["to"], "Bobbington");
}

}  // namespace
}  // namespace throng::services
