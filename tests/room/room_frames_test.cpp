// What clients send to a room: acknowledgements, messages, requests, and too much of them (room_frames.cpp).
#include <gtest/gtest.h>

#include "base/counters.h"
#include "protocol/codes.h"
#include "room/tiny_room.h"

namespace throng::room {
namespace {

using protocol::Opcode;
using std::chrono::milliseconds;
using test::data_frame;
using test::error_code_of;
using test::request_frame;
using test::TinyRoom;

using Texts = std::vector<std::string>;

TEST(RoomAck, IsTakenOnce) {
  TinyRoom tiny;
  const std::uint64_t joins = counted(Counter::JoinsCompleted);
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.room.on_frame(slot, {1}, test::ack_frame());
  tiny.patch();
  EXPECT_EQ(counted(Counter::JoinsCompleted), joins + 1);
  EXPECT_EQ(tiny.script.count("entered 0"), 1);
  EXPECT_EQ(tiny.transport.to({1}, Opcode::RoomState).size(), 1u);
}

TEST(RoomAck, CompletesTheJoinAtOnceWhereThereIsNoState) {
  test::TinyScript script;
  script.has_state = false;
  TinyRoom tiny(test::tiny_def(), false, script);
  tiny.enter(1, "ann");
  EXPECT_EQ(tiny.script.count("entered 0"), 1);
  EXPECT_NE(as_text(tiny.transport.to({1}).front()).find("none"), std::string_view::npos);
  EXPECT_FALSE(tiny.room.has_ticks());
}

TEST(RoomMessages, BeforeTheAckAreRefused) {
  TinyRoom tiny;
  ASSERT_TRUE(tiny.room.reserve_seat("ann", {}));
  const Connected connected = tiny.connect(1, "ann");
  tiny.room.on_frame(connected.slot, {1}, data_frame("say"));
  EXPECT_EQ(tiny.script.count("message say"), 0);
  tiny.room.on_frame(connected.slot, {1}, test::ack_frame());
  tiny.patch();
  EXPECT_EQ(tiny.texts(1, "error", "code"), Texts{"too_early"});
}

TEST(RoomMessages, ToAClientWaitForItsStateAndKeepTheirOrder) {
  TinyRoom tiny;
  ASSERT_TRUE(tiny.room.reserve_seat("ann", {}));
  const Connected connected = tiny.connect(1, "ann");
  tiny.room.send(connected.slot, "note", test::text_payload("text", "one"));
  tiny.room.on_frame(connected.slot, {1}, test::ack_frame());
  tiny.room.send(connected.slot, "note", test::text_payload("text", "two"));
  EXPECT_TRUE(tiny.transport.to({1}, Opcode::RoomData).empty());
  tiny.patch();
  tiny.room.send(connected.slot, "note", test::text_payload("text", "three"));
  EXPECT_EQ(tiny.texts(1, "note", "text"), (Texts{"one", "two", "three"}));
  EXPECT_EQ(test::opcode_of(tiny.transport.to({1})[1]), Opcode::RoomState);
}

TEST(RoomMessages, ThatWaitAreBoundedAndTheOldestGo) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.enter(1, "ann");
  const int sent = static_cast<int>(Session::kWaitingMax) + 5;
  for (int i = 0; i < sent; ++i) tiny.room.send(slot, "note", test::text_payload("text", std::to_string(i)));
  tiny.patch();
  const Texts got = tiny.texts(1, "note", "text");
  ASSERT_EQ(got.size(), Session::kWaitingMax);
  EXPECT_EQ(got.front(), "5");
  EXPECT_EQ(got.back(), std::to_string(sent - 1));
}

TEST(RoomMessages, ToADroppedClientAreThereWhenItReturns) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.room.on_link_closed(slot, {1}, 1006);
  tiny.room.broadcast("note", test::text_payload("text", "while you were away"));
  ASSERT_TRUE(tiny.connect(2, "ann", tiny.token(1)).accepted);
  tiny.room.on_frame(slot, {2}, test::ack_frame());
  tiny.patch();
  EXPECT_EQ(tiny.texts(2, "note", "text"), Texts{"while you were away"});
}

TEST(RoomMessages, ToEverybodyPassOverSeatsThatAreNotTaken) {
  TinyRoom tiny;
  tiny.play(1, "ann");
  tiny.play(2, "bob");
  ASSERT_TRUE(tiny.room.reserve_seat("cid", {}));
  tiny.room.broadcast("note", test::text_payload("text", "hello"));
  const Connected late = tiny.connect(3, "cid");
  tiny.room.on_frame(late.slot, {3}, test::ack_frame());
  tiny.patch();
  EXPECT_EQ(tiny.texts(1, "note", "text"), Texts{"hello"});
  EXPECT_EQ(tiny.texts(2, "note", "text"), Texts{"hello"});
  EXPECT_TRUE(tiny.texts(3, "note", "text").empty());
}

TEST(RoomMessages, OfATypeBeyondItsRateAreRefusedAndToldOnceASecond) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  for (int i = 0; i < 10; ++i) tiny.room.on_frame(slot, {1}, data_frame("shout"));
  EXPECT_EQ(tiny.script.count("message shout"), 2);
  EXPECT_EQ(tiny.texts(1, "error", "code"), Texts{"rate_limited"});
  EXPECT_EQ(tiny.texts(1, "error", "about"), Texts{"shout"});
  tiny.room.on_frame(slot, {1}, data_frame("say"));  // other types are as free as before
  EXPECT_EQ(tiny.script.count("message say"), 1);
  tiny.clock.advance(milliseconds(1000));
  for (int i = 0; i < 3; ++i) tiny.room.on_frame(slot, {1}, data_frame("shout"));
  EXPECT_EQ(tiny.script.count("message shout"), 3);
  EXPECT_EQ(tiny.texts(1, "error", "code").size(), 2u);
}

TEST(RoomMessages, TakeTheirRatesFromTheConfiguration) {
  content::RoomKindDef def = test::tiny_def();
  def.message_rates = {{"shout", 5, 7}};
  TinyRoom tiny(def);
  const SessionSlot slot = tiny.play(1, "ann");
  for (int i = 0; i < 20; ++i) tiny.room.on_frame(slot, {1}, data_frame("shout"));
  EXPECT_EQ(tiny.script.count("message shout"), 7);
}

TEST(RoomMessages, InAFloodEndTheSession) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  const std::uint64_t floods = counted(Counter::MessageFlood);
  for (int i = 0; i < tiny.room.def().messages_per_s_max; ++i) tiny.room.on_frame(slot, {1}, data_frame("say"));
  EXPECT_EQ(tiny.transport.close_code({1}), 0);
  tiny.room.on_frame(slot, {1}, data_frame("say"));
  EXPECT_EQ(tiny.transport.close_code({1}), protocol::kCloseWithError);
  EXPECT_EQ(tiny.script.count("leave 0"), 1);
  EXPECT_EQ(counted(Counter::MessageFlood), floods + 1);
}

TEST(RoomMessages, OfUnknownTypesAreAnsweredWithAnErrorThatNamesThem) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.room.on_frame(slot, {1}, data_frame("dance"));
  tiny.room.on_frame(slot, {1}, test::Bytes{13, 42});  // a number as type
  const std::vector<test::Bytes> errors = tiny.transport.to({1}, Opcode::Error);
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(error_code_of(errors[0]), protocol::kErrorInvalidMessage);
  EXPECT_NE(as_text(errors[0]).find("dance"), std::string_view::npos);
  EXPECT_EQ(error_code_of(errors[1]), protocol::kErrorInvalidMessage);
  EXPECT_NE(as_text(errors[1]).find("42"), std::string_view::npos);
  EXPECT_EQ(tiny.transport.close_code({1}), 0);
}

TEST(RoomMessages, ThatCannotBeDecodedAreAnsweredWithAnError) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.room.on_frame(slot, {1}, data_frame("mumble"));
  EXPECT_EQ(error_code_of(tiny.transport.to({1}, Opcode::Error).at(0)), protocol::kErrorInvalidMessage);
  EXPECT_EQ(tiny.transport.close_code({1}), 0);
}

TEST(RoomMessages, ThatTheRulesForbidAreExplained) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.room.on_frame(slot, {1}, data_frame("pay"));
  EXPECT_EQ(tiny.texts(1, "error", "code"), Texts{"too_poor"});
  EXPECT_EQ(tiny.texts(1, "error", "message"), Texts{"You cannot pay."});
  EXPECT_EQ(tiny.texts(1, "error", "about"), Texts{"pay"});
}

TEST(RoomFrames, ThatCannotBeReadEndTheSession) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.room.on_frame(slot, {1}, test::Bytes{13, 0xa4, 'm'});
  EXPECT_EQ(tiny.transport.close_code({1}), protocol::kCloseWithError);
  tiny.play(2, "bob");
  tiny.room.on_frame(SessionSlot{0}, {2}, test::Bytes{});
  EXPECT_EQ(tiny.transport.close_code({2}), protocol::kCloseWithError);
}

TEST(RoomFrames, OfUnknownOpcodesAreCountedAndPassedOver) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  const std::uint64_t unknown = counted(Counter::MessageUnknownOpcode);
  tiny.room.on_frame(slot, {1}, test::Bytes{1, 2, 3});
  tiny.room.on_frame(slot, {1}, test::Bytes{19});  // input of 0.18: not asked for, not wrong
  EXPECT_EQ(counted(Counter::MessageUnknownOpcode), unknown + 1);
  EXPECT_EQ(tiny.transport.close_code({1}), 0);
}

TEST(RoomFrames, OfAPingComeBack) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.transport.forget();
  tiny.room.on_frame(slot, {1}, test::ping_frame());
  EXPECT_EQ(tiny.transport.to({1}), std::vector<test::Bytes>{test::ping_frame()});
}

struct RequestCase {
  const char* type;
  int status;
  const char* key;
  const char* text;
};

class RoomRequests : public ::testing::TestWithParam<RequestCase> {};

TEST_P(RoomRequests, AreAnsweredUnderTheirNumber) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.room.on_frame(slot, {1}, request_frame(9, GetParam().type));
  const std::vector<test::Bytes> answers = tiny.transport.to({1}, Opcode::RoomResponse);
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].at(1), 9);
  EXPECT_EQ(answers[0].at(2), GetParam().status);
  const test::Bytes payload(answers[0].begin() + 3, answers[0].end());
  if (GetParam().key == nullptr) {
    EXPECT_TRUE(payload.empty());
  } else {
    EXPECT_EQ(test::text_in(payload, GetParam().key), GetParam().text);
  }
}

INSTANTIATE_TEST_SUITE_P(Outcomes, RoomRequests,
                         ::testing::Values(RequestCase{"say", protocol::kResponseValue, nullptr, nullptr},
                                           RequestCase{"pay", protocol::kResponseRejected, "code", "too_poor"},
                                           RequestCase{"dance", protocol::kResponseFault, "name", "no_handler"},
                                           RequestCase{"mumble", protocol::kResponseFault, "name", "undecodable"}),
                         [](const auto& one) { return std::string(one.param.type); });

TEST(RoomRequest, BeyondTheRateIsRejected) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  for (std::uint8_t id = 0; id < 3; ++id) tiny.room.on_frame(slot, {1}, request_frame(id, "shout"));
  const std::vector<test::Bytes> answers = tiny.transport.to({1}, Opcode::RoomResponse);
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(answers[2].at(2), protocol::kResponseRejected);
}

TEST(RoomExpel, SaysWhyAndEndsTheSession) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.room.expel(slot, protocol::kErrorApplication, "no cheating");
  EXPECT_EQ(error_code_of(tiny.transport.to({1}).back()), protocol::kErrorApplication);
  EXPECT_EQ(tiny.transport.close_code({1}), protocol::kCloseWithError);
  EXPECT_EQ(tiny.script.count("leave 0"), 1);
  tiny.room.expel(slot, protocol::kErrorApplication, "twice does no harm");
  EXPECT_EQ(tiny.transport.closed.size(), 1u);
}

}  // namespace
}  // namespace throng::room
