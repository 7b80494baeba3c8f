#include "services/party/stored_parties.h"

#include <gmock/gmock.h>

#include <future>
#include <mutex>

#include "services/characters/character_fixture.h"
#include "services/party/party_table.h"

namespace throng::services {
namespace {

using room::PartyWish;
using sim::PartyAction;
using sim::PartyNews;
using sim::Verdict;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kPartyHourMs = 3'600'000;

/// Ann, Bob and Cid play, on both engines.
class StoredPartiesTest : public test::CharacterTest {
 protected:
  StoredPartiesTest() {
    open_node();
    open_parties();
    for (const char* const name : {"Ann", "Bob", "Cid"}) {
      tokens.push_back(new_account());
      leases.push_back(node->arrive(tokens.back(), test::option("name", std::string(name)))->lease);
    }
  }
  ~StoredPartiesTest() override {
    node.reset();  // the store calls back
  }

  void open_parties() {
    parties.emplace(*node->store, std::chrono::hours(72));
    parties->set_tell([this](const std::shared_ptr<const room::PartyTold>& one) {
      const std::lock_guard lock(mutex);
      told.push_back(one);
    });
  }

  room::PartyReply ask(std::size_t who, std::variant<PartyWish, room::LookAtParties> wanted) {
    {
      const std::lock_guard lock(mutex);
      told.clear();
    }
    std::promise<room::PartyReply> reply;
    parties->ask({"room", 7, leases[who], std::move(wanted)},
                 [&](room::PartyReply one) { reply.set_value(std::move(one)); });
    room::PartyReply got = reply.get_future().get();
    EXPECT_EQ(got.number, 7u);
    EXPECT_EQ(got.room_id, "room");
    return got;
  }
  Verdict wish(std::size_t who, PartyAction action, const std::string& other = "", std::size_t size_max = 5) {
    return ask(who, PartyWish{.action = action, .other = {}, .other_name = other, .size_max = size_max}).verdict;
  }
  void found() {
    ASSERT_EQ(wish(0, PartyAction::Invite, "Bob"), Verdict::Accepted);
    ASSERT_EQ(wish(1, PartyAction::Join, "Ann"), Verdict::Accepted);
  }
  void take_in(const std::string& name, std::size_t who) {
    ASSERT_EQ(wish(0, PartyAction::Invite, name), Verdict::Accepted);
    ASSERT_EQ(wish(who, PartyAction::Join, "Ann"), Verdict::Accepted);
  }
  void change(const StoreJob& job) { ASSERT_TRUE(write_and_wait(*node->store, job)); }
  room::SharedRoster roster_of(std::size_t who) {
    room::SharedRoster roster;
    change([&](Connection& connection) -> Result<void> {
      THRONG_TRY(roster, load_party_of(connection, leases[who].character, system_clock().unix_milliseconds()));
      return {};
    });
    return roster;
  }
  static std::vector<std::string> names(const room::SharedRoster& roster) {
    std::vector<std::string> found;
    for (const room::PartyMate& mate : roster->mates) found.push_back(mate.name);
    return found;
  }

  std::mutex mutex;
  std::vector<std::shared_ptr<const room::PartyTold>> told;
  std::vector<std::string> tokens;
  std::vector<room::CharacterLease> leases;
  std::optional<StoredParties> parties;
};

INSTANTIATE_TEST_SUITE_P(Engines, StoredPartiesTest, test::engines(), test::engine_name);

TEST_P(StoredPartiesTest, AnInvitationIsToldAndMakesAPartyWhenItIsTaken) {
  EXPECT_EQ(wish(0, PartyAction::Invite, "bob"), Verdict::Accepted);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0]->news, PartyNews::Invited);
  EXPECT_EQ(told[0]->to, leases[1].character);
  EXPECT_EQ(told[0]->about.name, "Ann");
  EXPECT_EQ(roster_of(0), nullptr) << "one alone is no party";
  EXPECT_EQ(wish(1, PartyAction::Join, "Ann"), Verdict::Accepted);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0]->news, PartyNews::Joined);
  EXPECT_THAT(names(told[0]->roster), ElementsAre("Ann", "Bob"));
  EXPECT_EQ(*roster_of(1), *told[0]->roster);
}

TEST_P(StoredPartiesTest, AreThereAfterARestartAndComeWithTheCharacter) {
  found();
  const std::int64_t id = roster_of(0)->id.value;
  open_node("node-b", true);
  open_parties();
  const auto arrival = node->arrive(tokens[1]);
  ASSERT_NE(arrival->party, nullptr);
  EXPECT_EQ(arrival->party->id.value, id);
  EXPECT_THAT(names(arrival->party), ElementsAre("Ann", "Bob"));
  EXPECT_EQ(arrival->party->mates[0].map, "") << "Ann does not play now";
  EXPECT_EQ(node->arrive(tokens[2])->party, nullptr);
}

TEST_P(StoredPartiesTest, SayWhoPlaysWhere) {
  found();
  node->save(leases[0], {}, "caves", false);
  const PartyId id = roster_of(0)->id;
  room::PartyReply looked = ask(1, room::LookAtParties{{id, {999}}});
  ASSERT_EQ(looked.rosters.size(), 2u);
  EXPECT_EQ(looked.rosters[0]->mates[0].map, "caves");
  EXPECT_THAT(looked.rosters[1]->mates, IsEmpty()) << "there is no such party";
  node->save(leases[0], {}, "caves", true);
  EXPECT_EQ(ask(1, room::LookAtParties{{id}}).rosters[0]->mates[0].map, "");
}

TEST_P(StoredPartiesTest, RefuseWhatTheRulesForbid) {
  EXPECT_EQ(wish(0, PartyAction::Invite, "Nobody"), Verdict::NoSuchPlayer);
  EXPECT_EQ(wish(0, PartyAction::Invite, "Ann"), Verdict::WrongTarget);
  EXPECT_EQ(wish(1, PartyAction::Join, "Ann"), Verdict::NotInvited);
  EXPECT_EQ(wish(1, PartyAction::Decline, "Ann"), Verdict::NotInvited);
  EXPECT_EQ(wish(0, PartyAction::Leave), Verdict::NoParty);
  EXPECT_EQ(wish(0, PartyAction::LootFree), Verdict::NoParty);
  found();
  EXPECT_EQ(wish(1, PartyAction::Invite, "Cid"), Verdict::NotLeader);
  EXPECT_EQ(wish(1, PartyAction::Kick, "Ann"), Verdict::NotLeader);
  EXPECT_EQ(wish(0, PartyAction::Kick, "Ann"), Verdict::WrongTarget);
  EXPECT_EQ(wish(0, PartyAction::Kick, "Cid"), Verdict::NoSuchPlayer);
  EXPECT_EQ(wish(0, PartyAction::Invite, "Cid", 2), Verdict::PartyFull);
  EXPECT_EQ(wish(2, PartyAction::Invite, "Bob"), Verdict::AlreadyInParty);
  EXPECT_THAT(names(roster_of(0)), ElementsAre("Ann", "Bob"));
}

TEST_P(StoredPartiesTest, AreNeverLargerThanTheyMayBeHoweverManyAreInvited) {
  ASSERT_EQ(wish(0, PartyAction::Invite, "Bob", 2), Verdict::Accepted);
  ASSERT_EQ(wish(0, PartyAction::Invite, "Cid", 2), Verdict::Accepted);
  EXPECT_EQ(wish(1, PartyAction::Join, "Ann", 2), Verdict::Accepted);
  EXPECT_EQ(wish(2, PartyAction::Join, "Ann", 2), Verdict::PartyFull);
}

TEST_P(StoredPartiesTest, ADeclinedInvitationIsOver) {
  ASSERT_EQ(wish(0, PartyAction::Invite, "Bob"), Verdict::Accepted);
  EXPECT_EQ(wish(1, PartyAction::Decline, "Ann"), Verdict::Accepted);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0]->news, PartyNews::Declined);
  EXPECT_EQ(told[0]->to, leases[0].character);
  EXPECT_EQ(wish(1, PartyAction::Join, "Ann"), Verdict::NotInvited);
}

TEST_P(StoredPartiesTest, ThatShrinkToOneAreDissolved) {
  found();
  const PartyId id = roster_of(0)->id;
  EXPECT_EQ(wish(1, PartyAction::Leave), Verdict::Accepted);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0]->news, PartyNews::Left);
  EXPECT_EQ(told[0]->roster->id, id);
  EXPECT_THAT(told[0]->roster->mates, IsEmpty());
  EXPECT_EQ(roster_of(0), nullptr);
}

TEST_P(StoredPartiesTest, TheOldestMemberLeadsWhenTheLeaderGoes) {
  found();
  take_in("Cid", 2);
  EXPECT_EQ(wish(0, PartyAction::Leave), Verdict::Accepted);
  EXPECT_THAT(names(roster_of(2)), ElementsAre("Bob", "Cid"));
  EXPECT_EQ(wish(1, PartyAction::LootRoundRobin), Verdict::Accepted);
  EXPECT_EQ(roster_of(2)->loot_rule, sim::LootRule::RoundRobin);
}

TEST_P(StoredPartiesTest, TheLeaderKicksAndHandsOverWhereverTheyAre) {
  found();
  take_in("Cid", 2);
  node->save(leases[2], {}, "caves", true);  // offline
  EXPECT_EQ(wish(0, PartyAction::Lead, "Bob"), Verdict::Accepted);
  EXPECT_THAT(names(roster_of(0)), ElementsAre("Bob", "Ann", "Cid"));
  const std::int64_t before = roster_of(0)->version;
  EXPECT_EQ(wish(1, PartyAction::Kick, "Cid"), Verdict::Accepted);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0]->about.character, leases[2].character);
  EXPECT_GT(told[0]->roster->version, before);
  EXPECT_EQ(roster_of(2), nullptr);
}

TEST_P(StoredPartiesTest, OnlyWhoeverHasTheLeaseWishesInACharactersName) {
  leases[0].fence -= 1;
  EXPECT_EQ(wish(0, PartyAction::Invite, "Bob"), Verdict::StoreBehind);
}

TEST_P(StoredPartiesTest, OfThoseWhoJoinAtOnceEachIsInOneParty) {
  ASSERT_EQ(wish(0, PartyAction::Invite, "Cid"), Verdict::Accepted);
  ASSERT_EQ(wish(1, PartyAction::Invite, "Cid"), Verdict::Accepted);
  std::vector<std::future<room::PartyReply>> replies;
  for (const char* const inviter : {"Ann", "Bob"}) {
    auto promise = std::make_shared<std::promise<room::PartyReply>>();
    replies.push_back(promise->get_future());
    parties->ask({"room", 1, leases[2], PartyWish{PartyAction::Join, {}, inviter, 5}},
                 [promise](room::PartyReply reply) { promise->set_value(std::move(reply)); });
  }
  EXPECT_EQ(replies[0].get().verdict, Verdict::Accepted);
  EXPECT_EQ(replies[1].get().verdict, Verdict::AlreadyInParty);
  EXPECT_THAT(names(roster_of(2)), ElementsAre("Ann", "Cid"));
}

TEST_P(StoredPartiesTest, EndWhenNobodyHasPlayedForLong) {
  found();
  const std::int64_t now = system_clock().unix_milliseconds();
  std::int64_t ended = -1;
  const auto end = [&](std::int64_t since, std::int64_t at) {
    change([&](Connection& connection) -> Result<void> {
      THRONG_TRY(ended, end_forgotten_parties(connection, since, at));
      return {};
    });
    return ended;
  };
  EXPECT_EQ(end(now + kPartyHourMs, now), 0) << "they play";
  for (const std::size_t who : {0u, 1u}) node->save(leases[who], {}, "meadow", true);
  EXPECT_EQ(end(now - kPartyHourMs, now), 0) << "they played a moment ago";
  EXPECT_EQ(end(now + kPartyHourMs, now + 2 * kPartyHourMs), 1);
  EXPECT_EQ(roster_of(0), nullptr);
}

TEST_P(StoredPartiesTest, EndWhileTheServerRunsToo) {
  found();
  for (const std::size_t who : {0u, 1u}) node->save(leases[who], {}, "meadow", true);
  ManualClock clock;
  clock.advance(std::chrono::milliseconds(system_clock().unix_milliseconds() - clock.unix_milliseconds()));
  parties.emplace(*node->store, std::chrono::hours(1), clock);
  ask(2, room::LookAtParties{});
  EXPECT_NE(roster_of(0), nullptr);
  clock.advance(std::chrono::hours(2));
  ask(2, room::LookAtParties{});
  EXPECT_EQ(roster_of(0), nullptr);
}

TEST_P(StoredPartiesTest, LoseACharacterThatIsDeleted) {
  found();
  take_in("Cid", 2);
  node->save(leases[0], {}, "meadow", true);
  change([&](Connection& connection) {
    return mark_for_deletion(connection, leases[0].character, leases[0].account, 5'000'000'000'000,
                             system_clock().unix_milliseconds());
  });
  EXPECT_THAT(names(roster_of(1)), ElementsAre("Bob", "Cid"));
  node->save(leases[1], {}, "meadow", true);
  change([&](Connection& connection) {
    return purge_character(connection, leases[1].character, system_clock().unix_milliseconds());
  });
  EXPECT_EQ(roster_of(2), nullptr);
}

TEST_P(StoredPartiesTest, KnowSoManyInvitationsOfOneAndNoMore) {
  std::vector<std::string> invited;
  for (int i = 0; i < 10; ++i) {
    const std::string name = std::string("Pal") + static_cast<char>('a' + i);
    leases.push_back(node->arrive(new_account(), test::option("name", name))->lease);
    ASSERT_EQ(wish(0, PartyAction::Invite, name), Verdict::Accepted);
  }
  change([](Connection& connection) -> Result<void> {
    THRONG_TRY(const Rows rows, connection.run("SELECT count(*) FROM party_invitation"));
    EXPECT_EQ(rows.integer(0, 0), kInvitationsMax);
    return {};
  });
}

}  // namespace
}  // namespace throng::services
