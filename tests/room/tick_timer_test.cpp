#include "room/tick_timer.h"

#include <gtest/gtest.h>

#include <vector>

namespace throng::room {
namespace {

using std::chrono::microseconds;

class Reports final : public TickReader {
 public:
  void tick_done(const TickProfile& profile) override { all.push_back(profile); }
  std::vector<TickProfile> all;
};

class TickTimerTest : public ::testing::Test {
 protected:
  void spend(int us) { clock.advance(microseconds(us)); }
  void session(std::uint32_t slot, int encode_us, int flush_us) {
    timer.begin_session(slot);
    spend(encode_us);
    timer.begin(RoomPhase::Flush);
    spend(flush_us);
    timer.end_session();
  }

  ManualClock clock;
  Reports reports;
  TickTimer timer{clock, &reports, {"room1", "world", "meadow", std::chrono::milliseconds(50)}};
};

TEST_F(TickTimerTest, GivesEachPartItsTime) {
  const MonotonicTime due = clock.now();
  spend(7);
  timer.begin_tick(due);
  timer.begin(sim::TickPhase::Input);
  spend(3);
  timer.begin(sim::TickPhase::Ai);
  spend(20);
  timer.begin(RoomPhase::Events);
  spend(5);
  timer.end_tick();
  spend(1'000);  // nobody's
  timer.hand_over();
  ASSERT_EQ(reports.all.size(), 1u);
  TickProfile profile = reports.all[0];
  EXPECT_EQ(profile.room_id, "room1");
  EXPECT_EQ(profile.kind, "world");
  EXPECT_EQ(profile.place, "meadow");
  EXPECT_EQ(profile.tick, 1u);
  EXPECT_EQ(profile.began - profile.due, microseconds(7));
  EXPECT_EQ(profile.at(RoomPhase::Input), microseconds(3));
  EXPECT_EQ(profile.at(RoomPhase::Ai), microseconds(20));
  EXPECT_EQ(profile.at(RoomPhase::Events), microseconds(5));
  EXPECT_EQ(profile.total(), microseconds(28));
}

TEST_F(TickTimerTest, SplitsPatchesByWhatItSees) {
  timer.begin_tick({});
  timer.end_tick();
  timer.begin_group(2);
  session(0, 1, 3);
  session(1, 1, 3);
  spend(8);  // of the group, but of no session: shared out in proportion
  timer.end_group();
  timer.hand_over();
  TickProfile profile = reports.all.at(0);
  EXPECT_EQ(profile.sessions, 2u);
  EXPECT_EQ(profile.at(RoomPhase::Encode), microseconds(4));
  EXPECT_EQ(profile.at(RoomPhase::Flush), microseconds(12));
}

TEST_F(TickTimerTest, LooksAtOneSessionInSixteenOfABigGroup) {
  for (int round = 0; round < 16; ++round) {
    timer.begin_tick({});
    timer.end_tick();
    timer.begin_group(160);
    for (std::uint32_t slot = 0; slot < 160; ++slot) session(slot, 1, 1);
    timer.end_group();
  }
  timer.hand_over();
  ASSERT_EQ(reports.all.size(), 16u);
  for (const TickProfile& profile : reports.all) {
    EXPECT_EQ(profile.sessions, 160u);
    EXPECT_EQ(profile.total(), microseconds(320));
    EXPECT_EQ(profile.phases[static_cast<std::size_t>(RoomPhase::Encode)], microseconds(160));
  }
}

TEST_F(TickTimerTest, AGroupThatServesNobodyIsAllFlush) {
  timer.begin_tick({});
  timer.end_tick();
  timer.begin_group(100);
  spend(2);
  timer.end_group();
  timer.hand_over();
  EXPECT_EQ(reports.all.at(0).at(RoomPhase::Flush), microseconds(2));
}

TEST_F(TickTimerTest, HandsOverEachTickOnce) {
  timer.hand_over();
  timer.begin_tick({});
  timer.end_tick();
  timer.hand_over();
  timer.hand_over();
  timer.begin_tick({});
  timer.end_tick();
  timer.begin_tick({});  // the one before was never asked for
  EXPECT_EQ(reports.all.size(), 2u);
}

TEST_F(TickTimerTest, NamesTheSessionWithTheBiggestPatch) {
  timer.begin_tick({});
  timer.note_patch("ann", 10);
  timer.note_patch("bob", 30);
  timer.note_patch("cid", 20);
  timer.profile().intents_of_kind[2] = 5;
  timer.begin_tick({});
  timer.end_tick();
  timer.hand_over();
  ASSERT_EQ(reports.all.size(), 2u);
  EXPECT_EQ(reports.all[0].patch_bytes, 60u);
  EXPECT_EQ(reports.all[0].busiest_session.view(), "bob");
  EXPECT_EQ(reports.all[0].busiest_session_bytes, 30u);
  EXPECT_EQ(reports.all[0].interval, std::chrono::milliseconds(50));
  EXPECT_EQ(reports.all[1].busiest_session_bytes, 0u) << "each tick begins anew";
  EXPECT_EQ(reports.all[1].intents_of_kind[2], 0u);
}

TEST(TickTimer, WithoutAReaderDoesNothing) {
  ManualClock clock;
  TickTimer timer{clock, nullptr};
  timer.begin_tick({});
  timer.begin(RoomPhase::Ai);
  timer.begin_group(1);
  timer.begin_session(0);
  timer.end_session();
  timer.end_group();
  timer.end_tick();
  timer.hand_over();
  EXPECT_EQ(timer.profile().total(), Nanoseconds(0));
}

}  // namespace
}  // namespace throng::room
