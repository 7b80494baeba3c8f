// What a room sends with its ticks (room_flush.cpp).
#include <gtest/gtest.h>

#include <map>

#include "base/counters.h"
#include "protocol/codes.h"
#include "room/tiny_room.h"

namespace throng::room {
namespace {

using protocol::Opcode;
using std::chrono::milliseconds;
using test::TinyRoom;

content::RoomKindDef big_def(int clients) {
  content::RoomKindDef def = test::tiny_def();
  def.max_clients = clients;
  return def;
}

std::string session(int number) { return "s" + std::to_string(number); }

/// Sessions with state; link and number agree, from 1.
void fill(TinyRoom& tiny, int count) {
  for (int i = 1; i <= count; ++i) tiny.enter(static_cast<std::uint64_t>(i), session(i));
  tiny.patch();
  tiny.transport.forget();
}

TEST(RoomPatches, BeginWithTheStateAndGoOnWithWhatChanged) {
  TinyRoom tiny;
  tiny.enter(1, "ann");
  EXPECT_EQ(tiny.script.count("entered 0"), 0);
  tiny.patch();
  EXPECT_EQ(tiny.script.count("entered 0"), 1);
  tiny.patch();
  tiny.patch();
  EXPECT_EQ(tiny.transport.to({1}, Opcode::RoomState), (std::vector<test::Bytes>{{14, 1}}));
  EXPECT_EQ(tiny.transport.to({1}, Opcode::RoomStatePatch), (std::vector<test::Bytes>{{15, 2}, {15, 3}}));
}

TEST(RoomPatches, WaitUntilTheStateCanBeShown) {
  TinyRoom tiny;
  tiny.script.can_show = false;
  tiny.play(1, "ann");
  EXPECT_TRUE(tiny.transport.to({1}, Opcode::RoomState).empty());
  tiny.script.can_show = true;
  tiny.patch();
  EXPECT_EQ(tiny.transport.to({1}, Opcode::RoomState).size(), 1u);
}

TEST(RoomPatches, AreNotForWhoHasGoneElsewhereAndComesBack) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.script.has_gone = true;
  tiny.script.can_show = false;
  tiny.room.on_link_closed(slot, {1}, 1006);
  tiny.room.send(slot, "old", {});
  ASSERT_TRUE(tiny.connect(2, "ann", tiny.token(1)).accepted);
  tiny.room.on_frame(slot, {2}, test::ack_frame());
  tiny.patch();
  EXPECT_EQ(tiny.script.count("entered 0"), 2);
  EXPECT_EQ(tiny.transport.to({2}).size(), 1u);  // JOIN_ROOM
  tiny.room.send(slot, "new", {});
  EXPECT_EQ(test::type_of(tiny.transport.to({2}).back()), "new");
}

TEST(RoomPatches, OfNothingAreNotSent) {
  TinyRoom tiny;
  tiny.play(1, "ann");
  tiny.script.has_news = false;
  tiny.patch();
  EXPECT_TRUE(tiny.transport.to({1}, Opcode::RoomStatePatch).empty());
}

TEST(RoomPatches, PruneBeforeTheStateOfAReconnection) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.room.on_link_closed(slot, {1}, 1006);
  ASSERT_TRUE(tiny.connect(2, "ann", tiny.token(1)).accepted);
  tiny.room.on_frame(slot, {2}, test::ack_frame());
  tiny.patch();
  tiny.patch();
  const std::vector<test::Bytes>& frames = tiny.transport.to({2});
  ASSERT_EQ(frames.size(), 4u);
  EXPECT_EQ(frames[1], (test::Bytes{15, 0xff}));
  EXPECT_EQ(frames[2], (test::Bytes{14, 2}));
  EXPECT_EQ(frames[3], (test::Bytes{15, 3}));
}

TEST(RoomPatches, ComeEverySoManyTicks) {
  content::RoomKindDef def = test::tiny_def();
  def.patch_rate_hz = 5;
  TinyRoom tiny(def);
  tiny.play(1, "ann");
  tiny.transport.forget();
  for (int i = 0; i < 12; ++i) tiny.patch();
  EXPECT_EQ(tiny.script.count("tick"), 13);
  EXPECT_EQ(tiny.transport.to({1}).size(), 3u);
}

TEST(SlowClient, GetsNoPatchesUntilItHasRead) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.transport.answers[{1}] = LinkStatus::BackedUp;
  tiny.patch();
  tiny.transport.forget();
  const std::uint64_t skipped = counted(Counter::PatchesSkippedSlow);
  tiny.patch();
  tiny.patch();
  EXPECT_TRUE(tiny.transport.to({1}).empty());
  EXPECT_EQ(counted(Counter::PatchesSkippedSlow), skipped + 2);
  tiny.transport.answers.clear();
  tiny.room.on_link_drained(slot, {1});
  tiny.patch();
  EXPECT_EQ(tiny.transport.to({1}).size(), 1u);
}

TEST(SlowClient, IsClosedWhenItDoesNotReadForTooLong) {
  TinyRoom tiny;
  tiny.play(1, "ann");
  tiny.transport.answers[{1}] = LinkStatus::BackedUp;
  tiny.patch();
  tiny.clock.advance(milliseconds(9'999));
  tiny.room.sweep();
  EXPECT_EQ(tiny.transport.close_code({1}), 0);
  tiny.clock.advance(milliseconds(1));
  tiny.room.sweep();
  EXPECT_EQ(tiny.transport.close_code({1}), protocol::kCloseWithError);
}

TEST(SlowClient, HasItsTimeAnewAfterItHasRead) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.transport.answers[{1}] = LinkStatus::BackedUp;
  tiny.patch();
  tiny.clock.advance(milliseconds(9'000));
  tiny.room.on_link_drained(slot, {1});
  tiny.patch();  // backed up again
  tiny.clock.advance(milliseconds(9'000));
  tiny.room.sweep();
  EXPECT_EQ(tiny.transport.close_code({1}), 0);
}

TEST(SlowClient, IsClosedAtOnceWhenItsQueueIsFull) {
  TinyRoom tiny;
  tiny.play(1, "ann");
  tiny.transport.answers[{1}] = LinkStatus::Full;
  tiny.patch();
  EXPECT_EQ(tiny.transport.close_code({1}), protocol::kCloseWithError);
  EXPECT_EQ(tiny.script.count("leave 0"), 1);
}

TEST(DeadLink, LeavesTheSeatToAClientThatComesBack) {
  TinyRoom tiny;
  const SessionSlot slot = tiny.play(1, "ann");
  tiny.transport.answers[{1}] = LinkStatus::Gone;  // a frame finds it out before the loop does
  tiny.patch();
  EXPECT_EQ(tiny.script.count("leave 0"), 0);
  tiny.room.on_link_closed(slot, {1}, 1006);
  EXPECT_TRUE(tiny.connect(2, "ann", tiny.token(1)).accepted);
}

TEST(FlushGroups, ServeASmallRoomAtOnce) {
  TinyRoom tiny(big_def(100));
  fill(tiny, 100);
  tiny.room.tick();
  EXPECT_TRUE(tiny.room.flushing());
  EXPECT_FALSE(tiny.room.flush_group());
  EXPECT_FALSE(tiny.room.flushing());
}

TEST(FlushGroups, CoverEverySessionOncePerPatchAndSpreadOverTheTick) {
  TinyRoom tiny(big_def(1000));
  fill(tiny, 950);
  tiny.room.tick();
  std::vector<Nanoseconds> delays;
  while (const std::optional<Nanoseconds> next = tiny.room.flush_group()) delays.push_back(*next);
  for (int i = 1; i <= 950; ++i) ASSERT_EQ(tiny.transport.to({static_cast<std::uint64_t>(i)}).size(), 1u) << i;
  ASSERT_EQ(delays.size(), Room::kFlushGroupsMax - 1);
  EXPECT_TRUE(std::is_sorted(delays.begin(), delays.end()));
  EXPECT_GE(delays.front(), milliseconds(4));
  EXPECT_LT(delays.back(), milliseconds(45));
}

TEST(FlushGroups, AreNotShiftedByWhoComesInBetween) {
  TinyRoom tiny(big_def(2000));
  fill(tiny, 1000);
  tiny.room.tick();
  for (int group = 0; group < 5; ++group) tiny.room.flush_group();
  for (int i = 1001; i <= 1500; ++i) tiny.enter(static_cast<std::uint64_t>(i), session(i));
  while (tiny.room.flush_group()) {
  }
  for (int i = 1; i <= 1000; ++i) ASSERT_EQ(tiny.transport.to({static_cast<std::uint64_t>(i)}).size(), 1u) << i;
}

TEST(FlushGroups, ThatAreLateGoOutBeforeTheNextTick) {
  TinyRoom tiny(big_def(400));
  fill(tiny, 300);
  tiny.room.tick();
  tiny.room.flush_group();
  tiny.room.tick();
  while (tiny.room.flush_group()) {
  }
  for (int i = 1; i <= 300; ++i) {
    EXPECT_EQ(tiny.transport.to({static_cast<std::uint64_t>(i)}), (std::vector<test::Bytes>{{15, 2}, {15, 3}})) << i;
  }
}

}  // namespace
}  // namespace throng::room
