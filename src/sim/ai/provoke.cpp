// What others do to a monster, and how it takes it.

#include "sim/ai/behaviours/fight.h"
#include "sim/ai/monsters.h"
#include "sim/ai/senses.h"
#include "sim/ai/threat.h"
#include "sim/ai/transitions.h"

namespace throng::sim {
namespace {

/// As far from the healed does somebody who fights it hear of it: further than most chases go.
constexpr Milliunits kHealHeard = units(640);

bool takes_no_notice(const MonsterState& monster) {
  return monster.ai == AiState::Return || monster.ai == AiState::Dead;
}

bool is_at_peace(const MonsterState& monster) { return monster.ai == AiState::Idle || monster.ai == AiState::Patrol; }

/// What a summoned monster does counts as its owner's deed; the anger is at the monster itself.
ActorRef doer_of(const WorldState& state, ActorRef source) {
  if (state.kind(source.index) != EntityKind::Monster) return source;
  const ActorRef owner = state.monster(source.index).owner;
  return state.exists(owner) ? owner : source;
}

void react(WorldState& state, TickContext& ctx, EntityIndex index, ActorRef source) {
  MonsterState& monster = state.monster(index);
  if (!is_at_peace(monster)) return;
  if (state.monster_def(index).aggression == content::Aggression::Passive) {
    monster.target = source;
    if (wants_to_flee(state, index)) enter(state, ctx, index, Reason::Afraid);
    return;
  }
  begin_fight(state, ctx, index, source, Reason::Provoked);
  call_pack(state, ctx, index, source);
}

}  // namespace

void threaten(WorldState& state, TickContext& ctx, EntityIndex monster, ActorRef source, std::int64_t threat,
              std::int64_t damage) {
  if (takes_no_notice(state.monster(monster)) || !state.exists(source) || source.index == monster) return;
  const ActorRef doer = doer_of(state, source);
  if (doer.index == monster) return;
  // A flame burns on when its maker is dead: it did the damage, and nobody can be angry with it.
  const bool source_lives = !state.fighter(source.index).dead();
  add_threat(state.threat(monster), source, source_lives ? threat : 0, doer == source ? damage : 0);
  if (doer != source) add_threat(state.threat(monster), doer, 0, damage);
  if (source_lives && !state.fighter(monster).dead()) react(state, ctx, monster, source);
}

void threaten_by_healing(WorldState& state, TickContext& ctx, ActorRef healer, EntityIndex healed,
                         std::int32_t amount) {
  const std::int64_t threat = std::int64_t{amount} * kHealingThreat.value / kBasisPointsWhole;
  if (threat <= 0 || !state.exists(healer) || state.fighter(healer.index).dead()) return;
  const ActorRef patient = state.ref(healed);
  ctx.grid.visit_near(state.positions[healed.value], kHealHeard, [&](const SpatialGrid::Entry& entry) {
    if (!state.entities.alive(entry.index) || state.kind(entry.index) != EntityKind::Monster) return;
    const MonsterState& monster = state.monster(entry.index);
    if (entry.index == healer.index || is_at_peace(monster) || takes_no_notice(monster)) return;
    const ThreatTable::Entry* of_patient = find_threat(state.threat(entry.index), patient);
    if (of_patient != nullptr && of_patient->threat > 0) add_threat(state.threat(entry.index), healer, threat, 0);
  });
}

void taunt(WorldState& state, TickContext& ctx, EntityIndex monster, ActorRef source, Tick duration) {
  if (takes_no_notice(state.monster(monster)) || !can_be_fought(state, source) || source.index == monster) return;
  if (state.monster_def(monster).aggression == content::Aggression::Passive) return;
  ThreatTable& table = state.threat(monster);
  const ThreatTable::Entry* most = most_threat(table);
  const ThreatTable::Entry* own = find_threat(table, source);
  const std::int64_t lacking = (most == nullptr ? 1 : most->threat) - (own == nullptr ? 0 : own->threat);
  add_threat(table, source, lacking, 0);
  table.taunted_until = state.now + duration;
  state.monster(monster).target = source;
  react(state, ctx, monster, source);
}

void forget(WorldState& state, ActorRef actor) {
  for (std::size_t slot = 0; slot < state.threats.size(); ++slot) {
    if (state.threats[slot].count == 0) continue;
    remove_threat(state.threats[slot], actor);
    if (state.monster_rows[slot].target == actor) state.monster_rows[slot].target = {};
  }
}

}  // namespace throng::sim
