#include "room/room.h"

#include <gtest/gtest.h>

#include "base/random_id.h"
#include "protocol/codes.h"
#include "room/tiny_room.h"
#include "support/span_trap.h"

namespace throng::room {
namespace {

using protocol::Opcode;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::error_code_of;
using test::tiny_def;
using test::TinyRoom;

content::RoomKindDef def_with(auto change) {
  content::RoomKindDef def = tiny_def();
  change(def);
  return def;
}

// Seats

TEST(RoomSeats, ExpireWhenNobodyTakesThem) {
  TinyRoom tiny;
  ASSERT_TRUE(tiny.room.reserve_seat("ann", {}));
  tiny.clock.advance(milliseconds(14'999));
  tiny.room.sweep();
  EXPECT_EQ(tiny.room.listing().clients, 1);
  tiny.clock.advance(milliseconds(1));
  tiny.room.sweep();
  EXPECT_EQ(tiny.room.listing().clients, 0);
  EXPECT_FALSE(tiny.connect(7, "ann").accepted);
  EXPECT_EQ(error_code_of(tiny.transport.to({7}).back()), protocol::kErrorSeatExpired);
  EXPECT_EQ(tiny.transport.close_code({7}), protocol::kCloseWithError);
}

TEST(RoomSeats, AreTakenOnce) {
  TinyRoom tiny;
  tiny.play(1, "ann");
  EXPECT_FALSE(tiny.connect(2, "ann").accepted);
  EXPECT_EQ(error_code_of(tiny.transport.to({2}).back()), protocol::kErrorSeatExpired);
  EXPECT_EQ(tiny.transport.close_code({2}), protocol::kCloseWithError);
  EXPECT_EQ(tiny.transport.close_code({1}), 0);
}

TEST(RoomSeats, OfAnUnknownSessionAreRefused) {
  TinyRoom tiny;
  EXPECT_FALSE(tiny.connect(1, "nobody").accepted);
  EXPECT_EQ(tiny.transport.close_code({1}), protocol::kCloseWithError);
  EXPECT_FALSE(tiny.connect(2, "nobody", "a-token-of-former-times").accepted);
  EXPECT_EQ(tiny.transport.close_code({2}), protocol::kCloseReconnectRefused);
}

TEST(RoomSeats, AreGivenOutUpToTheLimitAndAgainAfterALeave) {
  TinyRoom tiny(def_with([](auto& def) { def.max_clients = 2; }));
  const SessionSlot slot = tiny.play(1, "ann");
  ASSERT_TRUE(tiny.room.reserve_seat("bob", {}));
  EXPECT_FALSE(tiny.room.reserve_seat("cid", {}));
  tiny.room.on_frame(slot, {1}, test::leave_frame());
  EXPECT_TRUE(tiny.room.reserve_seat("cid", {}));
}

TEST(RoomSeats, AreFreeAgainWhenTheLogicRefusesTheJoin) {
  TinyRoom tiny;
  tiny.script.refusal = Refusal{526, "the world is full"};
  ASSERT_TRUE(tiny.room.reserve_seat("ann", {}));
  EXPECT_FALSE(tiny.connect(1, "ann").accepted);
  EXPECT_EQ(error_code_of(tiny.transport.to({1}).back()), 526);
  EXPECT_EQ(tiny.transport.close_code({1}), protocol::kCloseWithError);
  EXPECT_EQ(tiny.room.listing().clients, 0);
  EXPECT_EQ(tiny.script.count("leave 0"), 0);
}

// Joining

TEST(RoomJoin, BeginsWithATokenAndTheSerializer) {
  TinyRoom tiny;
  ASSERT_TRUE(tiny.room.reserve_seat("ann", {}));
  ASSERT_TRUE(tiny.connect(1, "ann").accepted);
  const test::Bytes join = tiny.transport.to({1}).front();
  EXPECT_EQ(test::opcode_of(join), Opcode::JoinRoom);
  EXPECT_EQ(tiny.token(1).size(), kTokenLength);
  EXPECT_NE(as_text(join).find("schema"), std::string_view::npos);
  EXPECT_NE(as_text(join).find("reflection"), std::string_view::npos);
}

TEST(RoomJoin, LeavesTheReflectionOutWhenTheClientHasIt) {
  TinyRoom tiny;
  ASSERT_TRUE(tiny.room.reserve_seat("ann", {}));
  const ConnectRequest request{
      .room_id = "room1", .session_id = "ann", .reconnection_token = {}, .skip_handshake = true};
  ASSERT_TRUE(tiny.room.connect({1}, request).accepted);
  EXPECT_EQ(as_text(tiny.transport.to({1}).front()).find("reflection"), std::string_view::npos);
}

TEST(RoomJoin, EndsWhenItIsNotAcknowledgedInTime) {
  TinyRoom tiny;
  ASSERT_TRUE(tiny.room.reserve_seat("ann", {}));
  ASSERT_TRUE(tiny.connect(1, "ann").accepted);
  tiny.clock.advance(Room::kAckTimeout - milliseconds(1));
  tiny.room.sweep();
  EXPECT_EQ(tiny.transport.close_code({1}), 0);
  tiny.clock.advance(milliseconds(1));
  tiny.room.sweep();
  EXPECT_EQ(tiny.transport.close_code({1}), protocol::kCloseWithError);
  EXPECT_EQ(tiny.script.count("leave 0"), 1);
}

// Leaving

TEST(RoomLeave, ByFrameIsAnsweredWithAConsentedClose) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.room.on_frame(slot, {1}, test::leave_frame());
  EXPECT_EQ(tiny.transport.close_code({1}), protocol::kCloseConsented);
  EXPECT_EQ(tiny.script.count("leave 0"), 1);
  EXPECT_EQ(tiny.script.count("dropped 0"), 0);
  EXPECT_EQ(tiny.room.listing().clients, 0);
  EXPECT_EQ(tiny.room.linked_count(), 0u);
}

TEST(RoomLeave, ByAConsentedCloseOfTheSocketEndsTheSession) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.room.on_link_closed(slot, {1}, protocol::kCloseConsented);
  EXPECT_EQ(tiny.script.count("leave 0"), 1);
  EXPECT_EQ(tiny.room.listing().clients, 0);
}

TEST(RoomLeave, IsNotHeardTwice) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.room.on_frame(slot, {1}, test::leave_frame());
  tiny.room.on_frame(slot, {1}, test::leave_frame());
  tiny.room.on_link_closed(slot, {1}, protocol::kCloseConsented);
  EXPECT_EQ(tiny.script.count("leave 0"), 1);
}

// Coming back

TEST(RoomReconnection, TakesTheSessionUpWithANewToken) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  const std::string first = tiny.token(1);
  EXPECT_EQ(tiny.room.session_of_token(first), "ann");
  tiny.room.on_link_closed(slot, {1}, 1006);
  EXPECT_EQ(tiny.script.count("dropped 0"), 1);
  EXPECT_EQ(tiny.room.listing().clients, 1);

  const Connected again = tiny.connect(2, "ann", first);
  ASSERT_TRUE(again.accepted);
  EXPECT_EQ(again.slot, slot);
  EXPECT_NE(tiny.token(2), first);
  EXPECT_FALSE(tiny.room.session_of_token(first));
  tiny.room.on_frame(slot, {2}, test::ack_frame());
  tiny.patch();
  EXPECT_EQ(tiny.script.count("entered 0"), 2);
  EXPECT_EQ(tiny.script.count("join 0"), 1);
  EXPECT_EQ(tiny.script.count("leave 0"), 0);
}

TEST(RoomReconnection, WithAWrongTokenIsRefusedForGoodAndHarmsNobody) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  EXPECT_FALSE(tiny.connect(2, "ann", std::string(kTokenLength, 'x')).accepted);
  EXPECT_EQ(error_code_of(tiny.transport.to({2}).back()), protocol::kErrorSeatExpired);
  EXPECT_EQ(tiny.transport.close_code({2}), protocol::kCloseReconnectRefused);
  EXPECT_TRUE(tiny.transport.abandoned.empty());
  tiny.transport.forget();
  tiny.room.on_frame(slot, {1}, test::ping_frame());
  EXPECT_EQ(tiny.transport.to({1}).size(), 1u);
}

TEST(RoomReconnection, ToASeatThatWasNeverTakenIsRefused) {
  TinyRoom tiny;
  ASSERT_TRUE(tiny.room.reserve_seat("ann", {}));
  EXPECT_FALSE(tiny.connect(1, "ann", std::string(kTokenLength, 'x')).accepted);
  EXPECT_EQ(tiny.transport.close_code({1}), protocol::kCloseReconnectRefused);
  EXPECT_TRUE(tiny.connect(2, "ann").accepted);
}

TEST(RoomReconnection, AbandonsTheOldSocketWhenTheNetworkChanged) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  ASSERT_TRUE(tiny.connect(2, "ann", tiny.token(1)).accepted);
  EXPECT_EQ(tiny.transport.abandoned, std::vector<LinkId>{{1}});
  EXPECT_EQ(tiny.room.linked_count(), 1u);
  tiny.room.on_frame(slot, {1}, test::leave_frame());  // still in the old socket's buffer
  tiny.room.on_link_closed(slot, {1}, 1006);
  EXPECT_EQ(tiny.script.count("leave 0"), 0);
  EXPECT_EQ(tiny.script.count("dropped 0"), 1);
}

TEST(RoomReconnection, IsPossibleUntilTheGracePeriodEnds) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  const std::string token = tiny.token(1);
  tiny.room.on_link_closed(slot, {1}, 1001);
  tiny.clock.advance(milliseconds(19'999));
  tiny.room.sweep();
  EXPECT_TRUE(tiny.room.session_of_token(token));
  tiny.clock.advance(milliseconds(1));
  tiny.room.sweep();
  EXPECT_EQ(tiny.script.count("leave 0"), 1);
  EXPECT_FALSE(tiny.room.session_of_token(token));
  EXPECT_FALSE(tiny.connect(2, "ann", token).accepted);
  EXPECT_EQ(tiny.transport.close_code({2}), protocol::kCloseReconnectRefused);
}

TEST(RoomReconnection, NeedsAWholeToken) {
  TinyRoom tiny;
  ASSERT_TRUE(tiny.room.reserve_seat("ann", {}));  // a seat without a token yet
  EXPECT_FALSE(tiny.room.session_of_token(""));
  tiny.play(1, "bob");
  EXPECT_FALSE(tiny.room.session_of_token(tiny.token(1).substr(1)));
}

TEST(RoomReconnection, LeavesNothingToTheNextOwnerOfTheSlot) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  const std::string token = tiny.token(1);
  tiny.room.on_frame(slot, {1}, test::leave_frame());
  EXPECT_EQ(tiny.play(2, "bob"), slot);
  tiny.room.on_frame(slot, {1}, test::leave_frame());
  tiny.room.on_link_closed(slot, {1}, 1006);
  EXPECT_FALSE(tiny.room.session_of_token(token));
  EXPECT_EQ(tiny.script.count("leave 0"), 1);
}

// What the directory hears

TEST(RoomListing, IsPublishedAtOnceWhenTheRoomFillsUpOrOpens) {
  TinyRoom tiny(def_with([](auto& def) { def.max_clients = 1; }));
  const SessionSlot slot = tiny.play(1, "ann");
  ASSERT_EQ(tiny.directory.changes.size(), 2u);
  EXPECT_FALSE(tiny.directory.changes[0].listing->locked);
  EXPECT_TRUE(tiny.directory.changes[1].listing->locked);
  tiny.room.on_frame(slot, {1}, test::leave_frame());
  ASSERT_EQ(tiny.directory.changes.size(), 3u);
  EXPECT_FALSE(tiny.directory.changes[2].listing->locked);
}

TEST(RoomListing, IsPublishedAtMostTenTimesASecondOtherwise) {
  TinyRoom tiny(def_with([](auto& def) { def.max_clients = 1000; }));
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(tiny.room.reserve_seat("s" + std::to_string(i), {}));
  EXPECT_EQ(tiny.directory.changes.size(), 1u);
  tiny.clock.advance(milliseconds(100));
  tiny.room.sweep();
  tiny.room.sweep();
  ASSERT_EQ(tiny.directory.changes.size(), 2u);
  EXPECT_EQ(tiny.directory.changes.back().listing->clients, 100);
}

TEST(RoomListing, SaysWhatTheRoomIs) {
  TinyRoom tiny(def_with([](auto& def) {
    def.is_private = true;
    def.metadata = R"({"a":1})";
  }));
  const RoomListing listing = tiny.room.listing();
  EXPECT_EQ(listing.room_id, "room1");
  EXPECT_EQ(listing.name, "tiny");
  EXPECT_EQ(listing.process_id, "process");
  EXPECT_EQ(listing.max_clients, 4);
  EXPECT_TRUE(listing.is_private);
  EXPECT_FALSE(listing.is_lobby);
  EXPECT_EQ(listing.metadata, R"({"a":1})");
  EXPECT_EQ(listing.created_at_ms, tiny.clock.unix_milliseconds());
}

TEST(RoomListing, OfOthersLeavesOutPrivateRoomsAndLobbies) {
  TinyRoom tiny;
  for (const char* id : {"b", "a", "secret", "lobby"}) {
    RoomListing listing;
    listing.room_id = id;
    listing.is_private = listing.room_id == "secret";
    listing.is_lobby = listing.room_id == "lobby";
    tiny.listings[id] = listing;
  }
  const std::vector<RoomListing> found = tiny.room.listings();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].room_id, "a");
  EXPECT_EQ(found[1].room_id, "b");
}

// The end

TEST(RoomEnd, DrainClosesEverySessionWithTheShutdownCode) {
  TinyRoom tiny;
  tiny.play(1, "ann");
  tiny.room.on_link_closed(tiny.play(2, "bob"), {2}, 1006);
  ASSERT_TRUE(tiny.room.reserve_seat("cid", {}));
  tiny.room.drain();
  EXPECT_EQ(tiny.transport.close_code({1}), protocol::kCloseShutdown);
  EXPECT_EQ(tiny.transport.closed.size(), 1u);
  EXPECT_EQ(tiny.script.count("leave 0") + tiny.script.count("leave 1"), 2);
  EXPECT_EQ(tiny.room.listing().clients, 0);
}

TEST(RoomEnd, ComesWhenTheRoomHasBeenEmptyLongEnough) {
  TinyRoom tiny(def_with([](auto& def) { def.auto_dispose_after_ms = 5000; }));
  EXPECT_FALSE(tiny.room.disposable());
  tiny.clock.advance(seconds(4));
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.clock.advance(seconds(60));
  EXPECT_FALSE(tiny.room.disposable());
  tiny.room.on_frame(slot, {1}, test::leave_frame());
  EXPECT_FALSE(tiny.room.disposable());
  tiny.clock.advance(seconds(5));
  EXPECT_TRUE(tiny.room.disposable());
}

TEST(RoomEnd, WaitsForSeatsAndDroppedSessions) {
  TinyRoom tiny;
  EXPECT_TRUE(tiny.room.disposable());
  ASSERT_TRUE(tiny.room.reserve_seat("ann", {}));
  EXPECT_FALSE(tiny.room.disposable());
  tiny.room.on_link_closed(tiny.play(1, "bob"), {1}, 1006);
  tiny.clock.advance(seconds(16));
  tiny.room.sweep();  // the seat has expired, the dropped session has not
  EXPECT_FALSE(tiny.room.disposable());
}

TEST(RoomEnd, NeverComesToPermanentRoomsAndThoseThatStay) {
  const TinyRoom permanent(tiny_def(), true);
  const TinyRoom stays(def_with([](auto& def) { def.auto_dispose = false; }));
  EXPECT_FALSE(permanent.room.disposable());
  EXPECT_FALSE(stays.room.disposable());
}

TEST(RoomEnd, IsToldToTheLogicAndTheDirectory) {
  TinyRoom tiny;
  tiny.room.dispose();
  EXPECT_EQ(tiny.script.count("dispose"), 1);
  EXPECT_EQ(tiny.directory.changes.back().room_id, "room1");
  EXPECT_FALSE(tiny.directory.changes.back().listing);
}

// Traces

/// Ann, whose seat was given out in the trace.
SessionSlot enter_traced(TinyRoom& tiny, const SpanContext& match) {
  JoinOptions options;
  options.trace = match;
  return tiny.enter(1, "ann", options);
}

TEST(RoomTraces, AJoinIsPartOfTheTraceThatGaveOutTheSeat) {
  const throng::test::SpanTrap trap;
  const SpanContext match = new_root(true);
  TinyRoom tiny;
  enter_traced(tiny, match);
  EXPECT_TRUE(trap.spans().empty()) << "it lasts until the client has its state";
  tiny.patch();
  const SpanRecord join = trap.named("room join");
  EXPECT_EQ(join.context.trace, match.trace);
  EXPECT_EQ(join.parent, match.span);
  EXPECT_EQ(join.status, SpanStatus::Unset);
  EXPECT_EQ(throng::test::attribute_text(join, "game.session.id"), "ann");
}

TEST(RoomTraces, AJoinThatCameToNothingSaysSo) {
  const throng::test::SpanTrap trap;
  TinyRoom tiny;
  tiny.enter(1, "ann");
  tiny.room.drain();
  EXPECT_EQ(trap.named("room join").status, SpanStatus::Error);
}

TEST(RoomTraces, AReconnectionLinksToHowTheSessionBegan) {
  const throng::test::SpanTrap trap;
  const SpanContext match = new_root(true);
  TinyRoom tiny;
  const SessionSlot slot = enter_traced(tiny, match);
  tiny.patch();
  tiny.room.on_link_closed(slot, {1}, 1006);
  ASSERT_TRUE(tiny.connect(2, "ann", tiny.token(1)).accepted);
  tiny.room.on_frame(slot, {2}, test::ack_frame());
  tiny.patch();
  const SpanRecord back = trap.named("room reconnect");
  EXPECT_FALSE(back.parent.valid());
  ASSERT_EQ(back.links.size(), 1u);
  EXPECT_EQ(back.links[0], match);
}

}  // namespace
}  // namespace throng::room
