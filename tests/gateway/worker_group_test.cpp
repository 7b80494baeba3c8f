#include "gateway/worker_group.h"

#include <gtest/gtest.h>

#include "gateway/running_group.h"
#include "protocol/codes.h"

namespace throng::gateway {
namespace {

using nlohmann::json;
using protocol::Opcode;
using test::Visitor;

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
