#include "content/game/content_hash.h"

#include <functional>

#include <gtest/gtest.h>

#include "content/game/small_set.h"

namespace throng::content {
namespace {

TEST(ContentHash, EveryMemberOfAnEffectCounts) {
  GameContent content;
  content.skills.resize(1);
  content.skills[0].effects.resize(1);
  content.skills[0].effects[0].when.resize(1);
  const std::uint64_t before = content_hash(content);
  const std::vector<std::function<void(EffectDef&)>> changes = {
      [](EffectDef& e) { e.type = 1; },
      [](EffectDef& e) { e.amount = 1; },
      [](EffectDef& e) { e.scaling.value = 1; },
      [](EffectDef& e) { e.scale_by = Stat::Defence; },
      [](EffectDef& e) { e.element = Element::Fire; },
      [](EffectDef& e) { e.stat = Stat::Attack; },
      [](EffectDef& e) { e.duration_ms = 1; },
      [](EffectDef& e) { e.interval_ms = 1; },
      [](EffectDef& e) { e.distance.value = 1; },
      [](EffectDef& e) { e.factor.value = 1; },
      [](EffectDef& e) { e.stacking = Stacking::Stack; },
      [](EffectDef& e) { e.stacks_max = 2; },
      [](EffectDef& e) { e.count = 2; },
      [](EffectDef& e) { e.status = "s"; },
      [](EffectDef& e) { e.monster.id = "m"; },
      [](EffectDef& e) { e.on_caster = true; },
      [](EffectDef& e) { e.when.clear(); },
      [](EffectDef& e) { e.when[0].type = ConditionType::Critical; },
      [](EffectDef& e) { e.when[0].share.value = 1; },
      [](EffectDef& e) { e.when[0].status = "s"; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    GameContent changed = content;
    changes[i](changed.skills[0].effects[0]);
    EXPECT_NE(content_hash(changed), before) << "change " << i;
  }
}

TEST(ContentHash, EveryDigitInTheFilesCounts) {
  const ContentTexts texts = test::small_set();
  const std::uint64_t before = (*load_content(texts, test::small_formats(), nullptr))->hash;
  int changed = 0;
  for (const auto& [file, text] : texts) {
    if (file.starts_with("maps/")) continue;  // which has digits that nobody reads
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
      // The first digit of a number, not of a name.
      if (text[at] < '1' || text[at] > '8' || text[at - 1] != ' ') continue;
      ContentTexts other = texts;
      ++other[file][at];
      const auto loaded = load_content(other, test::small_formats(), nullptr);
      if (!loaded) continue;
      ++changed;
      EXPECT_NE((*loaded)->hash, before) << file << ":" << at;
    }
  }
  EXPECT_GT(changed, 60);
}

TEST(ContentHash, IsThatOfAContentLinkedByHandToo) {
  GameContent content;
  content.monsters.resize(2);
  content.monsters[0].id = "b";
  content.monsters[1].id = "a";
  GameContent swapped = content;
  std::swap(swapped.monsters[0], swapped.monsters[1]);
  EXPECT_EQ(link_by_hand(content)->hash, link_by_hand(swapped)->hash);
  EXPECT_EQ(link_by_hand(content)->hash, content_hash(content));
}

}  // namespace
}  // namespace throng::content
