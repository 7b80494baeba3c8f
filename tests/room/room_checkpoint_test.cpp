#include <gtest/gtest.h>

#include "protocol/codes.h"
#include "room/fake_surroundings.h"
#include "room/room.h"
#include "room/tiny_room.h"

namespace throng::room {
namespace {

using std::chrono::seconds;

class RecordingKeeper final : public Keeper {
 public:
  bool keep(Cut cut) override {
    if (full) return false;
    cuts.push_back(std::move(cut));
    return true;
  }
  bool full = false;
  std::vector<Cut> cuts;
};

class RecordingAdmission final : public Admission {
 public:
  void admit(AdmissionRequest, std::function<void(AdmissionReply)> reply) override { reply(Admitted{}); }
  void give_back(const std::shared_ptr<const Arrival>& arrival) override { given_back.push_back(arrival); }
  std::vector<std::shared_ptr<const Arrival>> given_back;
};

/// A world of one byte.
class ByteLogic final : public RoomLogic {
 public:
  explicit ByteLogic(RoomControl& control, bool& readable)
      : begun_with(control.saved().world), readable_(readable), control_(control) {}

  bool has_state() const override { return true; }
  std::vector<AcceptedMessage> accepted_messages() const override { return {}; }
  std::optional<Refusal> join(SessionSlot, const JoinOptions&) override { return std::nullopt; }
  void leave(SessionSlot) override { ++left; }
  MessageVerdict message(SessionSlot, const protocol::ClientFrame&) override { return {}; }
  void tick() override {
    if (control_.checkpoint_due()) control_.keep({});
  }
  bool carried_on() const override { return !begun_with.empty() && readable_; }
  std::vector<std::uint8_t> save_world() const override {
    ++saves;
    return {42};
  }
  void let_go(AccountId account) override { let_go_of.push_back(account); }

  std::vector<std::uint8_t> begun_with;
  int left = 0;
  mutable int saves = 0;
  std::vector<AccountId> let_go_of;

 private:
  bool& readable_;
  RoomControl& control_;
};

class RoomCheckpointTest : public ::testing::Test {
 protected:
  Room& open(SavedRoom saved) {
    content::RoomKindDef def = test::tiny_def();
    def.kind = content::RoomKind::World;
    def.world = content::WorldOptions{};
    def.world->checkpoint_interval_ms = 10'000;
    room = std::make_unique<Room>(
        RoomIdentity{
            .room_id = "room1", .process_id = "p", .filter = "meadow", .permanent = false, .place = "world/meadow/0"},
        def, RoomContext{clock, transport, directory, listings, scratch, nullptr, &keeper, &admission},
        [this](RoomControl& control) {
          auto made = std::make_unique<ByteLogic>(control, readable);
          logic = made.get();
          return made;
        },
        std::move(saved));
    return *room;
  }
  static SavedRoom saved(std::int64_t fence, std::vector<std::uint8_t> world = {}) {
    SavedRoom made;
    made.key = "world/meadow/0@node";
    made.fence = fence;
    made.world = std::move(world);
    return made;
  }
  static JoinOptions with_character(std::int64_t account) {
    JoinOptions options;
    Arrival arrival;
    arrival.lease = {{account + 1000}, {account}, 1};
    options.arrival = std::make_shared<const Arrival>(arrival);
    return options;
  }

  ManualClock clock;
  test::RecordingTransport transport;
  test::RecordingDirectory directory;
  std::unordered_map<std::string, RoomListing> listings;
  FrameBuffer scratch;
  RecordingKeeper keeper;
  RecordingAdmission admission;
  bool readable = true;
  std::unique_ptr<Room> room;
  ByteLogic* logic = nullptr;
};

TEST_F(RoomCheckpointTest, TheWorldGoesWithACutWheneverTheIntervalIsOver) {
  open(saved(3));
  room->tick();
  EXPECT_TRUE(keeper.cuts.empty());
  for (int i = 0; i < 3; ++i) {
    clock.advance(seconds(10));
    room->tick();
    room->tick();
  }
  ASSERT_EQ(keeper.cuts.size(), 3u);
  ASSERT_TRUE(keeper.cuts[0].checkpoint);
  EXPECT_EQ(keeper.cuts[0].room_id, "room1");
  EXPECT_EQ(keeper.cuts[0].checkpoint->key, "world/meadow/0@node");
  EXPECT_EQ(keeper.cuts[0].checkpoint->fence, 3);
  EXPECT_EQ(keeper.cuts[0].checkpoint->world, std::vector<std::uint8_t>{42});
}

TEST_F(RoomCheckpointTest, ARoomWithoutTheRightToKeepItsWorldDoesNotTry) {
  open(saved(0));
  clock.advance(seconds(60));
  room->tick();
  EXPECT_TRUE(keeper.cuts.empty());
}

TEST_F(RoomCheckpointTest, ACutThatWasNotTakenCostsAWorldOnceASecondOnly) {
  open(saved(1));
  keeper.full = true;
  clock.advance(seconds(10));
  for (int i = 0; i < 20; ++i) room->tick();
  EXPECT_EQ(logic->saves, 1);
  clock.advance(seconds(1));
  keeper.full = false;
  room->tick();
  EXPECT_EQ(logic->saves, 2);
  EXPECT_EQ(keeper.cuts.size(), 1u);
}

TEST_F(RoomCheckpointTest, TheServersEndKeepsTheWorldAndAnEmptyRoomsEndForgetsIt) {
  open(saved(1));
  room->drain();
  room->dispose();
  room->tick();
  ASSERT_EQ(keeper.cuts.size(), 1u);
  EXPECT_FALSE(keeper.cuts[0].checkpoint->world.empty());
  room->tick();
  EXPECT_EQ(keeper.cuts.size(), 1u);
  keeper.cuts.clear();
  open(saved(1));
  room->dispose();
  room->tick();
  ASSERT_EQ(keeper.cuts.size(), 1u);
  EXPECT_TRUE(keeper.cuts[0].checkpoint->world.empty());
}

TEST_F(RoomCheckpointTest, AWorldThatCannotBeReadIsPutAsideOnce) {
  readable = false;
  open(saved(1, {1, 2, 3}));
  EXPECT_EQ(logic->begun_with.size(), 3u);
  for (int i = 0; i < 2; ++i) {
    clock.advance(seconds(10));
    room->tick();
  }
  ASSERT_EQ(keeper.cuts.size(), 2u);
  EXPECT_TRUE(keeper.cuts[0].checkpoint->old_aside);
  EXPECT_FALSE(keeper.cuts[1].checkpoint->old_aside);
}

TEST_F(RoomCheckpointTest, AWorldThatGoesOnIsNotPutAside) {
  open(saved(1, {1, 2, 3}));
  clock.advance(seconds(10));
  room->tick();
  ASSERT_EQ(keeper.cuts.size(), 1u);
  EXPECT_FALSE(keeper.cuts[0].checkpoint->old_aside);
}

TEST_F(RoomCheckpointTest, ASeatThatNobodyTookGivesTheCharacterBack) {
  open(saved(1));
  ASSERT_TRUE(room->reserve_seat("session", with_character(5)));
  clock.advance(seconds(16));
  room->sweep();
  ASSERT_EQ(admission.given_back.size(), 1u);
  EXPECT_EQ(admission.given_back[0]->lease.account.value, 5);
}

TEST_F(RoomCheckpointTest, ACharacterThatPlayedIsNotGivenBackHere) {
  open(saved(1));
  ASSERT_TRUE(room->reserve_seat("session", with_character(5)));
  ASSERT_TRUE(room->connect({1}, {.room_id = "room1", .session_id = "session", .reconnection_token = {}}).accepted);
  room->drain();
  EXPECT_EQ(logic->left, 1);
  EXPECT_TRUE(admission.given_back.empty());  // its last cut ends the lease
}

TEST_F(RoomCheckpointTest, ANewerLoginEndsSessionsAndSeatsOfTheAccountAlone) {
  open(saved(1));
  for (const std::int64_t account : {5, 6}) {
    const std::string name = "session" + std::to_string(account);
    ASSERT_TRUE(room->reserve_seat(name, with_character(account)));
    const ConnectRequest wish{.room_id = "room1", .session_id = name, .reconnection_token = {}};
    ASSERT_TRUE(room->connect({static_cast<std::uint64_t>(account)}, wish).accepted);
  }
  ASSERT_TRUE(room->reserve_seat("another", with_character(5)));
  room->expel_account({5}, "signed in elsewhere");
  EXPECT_EQ(transport.close_code({5}), protocol::kCloseWithError);
  EXPECT_EQ(transport.closed.at(0).reason, "signed in elsewhere");
  EXPECT_EQ(transport.close_code({6}), 0);
  EXPECT_EQ(admission.given_back.size(), 1u);
  EXPECT_EQ(logic->let_go_of, std::vector<AccountId>{{5}});
  EXPECT_EQ(room->listing().clients, 1);
}

}  // namespace
}  // namespace throng::room
