#include "sim/progress/quests.h"

#include <algorithm>

#include "sim/item/items.h"
#include "sim/progress/progress_systems.h"

namespace throng::sim {
namespace {

/// Positions and bags are looked at in turns: a quarter of the players each tick.
constexpr std::uint32_t kReviewEveryTicks = 4;

template <typename Entries>
auto* entry_in(Entries& entries, content::QuestRef quest) {
  const auto at = std::lower_bound(entries.begin(), entries.end(), quest,
                                   [](const QuestEntry& entry, content::QuestRef ref) { return entry.quest < ref; });
  return at != entries.end() && at->quest == quest ? &*at : nullptr;
}

bool stands_in(const WorldState& state, EntityIndex player, const content::ObjectiveDef& objective) {
  if (objective.map != state.map->name || state.fighter(player).dead()) return false;
  const Position at = state.positions[player.value];
  const content::MapArea& box = objective.box;
  return at.x >= box.min.x && at.x < box.max.x && at.y >= box.min.y && at.y < box.max.y;
}

int counted(const WorldState& state, EntityIndex player, const content::ObjectiveDef& objective, int before) {
  if (objective.type == content::ObjectiveType::Collect) {
    return std::min(count_items(state.inventory(player), objective.item.ref, content::kBagCapacityMax),
                    objective.count);
  }
  if (objective.type == content::ObjectiveType::Visit && before == 0)
    return stands_in(state, player, objective) ? 1 : 0;
  return std::min(before, objective.count);  // content may ask for less than it did
}

bool all_met(const content::QuestDef& quest, const QuestEntry& entry) {
  for (std::size_t i = 0; i < quest.objectives.size(); ++i) {
    if (entry.counts[i] < quest.objectives[i].count) return false;
  }
  return true;
}

void tell_quest(const WorldState& state, TickContext& ctx, EntityIndex player, const QuestEntry& entry) {
  ctx.tell(QuestChanged{state.player(player).key, entry.quest, entry.state});
}

/// Whether something that was told as `event` counts towards the objective.
bool counts_towards(const content::ObjectiveDef& objective, const Event& event) {
  if (const auto* kill = std::get_if<KillCredited>(&event)) {
    return objective.type == content::ObjectiveType::Kill && objective.monster.ref == kill->monster;
  }
  const auto* talked = std::get_if<Talked>(&event);
  return talked != nullptr && objective.type == content::ObjectiveType::Talk && objective.npc.ref == talked->npc;
}

/// Reads the events that there were when it began. What happened before a quest was accepted, in the same tick, does
/// not count.
class QuestFold {
 public:
  QuestFold(WorldState& state, TickContext& ctx) : state_(state), ctx_(ctx), end_(ctx.events.size()) {
    for (std::size_t i = 0; i < end_; ++i) {
      const auto* changed = std::get_if<QuestChanged>(&ctx.events[i]);
      if (changed != nullptr && changed->state == QuestState::Active) last_acceptance_ = i;
    }
  }

  void run() {
    for (std::size_t i = 0; i < end_; ++i) {
      // By value: what is told meanwhile may move the list.
      if (const auto* kill = std::get_if<KillCredited>(&ctx_.events[i])) {
        count(kill->key, Event(*kill), i);
      } else if (const auto* talked = std::get_if<Talked>(&ctx_.events[i])) {
        count(talked->key, Event(*talked), i);
      } else if (const auto* moved = std::get_if<ItemMoved>(&ctx_.events[i])) {
        review(moved->key);
      }
    }
  }

 private:
  bool accepted_after(std::size_t at, PlayerKey key, content::QuestRef quest) const {
    for (std::size_t i = at + 1; i <= last_acceptance_; ++i) {
      const auto* changed = std::get_if<QuestChanged>(&ctx_.events[i]);
      if (changed == nullptr || changed->state != QuestState::Active) continue;
      if (changed->key == key && changed->quest == quest) return true;
    }
    return false;
  }

  void count(PlayerKey key, const Event& event, std::size_t at) {
    const std::optional<EntityIndex> player = state_.players_by_key.find(key);
    if (!player) return;
    for (QuestEntry& entry : state_.journal(*player).quests) {
      const content::QuestDef& quest = state_.content->quest(entry.quest);
      if (!is_open(entry) || quest.retired) continue;
      bool moved_on = false;
      for (std::size_t i = 0; i < quest.objectives.size(); ++i) {
        const content::ObjectiveDef& objective = quest.objectives[i];
        if (entry.counts[i] >= objective.count || !counts_towards(objective, event)) continue;
        if (accepted_after(at, key, entry.quest)) continue;
        ++entry.counts[i];
        moved_on = true;
      }
      if (!moved_on) continue;
      tell_quest(state_, ctx_, *player, entry);
      review_quest(state_, ctx_, *player, entry);
    }
  }

  void review(PlayerKey key) {
    const std::optional<EntityIndex> player = state_.players_by_key.find(key);
    if (!player) return;
    for (QuestEntry& entry : state_.journal(*player).quests) review_quest(state_, ctx_, *player, entry);
  }

  WorldState& state_;
  TickContext& ctx_;
  std::size_t end_;
  std::size_t last_acceptance_ = 0;
};

}  // namespace

QuestEntry* find_quest(Journal& journal, content::QuestRef quest) { return entry_in(journal.quests, quest); }

const QuestEntry* find_quest(const Journal& journal, content::QuestRef quest) {
  return entry_in(journal.quests, quest);
}

void review_quest(WorldState& state, TickContext& ctx, EntityIndex player, QuestEntry& entry) {
  const content::QuestDef& quest = state.content->quest(entry.quest);
  if (!is_open(entry) || quest.retired) return;
  bool changed = false;
  for (std::size_t i = 0; i < quest.objectives.size(); ++i) {
    const auto count = static_cast<std::uint16_t>(counted(state, player, quest.objectives[i], entry.counts[i]));
    changed = changed || count != entry.counts[i];
    entry.counts[i] = count;
  }
  const QuestState reached = all_met(quest, entry) ? QuestState::Ready : QuestState::Active;
  changed = changed || reached != entry.state;
  entry.state = reached;
  if (changed) tell_quest(state, ctx, player, entry);
}

void progress_quests(WorldState& state, TickContext& ctx) {
  QuestFold(state, ctx).run();
  for (const EntityIndex player : state.entities.indexes(EntityKind::Player)) {
    if (!state.entities.alive(player) || (state.now.value + player.value) % kReviewEveryTicks != 0) continue;
    for (QuestEntry& entry : state.journal(player).quests) review_quest(state, ctx, player, entry);
  }
}

}  // namespace throng::sim
