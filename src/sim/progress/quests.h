#pragma once
// The quest log of one character.

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// The entry of this quest, or null.
QuestEntry* find_quest(Journal& journal, content::QuestRef quest);
const QuestEntry* find_quest(const Journal& journal, content::QuestRef quest);

inline bool is_open(const QuestEntry& entry) {
  return entry.state == QuestState::Active || entry.state == QuestState::Ready;
}

/// Counts what is in the bag towards the quest's Collect objectives, and where the player stands towards its Visit
/// ones; decides between Active and Ready; tells QuestChanged when a count or the state is another now. Of open quests
/// that are not retired.
void review_quest(WorldState& state, TickContext& ctx, EntityIndex player, QuestEntry& entry);

}  // namespace throng::sim
