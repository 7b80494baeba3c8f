#include "services/characters/character_admission.h"

#include "services/characters/character_fixture.h"
#include "services/store/characters_repository.h"

namespace throng::services {
namespace {

using room::AdmissionReply;
using room::Admitted;
using room::NotAdmitted;
using test::Node;
using test::option;

int code_of(const AdmissionReply& reply) {
  const auto* no = std::get_if<NotAdmitted>(&reply);
  return no == nullptr ? 200 : no->code;
}
std::string text_of(const AdmissionReply& reply) {
  const auto* no = std::get_if<NotAdmitted>(&reply);
  return no == nullptr ? "admitted" : no->text;
}

class CharacterAdmissionTest : public test::CharacterTest {
 protected:
  CharacterAdmissionTest() {
    open_node();
    token = new_account();
  }
  std::string token;
};
INSTANTIATE_TEST_SUITE_P(Engines, CharacterAdmissionTest, test::engines(), test::engine_name);

TEST_P(CharacterAdmissionTest, GuestsComeWithNothingUnlessTheServerTakesNone) {
  const auto guest = node->arrive("");
  ASSERT_NE(guest, nullptr);
  EXPECT_FALSE(guest->lease.held());
  EXPECT_EQ(guest->name, "");
  settings.guests = false;
  open_node();
  EXPECT_EQ(code_of(node->admit("")), 525);
  EXPECT_EQ(text_of(node->admit("")), "sign in first: this server takes no guests");
}

TEST_P(CharacterAdmissionTest, GuestsAreCalledAsTheyWishUnlessACharacterIs) {
  ASSERT_NE(node->arrive(token, option("name", "Anna")), nullptr);
  EXPECT_EQ(node->arrive("", option("name", "Bob"))->name, "Bob");
  EXPECT_EQ(node->arrive("", option("name", "Al"))->name, "Al");
  for (const char* const taken : {"Anna", "ANNA", "An'na"}) {
    const std::string name = node->arrive("", option("name", taken))->name;
    EXPECT_EQ(name.size(), std::string_view(taken).size() + 5) << name;
    EXPECT_EQ(name.substr(0, std::string_view(taken).size() + 1), std::string(taken) + "-");
  }
  for (const char* const wish : {"Admin", "GM Tom", "Bob!", ""})
    EXPECT_EQ(node->arrive("", option("name", wish))->name, "") << wish;
}

TEST_P(CharacterAdmissionTest, ATokenThatIsNotOneIsRefusedAlsoWhereGuestsMayPlay) {
  EXPECT_EQ(code_of(node->admit("not a number")), 525);
  node->verifier.verdict = TokenVerdict::Barred;
  node->verifier.text = "banned until tomorrow";
  EXPECT_EQ(text_of(node->admit(token)), "banned until tomorrow");
  node->verifier.verdict = TokenVerdict::Away;
  EXPECT_EQ(code_of(node->admit(token)), 503);
}

TEST_P(CharacterAdmissionTest, TheFirstCharacterIsMadeWithTheNameAskedFor) {
  const auto arrival = node->arrive(token, option("name", "Ann"));
  ASSERT_NE(arrival, nullptr);
  EXPECT_EQ(arrival->name, "Ann");
  EXPECT_TRUE(arrival->lease.held());
  EXPECT_EQ(std::to_string(arrival->lease.account.value), token);
  EXPECT_EQ(arrival->lease.fence, 1);
  EXPECT_TRUE(arrival->sheet.empty());
  EXPECT_TRUE(arrival->map.empty());
}

TEST_P(CharacterAdmissionTest, WhoAsksForNoNameGetsTheAccountsOwn) {
  const auto arrival = node->arrive(token);
  ASSERT_NE(arrival, nullptr);
  EXPECT_EQ(arrival->name, "Player" + token);
}

TEST_P(CharacterAdmissionTest, ANameThatIsTakenOrNotAllowedIsRefusedInWords) {
  ASSERT_NE(node->arrive(token, option("name", "Ann")), nullptr);
  const std::string other = new_account();
  EXPECT_EQ(code_of(node->admit(other, option("name", "ANN"))), 526);
  EXPECT_EQ(text_of(node->admit(other, option("name", "ANN"))), "the name ANN is taken; choose another one");
  EXPECT_EQ(code_of(node->admit(other, option("name", "x"))), 526);
}

TEST_P(CharacterAdmissionTest, ComesBackWithEverythingToWhereItWas) {
  const auto first = node->arrive(token, option("name", "Ann"));
  ASSERT_NE(first, nullptr);
  EXPECT_TRUE(node->save(first->lease, {1, 2, 3}, "caves", true).fenced_off.empty());
  EXPECT_EQ(node->characters->admission().live_count(), 0u);
  const auto again = node->arrive(token, option("name", "whatever"));
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->lease.character, first->lease.character);
  EXPECT_EQ(again->lease.fence, 2);
  EXPECT_EQ(again->sheet, (std::vector<std::uint8_t>{1, 2, 3}));
  EXPECT_EQ(again->map, "caves");
  EXPECT_EQ(again->name, "Ann");
}

TEST_P(CharacterAdmissionTest, ChoosesByNumberOrName) {
  const auto ann = node->arrive(token, option("name", "Ann"));
  ASSERT_NE(ann, nullptr);
  node->save(ann->lease, {}, "", true);
  const Result<void> made = write_and_wait(*node->store, [&](Connection& connection) -> Result<void> {
    THRONG_TRY(const CharacterRow row, create_character(connection, ann->lease.account, "Ben", "ben-key", 5));
    static_cast<void>(row);
    return {};
  });
  ASSERT_TRUE(made);
  const auto ben = node->arrive(token, option("character", std::string("Ben")));
  ASSERT_NE(ben, nullptr);
  EXPECT_EQ(ben->name, "Ben");
  node->save(ben->lease, {}, "", true);
  const auto by_number = node->arrive(token, option("character", static_cast<double>(ann->lease.character.value)));
  ASSERT_NE(by_number, nullptr);
  EXPECT_EQ(by_number->name, "Ann");
  node->save(by_number->lease, {}, "", true);
  const std::string number = std::to_string(ben->lease.character.value);
  EXPECT_EQ(node->arrive(token, option("character", number))->name, "Ben");
}

TEST_P(CharacterAdmissionTest, AnotherAccountsCharacterIsNobodysBusiness) {
  const auto ann = node->arrive(token, option("name", "Ann"));
  ASSERT_NE(ann, nullptr);
  const AdmissionReply reply =
      node->admit(new_account(), option("character", std::to_string(ann->lease.character.value)));
  EXPECT_EQ(code_of(reply), 526);
  EXPECT_EQ(text_of(reply), "you have no such character");
}

TEST_P(CharacterAdmissionTest, OtherRoomsTakeNoLease) {
  const AdmissionReply reply = node->admit(token, {}, false);
  ASSERT_TRUE(std::holds_alternative<Admitted>(reply));
  const auto arrival = std::get<Admitted>(reply).arrival;
  ASSERT_NE(arrival, nullptr);
  EXPECT_FALSE(arrival->lease.held());
  EXPECT_EQ(arrival->name, "Player" + token);
  EXPECT_EQ(node->characters->admission().live_count(), 0u);
}

TEST_P(CharacterAdmissionTest, ASeatThatWasNotTakenGivesTheCharacterBack) {
  const auto first = node->arrive(token);
  ASSERT_NE(first, nullptr);
  node->characters->admission().give_back(first);
  node->characters->admission().give_back(nullptr);
  int expelled = 0;
  node->characters->admission().set_expel([&](AccountId, const std::string&) { ++expelled; });
  ASSERT_TRUE(node->store->flush(std::chrono::seconds(10)));
  const auto again = node->arrive(token);
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->lease.fence, 2);
  EXPECT_EQ(expelled, 0);
}

TEST_P(CharacterAdmissionTest, TheNewerLoginGetsWhatTheOlderOneHadInItsLastMoment) {
  settings.hand_over_max = std::chrono::minutes(1);
  open_node();
  const auto older = node->arrive(token, option("name", "Ann"));
  ASSERT_NE(older, nullptr);
  std::promise<std::string> told;
  std::once_flag once;  // it is said again and again
  node->characters->admission().set_expel([&](AccountId account, const std::string& text) {
    EXPECT_EQ(account, older->lease.account);
    std::call_once(once, [&] { told.set_value(text); });
  });
  std::future<AdmissionReply> newer = node->ask(token);
  EXPECT_EQ(told.get_future().get(), "Your account has been signed in from elsewhere.");
  node->characters->admission().set_expel({});
  EXPECT_EQ(newer.wait_for(std::chrono::milliseconds(0)), std::future_status::timeout);
  node->save(older->lease, {9, 9}, "meadow", true);
  const AdmissionReply reply = newer.get();
  ASSERT_TRUE(std::holds_alternative<Admitted>(reply)) << text_of(reply);
  EXPECT_EQ(std::get<Admitted>(reply).arrival->sheet, (std::vector<std::uint8_t>{9, 9}));
  EXPECT_EQ(std::get<Admitted>(reply).arrival->lease.fence, 2);
}

TEST_P(CharacterAdmissionTest, ARoomThatDoesNotAnswerIsFencedOff) {
  const auto older = node->arrive(token, option("name", "Ann"));
  ASSERT_NE(older, nullptr);
  const auto newer = node->arrive(token);
  ASSERT_NE(newer, nullptr);
  EXPECT_EQ(newer->lease.fence, 2);
  const room::CutOutcome late = node->save(older->lease, {6, 6, 6}, "nowhere", true);
  EXPECT_EQ(late.fenced_off, std::vector<CharacterId>{older->lease.character});
  EXPECT_EQ(node->characters->admission().live_count(), 1u);
  node->save(newer->lease, {1}, "meadow", true);
  EXPECT_EQ(node->arrive(token)->sheet, std::vector<std::uint8_t>{1});
}

TEST_P(CharacterAdmissionTest, OneSessionPerAccountWhicheverCharacterItIs) {
  const auto ann = node->arrive(token, option("name", "Ann"));
  ASSERT_NE(ann, nullptr);
  ASSERT_TRUE(write_and_wait(*node->store, [&](Connection& connection) -> Result<void> {
    THRONG_TRY(const CharacterRow row, create_character(connection, ann->lease.account, "Ben", "ben-key", 5));
    static_cast<void>(row);
    return {};
  }));
  ASSERT_NE(node->arrive(token, option("character", std::string("Ben"))), nullptr);
  const room::CutOutcome late = node->save(ann->lease, {6}, "nowhere", false);
  EXPECT_EQ(late.fenced_off, std::vector<CharacterId>{ann->lease.character});
}

TEST_P(CharacterAdmissionTest, ParallelLoginsAreServedOneAfterTheOther) {
  settings.hand_over_max = std::chrono::minutes(1);
  open_node();
  // Rooms that give up whatever they have as soon as they are told.
  std::mutex mutex;
  std::shared_ptr<const room::Arrival> seated;
  node->characters->admission().set_expel([&](AccountId, const std::string&) {
    const std::lock_guard lock(mutex);
    if (seated)
      std::thread([this, gone = std::exchange(seated, nullptr)] {
        node->characters->admission().give_back(gone);
      }).detach();
  });
  std::vector<std::future<AdmissionReply>> logins;
  for (int i = 0; i < 4; ++i) logins.push_back(node->ask(token, option("name", "Ann")));
  std::int64_t fence = 0;
  for (std::future<AdmissionReply>& login : logins) {
    const AdmissionReply reply = login.get();
    ASSERT_TRUE(std::holds_alternative<Admitted>(reply)) << text_of(reply);
    const auto& arrival = std::get<Admitted>(reply).arrival;
    EXPECT_EQ(arrival->lease.fence, ++fence);
    const std::lock_guard lock(mutex);
    seated = arrival;
  }
  node->characters->admission().set_expel({});
  EXPECT_EQ(node->characters->admission().live_count(), 1u);
}

TEST_P(CharacterAdmissionTest, TooManyLoginsAtOnceAreTurnedAway) {
  settings.hand_over_max = std::chrono::minutes(1);
  open_node();
  ASSERT_NE(node->arrive(token), nullptr);
  std::vector<std::future<AdmissionReply>> logins;
  for (std::size_t i = 0; i <= CharacterAdmission::kWaitingPerAccountMax; ++i) logins.push_back(node->ask(token));
  EXPECT_EQ(code_of(logins.back().get()), 503);
}

TEST_P(CharacterAdmissionTest, AnotherNodeIsWaitedForAndThenFencedOff) {
  const auto here = node->arrive(token, option("name", "Ann"));
  ASSERT_NE(here, nullptr);
  Node other(url_, "node-b", settings);
  const auto there = other.arrive(token);
  ASSERT_NE(there, nullptr);
  EXPECT_EQ(there->lease.character, here->lease.character);
  EXPECT_EQ(there->lease.fence, 2);
  EXPECT_EQ(node->save(here->lease, {6}, "nowhere", false).fenced_off.size(), 1u);
  EXPECT_EQ(node->characters->admission().live_count(), 0u);
}

TEST_P(CharacterAdmissionTest, LeasesThatWereLostAreFoundWhenTheyAreRenewed) {
  const auto here = node->arrive(token);
  ASSERT_NE(here, nullptr);
  Node other(url_, "node-b", settings);
  ASSERT_NE(other.arrive(token), nullptr);
  std::promise<AccountId> expelled;
  node->characters->admission().set_expel([&](AccountId account, const std::string&) { expelled.set_value(account); });
  node->characters->admission().renew_leases();
  EXPECT_EQ(expelled.get_future().get(), here->lease.account);
  node->characters->admission().set_expel({});
}

TEST_P(CharacterAdmissionTest, ARestartedServerThatIsAloneTakesItsCharactersAtOnce) {
  ASSERT_NE(node->arrive(token), nullptr);
  settings.hand_over_max = std::chrono::hours(1);  // nobody is waited for
  node->killed = true;
  open_node("node-after-crash", true);
  const auto again = node->arrive(token);
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->lease.fence, 2);
}

TEST_P(CharacterAdmissionTest, AServerThatEndsReleasesWhatItHeld) {
  ASSERT_NE(node->arrive(token), nullptr);
  settings.hand_over_max = std::chrono::hours(1);
  open_node("node-next");
  ASSERT_NE(node->arrive(token), nullptr);
}

TEST_P(CharacterAdmissionTest, ACharacterThatIsToBeDeletedIsNotPlayed) {
  const auto ann = node->arrive(token, option("name", "Ann"));
  ASSERT_NE(ann, nullptr);
  node->save(ann->lease, {}, "", true);
  ASSERT_TRUE(write_and_wait(*node->store, [&](Connection& connection) {
    return mark_for_deletion(connection, ann->lease.character, ann->lease.account, INT64_MAX, 1);
  }));
  EXPECT_EQ(text_of(node->admit(token, option("character", std::string("Ann")))),
            "Ann is about to be deleted; restore it first");
  const auto ben = node->arrive(token, option("name", "Ben"));
  ASSERT_NE(ben, nullptr);
  EXPECT_EQ(ben->name, "Ben");
}

TEST_P(CharacterAdmissionTest, AnAccountThatIsGoneIsRefused) {
  EXPECT_EQ(text_of(node->admit("999999")), "this account is gone");
}

}  // namespace
}  // namespace throng::services
