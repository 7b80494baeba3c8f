#include "room/kinds/world_events.h"

#include <nlohmann/json.hpp>

#include "room/kinds/played_world.h"

namespace throng::room {
namespace {

using nlohmann::json;

class WorldEventsTest : public test::PlayedWorld {
 protected:
  WorldEventsTest() {
    game.world_events.resize(2);
    game.world_events[0].id = "fair";
    game.world_events[0].name = "Fair";
    game.world_events[0].description = "Stalls and songs.";
    game.world_events[1].id = "hunt";
    game.world_events[1].name = "Hunt";
  }
  void start_with(bool fair, bool hunt) { open(test::world_def(), with(fair, hunt)); }
  void go_on_with(bool fair, bool hunt) { room().room.adopt_content(with(fair, hunt)); }
  SharedContent with(bool fair, bool hunt) {
    game.world_events[0].running = fair;
    game.world_events[1].running = hunt;
    return content::link_by_hand(game);
  }
  /// The ids of each list that reached the link.
  std::vector<std::vector<std::string>> lists(std::uint64_t link) {
    std::vector<std::vector<std::string>> found;
    for (const test::Bytes& payload : payloads(link, "world_events")) {
      std::vector<std::string>& ids = found.emplace_back();
      for (const json& event : json::from_msgpack(payload)) ids.push_back(event["id"]);
    }
    return found;
  }
  std::vector<std::string> notices(std::uint64_t link) { return room().texts(link, "notice", "text"); }

  content::GameContent game = test::slime_game();
};

using Lists = std::vector<std::vector<std::string>>;
using Lines = std::vector<std::string>;

TEST_F(WorldEventsTest, WhoComesIsToldWhatRuns) {
  start_with(true, false);
  play(1, "ann");
  ASSERT_EQ(lists(1), (Lists{{"fair"}}));
  EXPECT_EQ(json::from_msgpack(payloads(1, "world_events")[0]),
            json::parse(R"([{"id": "fair", "name": "Fair", "description": "Stalls and songs."}])"));
  EXPECT_TRUE(notices(1).empty()) << "it has not just begun";
}

TEST_F(WorldEventsTest, NothingIsToldOfNothing) {
  start_with(false, false);
  play(1, "ann");
  game.version = 2;
  go_on_with(false, false);
  EXPECT_TRUE(lists(1).empty());
}

TEST_F(WorldEventsTest, EverybodyIsToldWhenOneBeginsOrEnds) {
  start_with(false, true);
  play(1, "ann");
  play(2, "bob");
  go_on_with(true, true);
  EXPECT_EQ(lists(1), (Lists{{"hunt"}, {"fair", "hunt"}}));
  EXPECT_EQ(notices(1), (Lines{"Fair has begun! Stalls and songs."}));
  EXPECT_EQ(notices(2), notices(1));
  go_on_with(true, false);
  EXPECT_EQ(lists(2), (Lists{{"hunt"}, {"fair", "hunt"}, {"fair"}}));
  EXPECT_EQ(notices(2).back(), "Hunt is over.");
  go_on_with(false, false);
  EXPECT_EQ(lists(2).back(), Lines{});
}

TEST_F(WorldEventsTest, AnotherTextIsShownWithoutALine) {
  start_with(true, false);
  play(1, "ann");
  game.world_events[0].description = "Stalls, songs and pie.";
  go_on_with(true, false);
  EXPECT_EQ(lists(1).size(), 2u);
  EXPECT_TRUE(notices(1).empty());
}

TEST_F(WorldEventsTest, WhoComesBackLearnsThatOneHasEnded) {
  start_with(true, false);
  play(1, "ann");
  room().room.on_link_closed(room().players.at(1).slot, {1}, 1006);
  go_on_with(false, false);
  room().step(2);
  room().come_back(1, 3, "ann");
  room().step();
  EXPECT_EQ(lists(3).back(), Lines{});
}

}  // namespace
}  // namespace throng::room
