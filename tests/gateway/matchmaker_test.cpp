#include "gateway/matchmaker.h"

#include <gtest/gtest.h>

#include <deque>

#include "protocol/codes.h"
#include "services/presence/memory_directory.h"
#include "support/span_trap.h"

namespace throng::gateway {
namespace {

/// Two workers whose answers come when the test lets them.
class FakeHosts final : public RoomHosts {
 public:
  struct Made {
    std::size_t worker = 0;
    room::NewRoom room;
  };

  std::size_t worker_count() const override { return 2; }
  void create(std::size_t worker, room::NewRoom room, room::SeatRequest seat,
              std::function<void(bool)> reply) override {
    seated = seat.options.arrival;
    traced = seat.options.trace;
    if (!refuses_rooms) made.push_back({worker, std::move(room)});
    waiting.emplace_back([reply, ok = !refuses_rooms] { reply(ok); });
  }
  void create_empty(std::size_t worker, room::NewRoom room) override { made.push_back({worker, std::move(room)}); }
  void reserve(std::size_t, std::string room_id, room::SeatRequest seat, std::function<void(bool)> reply) override {
    seated = seat.options.arrival;
    traced = seat.options.trace;
    reserved.push_back(room_id);
    waiting.emplace_back([reply, ok = !full.contains(room_id)] { reply(ok); });
  }
  void find_token(std::size_t, std::string, std::string token,
                  std::function<void(std::optional<std::string>)> reply) override {
    waiting.emplace_back([this, reply, token] {
      const auto found = session_of_token.find(token);
      reply(found == session_of_token.end() ? std::nullopt : std::optional(found->second));
    });
  }
  void announce(const room::DirectoryChange& change) override { announced.push_back(change); }
  void admit(room::AdmissionRequest request, std::function<void(room::AdmissionReply)> reply) override {
    asked.push_back(std::move(request));
    waiting.emplace_back([this, reply] { reply(admission); });
  }
  void give_back(const std::shared_ptr<const room::Arrival>& arrival) override { given_back.push_back(arrival); }

  void answer_all() {
    while (!waiting.empty()) {
      const std::function<void()> next = std::move(waiting.front());
      waiting.pop_front();
      next();
    }
  }

  bool refuses_rooms = false;
  std::set<std::string> full;
  std::map<std::string, std::string> session_of_token;
  std::vector<Made> made;
  std::vector<std::string> reserved;
  std::vector<room::DirectoryChange> announced;
  std::deque<std::function<void()>> waiting;
  room::AdmissionReply admission = room::Admitted{};
  std::vector<room::AdmissionRequest> asked;
  std::shared_ptr<const room::Arrival> seated;  ///< who came last
  SpanContext traced;                           ///< of the same
  std::vector<std::shared_ptr<const room::Arrival>> given_back;
};

content::RoomsDef rooms_def() {
  content::RoomsDef rooms;
  content::RoomKindDef world;
  world.name = "world";
  world.kind = content::RoomKind::World;
  world.world = content::WorldOptions{.maps = {"meadow", "caves"}, .default_map = "meadow"};
  world.keep_at_least_one = true;
  content::RoomKindDef arena;
  arena.name = "arena";
  arena.kind = content::RoomKind::Mmo;
  arena.max_clients = 4;
  content::RoomKindDef secret = arena;
  secret.name = "secret";
  secret.is_private = true;
  rooms.rooms = {world, arena, secret};
  return rooms;
}

class MatchmakerTest : public ::testing::Test {
 protected:
  /// The answer, once the hosts have answered.
  MatchReply ask(MatchMethod method, const std::string& target, room::JoinOptions options = {},
                 const std::string& token = {}) {
    MatchReply answer = MatchError{0, "no answer"};
    maker.handle({method, target, std::move(options), token}, [&](MatchReply reply) { answer = std::move(reply); });
    hosts.answer_all();
    return answer;
  }
  Seat seat(MatchMethod method, const std::string& target, room::JoinOptions options = {}) {
    const MatchReply answer = ask(method, target, std::move(options));
    EXPECT_TRUE(std::holds_alternative<Seat>(answer)) << code_of(answer);
    return std::holds_alternative<Seat>(answer) ? std::get<Seat>(answer) : Seat{};
  }
  static int code_of(const MatchReply& answer) {
    return std::holds_alternative<MatchError>(answer) ? std::get<MatchError>(answer).code : 200;
  }
  static room::JoinOptions on_map(const std::string& map) {
    room::JoinOptions options;
    options.add("map", map);
    return options;
  }
  /// A room says what it is now.
  void publish(const std::string& room_id, auto change) {
    std::optional<room::RoomListing> listing;
    directory->get(room_id, [&](std::optional<room::RoomListing> found) { listing = std::move(found); });
    ASSERT_TRUE(listing);
    change(*listing);
    maker.apply({room_id, listing});
  }

  const content::RoomsDef rooms = rooms_def();
  ManualClock clock;
  std::unique_ptr<room::RoomDirectory> directory = services::make_memory_directory();
  FakeHosts hosts;
  Matchmaker maker{rooms, *directory, hosts, "process", clock};
};

TEST_F(MatchmakerTest, JoinOrCreateMakesARoomAndThenSharesIt) {
  const Seat first = seat(MatchMethod::JoinOrCreate, "arena");
  const Seat second = seat(MatchMethod::JoinOrCreate, "arena");
  EXPECT_EQ(hosts.made.size(), 1u);
  EXPECT_EQ(first.room_id, second.room_id);
  EXPECT_NE(first.session_id, second.session_id);
  EXPECT_EQ(first.name, "arena");
  EXPECT_EQ(first.process_id, "process");
  EXPECT_EQ(first.max_clients, 4);
}

TEST_F(MatchmakerTest, ThoseWhoAskAtTheSameMomentShareOneRoom) {
  std::vector<MatchReply> answers;
  for (int i = 0; i < 4; ++i) {
    maker.handle({MatchMethod::JoinOrCreate, "arena", {}, {}},
                 [&](MatchReply reply) { answers.push_back(std::move(reply)); });
  }
  EXPECT_TRUE(answers.empty());
  hosts.answer_all();
  ASSERT_EQ(answers.size(), 4u);
  EXPECT_EQ(hosts.made.size(), 1u);
  for (const MatchReply& answer : answers)
    EXPECT_EQ(std::get<Seat>(answer).room_id, hosts.made[0].room.identity.room_id);
}

TEST_F(MatchmakerTest, CreateAlwaysMakesARoomAndSpreadsThemOverTheWorkers) {
  for (int i = 0; i < 4; ++i) seat(MatchMethod::Create, "arena");
  ASSERT_EQ(hosts.made.size(), 4u);
  std::vector<int> on_worker(2);
  for (const FakeHosts::Made& made : hosts.made) {
    ++on_worker[made.worker];
    EXPECT_EQ(maker.worker_of(made.room.identity.room_id), made.worker);
    EXPECT_FALSE(made.room.identity.permanent);
  }
  EXPECT_EQ(on_worker, (std::vector<int>{2, 2}));
}

TEST_F(MatchmakerTest, JoinNeverMakesARoom) {
  EXPECT_EQ(code_of(ask(MatchMethod::Join, "arena")), protocol::kErrorNoMatch);
  const Seat made = seat(MatchMethod::Create, "arena");
  EXPECT_EQ(seat(MatchMethod::Join, "arena").room_id, made.room_id);
  EXPECT_EQ(hosts.made.size(), 1u);
}

TEST_F(MatchmakerTest, KnowsOnlyTheRoomsOfTheConfiguration) {
  for (const MatchMethod method : {MatchMethod::Join, MatchMethod::Create, MatchMethod::JoinOrCreate}) {
    EXPECT_EQ(code_of(ask(method, "casino")), protocol::kErrorUnknownRoom);
  }
}

TEST_F(MatchmakerTest, KeepsOneRoomOfThoseThatAreAlwaysThere) {
  maker.start();
  ASSERT_EQ(hosts.made.size(), 1u);
  EXPECT_TRUE(hosts.made[0].room.identity.permanent);
  EXPECT_EQ(hosts.made[0].room.identity.filter, "meadow");
  EXPECT_EQ(seat(MatchMethod::Join, "world").room_id, hosts.made[0].room.identity.room_id);
}

TEST_F(MatchmakerTest, TreatsMapsAsDifferentPlaces) {
  const Seat meadow = seat(MatchMethod::JoinOrCreate, "world");
  const Seat caves = seat(MatchMethod::JoinOrCreate, "world", on_map("caves"));
  EXPECT_NE(meadow.room_id, caves.room_id);
  EXPECT_EQ(seat(MatchMethod::Join, "world", on_map("caves")).room_id, caves.room_id);
  EXPECT_EQ(seat(MatchMethod::Join, "world", on_map("meadow")).room_id, meadow.room_id);
  EXPECT_EQ(hosts.made[1].room.identity.filter, "caves");
  EXPECT_EQ(code_of(ask(MatchMethod::JoinOrCreate, "world", on_map("moon"))), protocol::kErrorApplication);
}

TEST_F(MatchmakerTest, PassesOverRoomsThatOthersFilledMeanwhile) {
  const Seat first = seat(MatchMethod::Create, "arena");
  const Seat second = seat(MatchMethod::Create, "arena");
  hosts.full = {first.room_id};
  EXPECT_EQ(seat(MatchMethod::Join, "arena").room_id, second.room_id);
  hosts.full = {first.room_id, second.room_id};
  const Seat third = seat(MatchMethod::JoinOrCreate, "arena");
  EXPECT_EQ(hosts.made.size(), 3u);
  EXPECT_EQ(third.room_id, hosts.made[2].room.identity.room_id);
}

TEST_F(MatchmakerTest, GivesUpAfterAFewFullRooms) {
  for (int i = 0; i < 20; ++i) hosts.full.insert(seat(MatchMethod::Create, "arena").room_id);
  EXPECT_EQ(code_of(ask(MatchMethod::Join, "arena")), protocol::kErrorRoomMissing);
  EXPECT_EQ(hosts.reserved.size(), static_cast<std::size_t>(Matchmaker::kTriesMax));
}

TEST_F(MatchmakerTest, FindsARoomAgainThatSaysItHasOpened) {
  const Seat made = seat(MatchMethod::Create, "arena");
  hosts.full = {made.room_id};
  EXPECT_EQ(code_of(ask(MatchMethod::Join, "arena")), protocol::kErrorNoMatch);
  hosts.full.clear();
  publish(made.room_id, [](room::RoomListing& listing) { listing.locked = false; });
  EXPECT_EQ(seat(MatchMethod::Join, "arena").room_id, made.room_id);
}

TEST_F(MatchmakerTest, FindsPrivateRoomsByTheirIdOnly) {
  const Seat first = seat(MatchMethod::JoinOrCreate, "secret");
  const Seat second = seat(MatchMethod::JoinOrCreate, "secret");
  EXPECT_NE(first.room_id, second.room_id);
  EXPECT_EQ(code_of(ask(MatchMethod::Join, "secret")), protocol::kErrorNoMatch);
  EXPECT_EQ(seat(MatchMethod::JoinById, first.room_id).room_id, first.room_id);
}

TEST_F(MatchmakerTest, JoinByIdNeedsARoomThatIsThereAndOpen) {
  EXPECT_EQ(code_of(ask(MatchMethod::JoinById, "nowhere")), protocol::kErrorRoomMissing);
  const Seat made = seat(MatchMethod::Create, "arena");
  EXPECT_EQ(seat(MatchMethod::JoinById, made.room_id).room_id, made.room_id);
  hosts.full = {made.room_id};
  EXPECT_EQ(code_of(ask(MatchMethod::JoinById, made.room_id)), protocol::kErrorRoomMissing);
  hosts.full.clear();
  publish(made.room_id, [](room::RoomListing& listing) { listing.locked = true; });
  EXPECT_EQ(code_of(ask(MatchMethod::JoinById, made.room_id)), protocol::kErrorRoomMissing);
}

TEST_F(MatchmakerTest, ReconnectGivesTheSessionOfTheToken) {
  const Seat made = seat(MatchMethod::Create, "arena");
  hosts.session_of_token["token"] = made.session_id;
  const MatchReply answer = ask(MatchMethod::Reconnect, made.room_id, {}, "token");
  ASSERT_TRUE(std::holds_alternative<Seat>(answer));
  EXPECT_EQ(std::get<Seat>(answer).session_id, made.session_id);
  EXPECT_EQ(std::get<Seat>(answer).room_id, made.room_id);
}

TEST_F(MatchmakerTest, ReconnectSaysWhatIsMissing) {
  const Seat made = seat(MatchMethod::Create, "arena");
  EXPECT_EQ(code_of(ask(MatchMethod::Reconnect, made.room_id)), protocol::kErrorUnhandled);
  EXPECT_EQ(code_of(ask(MatchMethod::Reconnect, made.room_id, {}, "wrong")), protocol::kErrorSeatExpired);
  EXPECT_EQ(code_of(ask(MatchMethod::Reconnect, "nowhere", {}, "token")), protocol::kErrorRoomMissing);
}

TEST_F(MatchmakerTest, ReconnectBearsARoomThatGoesWhileItIsAsked) {
  const Seat made = seat(MatchMethod::Create, "arena");
  hosts.session_of_token["token"] = made.session_id;
  MatchReply answer = MatchError{0, {}};
  maker.handle({MatchMethod::Reconnect, made.room_id, {}, "token"},
               [&](MatchReply reply) { answer = std::move(reply); });
  maker.apply({made.room_id, std::nullopt});
  hosts.answer_all();
  EXPECT_EQ(code_of(answer), protocol::kErrorRoomMissing);
}

TEST_F(MatchmakerTest, ForgetsARoomThatCouldNotBeMade) {
  hosts.refuses_rooms = true;
  EXPECT_EQ(code_of(ask(MatchMethod::JoinOrCreate, "arena")), protocol::kErrorUnhandled);
  hosts.refuses_rooms = false;
  EXPECT_EQ(code_of(ask(MatchMethod::Join, "arena")), protocol::kErrorNoMatch);
  seat(MatchMethod::JoinOrCreate, "arena");
}

TEST_F(MatchmakerTest, TellsEveryWorkerOfEveryChange) {
  const Seat made = seat(MatchMethod::Create, "arena");
  ASSERT_EQ(hosts.announced.size(), 1u);
  EXPECT_EQ(hosts.announced[0].listing->clients, 1);
  publish(made.room_id, [](room::RoomListing& listing) { listing.clients = 3; });
  EXPECT_EQ(hosts.announced.back().listing->clients, 3);
  maker.apply({made.room_id, std::nullopt});
  EXPECT_FALSE(hosts.announced.back().listing);
  EXPECT_FALSE(maker.worker_of(made.room_id));
}

TEST_F(MatchmakerTest, IgnoresTheLastWordsOfARoomThatIsGone) {
  const Seat made = seat(MatchMethod::Create, "arena");
  std::optional<room::RoomListing> listing;
  directory->get(made.room_id, [&](std::optional<room::RoomListing> found) { listing = std::move(found); });
  maker.apply({made.room_id, std::nullopt});
  maker.apply({made.room_id, listing});
  EXPECT_EQ(code_of(ask(MatchMethod::JoinById, made.room_id)), protocol::kErrorRoomMissing);
}

TEST_F(MatchmakerTest, RefusesEverythingOnceItDrains) {
  const Seat made = seat(MatchMethod::Create, "arena");
  hosts.session_of_token["token"] = made.session_id;
  maker.drain();
  EXPECT_TRUE(maker.draining());
  EXPECT_EQ(code_of(ask(MatchMethod::JoinOrCreate, "arena")), 503);
  EXPECT_EQ(code_of(ask(MatchMethod::JoinById, made.room_id)), 503);
  EXPECT_EQ(code_of(ask(MatchMethod::Reconnect, made.room_id, {}, "token")), 503);
  EXPECT_EQ(hosts.made.size(), 1u);
}

std::shared_ptr<const room::Arrival> hero_of(const std::string& map) {
  return std::make_shared<room::Arrival>(room::Arrival{
      .name = "Hero", .spawn = {}, .sheet = {}, .friends = {}, .ignored = {}, .lease = {{7}, {3}, 1}, .map = map});
}

TEST_F(MatchmakerTest, AsksWhoItIsBeforeItReserves) {
  MatchReply answer = MatchError{0, {}};
  maker.handle({MatchMethod::JoinOrCreate, "world", on_map("caves"), {}, "token", "10.0.0.1"},
               [&](MatchReply reply) { answer = std::move(reply); });
  EXPECT_TRUE(hosts.made.empty());
  ASSERT_EQ(hosts.asked.size(), 1u);
  EXPECT_EQ(hosts.asked[0].bearer_token, "token");
  EXPECT_EQ(hosts.asked[0].address, "10.0.0.1");
  EXPECT_TRUE(hosts.asked[0].to_world);
  hosts.admission = room::Admitted{hero_of("meadow")};
  hosts.answer_all();
  ASSERT_TRUE(std::holds_alternative<Seat>(answer));
  ASSERT_NE(hosts.seated, nullptr);
  EXPECT_EQ(hosts.seated->name, "Hero");
  EXPECT_EQ(hosts.made.at(0).room.identity.filter, "caves");  // what was asked for, not where the hero was
}

TEST_F(MatchmakerTest, ACharacterThatAsksForNoMapGoesWhereItWas) {
  hosts.admission = room::Admitted{hero_of("caves")};
  seat(MatchMethod::JoinOrCreate, "world");
  EXPECT_EQ(hosts.made.at(0).room.identity.filter, "caves");
  hosts.admission = room::Admitted{hero_of("a map that is no more")};
  seat(MatchMethod::JoinOrCreate, "world");
  EXPECT_EQ(hosts.made.at(1).room.identity.filter, "meadow");
}

TEST_F(MatchmakerTest, SaysWhyNobodyWasAdmitted) {
  hosts.admission = room::NotAdmitted{525, "sign in again"};
  const MatchReply answer = ask(MatchMethod::JoinOrCreate, "world");
  ASSERT_TRUE(std::holds_alternative<MatchError>(answer));
  EXPECT_EQ(std::get<MatchError>(answer).code, 525);
  EXPECT_EQ(std::get<MatchError>(answer).text, "sign in again");
  EXPECT_TRUE(hosts.made.empty());
  EXPECT_TRUE(hosts.given_back.empty());
}

TEST_F(MatchmakerTest, GivesBackWhoeverGotNoSeat) {
  hosts.admission = room::Admitted{hero_of("meadow")};
  EXPECT_EQ(code_of(ask(MatchMethod::Join, "world")), protocol::kErrorNoMatch);
  ASSERT_EQ(hosts.given_back.size(), 1u);
  EXPECT_EQ(hosts.given_back[0]->lease.character.value, 7);
  hosts.refuses_rooms = true;
  EXPECT_EQ(code_of(ask(MatchMethod::JoinOrCreate, "world")), protocol::kErrorUnhandled);
  EXPECT_EQ(hosts.given_back.size(), 2u);
}

TEST_F(MatchmakerTest, RoomsByIdAreEnteredWithACharacterToo) {
  const Seat made = seat(MatchMethod::Create, "world");
  const Seat arena = seat(MatchMethod::Create, "arena");
  hosts.admission = room::Admitted{hero_of("caves")};
  EXPECT_EQ(seat(MatchMethod::JoinById, made.room_id).room_id, made.room_id);
  EXPECT_TRUE(hosts.asked.back().to_world);
  ASSERT_NE(hosts.seated, nullptr);
  seat(MatchMethod::JoinById, arena.room_id);
  EXPECT_FALSE(hosts.asked.back().to_world);
}

TEST_F(MatchmakerTest, WhoTravelsHasBeenAdmittedAlready) {
  room::JoinOptions options = on_map("caves");
  options.arrival = hero_of("caves");
  hosts.refuses_rooms = true;
  EXPECT_EQ(code_of(ask(MatchMethod::JoinOrCreate, "world", options)), protocol::kErrorUnhandled);
  EXPECT_TRUE(hosts.asked.empty());
  EXPECT_TRUE(hosts.given_back.empty());  // the room that it comes from still has it
}

TEST_F(MatchmakerTest, RoomsOfAKindAndMapAreNumberedPlaces) {
  const Seat first = seat(MatchMethod::Create, "world");
  seat(MatchMethod::Create, "world");
  seat(MatchMethod::Create, "world", on_map("caves"));
  seat(MatchMethod::Create, "arena");
  const auto place = [&](std::size_t i) { return hosts.made.at(i).room.identity.place; };
  EXPECT_EQ(place(0), "world/meadow/0");
  EXPECT_EQ(place(1), "world/meadow/1");
  EXPECT_EQ(place(2), "world/caves/0");
  EXPECT_EQ(place(3), "");
  maker.apply({first.room_id, std::nullopt});
  seat(MatchMethod::Create, "world");
  EXPECT_EQ(place(4), "world/meadow/0");
}

TEST_F(MatchmakerTest, ASeatKnowsTheTraceThatItBelongsTo) {
  const throng::test::SpanTrap trap;
  const SpanContext client = new_root(true);
  maker.handle({.method = MatchMethod::JoinOrCreate,
                .target = "arena",
                .options = {},
                .reconnection_token = {},
                .trace = client},
               [](const MatchReply&) {});
  hosts.answer_all();
  const SpanRecord match = trap.named("match joinOrCreate");
  EXPECT_EQ(match.context.trace, client.trace);
  EXPECT_EQ(match.parent, client.span);
  EXPECT_EQ(hosts.traced, match.context) << "the seat";
  EXPECT_EQ(hosts.made.at(0).room.trace, match.context) << "the room";
  EXPECT_EQ(trap.named("match admission").parent, match.context.span);
  ask(MatchMethod::JoinById, "nowhere");
  EXPECT_EQ(throng::test::attribute_text(trap.named("match joinById"), "game.match.code"), "522");
}

}  // namespace
}  // namespace throng::gateway
