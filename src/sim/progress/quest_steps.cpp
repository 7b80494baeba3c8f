// Accepting, completing and abandoning quests.
#include <algorithm>

#include "sim/item/bag.h"
#include "sim/item/items.h"
#include "sim/people/people.h"
#include "sim/player/acting_player.h"
#include "sim/progress/experience.h"
#include "sim/progress/progress_systems.h"
#include "sim/progress/quests.h"

namespace throng::sim {
namespace {

using Bag = std::array<ItemStack, content::kBagCapacityMax>;

/// A quest without this npc is accepted, or completed, anywhere.
Verdict check_at(const WorldState& state, EntityIndex player, content::NpcRef npc) {
  return content::is_set(npc) ? check_near(state, player, npc) : Verdict::Accepted;
}

bool was_completed(const Journal& journal, content::QuestRef quest) {
  const QuestEntry* entry = find_quest(journal, quest);
  return entry != nullptr && entry->times_completed > 0;
}

Verdict check_accept(const WorldState& state, EntityIndex player, content::QuestRef ref) {
  const content::QuestDef& quest = state.content->quest(ref);
  const Journal& journal = state.journal(player);
  if (quest.retired) return Verdict::NoSuchQuest;
  const QuestEntry* entry = find_quest(journal, ref);
  if (entry != nullptr && is_open(*entry)) return Verdict::QuestActive;
  if (was_completed(journal, ref) && !quest.repeatable) return Verdict::QuestNotOpen;
  if (quest.after.named() && !was_completed(journal, quest.after.ref)) return Verdict::QuestNotOpen;
  if (state.fighter(player).level < quest.level) return Verdict::LevelTooLow;
  const Verdict near = check_at(state, player, quest.giver.ref);
  if (near != Verdict::Accepted) return near;
  const auto open = std::count_if(journal.quests.begin(), journal.quests.end(), is_open);
  if (static_cast<std::size_t>(open) >= kQuestsActiveMax) return Verdict::QuestLogFull;
  const bool no_more = entry == nullptr && journal.quests.size() >= kQuestEntriesMax;
  return no_more ? Verdict::QuestLogFull : Verdict::Accepted;
}

QuestEntry& entry_for(Journal& journal, content::QuestRef quest) {
  const auto at = std::lower_bound(journal.quests.begin(), journal.quests.end(), quest,
                                   [](const QuestEntry& entry, content::QuestRef ref) { return entry.quest < ref; });
  if (at != journal.quests.end() && at->quest == quest) return *at;
  QuestEntry fresh;
  fresh.quest = quest;
  return *journal.quests.insert(at, fresh);
}

Verdict accept(WorldState& state, TickContext& ctx, EntityIndex player, const QuestStep& intent) {
  const Verdict verdict = check_accept(state, player, intent.quest);
  if (verdict != Verdict::Accepted) return verdict;
  QuestEntry& entry = entry_for(state.journal(player), intent.quest);
  entry.state = QuestState::Active;
  entry.counts = {};
  ctx.tell(QuestChanged{intent.key, intent.quest, QuestState::Active});
  review_quest(state, ctx, player, entry);
  return Verdict::Accepted;
}

/// Tries the exchange on a copy of the bag: what was collected goes, then what is given must fit.
Verdict check_exchange(const content::GameContent& content, const content::QuestDef& quest, Bag bag) {
  for (const content::ObjectiveDef& objective : quest.objectives) {
    const bool handed_over = objective.type == content::ObjectiveType::Collect;
    if (handed_over && !take_from_bag(bag, objective.item.ref, objective.count)) return Verdict::QuestUnfinished;
  }
  for (const content::ItemGrant& grant : quest.items) {
    const ItemStack stack = fresh_stack(content, grant.item.ref, grant.count);
    const int fitted = put_in_bag(bag, content.balance.bag_capacity, content.item(grant.item.ref), stack);
    if (fitted < grant.count) return Verdict::BagFull;
  }
  return Verdict::Accepted;
}

void hand_over(WorldState& state, TickContext& ctx, EntityIndex player, const content::QuestDef& quest) {
  for (const content::ObjectiveDef& objective : quest.objectives) {
    if (objective.type != content::ObjectiveType::Collect) continue;
    take_items(state, ctx, player, objective.item.ref, objective.count, Source::Quest);
  }
}

void reward(WorldState& state, TickContext& ctx, EntityIndex player, const content::QuestDef& quest) {
  for (const content::ItemGrant& grant : quest.items) {
    give_items(state, ctx, player, fresh_stack(*state.content, grant.item.ref, grant.count), Source::Quest);
  }
  move_coins(state, ctx, player, quest.coins, Source::Quest);
  if (quest.experience > 0) give_experience(state, ctx, player, quest.experience, Source::Quest);
}

Verdict complete(WorldState& state, TickContext& ctx, EntityIndex player, const QuestStep& intent) {
  const content::QuestDef& quest = state.content->quest(intent.quest);
  QuestEntry* entry = find_quest(state.journal(player), intent.quest);
  if (entry == nullptr || !is_open(*entry)) return Verdict::QuestNotActive;
  if (quest.retired) return Verdict::NoSuchQuest;
  const content::NpcRef receiver = quest.receiver.named() ? quest.receiver.ref : quest.giver.ref;
  const Verdict near = check_at(state, player, receiver);
  if (near != Verdict::Accepted) return near;
  review_quest(state, ctx, player, *entry);
  if (entry->state != QuestState::Ready) return Verdict::QuestUnfinished;
  const Verdict fits = check_exchange(*state.content, quest, state.inventory(player).bag);
  if (fits != Verdict::Accepted) return fits;
  entry->state = QuestState::Completed;
  entry->counts = {};
  if (entry->times_completed < UINT16_MAX) ++entry->times_completed;
  hand_over(state, ctx, player, quest);
  ctx.tell(QuestChanged{intent.key, intent.quest, QuestState::Completed});
  reward(state, ctx, player, quest);
  return Verdict::Accepted;
}

/// A repeatable quest that was done before stays done; any other is as if it had never been accepted. Retired ones can
/// be got rid of, too.
Verdict abandon(WorldState& state, TickContext& ctx, EntityIndex player, const QuestStep& intent) {
  Journal& journal = state.journal(player);
  QuestEntry* entry = find_quest(journal, intent.quest);
  if (entry == nullptr || !is_open(*entry)) return Verdict::QuestNotActive;
  if (entry->times_completed > 0) {
    entry->state = QuestState::Completed;
    entry->counts = {};
  } else {
    journal.quests.erase(journal.quests.begin() + (entry - journal.quests.data()));
  }
  ctx.tell(QuestChanged{intent.key, intent.quest, QuestState::None});
  return Verdict::Accepted;
}

Verdict take_step(WorldState& state, TickContext& ctx, EntityIndex player, const QuestStep& intent) {
  if (intent.quest.value >= state.content->quests.size()) return Verdict::NoSuchQuest;
  switch (intent.action) {
    case QuestAction::Accept: return accept(state, ctx, player, intent);
    case QuestAction::Complete: return complete(state, ctx, player, intent);
    case QuestAction::Abandon: break;
  }
  return abandon(state, ctx, player, intent);
}

}  // namespace

void step_quest(WorldState& state, TickContext& ctx, const QuestStep& intent) {
  const auto player = acting_player(state, ctx, intent.key, intent.request);
  if (!player) return;
  const Verdict verdict = take_step(state, ctx, *player, intent);
  if (verdict != Verdict::Accepted) ctx.refuse(intent.key, verdict, intent.request);
}

}  // namespace throng::sim
