#pragma once
// Folds over the events of the tick: quests move on, deeds are counted.

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// System: reads the events of this tick from its first one and advances quests; visits are looked up by position every
/// fourth tick. Events that it tells are read by progress_deeds.
void progress_quests(WorldState& state, TickContext& ctx);
/// System: counts deeds and earns achievements (reward included), until no further one is earned.
void progress_deeds(WorldState& state, TickContext& ctx);

/// Achievements for a level that somebody has already, as after a change of content.
void count_level(WorldState& state, TickContext& ctx, EntityIndex player);

/// Intents.
void note_chat(WorldState& state, TickContext& ctx, const NoteChat& intent);
void step_quest(WorldState& state, TickContext& ctx, const QuestStep& intent);

}  // namespace throng::sim
