#include "content/game/game_content.h"

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "content/game/content_hash.h"
#include "content/game/references.h"
#include "content/game/statuses.h"

namespace throng::content {
namespace {

template <typename Ref, typename Def>
std::optional<Ref> find_def(const std::vector<Def>& defs, std::string_view id) {
  const auto found = std::find_if(defs.begin(), defs.end(), [&](const Def& def) { return def.id == id; });
  if (found == defs.end()) return std::nullopt;
  return Ref{static_cast<std::uint16_t>(found - defs.begin())};
}

}  // namespace

std::optional<SkillRef> GameContent::find_skill(std::string_view id) const { return find_def<SkillRef>(skills, id); }
std::optional<ItemRef> GameContent::find_item(std::string_view id) const { return find_def<ItemRef>(items, id); }
std::optional<LootRef> GameContent::find_loot_table(std::string_view id) const {
  return find_def<LootRef>(loot_tables, id);
}
std::optional<MonsterRef> GameContent::find_monster(std::string_view id) const {
  return find_def<MonsterRef>(monsters, id);
}
std::optional<NpcRef> GameContent::find_npc(std::string_view id) const { return find_def<NpcRef>(npcs, id); }
std::optional<QuestRef> GameContent::find_quest(std::string_view id) const { return find_def<QuestRef>(quests, id); }
std::optional<AchievementRef> GameContent::find_achievement(std::string_view id) const {
  return find_def<AchievementRef>(achievements, id);
}
std::optional<StatusRef> GameContent::find_status(std::string_view name) const {
  const auto found = std::find(statuses.begin(), statuses.end(), name);
  if (found == statuses.end()) return std::nullopt;
  return StatusRef{static_cast<std::uint16_t>(found - statuses.begin())};
}

std::shared_ptr<const GameContent> link_by_hand(GameContent content) {
  for_each_reference(content, [&]<typename Ref>(Reference<Ref>& reference) {
    if (!reference.named()) return;
    const std::optional<Ref> found = find_def<Ref>(defs_of(content, Ref{}), reference.id);
    THRONG_ASSERT(found.has_value(), reference.id);
    reference.ref = *found;
  });
  number_statuses(content, {});
  for_each_condition(content, [&](const SkillDef&, std::size_t, std::size_t, ConditionDef& condition) {
    if (condition.status.empty()) return;
    const std::optional<StatusRef> found = content.find_status(condition.status);
    THRONG_ASSERT(found.has_value(), condition.status);
    condition.status_ref = *found;
  });
  content.balance.level_at = level_table(content.balance.experience);
  content.in_force = events_in_force(content.world_events);
  content.hash = content_hash(content);
  return std::make_shared<const GameContent>(std::move(content));
}

}  // namespace throng::content
