#pragma once
// What the rest of the world asks of monsters.

#include <optional>

#include "sim/tick_context.h"
#include "sim/world_state.h"

namespace throng::sim {

/// A monster of this kind, alive and idle. Nothing when the world is full. Tells MonsterSpawned (unless at tick 0).
std::optional<EntityIndex> add_monster(WorldState& state, TickContext& ctx, content::MonsterRef kind, Position at,
                                       content::SpawnRef spawn);

/// From deal_damage and heal: threat for the source, on the target (damage) or on whoever fights the target (healing).
/// A monster that is hit in Idle or Patrol reacts by its aggression, and calls its pack.
void threaten(WorldState& state, TickContext& ctx, EntityIndex monster, ActorRef source, std::int64_t threat,
              std::int64_t damage);
void threaten_by_healing(WorldState& state, TickContext& ctx, ActorRef healer, EntityIndex healed, std::int32_t amount);
/// The effect `taunt`: the monster turns on the source for so long.
void taunt(WorldState& state, TickContext& ctx, EntityIndex monster, ActorRef source, Tick duration);
/// Somebody is dead or gone: no monster is angry with it any more.
void forget(WorldState& state, ActorRef actor);

/// From die(): credit and experience by damage and party, loot, corpse, respawn. docs/monster-ai.md has the formula.
void monster_died(WorldState& state, TickContext& ctx, EntityIndex monster, ActorRef killer);

/// The spawners of this map filled, at tick 0 or for spawns that a reload brought. Stops when the world is full.
void populate(WorldState& state, TickContext& ctx);
/// Tells of every living monster; once, in the first tick.
void announce_population(const WorldState& state, TickContext& ctx);

/// System: spawners make what is due.
void run_spawners(WorldState& state, TickContext& ctx);
/// System: every monster that is due thinks: senses, choice, transition, steering. Corpses and summoned monsters whose
/// time is up go. Near players in every tick, elsewhere every kFarThinkTicks.
void think_monsters(WorldState& state, TickContext& ctx);
inline constexpr std::uint32_t kFarThinkTicks = 20;

}  // namespace throng::sim
