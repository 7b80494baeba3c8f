#include "sim/character_sheet.h"

#include <gtest/gtest.h>

#include "sim/scenario/random_game.h"

namespace throng::sim {
namespace {

World town(std::uint64_t seed) {
  const content::MapDef map = test::playable_map(seed, 60);
  return test::make_world(map, {.tick_rate_hz = 20}, seed, test::playable(map, 3));
}

CharacterSheet rich_sheet() {
  CharacterSheet sheet;
  sheet.experience = 250;
  sheet.hp = 40;
  sheet.mana = 12;
  sheet.coins = 99;
  sheet.bag = {{"gel", 4, 0, false, 3}, {"cap", 1, 20, true, 7}};
  sheet.equipment = {{"sword", 1, 9, false, 0}};
  sheet.skills = {{"cleanse", 500}, {"fireball", 0}};
  sheet.quests = {{"hunt", QuestState::Active, {1}, 3}};
  sheet.deeds = {{"climber", 2, false}, {"first_blood", 1, true}};
  return sheet;
}

EntityIndex enter(World& world, std::uint32_t key, CharacterSheet sheet) {
  SpawnPlayer spawn = test::spawn_at(key, {units(240), units(240)});
  spawn.sheet = std::make_shared<const CharacterSheet>(std::move(sheet));
  world.tick(std::vector<Intent>{spawn});
  return *world.find_player({key});
}

template <typename Row>
bool holds(const std::vector<Row>& rows, const Row& row) {
  return std::find(rows.begin(), rows.end(), row) != rows.end();
}

TEST(CharacterSheet, GoesFromOneWorldToTheNextWhole) {
  World first = town(1);
  World second = town(2);
  const CharacterSheet taken = first.sheet(enter(first, 1, rich_sheet()));
  const CharacterSheet arrived = second.sheet(enter(second, 9, taken));
  EXPECT_EQ(arrived.experience, 250);
  EXPECT_EQ(arrived.coins, taken.coins);
  EXPECT_EQ(arrived.bag, rich_sheet().bag);
  EXPECT_EQ(arrived.equipment, rich_sheet().equipment);
  EXPECT_EQ(arrived.quests, rich_sheet().quests);
  EXPECT_EQ(arrived.skills.size(), taken.skills.size());
  EXPECT_EQ(arrived.deeds, taken.deeds);
  EXPECT_TRUE(holds(arrived.deeds, SavedDeed{"first_blood", 1, true}));
  EXPECT_TRUE(holds(arrived.skills, SavedSkill{"fireball", 0}));
}

TEST(CharacterSheet, OfNobodyIsAFreshCharacter) {
  World world = town(1);
  world.tick(std::vector<Intent>{test::spawn_at(1, {units(240), units(240)})});
  const EntityIndex player = *world.find_player({1});
  EXPECT_EQ(world.fighter(player).level, 1);
  EXPECT_EQ(world.fighter(player).hp, 100);
  EXPECT_EQ(world.fighter(player).mana, 50);
  EXPECT_TRUE(world.sheet(player).bag.empty());
}

TEST(CharacterSheet, LeavesOutWhatContentDoesNotKnowAndCutsWhatIsTooMuch) {
  World world = town(1);
  CharacterSheet sheet;
  sheet.hp = 5'000;
  sheet.coins = -4;
  sheet.experience = -1;
  sheet.bag = {
      {"gone", 1, 0, false, 0}, {"gel", 900, 77, false, 0}, {"gel", 2, 0, false, 0}, {"cap", 1, 9, false, 200}};
  sheet.equipment = {{"gel", 1, 0, false, 0}, {"sword", 1, 1, false, 200}, {"cap", 1, 1, false, 2}};
  sheet.skills = {{"gone", 1}, {"fireball", 0}, {"fireball", 0}};
  sheet.quests = {{"gone", QuestState::Active, {}, 0}, {"hunt", QuestState::Active, {1, 2, 3}, 0}};
  sheet.deeds = {{"gone", 1, true}};
  const EntityIndex player = enter(world, 1, sheet);
  const CharacterSheet kept = world.sheet(player);
  EXPECT_EQ(world.fighter(player).hp, world.fighter(player).max_hp());
  EXPECT_EQ(kept.coins, 0);
  EXPECT_EQ(kept.experience, 0);
  EXPECT_EQ(kept.equipment, (std::vector<SavedStack>{{"cap", 1, 1, false, 2}}));
  EXPECT_EQ(kept.bag, (std::vector<SavedStack>{{"gel", 20, 0, false, 0},
                                               {"gel", 2, 0, false, 1},
                                               {"cap", 1, 9, false, 2},
                                               {"gel", 1, 0, false, 3},
                                               {"sword", 1, 1, false, 4}}));
  EXPECT_EQ(kept.quests, (std::vector<SavedQuest>{{"hunt", QuestState::Active, {1}, 0}}));
}

TEST(CharacterSheet, OfTheDeadComesBackAsItWouldHaveStoodUp) {
  World world = town(1);
  const EntityIndex player = enter(world, 1, {});
  WorldState state = world.state();
  state.fighter(player).hp = 0;
  EXPECT_EQ(sheet_of(state, player).hp, state.fighter(player).max_hp() / 2);
}

}  // namespace
}  // namespace throng::sim
