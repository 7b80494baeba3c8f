#include "sim/ai/threat.h"

#include <gtest/gtest.h>

namespace throng::sim {
namespace {

ActorRef actor(std::uint32_t id) { return {EntityIndex{id + 100}, EntityId{id}}; }

TEST(Threat, TiesGoToTheLowestEntityId) {
  ThreatTable table;
  add_threat(table, actor(7), 50, 0);
  add_threat(table, actor(3), 50, 0);
  add_threat(table, actor(9), 50, 0);
  EXPECT_EQ(most_threat(table)->actor, actor(3));
  EXPECT_EQ(choose_target(table, {}), actor(3));
}

TEST(Threat, EntriesStaySortedAndAddUp) {
  ThreatTable table;
  for (const std::uint32_t id : {5u, 2u, 9u, 2u, 5u}) add_threat(table, actor(id), 10, 4);
  ASSERT_EQ(table.count, 3);
  EXPECT_EQ(table.entries[0].actor, actor(2));
  EXPECT_EQ(table.entries[1].actor, actor(5));
  EXPECT_EQ(table.entries[2].actor, actor(9));
  EXPECT_EQ(find_threat(table, actor(2))->threat, 20);
  EXPECT_EQ(find_threat(table, actor(2))->damage, 8);
}

TEST(Threat, AnotherBecomesTheTargetAtElevenTenths) {
  ThreatTable table;
  add_threat(table, actor(1), 100, 0);
  add_threat(table, actor(2), 109, 0);
  EXPECT_EQ(choose_target(table, actor(1)), actor(1));
  add_threat(table, actor(2), 1, 0);
  EXPECT_EQ(choose_target(table, actor(1)), actor(2));
}

TEST(Threat, AFullTableForgetsTheLeastOfEqualsTheHighestId) {
  ThreatTable table;
  for (std::uint32_t id = 1; id <= ThreatTable::kEntriesMax; ++id) add_threat(table, actor(id), id <= 2 ? 5 : 9, 0);
  add_threat(table, actor(99), 1, 0);
  EXPECT_EQ(table.count, ThreatTable::kEntriesMax);
  EXPECT_NE(find_threat(table, actor(1)), nullptr);
  EXPECT_EQ(find_threat(table, actor(2)), nullptr);
  EXPECT_NE(find_threat(table, actor(99)), nullptr);
}

TEST(Threat, TheForgottenAreNoTargetsButTheirDamageCounts) {
  ThreatTable table;
  add_threat(table, actor(1), 100, 60);
  remove_threat(table, actor(1));
  EXPECT_EQ(choose_target(table, actor(1)), ActorRef{});
  EXPECT_EQ(find_threat(table, actor(1))->damage, 60);
}

TEST(Threat, IsBounded) {
  ThreatTable table;
  add_threat(table, actor(1), kThreatMax, kThreatMax);
  add_threat(table, actor(1), kThreatMax, kThreatMax);
  EXPECT_EQ(find_threat(table, actor(1))->threat, kThreatMax);
  EXPECT_EQ(choose_target(table, actor(2)), actor(1));
}

}  // namespace
}  // namespace throng::sim
