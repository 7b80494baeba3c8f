#include "services/accounts/personal_export.h"

#include <nlohmann/json.hpp>

#include "services/accounts/person_fixture.h"

namespace throng::services {
namespace {

using nlohmann::json;
using test::kPersonNow;
using test::person_value;

class PersonalExport : public ::testing::TestWithParam<Engine> {
 protected:
  test::DatabaseWithPeople people{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Engines, PersonalExport, ::testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

TEST_P(PersonalExport, HoldsAllThatIsKeptAboutAPerson) {
  const AccountId ann = people.add_account("ann@example.org", "Ann");
  const AccountId bob = people.add_account("bob@example.org", "Bob");
  const CharacterId hero = people.add_character(ann, "Annabella");
  people.add_character(bob, "Bobbington");
  people.add_session(ann);
  const std::string text = person_value(export_account(*people.connection, ann, kPersonNow));
  const json document = json::parse(text);
  EXPECT_EQ(document["account"]["email"], "ann@example.org");
  EXPECT_EQ(document["account"]["created_at"], "2023-11-14T22:13:20.000Z");
  EXPECT_EQ(document["sessions"].size(), 1u);
  EXPECT_EQ(document["sessions"][0]["kind"], "session");
  ASSERT_EQ(document["characters"].size(), 1u);
  const json& character = document["characters"][0];
  EXPECT_EQ(character["id"], hero.value);
  EXPECT_EQ(character["name"], "Annabella");
  EXPECT_EQ(character["sheet"]["experience"], 77);
  EXPECT_EQ(character["possessions"].size(), 2u);
  ASSERT_EQ(character["ledger"].size(), 2u);
  EXPECT_EQ(character["ledger"][1]["asset"], "coins");
  EXPECT_EQ(character["ledger"][1]["amount"], 30);
  EXPECT_EQ(text.find("Bobbington"), std::string::npos) << "nothing of anybody else";
}

TEST_P(PersonalExport, HasNoSecrets) {
  const AccountId ann = people.add_account("ann@example.org", "Ann");
  test::expect_well(set_password(*people.connection, ann, "$argon2id$secret"));
  people.add_session(ann);
  const std::string text = person_value(export_account(*people.connection, ann, kPersonNow));
  EXPECT_EQ(text.find("argon2"), std::string::npos);
  EXPECT_EQ(text.find("hash"), std::string::npos);
}

TEST_P(PersonalExport, OfNobodyIsAnError) {
  EXPECT_FALSE(export_account(*people.connection, AccountId{4711}, kPersonNow).has_value());
}

}  // namespace
}  // namespace throng::services
