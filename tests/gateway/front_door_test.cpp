#include "gateway/front_door.h"

#include <gtest/gtest.h>

#include "gateway/running_group.h"
#include "protocol/codes.h"

namespace throng::gateway {
namespace {

using nlohmann::json;
using protocol::Opcode;
using test::Response;
using test::Visitor;

class FrontDoorTest : public ::testing::Test {
 protected:
  json seat(const std::string& method = "joinOrCreate", const std::string& room = "arena") {
    const Response response = running.match(method, room);
    EXPECT_EQ(response.status, 200) << response.body;
    return json::parse(response.body);
  }
  test::RunningGroup running;
};

TEST_F(FrontDoorTest, AnswersTheQuestionsOfOperators) {
  EXPECT_EQ(running.http("GET", "/healthz").body, "OK");
  EXPECT_EQ(running.http("GET", "/__healthcheck").body, "OK");
  const Response ready = running.http("GET", "/readyz");
  EXPECT_EQ(ready.status, 200);
  EXPECT_EQ(json::parse(ready.body).at("ready"), true);
  EXPECT_EQ(running.http("GET", "/").status, 200);
  EXPECT_EQ(json::parse(ready.body).at("components").at("workers").at("ok"), true);
  EXPECT_EQ(running.http("HEAD", "/healthz").status, 200);
  EXPECT_EQ(running.http("HEAD", "/readyz").status, 200);
}

TEST_F(FrontDoorTest, KnowsNothingElse) {
  for (const char* target : {"/nothing", "/matchmake", "/matchmake/", "/matchmake/joinOrCreate/arena", "/healthz/x"}) {
    EXPECT_EQ(running.http("GET", target).status, 404) << target;
  }
  EXPECT_EQ(running.http("POST", "/healthz").status, 404);
  EXPECT_EQ(running.http("DELETE", "/matchmake/joinOrCreate/arena").status, 404);
}

/// Answers /later/* when the test says so.
class LaterRoutes final : public net::Routes {
 public:
  bool takes(std::string_view path) const override { return path.substr(0, 7) == "/later/"; }
  void handle(net::HttpRequest request, Reply reply) override {
    asked.set_value({std::move(request), std::move(reply)});
  }
  std::promise<std::pair<net::HttpRequest, Reply>> asked;
};

Surroundings with_routes(net::Routes& routes) {
  Surroundings surroundings;
  surroundings.routes = {&routes};
  return surroundings;
}

net::HttpResponse teapot() {
  net::HttpResponse response;
  response.status = 418;
  response.body = "short and stout";
  return response;
}

TEST(FrontDoorRoutes, AnswerFromAnotherThread) {
  LaterRoutes later;
  test::RunningGroup running(test::arena_and_lobby(), nullptr, with_routes(later));
  std::thread service([&] {
    auto [request, reply] = later.asked.get_future().get();
    EXPECT_EQ(request.path, "/later/on");
    EXPECT_EQ(request.body, "tea?");
    EXPECT_EQ(request.peer_address, "127.0.0.1");
    reply(teapot());
  });
  const Response response = running.http("PUT", "/later/on", "tea?", "Origin: https://game.example\r\n");
  service.join();
  EXPECT_EQ(response.status, 418);
  EXPECT_EQ(response.body, "short and stout");
  EXPECT_TRUE(response.has("Access-Control-Allow-Origin: https://game.example\r\n"));
  EXPECT_EQ(running.http("GET", "/healthz").status, 200);
}

TEST(FrontDoorRoutes, AnswersThatComeTooLateHarmNobody) {
  LaterRoutes later;
  auto running = std::make_unique<test::RunningGroup>(test::arena_and_lobby(), nullptr, with_routes(later));
  {
    net::test::Peer impatient(running->port());
    impatient.send("GET /later/on HTTP/1.1\r\nHost: test\r\n\r\n");
    later.asked.get_future().wait();
  }
  EXPECT_EQ(running->http("GET", "/healthz").status, 200);
  running.reset();
}

TEST_F(FrontDoorTest, LetsEveryPageOfTheWebAsk) {
  const Response preflight =
      running.http("OPTIONS", "/matchmake/joinOrCreate/arena", "", "Origin: https://game.example\r\n");
  EXPECT_EQ(preflight.status, 204);
  for (const Response& response :
       {preflight, running.http("GET", "/nothing", "", "Origin: https://game.example\r\n"),
        running.http("POST", "/matchmake/join/casino", "{}", "Origin: https://game.example\r\n")}) {
    EXPECT_TRUE(response.has("Access-Control-Allow-Origin: https://game.example\r\n")) << response.head;
    EXPECT_TRUE(response.has("Access-Control-Allow-Credentials: true\r\n")) << response.head;
  }
  EXPECT_TRUE(running.match("join", "casino").has("Access-Control-Allow-Origin: *\r\n"));
}

TEST_F(FrontDoorTest, GivesASeatToWhoeverAsks) {
  const json first = seat();
  EXPECT_EQ(first.at("name"), "arena");
  EXPECT_EQ(first.at("processId"), "process");
  EXPECT_EQ(first.at("room").at("roomId"), first.at("roomId"));
  const Response prefixed = running.http("POST", "/eu/matchmake/joinOrCreate/arena", "[]");
  ASSERT_EQ(prefixed.status, 200);
  EXPECT_TRUE(prefixed.has("Content-Type: application/json"));
  EXPECT_EQ(json::parse(prefixed.body).at("roomId"), first.at("roomId"));
}

TEST_F(FrontDoorTest, PutsTheErrorCodeIntoTheStatusLine) {
  const auto refused = [&](const std::string& method, const std::string& target, const std::string& body, int code) {
    const Response response = running.match(method, target, body);
    EXPECT_EQ(response.status, code) << method << " " << target;
    EXPECT_EQ(json::parse(response.body).value("code", 0), code) << response.body;
  };
  refused("joinOrCreate", "casino", "{}", protocol::kErrorUnknownRoom);
  refused("destroy", "arena", "{}", protocol::kErrorUnknownRoom);
  refused("joinOrCreate", "a%20b", "{}", protocol::kErrorUnknownRoom);
  refused("join", "arena", "", protocol::kErrorNoMatch);
  refused("joinById", "nowhere", "{}", protocol::kErrorRoomMissing);
  refused("joinById", "no~where", "{}", protocol::kErrorRoomMissing);
  refused("reconnect", seat().at("roomId"), "{}", protocol::kErrorUnhandled);
  refused("reconnect", seat().at("roomId"), R"({"reconnectionToken":"wrong"})", protocol::kErrorSeatExpired);
  EXPECT_EQ(running.match("joinOrCreate", "arena", "{nonsense").status, 400);
}

TEST_F(FrontDoorTest, LeadsASocketToItsRoom) {
  Visitor visitor(running, seat());
  EXPECT_EQ(visitor.upgraded.status, 101);
  EXPECT_EQ(visitor.join().size(), 22u);
  EXPECT_FALSE(visitor.read(Opcode::RoomState).empty());
  EXPECT_FALSE(visitor.read(Opcode::RoomStatePatch).empty());
  visitor.send(room::test::leave_frame());
  EXPECT_EQ(visitor.read_to_the_end(), protocol::kCloseConsented);
}

TEST_F(FrontDoorTest, LeadsAReturningSocketToItsSession) {
  const json taken = seat();
  Visitor first(running, taken);
  const std::string token = first.join();
  ASSERT_FALSE(first.read(Opcode::RoomState).empty());
  first.peer().reset();

  const Response again = running.match("reconnect", taken.at("roomId"), json{{"reconnectionToken", token}}.dump());
  ASSERT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(json::parse(again.body).at("sessionId"), taken.at("sessionId"));
  Visitor second(running, json::parse(again.body), "&reconnectionToken=" + token + "&skipHandshake=1");
  const room::test::Bytes join = second.read(Opcode::JoinRoom);
  EXPECT_NE(room::test::token_of(join), token);
  EXPECT_LT(join.size(), 40u);  // no reflection
  second.send(room::test::ack_frame());
  EXPECT_FALSE(second.read(Opcode::RoomState).empty());
}

TEST_F(FrontDoorTest, TurnsSocketsAwayByTheProtocolsOwnMeans) {
  json missing = {{"processId", "process"}, {"roomId", "nowhere"}, {"sessionId", "nobody"}};
  Visitor stranger(running, missing);
  EXPECT_EQ(stranger.upgraded.status, 101);
  EXPECT_EQ(room::test::error_code_of(stranger.read(Opcode::Error)), protocol::kErrorSeatExpired);
  EXPECT_EQ(stranger.read_to_the_end(), protocol::kCloseWithError);
  Visitor late(running, missing, "&reconnectionToken=old");
  EXPECT_EQ(late.read_to_the_end(), protocol::kCloseReconnectRefused);

  missing["roomId"] = seat().at("roomId");
  Visitor seatless(running, missing);
  EXPECT_EQ(room::test::error_code_of(seatless.read(Opcode::Error)), protocol::kErrorSeatExpired);
  EXPECT_EQ(seatless.read_to_the_end(), protocol::kCloseWithError);
}

TEST_F(FrontDoorTest, ClosesOnTextFrames) {
  Visitor visitor(running, seat());
  visitor.join();
  visitor.peer().send_frame(net::Opcode::Text, "hello");
  EXPECT_EQ(visitor.read_to_the_end(), protocol::kCloseWithError);
}

TEST_F(FrontDoorTest, EchoesALatencyProbeAndEndsItSoon) {
  test::Peer probe(running.port());
  EXPECT_EQ(probe.upgrade("/").status, 101);
  for (int i = 0; i < 3; ++i) {
    probe.send_frame(net::Opcode::Binary, as_text(room::test::ping_frame()));
    EXPECT_EQ(probe.read_message(), as_text(room::test::ping_frame()));
  }
  const test::Frame end = probe.read_frame();
  EXPECT_EQ(end.kind, net::FrameEvent::Kind::Close);
  EXPECT_EQ(end.close_code, protocol::kCloseNormal);
}

}  // namespace
}  // namespace throng::gateway
