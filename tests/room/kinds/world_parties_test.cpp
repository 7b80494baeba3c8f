#include "room/kinds/world_parties.h"

#include <deque>

#include "room/kinds/kept_world.h"

namespace throng::room {
namespace {

using Texts = std::vector<std::string>;
using sim::PartyAction;
using sim::PartyNews;
using sim::Verdict;
using test::kAnn;
using test::kBob;

constexpr std::int64_t kCid = 2'003;  ///< plays elsewhere
constexpr std::int64_t kParty = 7;

/// Answers when the test says so.
class FakeRegistry final : public PartyRegistry {
 public:
  void ask(PartyRequest request) override { asked.push_back(std::move(request)); }
  const PartyWish& wish() const { return std::get<PartyWish>(asked.front().ask); }
  void reply(Room& room, Verdict verdict, std::vector<SharedRoster> rosters = {}) {
    ASSERT_FALSE(asked.empty());
    const PartyReply reply{asked.front().room_id, asked.front().number, verdict, std::move(rosters)};
    asked.pop_front();
    room.party_replied(reply);
  }
  std::deque<PartyRequest> asked;
};

PartyMate mate(std::int64_t character, const std::string& map = "") {
  return {.character = {character}, .name = "hero" + std::to_string(character), .level = 3, .map = map};
}

SharedRoster roster(std::int64_t version, std::vector<PartyMate> mates, std::int64_t id = kParty,
                    sim::LootRule rule = sim::LootRule::Free) {
  return std::make_shared<const PartyRoster>(PartyRoster{{id}, version, rule, std::move(mates)});
}

class WorldPartiesTest : public test::KeptWorld {
 protected:
  WorldPartiesTest() {
    parties = &registry;
    open_market();
  }
  void play_kept(std::uint64_t link, std::int64_t character, SharedRoster party = nullptr) {
    play(link, "session" + std::to_string(link), kept(character, std::move(party)));
    settle();
  }
  void wish(std::uint64_t link, const std::string& action, const std::string& target = "") {
    std::vector<std::pair<std::string, std::string>> texts{{"action", action}};
    if (!target.empty()) texts.emplace_back("targetId", target);
    room().say(link, "party", texts_payload(texts));
  }
  void tell(PartyNews news, std::int64_t about, SharedRoster party, std::int64_t to = 0) {
    room().room.party_told({news, mate(about), {to}, std::move(party)});
    room().step(6);  // members are shown how the others are now and then
  }
  Texts news(std::uint64_t link) { return room().texts(link, "party", "news"); }
  Texts refusals(std::uint64_t link) { return room().texts(link, "error", "code"); }
  std::string shown(std::uint64_t link, int row, const std::string& field) {
    return client(link).own("party", std::to_string(row), field).text;
  }
  double party_id(std::uint64_t link) { return client(link).me("partyId"); }

  FakeRegistry registry;
};

TEST_F(WorldPartiesTest, AWishOfACharacterThatIsKeptGoesToTheRegistry) {
  play_kept(1, kAnn);
  play_kept(2, kBob);
  wish(1, "invite", "session2");
  ASSERT_EQ(registry.asked.size(), 1u);
  EXPECT_EQ(registry.asked[0].lease.character.value, kAnn);
  EXPECT_EQ(registry.wish().action, PartyAction::Invite);
  EXPECT_EQ(registry.wish().other.value, kBob);
  EXPECT_EQ(registry.wish().size_max, 5u);
  registry.reply(room().room, Verdict::AlreadyInParty);
  EXPECT_EQ(refusals(1), Texts{"already_in_party"});
}

TEST_F(WorldPartiesTest, SomebodyElsewhereIsNamed) {
  play_kept(1, kAnn, roster(1, {mate(kAnn), mate(kCid)}));
  wish(1, "kick", "hero2003");
  ASSERT_EQ(registry.asked.size(), 1u);
  EXPECT_EQ(registry.wish().other.value, 0);
  EXPECT_EQ(registry.wish().other_name, "hero2003");
}

TEST_F(WorldPartiesTest, WithGuestsItIsTheWorlds) {
  play_kept(1, kAnn);
  play(2, "guest");
  wish(1, "invite", "guest");
  room().step();
  EXPECT_EQ(news(2), Texts{"invited"});
  wish(2, "join", "session1");
  room().step();
  EXPECT_EQ(news(1), Texts{"joined"});
  wish(1, "leave");
  room().step();
  EXPECT_EQ(news(1), (Texts{"joined", "left"}));
  EXPECT_TRUE(registry.asked.empty());
}

TEST_F(WorldPartiesTest, AGuestCannotJoinAKeptOne) {
  play_kept(1, kAnn, roster(1, {mate(kAnn), mate(kCid)}));
  play(2, "guest");
  wish(1, "invite", "guest");
  room().step();
  EXPECT_EQ(refusals(1), Texts{"party_kept"});
  wish(2, "invite", "session1");
  room().step();
  EXPECT_EQ(refusals(2), Texts{"already_in_party"});
}

TEST_F(WorldPartiesTest, WaitsForFewWishesOfOnePlayer) {
  play_kept(1, kAnn);
  for (std::size_t i = 0; i <= WorldParties::kWishesPerPlayerMax; ++i) wish(1, "leave");
  EXPECT_EQ(registry.asked.size(), WorldParties::kWishesPerPlayerMax);
  EXPECT_EQ(refusals(1), Texts{"store_behind"});
}

TEST_F(WorldPartiesTest, InvitationsAreToldButNotOfWhoIsIgnored) {
  play_kept(1, kAnn);
  play_kept(2, kBob);
  tell(PartyNews::Invited, kCid, nullptr, kBob);
  EXPECT_EQ(news(2), Texts{"invited"});
  EXPECT_EQ(room().texts(2, "party", "name"), Texts{"hero2003"});
  EXPECT_EQ(room().texts(2, "party", "sessionId"), Texts{""});
  EXPECT_TRUE(news(1).empty());
  room().say(2, "friend", texts_payload({{"action", "ignore"}, {"targetId", "hero2001"}}));
  tell(PartyNews::Invited, kAnn, nullptr, kBob);
  EXPECT_EQ(news(2), Texts{"invited"});
}

TEST_F(WorldPartiesTest, MembersHereAreAGroupAndThoseElsewhereAreListed) {
  play_kept(1, kAnn);
  play_kept(2, kBob);
  tell(PartyNews::Joined, kBob, roster(1, {mate(kAnn, "field"), mate(kBob, "field"), mate(kCid, "caves")}));
  EXPECT_EQ(news(1), Texts{"joined"});
  EXPECT_EQ(news(2), Texts{"joined"});
  EXPECT_GT(party_id(1), 0);
  EXPECT_EQ(party_id(1), party_id(2));
  EXPECT_EQ(shown(1, 0, "sessionId"), "session1");
  EXPECT_EQ(shown(1, 1, "map"), "field");
  EXPECT_EQ(shown(1, 2, "name"), "hero2003");
  EXPECT_EQ(shown(1, 2, "sessionId"), "");
  EXPECT_EQ(shown(1, 2, "map"), "caves");
}

TEST_F(WorldPartiesTest, ComeWithTheCharacterAndStayWhenItLeaves) {
  const SharedRoster party = roster(4, {mate(kAnn), mate(kBob)});
  play_kept(1, kAnn, party);
  EXPECT_GT(party_id(1), 0) << "also when it is the only one here";
  play_kept(2, kBob, party);
  EXPECT_EQ(party_id(1), party_id(2));
  room().room.on_frame(room().players.at(2).slot, {2}, test::leave_frame());
  settle();
  room().step(6);
  EXPECT_TRUE(news(1).empty()) << "whoever leaves the room stays in the party";
  EXPECT_EQ(shown(1, 1, "name"), "hero2002");
  EXPECT_EQ(shown(1, 1, "sessionId"), "");
}

TEST_F(WorldPartiesTest, WhoeverIsKickedIsToldSoAndTheOthersToo) {
  const SharedRoster party = roster(4, {mate(kAnn), mate(kBob), mate(kCid)});
  play_kept(1, kAnn, party);
  play_kept(2, kBob, party);
  tell(PartyNews::Kicked, kBob, roster(5, {mate(kAnn), mate(kCid)}));
  EXPECT_EQ(news(2), Texts{"kicked"});
  EXPECT_EQ(news(1), Texts{"kicked"});
  EXPECT_EQ(room().texts(1, "party", "name"), Texts{"hero2002"});
  EXPECT_EQ(party_id(2), 0);
  EXPECT_EQ(shown(2, 0, "name"), "");
}

TEST_F(WorldPartiesTest, OfADissolvedOneTheLastIsToldToo) {
  play_kept(1, kAnn, roster(4, {mate(kAnn), mate(kCid)}));
  tell(PartyNews::Left, kCid, roster(0, {}));
  EXPECT_EQ(news(1), (Texts{"left", "left"}));
  EXPECT_EQ(room().texts(1, "party", "name"), (Texts{"hero2003", "hero2001"}));
  EXPECT_EQ(party_id(1), 0);
}

TEST_F(WorldPartiesTest, ANewLeaderAndANewRuleAreTold) {
  play_kept(1, kAnn, roster(4, {mate(kCid), mate(kAnn), mate(kBob)}));
  tell(PartyNews::Left, kCid, roster(5, {mate(kAnn), mate(kBob)}));
  EXPECT_EQ(news(1), (Texts{"left", "leader"}));
  tell(PartyNews::LootRule, kAnn, roster(6, {mate(kAnn), mate(kBob)}, kParty, sim::LootRule::RoundRobin));
  EXPECT_EQ(news(1), (Texts{"left", "leader", "loot_rule"}));
}

TEST_F(WorldPartiesTest, WhatIsOlderThanWhatIsKnownIsNoMatter) {
  play_kept(1, kAnn, roster(4, {mate(kAnn), mate(kBob)}));
  tell(PartyNews::Left, kAnn, roster(3, {mate(kBob), mate(kCid)}));
  tell(PartyNews::Joined, kAnn, roster(9, {mate(kBob), mate(kAnn)}, kParty - 1));
  EXPECT_TRUE(news(1).empty());
  EXPECT_GT(party_id(1), 0);
}

TEST_F(WorldPartiesTest, ALookFindsWhoHasComeAndGoneElsewhere) {
  play_kept(1, kAnn, roster(4, {mate(kAnn), mate(kBob)}));
  for (int i = 0; i < 200 && registry.asked.empty(); ++i) room().step();
  ASSERT_EQ(registry.asked.size(), 1u);
  EXPECT_EQ(std::get<LookAtParties>(registry.asked[0].ask).parties, std::vector<PartyId>{{kParty}});
  registry.reply(room().room, Verdict::Accepted, {roster(4, {mate(kAnn), mate(kBob, "caves")})});
  room().step(6);
  EXPECT_EQ(shown(1, 1, "map"), "caves");
  EXPECT_TRUE(news(1).empty()) << "nothing of the party has changed";
  for (int i = 0; i < 200 && registry.asked.empty(); ++i) room().step();
  registry.reply(room().room, Verdict::Accepted, {roster(0, {})});
  room().step(6);
  EXPECT_EQ(party_id(1), 0) << "another server has ended it";
  EXPECT_EQ(news(1), (Texts{"left", "left"}));
}

TEST_F(WorldPartiesTest, NobodyLooksWhereThereIsNoParty) {
  play_kept(1, kAnn);
  room().step(300);
  EXPECT_TRUE(registry.asked.empty());
}

}  // namespace
}  // namespace throng::room
