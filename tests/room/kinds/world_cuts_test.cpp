// What becomes of cuts: a store that is slow, refuses, or knows better; and random play against its books.
#include <algorithm>

#include "base/rng.h"
#include "protocol/codes.h"
#include "room/kinds/entity_views.h"
#include "room/kinds/kept_character.h"
#include "room/kinds/kept_world.h"
#include "room/kinds/world_keeping.h"

namespace throng::room {
namespace {

using Texts = std::vector<std::string>;

using test::kAnn;
using test::kBob;

class WorldCutsTest : public test::KeptWorld {
 protected:
  void play_with_coins(std::uint64_t link, const std::string& session, std::int64_t character) {
    endow(character, 100);
    play(link, session, kept(character));
    settle();
  }
  Texts errors(std::uint64_t link) { return room().texts(link, "error", "code"); }
};

TEST_F(WorldCutsTest, AMoveHasItsReasonAndAPieceItsUid) {
  open_market();
  play_with_coins(1, "ann", kAnn);
  shop(1, "buy", "sword");
  settle();
  ASSERT_GE(keeper.moves.size(), 2u);
  const LedgerMove& coins = keeper.moves[keeper.moves.size() - 2];
  const LedgerMove& sword = keeper.moves.back();
  EXPECT_EQ(coins.from, owner_of(CharacterId{kAnn}));
  EXPECT_EQ(coins.to, owner_of(LedgerSource::Shop));
  EXPECT_EQ(coins.amount, 20);
  EXPECT_EQ(sword.from, owner_of(LedgerSource::Shop));
  EXPECT_EQ(sword.reason, LedgerSource::Shop);
  EXPECT_EQ(sword.asset.view(), "sword");
  EXPECT_EQ(sword.item_uid, keeper.sheet(kAnn).bag.at(0).uid);
  EXPECT_GT(sword.item_uid, 0);
}

TEST_F(WorldCutsTest, WhileTheKeeperRefusesNothingMovesAndAfterwardsAllIsKept) {
  open_market();
  play_with_coins(1, "ann", kAnn);
  keeper.refuses = true;
  shop(1, "buy", "potion");
  room().step(3);
  shop(1, "buy", "potion");
  room().step(3);
  EXPECT_EQ(errors(1), Texts{"store_behind"});
  EXPECT_EQ(client(1).me("coins"), 100);
  keeper.refuses = false;
  settle(20);
  EXPECT_EQ(client(1).me("coins"), 96);
  shop(1, "buy", "potion");
  settle();
  EXPECT_EQ(client(1).me("coins"), 92);
  EXPECT_EQ(errors(1).size(), 1u);
}

TEST_F(WorldCutsTest, ACutThatIsUnderWayForLongClosesTheEconomyUntilItIsDone) {
  open_market();
  play_with_coins(1, "ann", kAnn);
  shop(1, "buy", "sword");
  room().step(63);
  room().say(1, "quest", texts_payload({{"questId", "hunt"}, {"action", "accept"}}));
  room().say(1, "equip", test::text_payload("itemId", "sword"));
  room().step(2);
  EXPECT_EQ(errors(1), Texts{"store_behind"});
  settle();
  quest(1, "accept");
  settle();
  EXPECT_EQ(errors(1).size(), 1u);
  EXPECT_EQ(client(1).own("equipment", "weapon", "item").text, "sword");
  EXPECT_EQ(client(1).own("quests", "hunt", "state").number, 1);
}

TEST_F(WorldCutsTest, KillsGoOnWhileTheStoreIsBehindAndWhatWaitsIsBounded) {
  open_market(40);
  play_with_coins(1, "ann", kAnn);
  keeper.refuses = true;
  for (int i = 0; i < 1'200; ++i) {
    const std::vector<std::string> slimes = client(1).keys("monsters");
    if (!slimes.empty()) room().say(1, "attack", test::text_payload("targetId", slimes[i % slimes.size()]));
    room().step();
  }
  room().transport.forget();
  keeper.refuses = false;
  settle(10);
  EXPECT_GT(keeper.sheet(kAnn).experience, 200);
  EXPECT_LE(room().texts(1, "progress", "type").size(), KeptCharacter::kHeldMax + 8);
}

TEST_F(WorldCutsTest, WhoseLeaseIsLostIsToldAndIsNotSavedAgain) {
  open_market();
  play_with_coins(1, "ann", kAnn);
  play_with_coins(2, "bob", kBob);
  shop(1, "buy", "sword");
  shop(2, "buy", "sword");
  room().step(2);
  ASSERT_TRUE(keeper.commit(room().room, {{kAnn}}));
  EXPECT_EQ(room().transport.close_code({1}), protocol::kCloseWithError);
  ASSERT_FALSE(room().transport.to({1}, protocol::Opcode::Error).empty());
  EXPECT_EQ(test::error_code_of(room().transport.to({1}, protocol::Opcode::Error).back()), protocol::kErrorAuthRefused);
  const std::size_t saves = keeper.history[kAnn].size();
  room().players.erase(1);
  settle();
  EXPECT_EQ(keeper.history[kAnn].size(), saves);
  EXPECT_EQ(keeper.sheet(kAnn).coins, 100);
  EXPECT_EQ(client(2).keys("players"), Texts{"bob"});
  EXPECT_EQ(client(2).me("coins"), 80);
}

TEST_F(WorldCutsTest, ARefusedCutEndsTheSessionsOfAllWhoAreKeptAndOfNobodyElse) {
  open_market();
  play_with_coins(1, "ann", kAnn);
  play(3, "guest");
  shop(1, "buy", "sword");
  room().step(2);
  ASSERT_TRUE(keeper.commit(room().room, {}, "the books differ"));
  EXPECT_EQ(room().transport.close_code({1}), protocol::kCloseWithError);
  EXPECT_EQ(room().transport.close_code({3}), 0);
  room().players.erase(1);
  settle();
  EXPECT_TRUE(keeper.waiting.empty());
  EXPECT_EQ(keeper.sheet(kAnn).coins, 100);
  play(1, "again", kept(kAnn));
  shop(1, "buy", "potion");
  settle();
  EXPECT_EQ(keeper.sheet(kAnn).coins, 96);
}

// Exchanges

/// A room's control for tests of the books alone.
class CutCollector final : public RoomControl {
 public:
  const std::string& room_id() const override { return id_; }
  const content::RoomKindDef& def() const override { return def_; }
  const std::string& session_id(SessionSlot) const override { return id_; }
  void send(SessionSlot, std::string_view, ByteSpan) override {}
  void broadcast(std::string_view, ByteSpan) override {}
  void answer(SessionSlot, const Question&, const MessageVerdict&) override {}
  void seek_seat(SessionSlot, const std::string&, std::shared_ptr<const Arrival>) override {}
  void dismiss(SessionSlot, std::string_view) override {}
  void expel(SessionSlot, int, std::string_view) override { ++expelled; }
  std::vector<RoomListing> listings() const override { return {}; }
  std::int64_t unix_milliseconds() const override { return 0; }
  TickTimer& tick_timer() override { return timer_; }
  bool keeps() const override { return true; }
  bool keep(Cut cut) override {
    cuts.push_back(std::move(cut));
    return true;
  }

  std::vector<Cut> cuts;
  int expelled = 0;

 private:
  const std::string id_ = "room1";
  TickTimer timer_{system_clock(), nullptr};
  const content::RoomKindDef def_ = test::world_def();
};

class Exchange : public testing::Test {
 protected:
  Exchange() {
    join(1, kAnn);
    join(2, kBob);
    world.tick({});
    keeping.end_tick();
    finish_cut();
  }
  void join(std::uint32_t key, std::int64_t character) {
    Arrival arrival{.name = "hero", .spawn = {}, .sheet = {}, .friends = {}, .ignored = {}};
    arrival.lease = {{character}, {1}, 1};
    const sim::CharacterSheet sheet;
    keeping.open({key}, arrival, &sheet);
    const std::vector<sim::Intent> spawn{sim::SpawnPlayer{{key}, sim::PlayerName("hero"), {}, {}, {}}};
    for (const sim::Event& event : world.tick(spawn).events) keeping.note(event);
  }
  void finish_cut() {
    if (!control.cuts.empty()) keeping.cut_done({"room1", control.cuts.back().number, {}, {}});
  }
  void tell(std::uint32_t key, std::string_view item, int count) {
    keeping.note(sim::ItemMoved{{key}, *world.content().find_item(item), count, sim::Source::Trade});
  }
  std::vector<LedgerMove> trades() const {
    std::vector<LedgerMove> found = control.cuts.back().moves;
    std::erase_if(found, [](const LedgerMove& move) { return move.note != "trade"; });
    return found;
  }

  CutCollector control;
  sim::World world{test::field_map(), content::link_by_hand(test::market_game(0)), {}, 1};
  EntityViews views{control.def()};
  WorldMembers members{control};
  WorldRows rows{views.sync(), world};
  std::vector<sim::Intent> inbox;
  WorldKeeping keeping{control, members, world, rows, inbox};
};

TEST_F(Exchange, WhatOneGivesAndTheOtherGetsIsOneMove) {
  tell(1, "potion", -3);
  tell(2, "potion", 3);
  tell(2, "jelly", -1);
  tell(1, "jelly", 1);
  keeping.end_tick();
  ASSERT_EQ(trades().size(), 2u);
  EXPECT_EQ(trades()[0].from, owner_of(CharacterId{kAnn}));
  EXPECT_EQ(trades()[0].to, owner_of(CharacterId{kBob}));
  EXPECT_EQ(trades()[0].amount, 3);
  EXPECT_EQ(trades()[1].from, owner_of(CharacterId{kBob}));
}

TEST_F(Exchange, WithAGuestItIsAMoveOfTheGuests) {
  tell(7, "potion", -3);
  tell(2, "potion", 3);
  keeping.end_tick();
  ASSERT_EQ(trades().size(), 1u);
  EXPECT_EQ(trades()[0].from, owner_of(LedgerSource::Guests));
  EXPECT_EQ(trades()[0].to, owner_of(CharacterId{kBob}));
}

TEST_F(Exchange, WhoIsFencedOffTakesItsPartnersOfTheNextCutAlong) {
  keeping.note(sim::CoinsMoved{{1}, 5, sim::Source::Loot});
  keeping.end_tick();  // under way
  tell(1, "potion", -3);
  tell(2, "potion", 3);
  keeping.end_tick();
  const std::size_t cuts = control.cuts.size();
  keeping.cut_done({"room1", control.cuts.back().number, {{kAnn}}, {}});
  EXPECT_EQ(control.cuts.size(), cuts) << "nobody is left to be saved";
  EXPECT_EQ(inbox.size(), 2u) << "both leave the world";
}

// Random play

/// Characters come, trade with the smith, fight, quest and go, at random; the store commits late, refuses and fences.
class RandomPlay : public test::KeptWorld {
 protected:
  static constexpr std::int64_t kFirst = 3'001;
  static constexpr std::uint64_t kPlayers = 4;

  void play_at_random(std::uint64_t seed, int steps) {
    Rng rng(seed);
    links_.clear();
    came_.clear();
    open_market(12);
    for (std::uint64_t i = 0; i < kPlayers; ++i) endow(character(i), 60);
    for (int i = 0; i < steps; ++i) {
      if (rng.below(100) == 0) keeper.refuses = true;
      if (rng.below(8) == 0) keeper.refuses = false;
      for (std::uint64_t player = 0; player < kPlayers; ++player) act(rng, player);
      room().step();
      if (rng.below(3) == 0) keeper.commit(room().room);
      for (std::uint64_t player = 0; player < kPlayers; ++player) expect_shown_was_committed(player);
      ASSERT_FALSE(testing::Test::HasFailure()) << "step " << i;
    }
    keeper.refuses = false;
    settle(20);
    for (std::uint64_t player = 0; player < kPlayers; ++player) expect_shown_is_the_last(player);
  }

 private:
  std::int64_t character(std::uint64_t player) const { return kFirst + static_cast<std::int64_t>(player); }

  void come(std::uint64_t player) {
    if (leaving(player)) return;
    links_[player] = ++last_link_;
    room().enter(last_link_, "session" + std::to_string(last_link_), kept(character(player)));
  }
  /// Its last save has to be there before it comes again: match-making waits for that.
  bool leaving(std::uint64_t player) const {
    return came_.contains(player) && !keeper.saves.at(character(player)).release;
  }
  void go(std::uint64_t player) {
    const std::uint64_t link = links_[player];
    room().room.on_link_closed(room().players.at(link).slot, {link}, protocol::kCloseConsented);
    room().players.erase(link);
    links_.erase(player);
    came_.insert(player);
  }
  void act(Rng& rng, std::uint64_t player) {
    if (!links_.contains(player)) {
      if (rng.below(10) == 0) come(player);
      return;
    }
    const std::uint64_t link = links_[player];
    if (rng.below(150) == 0) return go(player);
    if (!client(link).has_state() || rng.below(3) != 0) return;
    const char* const items[] = {"potion", "sword", "jelly"};
    const char* const item = items[rng.below(3)];
    switch (rng.below(9)) {
      case 0: return shop(link, "buy", item);
      case 1: return sell(link, static_cast<int>(rng.below(6)));
      case 2: return shop(link, "buy_back", item);
      case 3: return room().say(link, "use", test::text_payload("itemId", item));
      case 4: return room().say(link, "equip", test::text_payload("itemId", item));
      case 5: return quest(link, rng.below(2) == 0 ? "accept" : "complete");
      case 6: return pick_up(rng, link);
      case 7: return room().say(link, "bag", test::text_payload("action", "sort"));
      default: return fight(rng, link);
    }
  }
  void sell(std::uint64_t link, int slot) {
    ByteWriter bytes;
    protocol::MsgpackWriter writer(bytes);
    writer.map(3).key("npcId").string("smith").key("action").string("sell").key("slot").integer(slot);
    room().say(link, "shop", bytes.take());
  }
  void pick_up(Rng& rng, std::uint64_t link) {
    const std::vector<std::string> drops = client(link).keys("drops");
    if (drops.empty()) return;
    const auto which = rng.below(static_cast<std::uint32_t>(drops.size()));
    room().say(link, "pickup", test::text_payload("dropId", drops[which]));
  }
  void fight(Rng& rng, std::uint64_t link) {
    const std::vector<std::string> slimes = client(link).keys("monsters");
    if (slimes.empty()) return;
    const auto which = rng.below(static_cast<std::uint32_t>(slimes.size()));
    room().say(link, "attack", test::text_payload("targetId", slimes[which]));
  }

  bool shows(std::uint64_t link, const sim::CharacterSheet& sheet) {
    if (client(link).me("coins") != static_cast<double>(sheet.coins)) return false;
    if (client(link).me("experience") != static_cast<double>(sheet.experience)) return false;
    for (const std::string item : {"potion", "sword", "jelly"}) {
      double count = 0;
      for (const sim::SavedStack& stack : sheet.bag) count += stack.item == item ? stack.count : 0;
      if (shown_in_bag(link, item) != count) return false;
    }
    return true;
  }
  void expect_shown_was_committed(std::uint64_t player) {
    if (!links_.contains(player) || !client(links_[player]).has_state()) return;
    const std::vector<sim::CharacterSheet>& past = keeper.history[character(player)];
    EXPECT_TRUE(std::any_of(past.rbegin(), past.rend(),
                            [&](const sim::CharacterSheet& sheet) { return shows(links_[player], sheet); }))
        << "player " << player << " was shown what was never committed";
  }
  void expect_shown_is_the_last(std::uint64_t player) {
    if (!links_.contains(player)) return;
    EXPECT_TRUE(shows(links_[player], keeper.sheet(character(player)))) << "player " << player;
  }

  std::map<std::uint64_t, std::uint64_t> links_;
  std::set<std::uint64_t> came_;
  std::uint64_t last_link_ = 0;
};

TEST_F(RandomPlay, NobodyIsShownWhatIsNotCommittedAndTheBooksAgree) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(testing::Message() << "--seed=" << seed);
    keeper = {};
    ASSERT_NO_FATAL_FAILURE(play_at_random(seed, 600));
    for (const LedgerSource reason : {LedgerSource::Shop, LedgerSource::Loot}) {
      EXPECT_GT(keeper.moved(reason, reason == LedgerSource::Shop ? "coins" : "jelly"), 3);
    }
  }
}

}  // namespace
}  // namespace throng::room
