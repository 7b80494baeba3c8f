#include "sim/party/party.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/play_fixture.h"
#include "sim/world_save.h"

namespace throng::sim {
namespace {

using test::events_of;
using test::Play;
using testing::ElementsAre;

struct PartyTest : testing::Test {
  PartyTest() {
    for (std::uint32_t key = 1; key <= 6; ++key) play.join(key);
  }

  Verdict step(std::uint32_t key, PartyAction action, std::uint32_t other = 0) {
    return play.ask(PartyStep{{key}, action, {other}});
  }
  /// The first leads.
  void found(std::initializer_list<std::uint32_t> keys) {
    for (const std::uint32_t key : keys) {
      if (key == *keys.begin()) continue;
      ASSERT_EQ(step(*keys.begin(), PartyAction::Invite, key), Verdict::Accepted);
      ASSERT_EQ(step(key, PartyAction::Join, *keys.begin()), Verdict::Accepted);
    }
  }
  EntityIndex player(std::uint32_t key) { return *play.state.players_by_key.find({key}); }
  std::uint16_t party(std::uint32_t key) { return play.state.player(player(key)).party; }
  std::vector<std::uint32_t> members(std::uint32_t key) {
    std::vector<std::uint32_t> keys;
    for (const PlayerKey member : play.state.parties.at(party(key)).members) keys.push_back(member.value);
    return keys;
  }
  /// Who was told `news` about whom, by the last step.
  std::vector<std::uint32_t> told(PartyNews news, std::uint32_t about) {
    std::vector<std::uint32_t> keys;
    for (const PartyChanged& changed : events_of<PartyChanged>(play.events)) {
      if (changed.news == news && changed.other == PlayerKey{about}) keys.push_back(changed.key.value);
    }
    return keys;
  }
  std::vector<std::uint32_t> near(std::uint32_t key) {
    std::vector<EntityIndex> out;
    party_near(play.state, player(key), test::kVillageSquare, out);
    std::vector<std::uint32_t> keys;
    for (const EntityIndex index : out) keys.push_back(play.state.player(index).key.value);
    return keys;
  }

  Play play;
};

TEST_F(PartyTest, AnInvitationIsToldAndAcceptedTogether) {
  EXPECT_EQ(step(1, PartyAction::Invite, 2), Verdict::Accepted);
  EXPECT_THAT(told(PartyNews::Invited, 1), ElementsAre(2));
  EXPECT_EQ(step(2, PartyAction::Join, 1), Verdict::Accepted);
  EXPECT_THAT(told(PartyNews::Joined, 2), ElementsAre(1, 2));
  EXPECT_THAT(members(2), ElementsAre(1, 2));
  EXPECT_TRUE(same_party(play.state, player(1), player(2)));
  EXPECT_FALSE(same_party(play.state, player(3), player(4)));
}

TEST_F(PartyTest, NobodyInvitesThemselvesOrTheAbsent) {
  EXPECT_EQ(step(1, PartyAction::Invite, 1), Verdict::WrongTarget);
  EXPECT_EQ(step(1, PartyAction::Invite, 99), Verdict::NoSuchPlayer);
  EXPECT_EQ(step(1, PartyAction::Join, 99), Verdict::NoSuchPlayer);
}

TEST_F(PartyTest, OnlyTheInvitedMayJoin) {
  EXPECT_EQ(step(2, PartyAction::Join, 1), Verdict::NotInvited);
  step(1, PartyAction::Invite, 2);
  EXPECT_EQ(step(3, PartyAction::Join, 1), Verdict::NotInvited);
}

TEST_F(PartyTest, OnlyTheLeaderInvites) {
  found({1, 2});
  EXPECT_EQ(step(2, PartyAction::Invite, 3), Verdict::NotLeader);
}

TEST_F(PartyTest, MembersOfAPartyCannotBeInvitedOrJoinAnother) {
  found({1, 2});
  found({3, 4});
  EXPECT_EQ(step(1, PartyAction::Invite, 4), Verdict::AlreadyInParty);
  step(1, PartyAction::Invite, 5);
  step(3, PartyAction::Invite, 5);
  EXPECT_EQ(step(5, PartyAction::Join, 1), Verdict::Accepted);
  EXPECT_EQ(step(5, PartyAction::Join, 3), Verdict::AlreadyInParty);
}

TEST_F(PartyTest, TwoWhoInviteEachOtherFindTogether) {
  step(1, PartyAction::Invite, 2);
  EXPECT_EQ(step(2, PartyAction::Invite, 1), Verdict::Accepted);
  EXPECT_EQ(step(1, PartyAction::Join, 2), Verdict::Accepted);
  EXPECT_THAT(members(1), ElementsAre(2, 1));
}

TEST_F(PartyTest, AFullPartyTakesNobody) {
  found({1, 2, 3, 4});
  step(1, PartyAction::Invite, 5);
  step(1, PartyAction::Invite, 6);
  EXPECT_EQ(step(5, PartyAction::Join, 1), Verdict::Accepted);
  EXPECT_EQ(step(6, PartyAction::Join, 1), Verdict::PartyFull);
  EXPECT_EQ(step(1, PartyAction::Invite, 6), Verdict::PartyFull);
}

TEST_F(PartyTest, ADeclinedInvitationIsToldToTheLeaderAndOver) {
  step(1, PartyAction::Invite, 2);
  EXPECT_EQ(step(2, PartyAction::Decline, 1), Verdict::Accepted);
  EXPECT_THAT(told(PartyNews::Declined, 2), ElementsAre(1));
  EXPECT_EQ(party(1), kNoParty);
  EXPECT_EQ(step(2, PartyAction::Decline, 1), Verdict::NotInvited);
  EXPECT_EQ(step(2, PartyAction::Join, 1), Verdict::NotInvited);
}

TEST_F(PartyTest, WhoeverDoesNotAnswerUsesUpNoInvitations) {
  for (std::uint32_t key = 10; key < 30; ++key) {
    play.join(key);
    ASSERT_EQ(step(1, PartyAction::Invite, key), Verdict::Accepted);
  }
  EXPECT_EQ(play.state.parties[party(1)].invited.size(), static_cast<std::size_t>(content::kPartySizeMax));
  EXPECT_EQ(step(10, PartyAction::Join, 1), Verdict::NotInvited);
  EXPECT_EQ(step(29, PartyAction::Join, 1), Verdict::Accepted);
}

TEST_F(PartyTest, ALeavingMemberIsToldToAll) {
  found({1, 2, 3});
  EXPECT_EQ(step(3, PartyAction::Leave), Verdict::Accepted);
  EXPECT_THAT(told(PartyNews::Left, 3), ElementsAre(1, 2, 3));
  EXPECT_EQ(party(3), kNoParty);
  EXPECT_THAT(members(1), ElementsAre(1, 2));
  EXPECT_EQ(step(3, PartyAction::Leave), Verdict::NoParty);
}

TEST_F(PartyTest, WhenTheLeaderLeavesTheNextOneLeads) {
  found({1, 2, 3});
  step(1, PartyAction::Leave);
  EXPECT_THAT(told(PartyNews::Leader, 2), ElementsAre(2, 3));
  EXPECT_THAT(members(3), ElementsAre(2, 3));
}

TEST_F(PartyTest, APartyOfOneIsDissolved) {
  found({1, 2});
  step(2, PartyAction::Leave);
  EXPECT_EQ(party(1), kNoParty);
  EXPECT_THAT(told(PartyNews::Left, 1), ElementsAre(1));
}

TEST_F(PartyTest, TheLeaderKicksMembers) {
  found({1, 2, 3});
  EXPECT_EQ(step(2, PartyAction::Kick, 3), Verdict::NotLeader);
  EXPECT_EQ(step(1, PartyAction::Kick, 1), Verdict::WrongTarget);
  EXPECT_EQ(step(1, PartyAction::Kick, 5), Verdict::NoSuchPlayer);
  EXPECT_EQ(step(5, PartyAction::Kick, 1), Verdict::NoParty);
  EXPECT_EQ(step(1, PartyAction::Kick, 2), Verdict::Accepted);
  EXPECT_THAT(told(PartyNews::Kicked, 2), ElementsAre(1, 2, 3));
  EXPECT_EQ(party(2), kNoParty);
}

TEST_F(PartyTest, TheLeadIsHandedOver) {
  found({1, 2, 3});
  EXPECT_EQ(step(1, PartyAction::Lead, 3), Verdict::Accepted);
  EXPECT_THAT(told(PartyNews::Leader, 3), ElementsAre(3, 1, 2));
  EXPECT_THAT(members(1), ElementsAre(3, 1, 2));
  EXPECT_EQ(step(1, PartyAction::Lead, 2), Verdict::NotLeader);
}

TEST_F(PartyTest, TheLeaderChoosesTheLootRule) {
  found({1, 2});
  EXPECT_EQ(step(2, PartyAction::LootRoundRobin), Verdict::NotLeader);
  EXPECT_EQ(step(1, PartyAction::LootRoundRobin), Verdict::Accepted);
  EXPECT_THAT(told(PartyNews::LootRule, 1), ElementsAre(1, 2));
  EXPECT_EQ(play.state.parties[party(1)].loot_rule, LootRule::RoundRobin);
  step(1, PartyAction::LootFree);
  EXPECT_EQ(play.state.parties[party(1)].loot_rule, LootRule::Free);
}

TEST_F(PartyTest, WhoeverLeavesTheWorldLeavesThePartyAndItsInvitations) {
  found({1, 2, 3});
  step(4, PartyAction::Invite, 3);
  step(5, PartyAction::Invite, 6);
  play.events.clear();
  play.run({RemovePlayer{{3}}, RemovePlayer{{6}}});
  EXPECT_THAT(members(1), ElementsAre(1, 2));
  EXPECT_EQ(party(5), kNoParty) << "nobody is left to answer";
  play.join(6);
  EXPECT_EQ(step(6, PartyAction::Join, 5), Verdict::NotInvited);
}

TEST_F(PartyTest, NumbersOfDissolvedPartiesServeAgain) {
  found({1, 2});
  const std::uint16_t number = party(1);
  step(1, PartyAction::LootRoundRobin);
  step(1, PartyAction::Leave);
  found({3, 4});
  EXPECT_EQ(party(3), number);
  EXPECT_EQ(play.state.parties[number].loot_rule, LootRule::Free);
}

TEST_F(PartyTest, TheNumberOfPartiesIsBounded) {
  play.state.parties.resize(kPartiesMax);
  for (PartyState& other : play.state.parties) other.members = {PlayerKey{77}, PlayerKey{78}};
  EXPECT_EQ(step(1, PartyAction::Invite, 2), Verdict::TooMany);
}

TEST_F(PartyTest, NearAreTheLivingInRangeByKey) {
  found({2, 3, 1, 4});
  EXPECT_THAT(near(2), ElementsAre(1, 2, 3, 4));
  play.state.fighter(player(3)).hp = 0;
  play.state.positions[player(4).value] = {units(2'000), units(500)};
  EXPECT_THAT(near(2), ElementsAre(1, 2));
  EXPECT_THAT(near(4), ElementsAre(1, 2, 4)) << "the one that is asked for is always there";
  EXPECT_THAT(near(5), ElementsAre(5));
}

TEST_F(PartyTest, TheTurnGoesRoundThoseWhoAreNear) {
  found({1, 2, 3});
  const auto turn = [&] {
    return play.state.player(next_looter(play.state, player(1), test::kVillageSquare)).key.value;
  };
  EXPECT_EQ(turn(), 1u) << "by the free rule it is the killer's";
  EXPECT_EQ(turn(), 1u);
  step(1, PartyAction::LootRoundRobin);
  EXPECT_EQ(turn(), 1u);
  EXPECT_EQ(turn(), 2u);
  EXPECT_EQ(turn(), 3u);
  EXPECT_EQ(turn(), 1u);
  play.state.fighter(player(2)).hp = 0;
  EXPECT_EQ(turn(), 3u);
}

TEST_F(PartyTest, TheTurnStaysWithItsMemberWhenOthersGoOrLead) {
  found({1, 2, 3, 4});
  step(1, PartyAction::LootRoundRobin);
  const auto turn = [&](std::uint32_t killer) {
    return play.state.player(next_looter(play.state, player(killer), test::kVillageSquare)).key.value;
  };
  EXPECT_EQ(turn(1), 1u);
  EXPECT_EQ(turn(1), 2u);  // the next is 3
  step(1, PartyAction::Leave);
  EXPECT_EQ(turn(2), 3u);  // the next is 4
  step(2, PartyAction::Lead, 4);
  EXPECT_EQ(turn(2), 4u);
}

/// Every party has at least two members or an open invitation; members and players agree about it.
void expect_sound_parties(const WorldState& state) {
  std::size_t members = 0;
  for (std::size_t number = 0; number < state.parties.size(); ++number) {
    const PartyState& party = state.parties[number];
    EXPECT_LE(party.members.size(), static_cast<std::size_t>(state.content->balance.party_size_max));
    EXPECT_LE(party.invited.size(), static_cast<std::size_t>(content::kPartySizeMax));
    EXPECT_TRUE(party.members.size() != 1 || !party.invited.empty());
    EXPECT_TRUE(!party.members.empty() || party.invited.empty());
    for (const PlayerKey key : party.members) {
      const auto index = state.players_by_key.find(key);
      ASSERT_TRUE(index.has_value());
      EXPECT_EQ(state.player(*index).party, number);
    }
    for (const PlayerKey key : party.invited) EXPECT_TRUE(state.players_by_key.find(key).has_value());
    members += party.members.size();
  }
  std::size_t bound = 0;
  for (const EntityIndex index : state.entities.indexes(EntityKind::Player)) {
    if (state.entities.alive(index) && state.player(index).party != kNoParty) ++bound;
  }
  EXPECT_EQ(members, bound);
}

TEST_F(PartyTest, PartiesStaySoundWhateverPlayersDo) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    Rng rng(seed);
    for (int i = 0; i < 1'000; ++i) {
      const PlayerKey key{rng.below(9)};
      const PlayerKey other{rng.below(9)};
      const std::uint32_t choice = rng.below(20);
      play.events.clear();
      if (choice == 0)
        play.run({RemovePlayer{key}});
      else if (choice == 1)
        play.run({test::spawn_at(key.value, test::kVillageSquare)});
      else
        play.run({PartyStep{key, static_cast<PartyAction>(rng.below(8)), other}});
      expect_sound_parties(play.state);
      if (HasFailure()) return;
    }
  }
}

struct KeptPartyTest : PartyTest {
  void set(std::uint32_t key, std::int64_t kept, LootRule rule = LootRule::Free) {
    play.ask(SetParty{{key}, {kept}, rule});
  }
  void expect_saved_alike() {
    const auto saved = save_state(play.state);
    EXPECT_TRUE(restore_state(saved, play.state.map, play.state.content));
  }
};

TEST_F(KeptPartyTest, IsAGroupOfItsMembersWhoAreHere) {
  set(1, 77);
  EXPECT_THAT(members(1), ElementsAre(1)) << "one alone, too";
  set(2, 77);
  set(3, 78);
  EXPECT_TRUE(same_party(play.state, player(1), player(2)));
  EXPECT_FALSE(same_party(play.state, player(1), player(3)));
  EXPECT_THAT(near(1), ElementsAre(1, 2));
  EXPECT_THAT(events_of<PartyChanged>(play.events), testing::IsEmpty()) << "the room tells what the store says";
  expect_saved_alike();
}

TEST_F(KeptPartyTest, TakesTheRuleThatTheStoreSays) {
  set(1, 77);
  set(2, 77, LootRule::RoundRobin);
  EXPECT_EQ(play.state.parties[party(1)].loot_rule, LootRule::RoundRobin);
  EXPECT_EQ(next_looter(play.state, player(1), test::kVillageSquare), player(1));
  EXPECT_EQ(next_looter(play.state, player(1), test::kVillageSquare), player(2));
  set(1, 77);
  EXPECT_EQ(play.state.parties[party(2)].loot_rule, LootRule::Free);
}

TEST_F(KeptPartyTest, SaidAgainChangesNothing) {
  set(1, 77);
  set(2, 77);
  const PartyState before = play.state.parties[party(1)];
  set(1, 77);
  EXPECT_EQ(play.state.parties[party(1)], before);
}

TEST_F(KeptPartyTest, LosesWhomTheStoreTakesOutAndWhoLeavesTheWorld) {
  for (const std::uint32_t key : {1, 2, 3}) set(key, 77);
  set(2, 0);
  EXPECT_EQ(party(2), kNoParty);
  EXPECT_THAT(members(1), ElementsAre(1, 3));
  play.ask(RemovePlayer{{1}});
  EXPECT_THAT(members(3), ElementsAre(3));
  set(3, 0);
  EXPECT_TRUE(play.state.parties[0].members.empty());
  EXPECT_EQ(play.state.parties[0].kept.value, 0) << "the number may serve another party";
  expect_saved_alike();
}

TEST_F(KeptPartyTest, ChangesWithItsMembers) {
  set(1, 77);
  set(2, 77);
  set(2, 78);
  set(3, 78);
  EXPECT_THAT(members(1), ElementsAre(1));
  EXPECT_THAT(members(2), ElementsAre(2, 3));
}

TEST_F(KeptPartyTest, TakesMembersOutOfAPartyOfThisWorld) {
  found({1, 2, 3});
  set(1, 77);
  EXPECT_THAT(told(PartyNews::Left, 1), ElementsAre(1, 2, 3));
  EXPECT_THAT(members(2), ElementsAre(2, 3));
  set(2, 0);
  EXPECT_THAT(members(2), ElementsAre(2, 3)) << "that one is not the store's business";
}

TEST_F(KeptPartyTest, IsNotGovernedHere) {
  set(1, 77);
  set(2, 77);
  EXPECT_EQ(step(1, PartyAction::Invite, 3), Verdict::PartyKept);
  EXPECT_EQ(step(1, PartyAction::Kick, 2), Verdict::PartyKept);
  EXPECT_EQ(step(1, PartyAction::Leave), Verdict::PartyKept);
  EXPECT_EQ(step(3, PartyAction::Invite, 1), Verdict::AlreadyInParty);
}

TEST_F(KeptPartyTest, OfTheUnknownIsWithoutEffect) {
  set(99, 77);
  set(1, 0);
  EXPECT_EQ(party(1), kNoParty);
  EXPECT_TRUE(play.state.parties.empty());
}

}  // namespace
}  // namespace throng::sim
