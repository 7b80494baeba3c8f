#include "room/kinds/world_room.h"

#include <gtest/gtest.h>

#include "base/random_id.h"
#include "protocol/codes.h"
#include "protocol/state/entity_state.h"
#include "room/kinds/played_world.h"
#include "sim/recording.h"

namespace throng::room {
namespace {

using test::DecodingClient;
using test::move_payload;
using Texts = std::vector<std::string>;

class WorldRoomTest : public test::PlayedWorld {};

TEST_F(WorldRoomTest, ShowsTheWorldToWhoeverJoins) {
  open();
  const DecodingClient& ann = play(1, "ann");
  EXPECT_EQ(ann.root_text("map"), "field");
  EXPECT_EQ(ann.root("width"), 2048);
  EXPECT_EQ(ann.root("height"), 2048);
  EXPECT_EQ(ann.root("tick"), 2);
  EXPECT_EQ(ann.root("serverTime"), static_cast<double>(room().clock.unix_milliseconds()));
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
  EXPECT_EQ(ann.entry("players", "ann", "name").text, "ann");
  EXPECT_EQ(ann.entry("players", "ann", "id").number, ann.me("entityId"));
  EXPECT_EQ(ann.entry("players", "ann", "hp").number, 100);
  EXPECT_EQ(ann.me("x"), 1024);
  EXPECT_EQ(ann.me("speed"), 160);
}

TEST_F(WorldRoomTest, ShowsTheMonstersInView) {
  open(test::world_def(), test::slimes(200));
  const DecodingClient& ann = play(1, "ann");
  const Texts monsters = ann.keys("monsters");
  ASSERT_GT(monsters.size(), 3u);
  ASSERT_LT(monsters.size(), 100u);
  EXPECT_EQ(ann.entry("monsters", monsters[0], "kind").text, "slime");
  EXPECT_EQ(ann.entry("monsters", monsters[0], "maxHp").number, 25);
  EXPECT_EQ(ann.entry("monsters", monsters[0], "level").number, 3);
}

TEST_F(WorldRoomTest, NamesGuestsWhoseWishIsNotFitToBeShown) {
  open();
  const std::string long_name(33, 'x');
  std::uint64_t link = 1;
  for (const std::string& wish : {std::string(), std::string("a\nb"), long_name, std::string("\xff\xfe")}) {
    room().enter(link, "s" + std::to_string(link), named(wish));
    ++link;
  }
  room().enter(link, "s5");
  room().step();
  for (int i = 1; i <= 5; ++i) {
    const std::string name = room().players.at(1).client.entry("players", "s" + std::to_string(i), "name").text;
    EXPECT_EQ(name.rfind("guest-", 0), 0u) << name;
  }
}

TEST_F(WorldRoomTest, WalksWhereItsPlayerSaysAndAcknowledgesTheMove) {
  open();
  const DecodingClient& ann = play(1, "ann");
  room().say(1, "move", move_payload(1, 0, 7));
  room().step();
  EXPECT_EQ(ann.me("seq"), 7);
  EXPECT_EQ(ann.me("x"), 1024 + 160.0 / 20);
  EXPECT_EQ(ann.entry("players", "ann", "x").number, ann.me("x"));
  EXPECT_EQ(ann.entry("players", "ann", "state").number, static_cast<double>(protocol::EntityState::Moving));
  room().say(1, "move", move_payload(0, 0, 8));
  room().step();
  const double x = ann.me("x");
  room().step(3);
  EXPECT_EQ(ann.me("seq"), 8);
  EXPECT_EQ(ann.me("x"), x);
  EXPECT_EQ(ann.entry("players", "ann", "state").number, static_cast<double>(protocol::EntityState::Idle));
}

TEST_F(WorldRoomTest, CountsTheMovesOfClientsThatDoNot) {
  open();
  const DecodingClient& ann = play(1, "ann");
  for (int i = 0; i < 3; ++i) room().say(1, "move", move_payload(0, 1));
  room().step();
  EXPECT_EQ(ann.me("seq"), 2);
}

TEST_F(WorldRoomTest, RefusesMovesThatNoStickCanMake) {
  open();
  play(1, "ann");
  room().say(1, "move", move_payload(1.5, 0));
  EXPECT_EQ(room().texts(1, "error", "code"), Texts{"field_out_of_range"});
  room().say(1, "move", {0xc1});
  EXPECT_EQ(test::error_code_of(room().transport.to({1}).back()), protocol::kErrorInvalidMessage);
  room().say(1, "dance", {0x80});
  EXPECT_EQ(test::error_code_of(room().transport.to({1}).back()), protocol::kErrorInvalidMessage);
}

TEST_F(WorldRoomTest, PassesChatToEverybody) {
  open();
  play(1, "ann");
  play(2, "bob");
  room().say(1, "chat", test::text_payload("message", "hello there"));
  for (const std::uint64_t link : {1u, 2u}) {
    EXPECT_EQ(room().texts(link, "chat", "message"), Texts{"hello there"});
    EXPECT_EQ(room().texts(link, "chat", "from"), Texts{"ann"});
    EXPECT_EQ(room().texts(link, "chat", "name"), Texts{"ann"});
    EXPECT_EQ(room().texts(link, "chat", "channel"), Texts{"zone"});
  }
}

TEST_F(WorldRoomTest, AnswersARequestWithTheVerdictOfTheWorld) {
  open();
  play(1, "ann");
  room().room.on_frame(room().players.at(1).slot, {1},
                       test::request_frame(7, "use", test::text_payload("itemId", "x")));
  EXPECT_EQ(room().transport.to({1}, protocol::Opcode::RoomResponse).size(), 1u);
  ByteWriter payload;
  protocol::MsgpackWriter(payload).map(1).key("dropId").integer(99);
  room().room.on_frame(room().players.at(1).slot, {1}, test::request_frame(8, "pickup", payload.take()));
  EXPECT_EQ(room().transport.to({1}, protocol::Opcode::RoomResponse).size(), 1u);
  room().step();
  const auto answers = room().transport.to({1}, protocol::Opcode::RoomResponse);
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(answers[1][1], 8);
  EXPECT_EQ(answers[1][2], protocol::kResponseRejected);
}

TEST_F(WorldRoomTest, WhispersToOneAndNotToWhomIgnoresTheSpeaker) {
  open();
  play(1, "ann");
  play(2, "bob");
  play(3, "cid");
  const auto whisper = [&] {
    ByteWriter payload;
    protocol::MsgpackWriter writer(payload);
    writer.map(3).key("message").string("psst").key("channel").string("whisper").key("to").string("bob");
    room().say(1, "chat", payload.take());
  };
  whisper();
  EXPECT_EQ(room().texts(2, "chat", "message"), Texts{"psst"});
  EXPECT_TRUE(room().texts(3, "chat", "message").empty());
  ByteWriter payload;
  protocol::MsgpackWriter(payload).map(2).key("targetId").string("ann").key("action").string("ignore");
  room().say(2, "friend", payload.take());
  whisper();
  EXPECT_EQ(room().texts(2, "chat", "message"), Texts{"psst"});
}

TEST_F(WorldRoomTest, KnowsNoOtherChatChannel) {
  open();
  play(1, "ann");
  ByteWriter payload;
  protocol::MsgpackWriter(payload).map(2).key("message").string("psst").key("channel").string("guild");
  room().say(1, "chat", payload.take());
  EXPECT_TRUE(room().texts(1, "chat", "message").empty());
  EXPECT_EQ(room().texts(1, "error", "code"), Texts{"unknown_channel"});
}

TEST_F(WorldRoomTest, LetsPlayersSeeEachOtherComeAndGo) {
  open();
  const DecodingClient& ann = play(1, "ann");
  const DecodingClient& bob = play(2, "bob");
  room().step(4);
  EXPECT_EQ(ann.keys("players"), (Texts{"ann", "bob"}));
  EXPECT_EQ(bob.keys("players"), (Texts{"ann", "bob"}));
  room().room.on_frame(room().players.at(2).slot, {2}, test::leave_frame());
  room().step();
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
}

TEST_F(WorldRoomTest, HidesWhoIsFarAway) {
  open();
  const DecodingClient& ann = play(1, "ann");
  const DecodingClient& bob = play(2, "bob");
  room().say(2, "move", move_payload(1, 0, 1));
  room().step(45);  // 360 units; radius and margin are 288
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
  EXPECT_EQ(bob.keys("players"), Texts{"bob"});
  room().say(2, "move", move_payload(-1, 0, 2));
  room().step(45);
  EXPECT_EQ(ann.keys("players"), (Texts{"ann", "bob"}));
  EXPECT_EQ(ann.entry("players", "bob", "x").number, bob.me("x"));
}

TEST_F(WorldRoomTest, StopsTheBodyOfADroppedSessionAndKeepsIt) {
  open();
  play(1, "ann");
  const DecodingClient& bob = play(2, "bob");
  room().step(4);
  const double id = bob.entry("players", "ann", "id").number;
  room().say(1, "move", move_payload(1, 0, 1));
  room().step(2);
  room().room.on_link_closed(room().players.at(1).slot, {1}, 1006);
  room().step();
  const double x = bob.entry("players", "ann", "x").number;
  room().step(10);
  EXPECT_EQ(bob.entry("players", "ann", "x").number, x);
  EXPECT_EQ(bob.entry("players", "ann", "id").number, id);
  EXPECT_EQ(bob.entry("players", "ann", "state").number, static_cast<double>(protocol::EntityState::Idle));
}

TEST_F(WorldRoomTest, GivesAReturningPlayerTheSameBodyAndACleanView) {
  open();
  DecodingClient& ann = play(1, "ann");
  play(2, "bob");
  room().step(4);
  const double id = ann.me("entityId");
  room().room.on_link_closed(room().players.at(1).slot, {1}, 1006);
  room().room.on_frame(room().players.at(2).slot, {2}, test::leave_frame());  // while ann is away
  room().step(3);
  room().come_back(1, 3, "ann");
  room().step();
  EXPECT_EQ(ann.me("entityId"), id);
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
}

TEST_F(WorldRoomTest, LeavesNoBodyOfAPlayerWhoWentBeforeTheTick) {
  open();
  const DecodingClient& ann = play(1, "ann");
  const SessionSlot slot = room().enter(2, "bob").slot;
  room().room.on_frame(slot, {2}, test::leave_frame());
  room().step(6);
  EXPECT_EQ(ann.keys("players"), Texts{"ann"});
}

TEST_F(WorldRoomTest, ExpelsWhomTheWorldHasNoRoomFor) {
  content::RoomKindDef def = test::world_def();
  def.entities_max = 2;
  open(def);
  for (std::uint64_t link = 1; link <= 3; ++link) room().enter(link, "s" + std::to_string(link));
  room().step(2);
  EXPECT_EQ(test::error_code_of(room().transport.to({3}).back()), protocol::kErrorApplication);
  EXPECT_EQ(room().transport.close_code({3}), protocol::kCloseWithError);
  EXPECT_EQ(room().transport.close_code({2}), 0);
  EXPECT_EQ(room().players.at(1).client.keys("players").size(), 2u);
}

TEST_F(WorldRoomTest, RefusesWhatTheTickForbidsInTheNameOfTheMessageThatAsked) {
  open();
  play(1, "ann");
  const SessionSlot slot = room().players.at(1).slot;
  ByteWriter payload;
  protocol::MsgpackWriter(payload).map(1).key("dropId").integer(99);
  const test::Bytes pick_up = payload.take();
  room().room.on_frame(slot, {1}, test::request_frame(1, "bag", test::text_payload("action", "sort")));
  room().say(1, "pickup", pick_up);
  room().room.on_frame(slot, {1}, test::request_frame(2, "pickup", pick_up));
  room().room.on_frame(slot, {1}, test::request_frame(3, "bag", test::text_payload("action", "sort")));
  room().step();
  EXPECT_EQ(room().texts(1, "error", "about"), Texts{"pickup"});
  std::map<int, int> answers;  // by request
  for (const test::Bytes& frame : room().transport.to({1}, protocol::Opcode::RoomResponse))
    answers[frame[1]] = frame[2];
  EXPECT_EQ(answers,
            (std::map<int, int>{
                {1, protocol::kResponseValue}, {2, protocol::kResponseRejected}, {3, protocol::kResponseValue}}));
}

TEST_F(WorldRoomTest, LetsVerdictsOfSessionsThatAreGoneGo) {
  open();
  play(1, "ann");
  play(2, "bob");
  ByteWriter payload;
  protocol::MsgpackWriter(payload).map(1).key("dropId").integer(99);
  room().say(1, "pickup", payload.take());
  const SessionSlot slot = room().players.at(1).slot;
  room().room.on_frame(slot, {1}, test::leave_frame());
  EXPECT_EQ(room().enter(3, "cid").slot, slot);  // the same place, somebody else
  room().step(2);
  EXPECT_TRUE(room().texts(3, "error", "about").empty());
}

TEST_F(WorldRoomTest, DoesNotExplainMonstersUnlessItIsSetToDebug) {
  open(test::world_def(), test::slimes(1));
  play(1, "ann");
  room().say(1, "debug_why", test::text_payload("monsterId", "1"));
  EXPECT_EQ(room().texts(1, "error", "code"), Texts{"debug_off"});
  EXPECT_TRUE(payloads(1, "why").empty());
}

TEST_F(WorldRoomTest, ExplainsMonstersToDevelopers) {
  content::GameContent game = test::slime_game(1);
  game.spawns[0].box = {{units(1030), units(1020)}, {units(1040), units(1028)}};
  game.monsters[0].max_hp = 10'000;
  content::RoomKindDef def = test::world_def();
  def.world->debug = true;
  open(def, content::link_by_hand(std::move(game)));
  const DecodingClient& ann = play(1, "ann");
  ASSERT_EQ(ann.keys("monsters").size(), 1u);
  const std::string slime = ann.keys("monsters")[0];
  room().say(1, "debug_why", test::text_payload("monsterId", slime));
  room().step();
  room().say(1, "attack", test::text_payload("targetId", slime));
  room().step(60);
  room().say(1, "debug_why", test::text_payload("monsterId", slime));
  const std::vector<test::Bytes> answers = payloads(1, "why");
  ASSERT_EQ(answers.size(), 2u);
  protocol::MsgpackDocument document;
  ASSERT_TRUE(document.parse(answers[0]));
  EXPECT_EQ(document.root().find("decisions")->size(), 0u);
  ASSERT_TRUE(document.parse(answers[1]));
  EXPECT_EQ(document.root().find("monsterId")->as_number(), std::stod(slime));
  EXPECT_GT(document.root().find("decisions")->size(), 0u);
}

TEST_F(WorldRoomTest, GoesOnWithOtherContentAndReportsWhatItRuns) {
  content::GameContent first = test::slime_game(3);
  first.version = 1;
  open(test::world_def(), content::link_by_hand(first));
  const DecodingClient& ann = play(1, "ann");
  const std::optional<ContentStatus> before = room().room.content_status();
  ASSERT_TRUE(before);
  EXPECT_EQ(before->version, 1u);
  EXPECT_EQ(before->monsters, (std::vector<std::pair<std::string, int>>{{"slime", 3}}));
  content::GameContent second = first;
  second.version = 2;
  second.balance.start[content::Stat::MaxHp] = 150;
  room().room.adopt_content(content::link_by_hand(std::move(second)));
  const std::optional<ContentStatus> after = room().room.content_status();
  EXPECT_EQ(after->version, 2u);
  EXPECT_NE(after->hash, before->hash);
  room().step(2);
  EXPECT_EQ(ann.entry("players", "ann", "maxHp").number, 150);
  EXPECT_EQ(room().transport.close_code({1}), 0);
}

TEST_F(WorldRoomTest, CanBeReplayedFromItsRecording) {
  open(test::world_def(), test::slimes(50));
  play(1, "ann");
  for (std::uint32_t i = 0; i < 30; ++i) {
    room().say(1, "move", move_payload(i % 3 - 1.0, i % 2, i));
    if (i == 10) play(2, "bob");
    if (i == 20) room().room.on_frame(room().players.at(2).slot, {2}, test::leave_frame());
    room().step(3);
  }
  room().room.dispose();
  EXPECT_EQ(recording.name, "room1");
  const Result<sim::ReplaySummary> replayed = sim::replay(recording.bytes, test::field_map(), test::slimes(50));
  ASSERT_TRUE(replayed) << replayed.error().message;
  EXPECT_FALSE(replayed->first_difference);
  EXPECT_FALSE(replayed->truncated);
  EXPECT_EQ(replayed->last.value, 94u);
  EXPECT_EQ(replayed->intents, 33u);
  EXPECT_GE(replayed->digests, 4u);
}

}  // namespace
}  // namespace throng::room
