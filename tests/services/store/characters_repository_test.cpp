#include "services/store/characters_repository.h"

#include <gmock/gmock.h>

#include "services/store/ledger_world.h"

namespace throng::services {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CharactersRepository : public testing::TestWithParam<Engine> {
 protected:
  Connection& db() { return world_.connection(); }
  LoadAnswer load(CharacterId id, const std::string& node, std::int64_t now, TakeOver take_over = TakeOver::WhenFree) {
    auto answer = load_character(db(), id, world_.account(), node, now + 1'000, now, take_over);
    EXPECT_TRUE(answer);
    return *std::move(answer);
  }
  CharacterId create(const std::string& name) {
    return create_character(db(), world_.account(), name, name, kTestNow)->id;
  }
  LedgerWorld world_{GetParam()};
};

TEST_P(CharactersRepository, NumbersAreAboveThoseOfSources) { EXPECT_GE(create("anna").value, kOwnersBegin); }

TEST_P(CharactersRepository, ANameExistsOnce) {
  create("anna");
  const auto again = create_character(db(), world_.account(), "Anna", "anna", kTestNow);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().message, kNameTaken);
  const CharacterId bert = create("bert");
  EXPECT_EQ(rename_character(db(), bert, world_.account(), {"Anna", "anna", kTestNow}).error().message, kNameTaken);
  EXPECT_TRUE(rename_character(db(), bert, world_.account(), {"Bert", "bert", kTestNow}));
  EXPECT_EQ((*find_character(db(), "bert"))->name, "Bert");
}

TEST_P(CharactersRepository, ARenameIsTheLastForAWhileAndItsOldNameStaysReserved) {
  constexpr std::int64_t kCooldown = 1'000;
  const CharacterId anna = create("anna");
  const auto rename = [&](const std::string& name, std::int64_t now) {
    return rename_character(db(), anna, world_.account(), {name, name, now, kCooldown});
  };
  ASSERT_TRUE(rename("berta", kTestNow));
  EXPECT_TRUE(rename("berta", kTestNow + 1)) << "a job that runs again has done it already";
  EXPECT_EQ(rename("clara", kTestNow + kCooldown - 1).error().message, kRenamedLately);
  EXPECT_FALSE(*is_name_free(db(), "anna", kTestNow + kCooldown - 1));
  EXPECT_TRUE(*is_name_free(db(), "anna", kTestNow + kCooldown));
  EXPECT_EQ(create_character(db(), world_.account(), "Anna", "anna", kTestNow + 5).error().message, kNameTaken);
  ASSERT_TRUE(rename("clara", kTestNow + kCooldown));
  EXPECT_TRUE(rename("berta", kTestNow + 2 * kCooldown)) << "its own old name";
  EXPECT_TRUE(create_character(db(), world_.account(), "Anna", "anna", kTestNow + 2 * kCooldown));
}

TEST_P(CharactersRepository, OneServerAtATimeHasTheLease) {
  const CharacterId anna = create("anna");
  const LoadAnswer here = load(anna, "here", kTestNow);
  ASSERT_TRUE(here.loaded);
  EXPECT_THAT(here.loaded->sheet, IsEmpty());
  const LoadAnswer there = load(anna, "there", kTestNow + 500);
  EXPECT_FALSE(there.loaded);
  EXPECT_EQ(there.held.node, "here");
  const LoadAnswer later = load(anna, "there", kTestNow + 5'000);
  ASSERT_TRUE(later.loaded);
  EXPECT_EQ(later.loaded->lease.fence, here.loaded->lease.fence + 1);
  const std::vector leases{here.loaded->lease};
  EXPECT_THAT(*renew_leases(db(), leases, "here", kTestNow + 9'000), ElementsAre(anna));
  EXPECT_EQ(held_leases(db(), kTestNow + 5'500)->count, 1);
  EXPECT_TRUE(load(anna, "here", kTestNow + 5'500, TakeOver::Always).loaded);
}

TEST_P(CharactersRepository, ARenewedLeaseLasts) {
  const CharacterId anna = create("anna");
  const std::vector leases{load(anna, "here", kTestNow).loaded->lease};
  EXPECT_THAT(*renew_leases(db(), leases, "here", kTestNow + 9'000), IsEmpty());
  EXPECT_FALSE(load(anna, "there", kTestNow + 5'000).loaded);
  ASSERT_TRUE(release_lease(db(), leases[0]));
  EXPECT_TRUE(load(anna, "there", kTestNow + 5'000).loaded);
  EXPECT_EQ(*release_leases_of(db(), "there"), 1);
}

TEST_P(CharactersRepository, NobodyElsesCharacterIsLoaded) {
  const auto answer =
      load_character(db(), create("anna"), {world_.account().value + 1}, "here", 2, 1, TakeOver::Always);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message, kNoSuchCharacter);
}

TEST_P(CharactersRepository, DeletionHasAGraceAndFreesTheName) {
  const room::CharacterLease anna = world_.character("anna");
  const OwnerId owns = owner_of(anna.character);
  world_.keep(test_cut(1, {test_move(kTestLoot, owns, "coins", 9), test_move(kTestLoot, owns, "sword", 1, 4)},
                       {test_save(anna, {.amounts = {{"coins", 9}}, .pieces = {{4, "sword"}}})}));
  EXPECT_EQ(mark_for_deletion(db(), anna.character, world_.account(), kTestNow + 100, kTestNow).error().message,
            kCharacterPlays);
  ASSERT_TRUE(release_lease(db(), anna));
  ASSERT_TRUE(mark_for_deletion(db(), anna.character, world_.account(), kTestNow + 100, kTestNow));
  EXPECT_EQ((*list_characters(db(), world_.account()))[0].delete_at, kTestNow + 100);
  ASSERT_TRUE(take_deletion_back(db(), anna.character, world_.account()));
  EXPECT_EQ(*purge_characters(db(), kTestNow + 200), 0u);
  ASSERT_TRUE(mark_for_deletion(db(), anna.character, world_.account(), kTestNow + 100, kTestNow));
  EXPECT_EQ(*purge_characters(db(), kTestNow + 200), 1u);
  EXPECT_THAT(*list_characters(db(), world_.account()), IsEmpty());
  EXPECT_EQ(world_.balance(owner_of(room::LedgerSource::Destroy), "coins"), 9);
  EXPECT_EQ(world_.count("SELECT count(*) FROM item"), 0);
  EXPECT_THAT(world_.problems(), IsEmpty());
  create("anna");
}

INSTANTIATE_TEST_SUITE_P(Engines, CharactersRepository, testing::Values(Engine::Sqlite, Engine::Postgres), engine_name);

}  // namespace
}  // namespace throng::services
