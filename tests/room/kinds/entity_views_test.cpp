#include "room/kinds/entity_views.h"

#include <gtest/gtest.h>

#include "protocol/state/mmo_state.h"

namespace throng::room {
namespace {

using sim::EntityIndex;

/// Everybody stands on one spot; entity i may appear at any time.
class EntityViewsTest : public ::testing::Test {
 protected:
  static content::RoomKindDef def() {
    content::RoomKindDef def;
    def.interest.refresh_ticks = 4;
    return def;
  }
  void appear() {
    positions.push_back({units(50), units(50)});
    alive.push_back(1);
  }
  void begin_patch() {
    views.sync().begin_patch();
    grid.rebuild(positions, alive);
    for (std::uint32_t i = 0; i < alive.size(); ++i) {
      rows.put(EntityIndex{i}, protocol::EntityRow{.id = i, .name = {}}, [i] { return std::to_string(i); });
    }
  }
  std::size_t snapshot_bytes(SessionSlot slot) {
    frame.clear();
    views.write_snapshot(slot, {positions[0]}, {grid, positions}, {}, frame);
    return frame.size();
  }
  /// Whether the patch tells of anything.
  bool patch_has_news(SessionSlot slot) {
    frame.clear();
    views.write_patch(slot, {positions[0]}, {grid, positions}, {}, frame, timer);
    return frame.size() > 1;
  }

  EntityViews views{def()};
  protocol::RowTable<protocol::EntityRow> rows{views.sync(), protocol::kEntitiesRef};
  sim::SpatialGrid grid{units(100), units(100), units(50)};
  std::vector<Position> positions;
  std::vector<std::uint8_t> alive;
  FrameBuffer frame;
  TickTimer timer{system_clock(), nullptr};
};

TEST_F(EntityViewsTest, LookAtEachSessionAnewEveryFewPatchesButNotAtAllInTheSameOne) {
  constexpr std::uint32_t kSessions = 8;
  appear();
  begin_patch();
  for (std::uint32_t i = 0; i < kSessions; ++i) views.open({i}), snapshot_bytes({i});
  appear();
  std::vector<int> refreshed;
  for (int patch = 0; patch < 4; ++patch) {
    begin_patch();
    int count = 0;
    for (std::uint32_t i = 0; i < kSessions; ++i) count += patch_has_news({i}) ? 1 : 0;
    refreshed.push_back(count);
  }
  EXPECT_EQ(refreshed, (std::vector<int>{2, 2, 2, 2}));
}

TEST_F(EntityViewsTest, ShowAnEntityOnceItIsPartOfAPatch) {
  appear();
  EXPECT_FALSE(views.shows(EntityIndex{0}));
  begin_patch();
  EXPECT_TRUE(views.shows(EntityIndex{0}));
  EXPECT_FALSE(views.shows(EntityIndex{1}));
}

TEST_F(EntityViewsTest, GiveAReopenedSlotAViewThatHoldsNothing) {
  appear();
  begin_patch();
  views.open({0});
  const std::size_t first = snapshot_bytes({0});
  views.open({0});
  frame.clear();
  views.write_prune({0}, {positions[0]}, {grid, positions}, {}, frame);
  EXPECT_EQ(frame.size(), 1u);  // nothing to delete
  EXPECT_EQ(snapshot_bytes({0}), first);
}

}  // namespace
}  // namespace throng::room
