#include <gtest/gtest.h>

#include "sim/play_fixture.h"

namespace throng::sim {
namespace {

using test::events_of;
using test::Play;

struct UseItemTest : testing::Test {
  Play play;
  EntityIndex player = play.join(1);

  Verdict use(std::string_view id) { return play.ask(UseItem{{1}, play.item(id)}); }
};

TEST_F(UseItemTest, APotionHealsAndIsGone) {
  Fighter& fighter = play.state.fighter(player);
  fighter.hp = 10;
  fighter.mana = 0;
  play.give(player, "potion", 2);
  EXPECT_EQ(use("potion"), Verdict::Accepted);
  EXPECT_EQ(play.held(player, "potion"), 1);
  EXPECT_EQ(events_of<ItemUsed>(play.events).size(), 1u);
  const auto moved = events_of<ItemMoved>(play.events);
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_EQ(moved[0].count, -1);
  EXPECT_EQ(moved[0].source, Source::Use);
  EXPECT_EQ(fighter.hp, 40);
  EXPECT_EQ(fighter.mana, std::min(10, fighter.max_mana()));
}

TEST_F(UseItemTest, HealsNoFurtherThanFull) {
  Fighter& fighter = play.state.fighter(player);
  fighter.hp = fighter.max_hp() - 1;
  fighter.mana = fighter.max_mana();
  play.give(player, "potion");
  EXPECT_EQ(use("potion"), Verdict::Accepted);
  EXPECT_EQ(fighter.hp, fighter.max_hp());
  EXPECT_EQ(fighter.mana, fighter.max_mana());
}

TEST_F(UseItemTest, AllConsumablesShareOneCooldown) {
  play.give(player, "potion", 3);
  EXPECT_EQ(use("potion"), Verdict::Accepted);
  EXPECT_EQ(use("potion"), Verdict::OnCooldown);
  play.tick_times(20);
  EXPECT_EQ(use("potion"), Verdict::Accepted);
}

TEST_F(UseItemTest, RefusesWhatOneDoesNotHave) { EXPECT_EQ(use("potion"), Verdict::NoSuchItem); }

TEST_F(UseItemTest, RefusesItemsThatContentNeverHad) {
  EXPECT_EQ(play.ask(UseItem{{1}, content::ItemRef{999}}), Verdict::NoSuchItem);
  EXPECT_EQ(play.ask(UseItem{{1}, content::ItemRef{content::kNoNumber}}), Verdict::NoSuchItem);
}

TEST_F(UseItemTest, RefusesWhatIsNotForUse) {
  play.give(player, "pelt");
  EXPECT_EQ(use("pelt"), Verdict::NotUsable);
}

TEST_F(UseItemTest, RefusesWhatIsAboveOnesLevel) {
  play.give(player, "elixir");
  EXPECT_EQ(use("elixir"), Verdict::LevelTooLow);
}

TEST_F(UseItemTest, TheDeadAndTheStunnedDrinkNothing) {
  play.give(player, "potion");
  play.state.fighter(player).stunned_until = Tick{50};
  EXPECT_EQ(use("potion"), Verdict::Stunned);
  play.state.fighter(player).hp = 0;
  EXPECT_EQ(use("potion"), Verdict::Dead);
  EXPECT_EQ(play.held(player, "potion"), 1);
}

TEST_F(UseItemTest, ABookTeachesOnce) {
  play.give(player, "book");
  EXPECT_EQ(use("book"), Verdict::Accepted);
  EXPECT_EQ(events_of<SkillLearned>(play.events).size(), 1u);
  EXPECT_EQ(play.held(player, "book"), 0);
  play.give(player, "book");
  EXPECT_EQ(use("book"), Verdict::AlreadyLearned);
  EXPECT_EQ(play.held(player, "book"), 1);
}

TEST_F(UseItemTest, ABookThatIsTooHardIsKept) {
  play.give(player, "hard_book");
  EXPECT_EQ(use("hard_book"), Verdict::LevelTooLow);
  EXPECT_EQ(play.held(player, "hard_book"), 1);
}

TEST_F(UseItemTest, ARetiredItemCanStillBeUsed) {
  play.give(player, "potion");
  play.reload([&](content::GameContent& game) { game.items[play.item("potion").value].retired = true; });
  EXPECT_EQ(use("potion"), Verdict::Accepted);
}

}  // namespace
}  // namespace throng::sim
