#include "room/room_host.h"

#include <gtest/gtest.h>

#include "base/counters.h"
#include "protocol/codes.h"
#include "room/tiny_room.h"

namespace throng::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::TinyScript;

class RoomHostTest : public ::testing::Test {
 protected:
  RoomHostTest() { host.start(); }

  NewRoom new_room(const std::string& id, const content::RoomKindDef& def = test::tiny_def(), bool permanent = true) {
    return {{.room_id = id, .process_id = {}, .filter = id, .permanent = permanent}, def};
  }
  void create(const std::string& id) { ASSERT_TRUE(host.create_room(new_room(id))); }
  TinyScript& script(const std::string& id) { return scripts[id]; }

  SessionAddress enter(const std::string& room, const std::string& session, std::uint64_t link) {
    EXPECT_TRUE(host.reserve_seat(room, {session, {}}));
    const auto address = host.connect({link}, {.room_id = room, .session_id = session, .reconnection_token = {}});
    EXPECT_TRUE(address);
    host.on_frame(*address, {link}, test::ack_frame());
    return *address;
  }

  ManualClock clock;
  test::ManualScheduler scheduler{clock};
  test::RecordingTransport transport;
  test::RecordingDirectory directory;
  std::map<std::string, TinyScript> scripts;  // by the room's filter, which is its id here
  LogicFactory factory = [this](const content::RoomKindDef&, const std::string& filter,
                                const SharedContent&) -> MakeLogic {
    return [this, filter](RoomControl& control) { return std::make_unique<test::TinyLogic>(control, scripts[filter]); };
  };
  RoomHost host{{.process_id = "node", .rooms_max = 8}, factory, clock, scheduler, transport, directory};
};

TEST_F(RoomHostTest, TicksAtTheRateOfTheRoom) {
  create("a");
  scheduler.advance(seconds(1));
  EXPECT_EQ(script("a").count("tick"), 20);
  EXPECT_GE(scheduler.polls, 20);
}

TEST_F(RoomHostTest, TicksAtAbsoluteTimesSoThatLatenessDoesNotAddUp) {
  create("a");
  for (int i = 0; i < 20; ++i) scheduler.stall(milliseconds(53));  // every tick is late
  EXPECT_EQ(script("a").count("tick"), 21);
}

TEST_F(RoomHostTest, MakesUpForAFewLostTicks) {
  create("a");
  scheduler.stall(milliseconds(300));
  EXPECT_EQ(script("a").count("tick"), 6);
}

TEST_F(RoomHostTest, SkipsTicksWhenItIsFarBehind) {
  create("a");
  const std::uint64_t late = counted(Counter::TicksLate);
  scheduler.stall(seconds(5));
  EXPECT_EQ(script("a").count("tick"), 1);
  EXPECT_EQ(counted(Counter::TicksLate), late + 1);
  scheduler.advance(seconds(1));
  EXPECT_EQ(script("a").count("tick"), 21);
}

TEST_F(RoomHostTest, DoesNotTickRoomsWithoutState) {
  script("a").has_state = false;
  create("a");
  scheduler.advance(seconds(1));
  EXPECT_EQ(script("a").count("tick"), 0);
}

class CrowdedHostTest : public RoomHostTest {
 protected:
  static constexpr std::uint64_t kSessions = 300;  // three groups

  void SetUp() override {
    content::RoomKindDef def = test::tiny_def();
    def.max_clients = 1000;
    ASSERT_TRUE(host.create_room(new_room("a", def)));
    for (std::uint64_t i = 1; i <= kSessions; ++i) enter("a", "s" + std::to_string(i), i);
  }
  /// Everybody's frames after JOIN_ROOM: the state, then a patch for every one that was begun, none twice.
  void expect_every_patch_once() {
    for (std::uint64_t i = 1; i <= kSessions; ++i) {
      const std::vector<test::Bytes>& frames = transport.to({i});
      ASSERT_EQ(frames.size(), static_cast<std::size_t>(script("a").patch) + 1) << "session " << i;
      for (std::size_t n = 1; n < frames.size(); ++n) ASSERT_EQ(frames[n].at(1), n) << "session " << i;
    }
  }
};

TEST_F(CrowdedHostTest, SpreadsAPatchOverTheTick) {
  scheduler.advance(milliseconds(50));
  EXPECT_EQ(transport.to({1}).size(), 2u);
  EXPECT_EQ(transport.to({kSessions}).size(), 1u);
  scheduler.advance(milliseconds(49));
  expect_every_patch_once();
}

TEST_F(CrowdedHostTest, SendsTheGroupsOfALateTickBeforeTheNext) {
  scheduler.advance(milliseconds(55));
  scheduler.stall(milliseconds(120));
  scheduler.advance(milliseconds(200));
  scheduler.stall(seconds(2));  // far behind: this tick's groups are given up to the next one
  scheduler.advance(milliseconds(149));
  expect_every_patch_once();
}

TEST_F(RoomHostTest, DisposesOfEmptyRooms) {
  ASSERT_TRUE(host.create_room(new_room("a", test::tiny_def(), false)));
  ASSERT_TRUE(host.has_room("a"));
  scheduler.advance(milliseconds(200));
  EXPECT_FALSE(host.has_room("a"));
  EXPECT_EQ(host.room_count(), 0u);
  EXPECT_EQ(script("a").count("dispose"), 1);
  EXPECT_FALSE(directory.changes.back().listing);
  EXPECT_FALSE(host.reserve_seat("a", {"ann", {}}));
}

TEST_F(RoomHostTest, GivesANumberToANewRoomWithoutMixingThemUp) {
  ASSERT_TRUE(host.create_room(new_room("a", test::tiny_def(), false)));
  const SessionAddress in_a = enter("a", "ann", 1);
  host.on_frame(in_a, {1}, test::leave_frame());
  scheduler.advance(milliseconds(110));
  ASSERT_FALSE(host.has_room("a"));

  create("b");
  const SessionAddress in_b = enter("b", "bob", 2);
  ASSERT_EQ(in_b.room_number, in_a.room_number);
  host.on_frame(in_a, {1}, test::leave_frame());
  host.on_link_closed(in_a, {1}, 1006);
  host.on_link_drained(in_a, {1});
  EXPECT_EQ(script("b").count("leave 0") + script("b").count("dropped 0"), 0);
  const int ticks_of_a = script("a").count("tick");
  scheduler.advance(seconds(1));
  EXPECT_EQ(script("b").count("tick"), 20);
  EXPECT_EQ(script("a").count("tick"), ticks_of_a);
}

TEST_F(RoomHostTest, TellsEveryRoomOfChangesInTheDirectory) {
  create("a");
  create("b");
  RoomListing listing;
  listing.room_id = "elsewhere";
  host.directory_changed({"elsewhere", listing});
  EXPECT_EQ(script("a").count("changed elsewhere") + script("b").count("changed elsewhere"), 2);
  ASSERT_EQ(script("a").control->listings().size(), 1u);
  host.directory_changed({"elsewhere", std::nullopt});
  EXPECT_TRUE(script("a").control->listings().empty());
}

TEST_F(RoomHostTest, FindsSessionsByTheirToken) {
  create("a");
  enter("a", "ann", 1);
  const std::string token = test::token_of(transport.to({1}).front());
  EXPECT_EQ(host.session_of_token("a", token), "ann");
  EXPECT_FALSE(host.session_of_token("nowhere", token));
}

TEST_F(RoomHostTest, HoldsRoomsUpToItsLimitAndEachIdOnce) {
  for (int i = 0; i < 8; ++i) create("r" + std::to_string(i));
  EXPECT_FALSE(host.create_room(new_room("one-too-many")));
  host.drain();
  EXPECT_EQ(host.room_count(), 0u);
}

TEST_F(RoomHostTest, RefusesARoomIdThatItHas) {
  create("a");
  EXPECT_FALSE(host.create_room(new_room("a")));
  EXPECT_EQ(host.room_count(), 1u);
}

TEST_F(RoomHostTest, GivesNewContentToEveryRoomAndReportsWhatTheyRun) {
  for (const char* id : {"a", "b"}) {
    script(id).content = ContentStatus{1, 7, {}};
    create(id);
  }
  create("without");
  auto content = std::make_shared<content::GameContent>();
  content->version = 5;
  script("without").content = std::nullopt;
  ASSERT_EQ(host.content_status().size(), 2u);
  EXPECT_EQ(host.content_status()[0].status.version, 1u);
  script("without").content = ContentStatus{};
  host.adopt_content(content);
  for (const RoomContentStatus& room : host.content_status()) EXPECT_EQ(room.status.version, 5u) << room.room_id;
  EXPECT_EQ(host.content_status()[0].filter, "a");
  EXPECT_EQ(host.content(), content);
}

TEST_F(RoomHostTest, HandsASeatToTheSessionThatSoughtIt) {
  create("a");
  enter("a", "ann", 1);
  host.seat_found("a", "ann", TravelSeat{"world", "s", "r", "p", ""});
  host.seat_found("a", "ann", std::nullopt);
  host.seat_found("a", "gone", std::nullopt);
  host.seat_found("nowhere", "ann", std::nullopt);
  EXPECT_EQ(script("a").count("seat 0"), 1);
  EXPECT_EQ(script("a").count("no seat 0"), 1);
}

TEST_F(RoomHostTest, DrainsByClosingEverybodyAndMakingNothingMore) {
  create("a");
  create("b");
  enter("a", "ann", 1);
  enter("b", "bob", 2);
  host.drain();
  EXPECT_EQ(transport.close_code({1}), protocol::kCloseShutdown);
  EXPECT_EQ(transport.close_code({2}), protocol::kCloseShutdown);
  EXPECT_EQ(script("a").count("dispose") + script("b").count("dispose"), 2);
  EXPECT_FALSE(host.create_room(new_room("c")));
  const int ticks = script("a").count("tick");
  scheduler.advance(seconds(1));
  EXPECT_EQ(script("a").count("tick"), ticks);
}

}  // namespace
}  // namespace throng::room
