#include "protocol/sync/view_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "base/counters.h"
#include "base/rng.h"
#include "protocol/sync/counted_allocations.h"
#include "protocol/sync/field_of_entities.h"

namespace throng::protocol {
namespace {

using testing::Client;
using testing::Field;
using testing::limits_of;

TEST(ViewSnapshot, ShowsWhatIsInViewAndNothingElse) {
  Field field;
  const EntityIndex near = field.add(1100, 1000);
  const EntityIndex far = field.add(1300, 1000);
  field.begin_patch();
  Client client(field);
  client.snapshot();
  EXPECT_TRUE(client.agrees_on(near));
  EXPECT_FALSE(client.sees(far));
  EXPECT_EQ(client.frame.view()[0], static_cast<std::uint8_t>(14));
}

TEST(ViewPatch, CarriesTheChangesOfWhatTheClientHolds) {
  Field field;
  const EntityIndex mover = field.add(1100, 1000);
  const EntityIndex statue = field.add(1000, 1100);
  const EntityIndex far = field.add(1900, 1900);
  field.begin_patch();
  Client client(field);
  client.snapshot();
  field.move(mover, 3, 0);
  field.move(far, 3, 0);
  field.begin_patch();
  client.patch(false);
  EXPECT_EQ(client.switches_to(mover), 1);
  EXPECT_EQ(client.switches_to(statue), 0);
  EXPECT_EQ(client.switches_to(far), 0);
  EXPECT_TRUE(client.agrees_on(mover));
}

TEST(ViewPatch, CarriesChangesThatDoNotFitASlot) {
  Field field;
  const EntityIndex small = field.add(1100, 1000);
  const EntityIndex big = field.add(1000, 1100);
  field.begin_patch();
  Client client(field);
  client.snapshot();
  field.values[big.value].name.assign(std::string(32, 'n'));
  field.values[small.value].hp = 1;
  field.begin_patch();
  client.patch(false);
  EXPECT_TRUE(client.agrees_on(small));
  EXPECT_TRUE(client.agrees_on(big));
}

TEST(ViewPatch, IntroducesWhoEntersBeforeItsOneCompleteBody) {
  Field field;
  const EntityIndex stranger = field.add(1300, 1000);
  field.begin_patch();
  Client client(field);
  client.snapshot();
  field.move(stranger, -60, 0);  // it has a delta as well, which it must not get
  field.begin_patch();
  client.patch();
  EXPECT_LT(client.first_add_of(stranger), client.first_switch_to(stranger));
  EXPECT_EQ(client.switches_to(stranger), 1);
  EXPECT_TRUE(client.agrees_on(stranger));
}

TEST(ViewPatch, OnlyDeletesWhoLeaves) {
  Field field;
  const EntityIndex walker = field.add(1250, 1000);
  field.begin_patch();
  Client client(field);
  client.snapshot();
  field.move(walker, 100, 0);
  field.begin_patch();
  client.patch();
  EXPECT_TRUE(client.deletes(walker));
  EXPECT_EQ(client.switches_to(walker), 0);
  EXPECT_FALSE(client.sees(walker));
}

TEST(ViewPatch, DeletesTheDeadEvenBetweenRefreshes) {
  Field field;
  const EntityIndex victim = field.add(1100, 1000);
  const EntityIndex other = field.add(1000, 1000);
  field.begin_patch();
  Client client(field);
  client.snapshot();
  field.kill(victim);
  field.begin_patch();
  client.patch(false);
  EXPECT_TRUE(client.deletes(victim));
  EXPECT_FALSE(client.sees(victim));
  EXPECT_TRUE(client.sees(other));
}

TEST(ViewPatch, LetsTheFormerHolderOfAnIndexLeaveBeforeTheNextOneEnters) {
  Field field;
  const EntityIndex index = field.add(1100, 1000);
  field.begin_patch();
  Client client(field);
  client.snapshot();
  field.kill(index);
  field.begin_patch();  // the client misses this patch
  field.reuse(index);
  field.begin_patch();
  client.patch();
  EXPECT_TRUE(client.deletes(index));
  EXPECT_FALSE(client.sees(index));
  field.begin_patch();
  client.patch();
  EXPECT_TRUE(client.agrees_on(index));
}

TEST(ViewPatch, BringsAClientThatMissedPatchesUpToDate) {
  Field field;
  const EntityIndex changed = field.add(1100, 1000);
  const EntityIndex still = field.add(1000, 1100);
  field.begin_patch();
  Client client(field);
  client.snapshot();
  field.values[changed.value].hp = 12;
  field.begin_patch();
  const EntityIndex born = field.add(1010, 1010);
  field.begin_patch();
  field.begin_patch();
  client.patch(false);
  EXPECT_TRUE(client.agrees_on(changed));
  EXPECT_TRUE(client.agrees_on(still));
  EXPECT_TRUE(client.agrees_on(born));
  field.begin_patch();
  client.patch(false);
  EXPECT_EQ(client.frame.size(), 1u);  // once is enough
}

TEST(ViewPatch, DropsWhoDiesWhileThePatchIsBeingSent) {
  Field field;
  for (int i = 0; i < 200; ++i) field.add(900 + i, 1000);
  field.begin_patch();
  Client client(field, limits_of(1024));
  client.snapshot();
  field.begin_patch();
  field.begin_patch();
  client.patch(false);  // has missed one: most of what it holds is stale now
  ASSERT_FALSE(client.viewer.stale.empty());
  const EntityIndex victim = client.viewer.stale.front();
  field.begin_patch();
  field.kill(victim);  // after the bytes were made, before this client is served
  client.patch(false);
  EXPECT_FALSE(client.sees(victim));
  field.begin_patch();
  client.patch(true);
  EXPECT_FALSE(client.sees(victim));
}

// Under pressure

class CrowdTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kBudget = 1024;
  static constexpr int kCrowd = 300;

  CrowdTest() {
    for (int i = 0; i < kCrowd; ++i) field.add(1000 + i % 20 * 10, 1000 + i / 20 * 10);
    field.begin_patch();
    client.eye.self = EntityIndex{7};
    client.snapshot();
  }
  void jostle(int patch) {
    for (std::uint32_t i = 0; i < kCrowd; ++i) field.move(EntityIndex{i}, patch % 2 == 0 ? 1 : -1, 0);
    field.begin_patch();
  }

  Field field;
  Client client{field, limits_of(kBudget)};
};

TEST_F(CrowdTest, KeepsEveryPatchWithinItsBudget) {
  const std::uint64_t over_budget = counted(Counter::PatchesOverBudget);
  for (int patch = 0; patch < 20; ++patch) {
    jostle(patch);
    client.patch(patch % 4 == 0);
    EXPECT_LE(client.frame.size(), kBudget);
    EXPECT_GT(client.frame.size(), kBudget * 3 / 4);
  }
  EXPECT_EQ(counted(Counter::PatchesOverBudget), over_budget + 20);
}

TEST_F(CrowdTest, TellsOfTheNearestAndOfTheViewerItselfInEveryPatch) {
  for (int patch = 0; patch < 20; ++patch) {
    jostle(patch);
    client.patch(patch % 4 == 0);
    EXPECT_TRUE(client.agrees_on(EntityIndex{0})) << patch;   // where the viewer stands
    EXPECT_TRUE(client.agrees_on(EntityIndex{7})) << patch;   // its own body
    EXPECT_TRUE(client.agrees_on(EntityIndex{20})) << patch;  // ten units away
  }
}

TEST_F(CrowdTest, LetsNobodyStarve) {
  std::vector<int> told(kCrowd, 0);
  for (int patch = 0; patch < 200; ++patch) {
    jostle(patch);
    client.patch(patch % 4 == 0);
    for (std::uint32_t i = 0; i < kCrowd; ++i) told[i] += client.switches_to(EntityIndex{i}) > 0 ? 1 : 0;
  }
  // A quarter of the budget carries about seven bodies: 250 that wait take turns of less than 50 patches.
  EXPECT_GE(*std::min_element(told.begin(), told.end()), 3);
}

TEST_F(CrowdTest, AgreesInTheEnd) {
  for (int patch = 0; patch < 10; ++patch) {
    jostle(patch);
    client.patch(patch % 4 == 0);
  }
  for (int patch = 0; patch < 60; ++patch) {
    field.begin_patch();
    client.patch(patch % 4 == 0);
  }
  for (std::uint32_t i = 0; i < kCrowd; ++i) EXPECT_TRUE(client.agrees_on(EntityIndex{i})) << i;
  EXPECT_TRUE(client.viewer.stale.empty());
}

TEST_F(CrowdTest, KeepsTheBudgetWhileItCatchesUp) {
  field.begin_patch();
  field.begin_patch();
  const std::vector<std::uint8_t> own(200, 0x80);  // 0x80 0x80 …: no wire, only its size matters here
  client.frame.clear();
  client.writer.write_patch(client.viewer, client.eye, false, field.grid, field.positions, {{}, own}, client.frame);
  EXPECT_LE(client.frame.size(), kBudget);
  EXPECT_GT(client.frame.size(), kBudget / 2);
}

TEST(ViewPatch, LetsACrowdEnterTheNearestFirst) {
  Field field;
  Client client(field, limits_of(1024));
  field.begin_patch();
  client.snapshot();
  for (int i = 0; i < 100; ++i) field.add(1200 - 2 * i, 1000);  // the last stands at the viewer's feet
  for (std::size_t patch = 1; patch <= 3; ++patch) {
    field.begin_patch();
    client.patch();
    EXPECT_EQ(client.sees().size(), patch * 16);
    EXPECT_TRUE(client.sees(EntityIndex{99}));
    EXPECT_FALSE(client.sees(EntityIndex{0}));
  }
  for (int patch = 0; patch < 5; ++patch) {
    field.begin_patch();
    client.patch();
  }
  EXPECT_EQ(client.sees().size(), 100u);
}

// Coming back

TEST(ViewPrune, DeletesWhatTheClientMayHoldAndNoLongerSees) {
  Field field;
  const EntityIndex stays = field.add(1000, 1000);
  const EntityIndex dies = field.add(1010, 1000);
  const EntityIndex left_before = field.add(1020, 1000);
  field.begin_patch();
  Client client(field);
  client.snapshot();
  field.move(left_before, 500, 0);
  field.begin_patch();
  client.patch();  // this frame may be lost
  field.kill(dies);
  field.begin_patch();
  field.begin_patch();
  client.prune();
  EXPECT_TRUE(client.deletes(dies));
  EXPECT_TRUE(client.deletes(left_before));
  EXPECT_FALSE(client.deletes(stays));
  client.snapshot();
  EXPECT_EQ(client.sees(), std::set<std::string>{"1"});
}

TEST(ViewPrune, DeletesAnIndexThatChangedHands) {
  Field field;
  const EntityIndex index = field.add(1000, 1000);
  field.begin_patch();
  Client client(field);
  client.snapshot();
  field.kill(index);
  field.begin_patch();
  field.reuse(index);
  field.begin_patch();
  client.prune();
  EXPECT_TRUE(client.deletes(index));
  client.snapshot();
  EXPECT_TRUE(client.agrees_on(index));
}

TEST(ViewPrune, FallsBackToEveryIndexWhenTooMuchHasLeft) {
  Field field;
  constexpr std::uint32_t kMany = Viewer::kRecentLeavesMax + 100;
  for (std::uint32_t i = 0; i < kMany; ++i) field.add(1000, 1000);
  field.begin_patch();
  Client client(field);
  client.snapshot();
  for (std::uint32_t i = 0; i < kMany; ++i) field.kill(EntityIndex{i});
  field.begin_patch();
  client.patch();
  EXPECT_EQ(client.viewer.recent_leaves.size(), Viewer::kRecentLeavesMax);
  EXPECT_TRUE(client.viewer.recent_leaves_lost);
  field.begin_patch();
  client.prune();
  EXPECT_GT(client.frame.size(), kMany * 3);  // a DELETE for each
  EXPECT_TRUE(client.viewer.recent_leaves.empty());
  EXPECT_FALSE(client.viewer.recent_leaves_lost);
  field.begin_patch();
  client.prune();
  EXPECT_LT(client.frame.size(), 10u);
}

TEST(ViewPrune, ForgetsLeavesThatCannotBeOnTheirWayAnyMore) {
  Field field;
  ViewLimits limits = limits_of();
  limits.recent_patches = 5;
  const EntityIndex one = field.add(1000, 1000);
  const EntityIndex two = field.add(1000, 1000);
  field.begin_patch();
  Client client(field, limits);
  client.snapshot();
  field.kill(one);
  field.begin_patch();
  client.patch();
  for (int i = 0; i < 10; ++i) {
    field.begin_patch();
    client.patch();
  }
  field.kill(two);
  field.begin_patch();
  client.patch();
  ASSERT_EQ(client.viewer.recent_leaves.size(), 1u);
  EXPECT_EQ(client.viewer.recent_leaves[0].index, two);
}

// Several maps

TEST(ViewMaps, HaveOnePartEachAndOnlyWhenSomethingComesOrGoes) {
  EntitySync sync;
  RowTable<EntityRow> one(sync, 1);
  RowTable<EntityRow> two(sync, 2);
  sim::SpatialGrid grid(units(100), units(100), units(50));
  const std::vector<Position> positions{{units(1), units(1)}, {units(2), units(2)}};
  const std::vector<std::uint8_t> alive{1, 1};
  ViewWriter writer(sync, limits_of());
  Viewer viewer;
  FrameBuffer frame;
  writer.write_snapshot(viewer, {}, grid, {}, frame);
  sync.begin_patch();
  grid.rebuild(positions, alive);
  one.put(EntityIndex{0}, {}, [] { return "a"; });
  two.put(EntityIndex{1}, {}, [] { return "b"; });
  frame.clear();
  writer.write_patch(viewer, {}, true, grid, positions, {}, frame);
  const std::string_view text = as_text(frame.view());
  using std::string_view_literals::operator""sv;
  const std::size_t first = text.find(
      "\xff\x01\x80\x00\xa1"
      "a"sv);
  const std::size_t second = text.find(
      "\xff\x02\x80\x01\xa1"
      "b"sv);
  EXPECT_EQ(first, 1u);
  EXPECT_LT(first, second);
  EXPECT_NE(second, std::string_view::npos);
  sync.begin_patch();
  frame.clear();
  one.put(EntityIndex{0}, {}, [] { return "a"; });
  two.put(EntityIndex{1}, {}, [] { return "b"; });
  writer.write_patch(viewer, {}, true, grid, positions, {}, frame);
  EXPECT_EQ(frame.size(), 1u);
}

TEST(ViewPatch, ACrowdsSharedBytesAreThoseOfEachViewerAlone) {
  constexpr std::uint32_t kViewers = 12;
  constexpr std::uint32_t kEntities = 300;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Rng rng(seed);
    Field field;
    for (std::uint32_t i = 0; i < kEntities; ++i)
      field.add(1000 + rng.between(-280, 280), 1000 + rng.between(-150, 150));
    ViewWriter together(field.sync, limits_of());
    std::vector<std::unique_ptr<ViewWriter>> alone;
    std::vector<Viewer> shared(kViewers), own(kViewers);
    for (std::uint32_t i = 0; i < kViewers; ++i) alone.push_back(std::make_unique<ViewWriter>(field.sync, limits_of()));
    FrameBuffer frame, expected;
    std::size_t bytes = 0;
    for (std::uint32_t round = 0; round < 40; ++round) {
      for (std::uint32_t i = 0; i < kEntities; ++i) field.move(EntityIndex{i}, rng.between(-8, 8), rng.between(-8, 8));
      field.values[rng.below(kEntities)].name.assign(std::string(round % 2 == 0 ? 32 : 3, 'n'));
      field.begin_patch();
      for (std::uint32_t i = 0; i < kViewers; ++i) {
        const Eye eye{field.positions[i % 3], EntityIndex{i % 3}};  // three places, four viewers at each
        const bool refresh = (round + i) % 4 == 0;
        frame.clear();
        together.write_patch(shared[i], eye, refresh, field.grid, field.positions, {}, frame);
        expected.clear();
        alone[i]->write_patch(own[i], eye, refresh, field.grid, field.positions, {}, expected);
        ASSERT_EQ(as_text(frame.view()), as_text(expected.view())) << "round " << round << ", viewer " << i;
        bytes += frame.size();
      }
    }
    EXPECT_GT(bytes, 40u * kViewers * 1000);
  }
}

TEST(ViewPatch, AllocatesNothingInASteadyState) {
  constexpr std::string_view kLongName = "a name of thirty-two characters.";
  Field field;
  for (int i = 0; i < 400; ++i) field.add(700 + i % 20 * 30, 700 + i / 20 * 30);
  ViewLimits limits = limits_of();
  limits.recent_patches = 8;
  ViewWriter writer(field.sync, limits);
  Viewer viewer;
  FrameBuffer frame;
  field.begin_patch();
  const auto step = [&](int n) {  // round in a circle: entities come and go, and all of it repeats
    for (std::uint32_t i = 0; i < 400; ++i) field.move(EntityIndex{i}, n % 16 < 8 ? 2 : -2, 0);
    field.values[static_cast<std::uint32_t>(n % 7)].name.assign(
        kLongName.substr(0, static_cast<std::size_t>(n % 2) * 32));
    field.begin_patch();
    frame.clear();
    const Eye eye{{units(1000 + (n % 16 < 8 ? n % 8 : 8 - n % 8) * 8), units(1000)}, EntityIndex{0}};
    writer.write_patch(viewer, eye, n % 4 == 0, field.grid, field.positions, {}, frame);
  };
  for (int n = 0; n < 16 * 7 * 4; ++n) step(n);
  const std::uint64_t before = heap::allocations_so_far();
  for (int n = 0; n < 16 * 7; ++n) step(n);
  EXPECT_EQ(heap::allocations_so_far() - before, 0u);
}

}  // namespace
}  // namespace throng::protocol
