#include "protocol/state/entity_state.h"

#include <gtest/gtest.h>

namespace throng::protocol {
namespace {

TEST(EntityState, ValuesAreStable) {
  EXPECT_EQ(static_cast<int>(EntityState::Idle), 0);
  EXPECT_EQ(static_cast<int>(EntityState::Moving), 1);
  EXPECT_EQ(static_cast<int>(EntityState::Dead), 2);
  for (std::size_t i = 0; i < entity_states().size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(entity_states()[i].value), i);
  }
}

}  // namespace
}  // namespace throng::protocol
