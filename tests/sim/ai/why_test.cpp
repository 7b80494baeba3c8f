#include "sim/ai/why.h"

#include <gtest/gtest.h>

#include "sim/ai/ai_fixtures.h"

namespace throng::sim::test {
namespace {

TEST(Why, IsReadAsText) {
  content::GameContent content;
  content::SkillDef skill;
  skill.id = "frost_bolt";
  content.skills = {skill};
  WhyLog log;
  WhyEntry entry;
  entry.tick = Tick{12};
  entry.before = AiState::Chase;
  entry.after = AiState::Attack;
  entry.target = {EntityIndex{4}, EntityId{7}};
  entry.hp = 61;
  entry.target_distance_mu = 30'500;
  entry.options[0] = {"target", "chosen", 120};
  entry.options[1] = {"cast", "on_cooldown", 0};
  entry.options[2] = {"attack", "chosen", 0};
  entry.option_count = 3;
  log.entries = {entry};
  EXPECT_EQ(explain(log, content),
            "tick 12: Chase -> Attack, health 61, target 7 at 30 units\n"
            "  target with threat 120: chosen\n"
            "  cast frost_bolt: on_cooldown\n"
            "  attack: chosen\n");
}

TEST(Why, NobodyWatchedIsNoText) { EXPECT_EQ(explain({}, {}), ""); }

}  // namespace
}  // namespace throng::sim::test
