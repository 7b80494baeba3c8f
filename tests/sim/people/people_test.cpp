#include "sim/people/people.h"

#include <gtest/gtest.h>

#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using test::events_of;
using test::Play;

struct PeopleTest : testing::Test {
  Play play;
  EntityIndex player = play.join(1);

  std::vector<EntityIndex> people() {
    std::vector<EntityIndex> alive;
    for (const EntityIndex index : play.state.entities.indexes(EntityKind::Npc)) {
      if (play.state.entities.alive(index)) alive.push_back(index);
    }
    return alive;
  }
  Verdict talk_to(std::string_view id) { return play.ask(Talk{{1}, play.npc(id)}); }
  int line() {
    const auto talked = events_of<Talked>(play.events);
    return talked.empty() ? -1 : talked.back().line;
  }
};

TEST_F(PeopleTest, TheNpcsOfThisMapStandWhereContentSays) {
  ASSERT_EQ(people().size(), 2u);
  EXPECT_EQ(play.state.npc(people()[0]).npc, play.npc("smith"));
  EXPECT_EQ(play.state.positions[people()[0].value], test::kVillageSquare);
}

TEST_F(PeopleTest, PlacingThemAgainChangesNothing) {
  const auto before = people();
  play.events.clear();
  play.reload([](content::GameContent&) {});
  EXPECT_EQ(people(), before);
  EXPECT_TRUE(play.events.empty());
}

TEST_F(PeopleTest, AReloadMovesAddsAndTakesAway) {
  const EntityId smith = play.state.entities.id(people()[0]);
  play.events.clear();
  play.reload([&](content::GameContent& game) {
    game.npcs[0].x = units(300);
    game.npcs[1].retired = true;
    game.npcs[2].map = "village";
  });
  EXPECT_EQ(events_of<EntityRemoved>(play.events).size(), 2u);
  ASSERT_EQ(people().size(), 2u);
  for (const EntityIndex index : people()) EXPECT_NE(play.state.entities.id(index), smith);
  EXPECT_EQ(check_near(play.state, player, play.npc("elder")), Verdict::NoSuchNpc);
  EXPECT_EQ(check_near(play.state, player, play.npc("smith")), Verdict::OutOfRange);
  EXPECT_EQ(check_near(play.state, player, play.npc("hermit")), Verdict::Accepted);
}

TEST_F(PeopleTest, NobodyStandsInAWall) {
  content::MapDef map = test::drawn_map({"######    ", "######    ", "######    ", "######    "});
  content::GameContent game = test::village();
  game.npcs[0].map = "drawn";
  game.npcs[0].x = game.npcs[0].y = units(12);
  test::Scene scene(map, game);
  TickContext ctx = scene.context();
  place_npcs(scene.state, ctx);
  const EntityIndex smith = scene.state.entities.indexes(EntityKind::Npc)[0];
  EXPECT_TRUE(ctx.ground.fits(scene.state.positions[smith.value]));
}

TEST_F(PeopleTest, TalkingGoesThroughTheLinesAndBegins) {
  for (const int expected : {0, 1, 2, 0, 1}) {
    EXPECT_EQ(talk_to("smith"), Verdict::Accepted);
    EXPECT_EQ(line(), expected);
  }
}

TEST_F(PeopleTest, AfterAnotherNpcTheFirstLineComesAgain) {
  talk_to("smith");
  EXPECT_EQ(talk_to("elder"), Verdict::Accepted);
  EXPECT_EQ(line(), 0) << "without lines";
  talk_to("smith");
  EXPECT_EQ(line(), 0);
}

TEST_F(PeopleTest, EachPlayerHearsTheLinesInTurn) {
  play.join(2);
  talk_to("smith");
  talk_to("smith");
  play.ask(Talk{{2}, play.npc("smith")});
  EXPECT_EQ(line(), 0);
}

TEST_F(PeopleTest, FewerLinesAfterAReloadAreNoTrouble) {
  talk_to("smith");
  talk_to("smith");
  play.reload([](content::GameContent& game) { game.npcs[0].lines.resize(1); });
  EXPECT_EQ(talk_to("smith"), Verdict::Accepted);
  EXPECT_EQ(line(), 0);
}

TEST_F(PeopleTest, RefusesToTalkFromAfarOrToNobody) {
  play.state.positions[player.value] = {units(597), units(500)};
  EXPECT_EQ(talk_to("smith"), Verdict::OutOfRange);
  EXPECT_EQ(talk_to("elder"), Verdict::Accepted);
  EXPECT_EQ(talk_to("hermit"), Verdict::NoSuchNpc);
  EXPECT_EQ(play.ask(Talk{{1}, content::NpcRef{999}}), Verdict::NoSuchNpc);
  EXPECT_EQ(play.ask(Talk{{1}, content::NpcRef{content::kNoNumber}}), Verdict::NoSuchNpc);
}

TEST_F(PeopleTest, TheDeadDoNotTalk) {
  play.state.fighter(player).hp = 0;
  EXPECT_EQ(talk_to("smith"), Verdict::Dead);
}

}  // namespace
}  // namespace throng::sim
