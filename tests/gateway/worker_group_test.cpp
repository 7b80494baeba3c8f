#include "gateway/worker_group.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/running_group.h"
#include "protocol/codes.h"
#include "room/kinds/world_content.h"
#include "support/comes_true.h"

namespace throng::gateway {
namespace {

using nlohmann::json;
using protocol::Opcode;
using test::Visitor;

/// Worlds on two maps; a few steps east of the spot where everybody appears in the field there is a way to the cave.
content::RoomsDef field_and_cave() {
  content::RoomKindDef world = room::test::world_def();
  world.world->maps = {"field", "cave"};
  world.world->default_map = "field";
  return {{world}};
}
content::GameContent game_with_a_gate(bool with_cave) {
  content::MapDef field = *room::test::field_map();
  field.portals = {{"gate", {{units(1040), units(900)}, {units(1200), units(1100)}}, "cave", ""}};
  field.content_hash = content::content_hash(field);
  content::GameContent game = room::test::slime_game();
  game.version = 1;
  game.maps["field"] = std::make_shared<const content::MapDef>(std::move(field));
  if (with_cave) game.maps["cave"] = std::make_shared<const content::MapDef>(content::open_field("cave", 512, 512));
  return game;
}

/// Walks east into the gate. The payload of the first message of that type.
json walk_until_told(Visitor& visitor, std::string_view type) {
  EXPECT_FALSE(visitor.join().empty());
  EXPECT_FALSE(visitor.read(Opcode::RoomState).empty());
  visitor.send(room::test::data_frame("move", room::test::move_payload(1, 0, 1)));
  for (;;) {
    const room::test::Bytes frame = visitor.read(Opcode::RoomData);
    if (frame.empty()) return {};
    if (room::test::type_of(frame) == type) return json::from_msgpack(room::test::payload_of(frame));
  }
}

TEST(WorkerGroup, NamesAWorkerWhoseLoopIsStuck) {
  test::RunningGroup running(test::arena_and_lobby(), nullptr, {}, std::chrono::milliseconds(250));
  const auto is_stuck = [&] { return !running.group->health().at(1).problem.empty(); };
  const auto begun = std::make_shared<std::atomic<bool>>(false);
  std::promise<void> go_on;
  ASSERT_TRUE(running.group->post(1, [begun, told = go_on.get_future().share()](Worker&) {
    *begun = true;
    told.wait();
  }));
  EXPECT_TRUE(comes_true([&] { return begun->load() && is_stuck(); }));
  // On a machine that stands still, the other one may be named before it.
  EXPECT_THAT(running.group->readiness().back().problem, testing::HasSubstr("worker 1: its loop has not turned for"));
  go_on.set_value();
  EXPECT_TRUE(comes_true([&] { return !is_stuck(); }));
}

TEST(WorkerGroup, ServesRoomsOnEveryWorkerWhereverTheSocketArrives) {
  test::RunningGroup running;
  const json one = json::parse(running.match("create", "arena").body);
  const json two = json::parse(running.match("create", "arena").body);
  ASSERT_TRUE(running.worker_of(one.at("roomId")));
  ASSERT_TRUE(running.worker_of(two.at("roomId")));
  EXPECT_NE(running.worker_of(one.at("roomId")), running.worker_of(two.at("roomId")));
  std::vector<std::unique_ptr<Visitor>> visitors;
  for (int i = 0; i < 6; ++i) {
    for (const json& room : {one, two}) {
      const json seat = json::parse(running.match("joinById", room.at("roomId")).body);
      visitors.push_back(std::make_unique<Visitor>(running, seat));
      EXPECT_FALSE(visitors.back()->join().empty());
    }
  }
  for (const auto& visitor : visitors) EXPECT_FALSE(visitor->read(Opcode::RoomState).empty());
}

TEST(WorkerGroup, TellsLobbiesOfRoomsOnOtherWorkers) {
  test::RunningGroup running;
  Visitor visitor(running, json::parse(running.match("join", "lobby").body));
  visitor.join();
  ASSERT_EQ(room::test::type_of(visitor.read(Opcode::RoomData)), "rooms");
  for (int i = 0; i < 2; ++i) ASSERT_EQ(running.match("create", "arena").status, 200);
  std::set<std::string> told;
  while (told.size() < 2) {
    const room::test::Bytes frame = visitor.read(Opcode::RoomData);
    ASSERT_FALSE(frame.empty());
    if (room::test::type_of(frame) != "+") continue;
    protocol::MsgpackDocument document;
    const room::test::Bytes payload = room::test::payload_of(frame);
    ASSERT_TRUE(document.parse(payload));
    told.insert(std::string(*document.root().at(0).as_string()));
  }
}

TEST(WorkerGroup, LetsGoOfRoomsThatAreEmpty) {
  test::RunningGroup running;
  const json seat = json::parse(running.match("create", "arena").body);
  Visitor visitor(running, seat);
  visitor.join();
  visitor.send(room::test::leave_frame());
  EXPECT_EQ(visitor.read_to_the_end(), protocol::kCloseConsented);
  const auto give_up_at = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (running.worker_of(seat.at("roomId")) && std::chrono::steady_clock::now() < give_up_at)
    std::this_thread::yield();
  EXPECT_EQ(running.match("joinById", seat.at("roomId")).status, protocol::kErrorRoomMissing);
}

TEST(WorkerGroup, DrainsByClosingEverySessionAndEndsInTime) {
  test::RunningGroup running;
  std::vector<std::unique_ptr<Visitor>> visitors;
  for (int i = 0; i < 4; ++i) {
    visitors.push_back(std::make_unique<Visitor>(running, json::parse(running.match("create", "arena").body)));
    visitors.back()->join();
    ASSERT_FALSE(visitors.back()->read(Opcode::RoomState).empty());
  }
  test::Peer idle(running.port());
  std::future<bool> drained = std::async(std::launch::async, [&] { return running.group->drain_and_stop(); });
  for (const auto& visitor : visitors) {
    EXPECT_EQ(visitor->read_to_the_end(), protocol::kCloseShutdown);
    visitor->peer().close();
  }
  EXPECT_TRUE(drained.get());
}

TEST(WorkerGroup, TakesATravellerToTheRoomOfTheOtherMap) {
  test::RunningGroup running(field_and_cave(), content::link_by_hand(game_with_a_gate(true)));
  Visitor visitor(running, json::parse(running.match("joinOrCreate", "world").body));
  const json seat = walk_until_told(visitor, "travel");
  ASSERT_TRUE(seat.is_object());
  Visitor arrived(running, seat);
  EXPECT_FALSE(arrived.join().empty());
  EXPECT_FALSE(arrived.read(Opcode::RoomState).empty());
  std::map<std::string, std::string> map_of_room;
  for (const room::RoomContentStatus& room : running.group->content_status()) map_of_room[room.room_id] = room.filter;
  EXPECT_EQ(map_of_room.size(), 2u);
  EXPECT_EQ(map_of_room[seat.at("roomId")], "cave");
}

TEST(WorkerGroup, TellsATravellerThatThereIsNoSeat) {
  test::RunningGroup running(field_and_cave(), content::link_by_hand(game_with_a_gate(false)));
  Visitor visitor(running, json::parse(running.match("joinOrCreate", "world").body));
  EXPECT_TRUE(walk_until_told(visitor, "notice").is_object());
}

TEST(WorkerGroup, GivesNewContentToTheRoomsOfEveryWorker) {
  content::GameContent game = game_with_a_gate(true);
  test::RunningGroup running(field_and_cave(), content::link_by_hand(game));
  ASSERT_EQ(running.match("create", "world").status, 200);
  ASSERT_EQ(running.match("create", "world").status, 200);
  game.version = 2;
  EXPECT_TRUE(running.group->adopt(content::link_by_hand(game)));
  const std::vector<room::RoomContentStatus> rooms = running.group->content_status();
  ASSERT_EQ(rooms.size(), 2u);
  for (const room::RoomContentStatus& room : rooms) EXPECT_EQ(room.status.version, 2u) << room.room_id;
  ASSERT_EQ(running.match("create", "world").status, 200);  // made of what is new
  for (const room::RoomContentStatus& room : running.group->content_status()) EXPECT_EQ(room.status.version, 2u);
}

TEST(WorkerGroup, GivesUpOnClientsThatNeverClose) {
  test::RunningGroup running;
  Visitor visitor(running, json::parse(running.match("create", "arena").body));
  visitor.join();
  // The close handshake is never answered: the server's own limit ends it, well before the limit of the drain.
  EXPECT_TRUE(running.group->drain_and_stop());
}

TEST(WorkerGroup, CanBeStartedAndDroppedWithoutAWord) { const test::RunningGroup running; }

}  // namespace
}  // namespace throng::gateway
