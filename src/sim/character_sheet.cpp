#include "sim/character_sheet.h"

#include <algorithm>

#include "base/assert.h"
#include "sim/combat/combat_stats.h"
#include "sim/progress/experience.h"
#include "sim/sheet_times.h"

namespace throng::sim {
namespace {

constexpr std::int64_t kSheetExperienceMax = 1'000'000'000'000'000;

// ---- out of a world ----------------------------------------------------------------------------------------------

SavedStack saved_stack(const content::GameContent& content, const ItemStack& stack, std::size_t slot) {
  return {content.item(stack.item).id,     stack.count, stack.durability, stack.bound,
          static_cast<std::uint8_t>(slot), stack.uid};
}

template <std::size_t N>
std::vector<SavedStack> saved_stacks(const content::GameContent& content, const std::array<ItemStack, N>& stacks) {
  std::vector<SavedStack> saved;
  for (std::size_t i = 0; i < N; ++i) {
    if (!stacks[i].empty()) saved.push_back(saved_stack(content, stacks[i], i));
  }
  return saved;
}

/// The dead do not gain by leaving: they come back as they would have stood up.
std::int32_t health_to_leave_with(const WorldState& state, const Fighter& fighter) {
  if (!fighter.dead()) return fighter.hp;
  const std::int64_t share = state.content->balance.respawn_health.value;
  return static_cast<std::int32_t>(std::max<std::int64_t>(1, fighter.max_hp() * share / kBasisPointsWhole));
}

void save_journal(const WorldState& state, EntityIndex player, CharacterSheet& sheet) {
  const content::GameContent& content = *state.content;
  for (const QuestEntry& entry : state.journal(player).quests) {
    const content::QuestDef& quest = content.quest(entry.quest);
    const auto counts_end = entry.counts.begin() + static_cast<std::ptrdiff_t>(quest.objectives.size());
    sheet.quests.push_back({quest.id, entry.state, {entry.counts.begin(), counts_end}, entry.times_completed});
  }
  for (const DeedEntry& entry : state.journal(player).deeds) {
    sheet.deeds.push_back({content.achievement(entry.achievement).id, entry.count, entry.earned});
  }
}

// ---- into a world ------------------------------------------------------------------------------------------------

/// As much of the stack as the content of today knows and allows; may be empty.
ItemStack allowed_stack(const content::GameContent& content, const SavedStack& saved) {
  const std::optional<content::ItemRef> item = content.find_item(saved.item);
  if (!item) return {};
  const content::ItemDef& def = content.item(*item);
  const auto count = static_cast<std::uint16_t>(std::min<int>(saved.count, def.stack_max));
  const auto durability = static_cast<std::uint16_t>(std::min<int>(saved.durability, def.durability_max));
  return {*item, count, durability, saved.bound, count == 1 ? saved.uid : 0};
}

void put_into_bag(Inventory& inventory, const ItemStack& stack, std::size_t wanted, int capacity) {
  if (stack.empty()) return;
  if (wanted < inventory.bag.size() && inventory.bag[wanted].empty()) {
    inventory.bag[wanted] = stack;
    return;
  }
  const auto end = inventory.bag.begin() + capacity;
  const auto free = std::find_if(inventory.bag.begin(), end, [](const ItemStack& slot) { return slot.empty(); });
  if (free != end) *free = stack;
}

bool is_worn_there(const content::ItemDef& item, std::size_t slot) {
  return item.type == content::ItemType::Equipment && static_cast<std::size_t>(item.slot) == slot;
}

void apply_items(const content::GameContent& content, const CharacterSheet& sheet, Inventory& inventory) {
  for (const SavedStack& saved : sheet.bag) {
    put_into_bag(inventory, allowed_stack(content, saved), saved.slot, content.balance.bag_capacity);
  }
  for (const SavedStack& saved : sheet.equipment) {
    const ItemStack stack = allowed_stack(content, saved);
    if (stack.empty()) continue;
    if (is_worn_there(content.item(stack.item), saved.slot) && inventory.worn[saved.slot].empty()) {
      inventory.worn[saved.slot] = stack;
    } else {
      put_into_bag(inventory, stack, inventory.bag.size(), content.balance.bag_capacity);
    }
  }
  inventory.coins = std::clamp<std::int64_t>(sheet.coins, 0, kCoinsMax);
}

bool knows(const PlayerState& player, content::SkillRef skill) {
  return std::any_of(player.skills.begin(), player.skills.begin() + player.skill_count,
                     [&](const KnownSkill& known) { return known.skill == skill; });
}

void apply_skills(const WorldState& state, const CharacterSheet& sheet, PlayerState& player) {
  for (const SavedSkill& saved : sheet.skills) {
    const std::optional<content::SkillRef> skill = state.content->find_skill(saved.skill);
    if (!skill || state.content->skill(*skill).monsters_only || knows(player, *skill)) continue;
    if (player.skill_count == player.skills.size()) return;
    player.skills[player.skill_count++] = {*skill, tick_in(state, saved.ready_in_ms)};
  }
}

/// The entry of a quest as far as the objectives of today go.
QuestEntry quest_entry(const content::QuestDef& def, content::QuestRef quest, const SavedQuest& saved) {
  QuestEntry entry{.quest = quest, .state = saved.state, .times_completed = saved.times_completed};
  const std::size_t objectives = std::min({saved.counts.size(), def.objectives.size(), entry.counts.size()});
  std::copy_n(saved.counts.begin(), objectives, entry.counts.begin());
  return entry;
}

bool is_open(QuestState state) { return state == QuestState::Active || state == QuestState::Ready; }

/// Into a vector in the order of a ref; one that is there already stays.
template <typename Row, typename Key>
void insert_by(std::vector<Row>& rows, Key Row::* key, const Row& row) {
  const auto at =
      std::lower_bound(rows.begin(), rows.end(), row, [&](const Row& a, const Row& b) { return a.*key < b.*key; });
  if (at == rows.end() || (*at).*key != row.*key) rows.insert(at, row);
}

void apply_journal(const content::GameContent& content, const CharacterSheet& sheet, Journal& journal) {
  std::size_t open = 0;
  for (const SavedQuest& saved : sheet.quests) {
    const std::optional<content::QuestRef> quest = content.find_quest(saved.quest);
    if (!quest || journal.quests.size() == kQuestEntriesMax) continue;
    if (is_open(saved.state) && ++open > kQuestsActiveMax) continue;
    insert_by(journal.quests, &QuestEntry::quest, quest_entry(content.quest(*quest), *quest, saved));
  }
  for (const SavedDeed& saved : sheet.deeds) {
    const std::optional<content::AchievementRef> deed = content.find_achievement(saved.achievement);
    if (!deed) continue;
    insert_by(journal.deeds, &DeedEntry::achievement, {*deed, std::max<std::int64_t>(0, saved.count), saved.earned});
  }
}

}  // namespace

CharacterSheet sheet_of(const WorldState& state, EntityIndex player) {
  THRONG_ASSERT(state.entities.alive(player) && state.kind(player) == EntityKind::Player, "no player");
  const PlayerState& row = state.player(player);
  const Inventory& inventory = state.inventory(player);
  CharacterSheet sheet;
  sheet.experience = row.experience;
  sheet.hp = health_to_leave_with(state, state.fighter(player));
  sheet.mana = state.fighter(player).mana;
  sheet.coins = inventory.coins;
  sheet.bag = saved_stacks(*state.content, inventory.bag);
  sheet.equipment = saved_stacks(*state.content, inventory.worn);
  for (std::size_t i = 0; i < row.skill_count; ++i) {
    sheet.skills.push_back({state.content->skill(row.skills[i].skill).id, ms_until(state, row.skills[i].ready)});
  }
  save_journal(state, player, sheet);
  sheet.consumable_ready_in_ms = ms_until(state, row.consumable_ready);
  sheet.buffs = saved_buffs(state, player);
  if (!state.fighter(player).dead()) sheet.place = state.positions[player.value];
  return sheet;
}

void apply_sheet(WorldState& state, EntityIndex player, const CharacterSheet& sheet) {
  PlayerState& row = state.player(player);
  Fighter& fighter = state.fighter(player);
  row.experience = std::clamp<std::int64_t>(sheet.experience, 0, kSheetExperienceMax);
  fighter.level = level_for(state.content->balance, row.experience);
  apply_items(*state.content, sheet, state.inventory(player));
  apply_skills(state, sheet, row);
  apply_journal(*state.content, sheet, state.journal(player));
  row.consumable_ready = tick_in(state, sheet.consumable_ready_in_ms);
  // Deriving the stats cuts health to its maximum, so it is filled in afterwards.
  apply_buffs(state, player, sheet.buffs);
  fighter.hp = sheet.hp <= 0 ? fighter.max_hp() : std::min(sheet.hp, fighter.max_hp());
  fighter.mana = sheet.mana < 0 ? fighter.max_mana() : std::min(sheet.mana, fighter.max_mana());
}

}  // namespace throng::sim
