#include "room/kinds/world_metrics.h"

#include <gtest/gtest.h>

#include <optional>

#include "base/counters.h"
#include "room/kinds/world_content.h"

namespace throng::room {
namespace {

double value_of_series(std::string_view name, const std::vector<std::string>& values) {
  for (const MetricReading& reading : read_metrics()) {
    if (reading.family->name != name) continue;
    for (const MetricSample& sample : reading.samples) {
      std::vector<std::string> own;
      for (const auto& [label, value] : sample.labels) own.push_back(value);
      if (own == values) return sample.value;
    }
  }
  ADD_FAILURE() << name << " has no such series";
  return 0;
}

double monsters_in_all_states() {
  double sum = 0;
  for (const char* state : {"idle", "patrol", "chase", "attack", "flee", "return", "dead"})
    sum += value_of_series("throng_monsters", {state});
  return sum;
}

class WorldMetricsTest : public ::testing::Test {
 protected:
  static sim::World three_slimes() {
    sim::WorldSettings settings;
    settings.entities_max = 1000;
    return {test::field_map(), test::slimes(3), settings, 7};
  }
  /// By how much a series grows when these events are noted.
  double grows(std::string_view name, const std::vector<std::string>& values,
               std::initializer_list<sim::Event> events) {
    const double before = value_of_series(name, values);
    for (const sim::Event& event : events) metrics->note(event);
    return value_of_series(name, values) - before;
  }

  sim::World world = three_slimes();
  std::optional<WorldMetrics> metrics{std::in_place, world};
  const sim::PlayerKey anybody{5};
};

TEST_F(WorldMetricsTest, FollowMonstersThroughTheirStatesAndForgetThemWithTheWorld) {
  const double before = monsters_in_all_states() - 3;  // they are there from the beginning, and told in the first tick
  for (const sim::Event& event : world.tick({}).events) metrics->note(event);
  EXPECT_EQ(monsters_in_all_states(), before + 3);
  const sim::EntityIndex slime = world.entities().indexes(sim::EntityKind::Monster)[0];
  const sim::ActorRef who{slime, world.entities().id(slime)};
  EXPECT_EQ(
      grows("throng_monsters", {"chase"}, {sim::MonsterStateChanged{who, sim::AiState::Idle, sim::AiState::Chase}}), 1);
  EXPECT_EQ(monsters_in_all_states(), before + 3);
  metrics->note(sim::EntityRemoved{slime, sim::EntityKind::Monster, who.id});
  EXPECT_EQ(monsters_in_all_states(), before + 2);
  metrics.reset();
  EXPECT_EQ(monsters_in_all_states(), before);
}

TEST_F(WorldMetricsTest, CountTheMonstersOfAWorldThatGoesOn) {
  world.tick({});
  const double before = monsters_in_all_states();
  const WorldMetrics carried_on(world);
  EXPECT_EQ(monsters_in_all_states(), before + 3);
}

TEST_F(WorldMetricsTest, FoldFights) {
  sim::Damaged hit{};
  hit.amount = 40;
  EXPECT_EQ(grows("throng_damage_points_total", {"other", "other"}, {hit, hit}), 80);
  hit.critical = true;
  hit.absorbed = 5;
  EXPECT_EQ(grows("throng_combat_events_total", {"critical"}, {hit}), 1);
  EXPECT_EQ(grows("throng_combat_events_total", {"absorbed"}, {hit}), 1);
  EXPECT_EQ(grows("throng_deaths_total", {"player"}, {sim::Died{{}, sim::EntityKind::Player, {}}}), 1);
  const sim::KillCredited own{anybody, {0}, true};
  const sim::KillCredited helped{anybody, {0}, false};
  EXPECT_EQ(grows("throng_kills_total", {"slime"}, {own, helped}), 1) << "a kill is counted once";
}

TEST_F(WorldMetricsTest, TellWhatIsMadeFromWhatIsUsedUp) {
  const sim::CoinsMoved found{anybody, 30, sim::Source::Loot};
  const sim::CoinsMoved spent{anybody, -12, sim::Source::Shop};
  EXPECT_EQ(grows("throng_currency_created_coins_total", {"loot"}, {found, spent}), 30);
  EXPECT_EQ(grows("throng_currency_destroyed_coins_total", {"shop"}, {found, spent}), 12);
  EXPECT_EQ(grows("throng_items_gained_total", {"quest"}, {sim::ItemMoved{anybody, {0}, 3, sim::Source::Quest, 0}}), 3);
  EXPECT_EQ(grows("throng_items_lost_total", {"destroy"}, {sim::ItemMoved{anybody, {0}, -2, sim::Source::Destroy, 0}}),
            2);
  EXPECT_EQ(
      grows("throng_drops_total", {"coins"}, {sim::DropAppeared{{}, {}, content::ItemRef{content::kNoNumber}, 9}}), 1);
}

TEST_F(WorldMetricsTest, FoldProgress) {
  EXPECT_EQ(grows("throng_experience_points_total", {"kill"}, {sim::ExperienceGained{anybody, 100, sim::Source::Kill}}),
            100);
  EXPECT_EQ(grows("throng_experience_lost_points_total", {"death"},
                  {sim::ExperienceGained{anybody, -25, sim::Source::Death}}),
            25);
  EXPECT_EQ(
      grows("throng_quest_changes_total", {"completed"}, {sim::QuestChanged{anybody, {0}, sim::QuestState::Completed}}),
      1);
  const std::uint64_t levels = counted(Counter::LevelsReached);
  metrics->note(sim::LevelReached{anybody, 2});
  EXPECT_EQ(counted(Counter::LevelsReached), levels + 1);
}

}  // namespace
}  // namespace throng::room
