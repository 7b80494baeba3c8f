#include "sim/world_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace throng::sim {
namespace {

TEST(WorldSettings, DefaultsAreInRange) { EXPECT_TRUE(check_settings({}).has_value()); }

TEST(WorldSettings, NameTheOneThatIsOutOfRange) {
  const Result<void> checked = check_settings({.tick_rate_hz = 0});
  ASSERT_FALSE(checked.has_value());
  EXPECT_THAT(checked.error().message, testing::HasSubstr("tick_rate_hz is 0"));
  EXPECT_FALSE(check_settings({.player_speed = {-1}}).has_value());
  EXPECT_FALSE(check_settings({.body_half_size = {0}}).has_value());
  EXPECT_FALSE(check_settings({.entities_max = kEntitiesLimit + 1}).has_value());
  EXPECT_FALSE(check_settings({.grid_cell = {0}}).has_value());
  EXPECT_FALSE(check_settings({.index_quarantine_ms = kIndexQuarantineMsMax + 1}).has_value());
}

TEST(WorldSettings, RoundTimeUpToTicks) {
  EXPECT_EQ(ticks_from_ms(0, 20), Tick{0});
  EXPECT_EQ(ticks_from_ms(1, 20), Tick{1});
  EXPECT_EQ(ticks_from_ms(50, 20), Tick{1});
  EXPECT_EQ(ticks_from_ms(2000, 20), Tick{40});
}

}  // namespace
}  // namespace throng::sim
