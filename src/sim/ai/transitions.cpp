#include "sim/ai/transitions.h"

#include <algorithm>
#include <array>

#include "base/assert.h"
#include "sim/ai/threat.h"
#include "sim/combat/combat_stats.h"
#include "sim/combat/status.h"
#include "sim/skill/casting.h"

namespace throng::sim {
namespace {

// clang-format off
constexpr auto kTransitions = std::to_array<Transition>({
    {AiState::Idle,   Reason::PauseOver,   AiState::Patrol, "its pause is over, and it has somewhere to go"},
    {AiState::Idle,   Reason::OwnerLeft,   AiState::Patrol, "it was summoned, and its owner walks away"},
    {AiState::Patrol, Reason::Arrived,     AiState::Idle,   "it is where it wanted to go, or cannot get there"},

    {AiState::Idle,   Reason::Noticed,     AiState::Chase,  "aggressive; sees a player within its detection range"},
    {AiState::Patrol, Reason::Noticed,     AiState::Chase,  "aggressive; sees a player within its detection range"},
    {AiState::Idle,   Reason::Provoked,    AiState::Chase,  "not passive; was hurt or taunted"},
    {AiState::Patrol, Reason::Provoked,    AiState::Chase,  "not passive; was hurt or taunted"},
    {AiState::Idle,   Reason::Called,      AiState::Chase,  "not passive; one of its pack near it begins a fight"},
    {AiState::Patrol, Reason::Called,      AiState::Chase,  "not passive; one of its pack near it begins a fight"},
    {AiState::Idle,   Reason::OwnerFights, AiState::Chase,  "it was summoned, and its owner is in a fight"},
    {AiState::Patrol, Reason::OwnerFights, AiState::Chase,  "it was summoned, and its owner is in a fight"},

    {AiState::Chase,  Reason::InRange,     AiState::Attack, "its target is within attack range and in sight"},
    {AiState::Attack, Reason::OutOfRange,  AiState::Chase,  "its target has left attack range or sight"},

    {AiState::Idle,   Reason::Afraid,      AiState::Flee,   "passive; was hurt, and its health is at `flee_below_bp` or less"},
    {AiState::Patrol, Reason::Afraid,      AiState::Flee,   "passive; was hurt, and its health is at `flee_below_bp` or less"},
    {AiState::Chase,  Reason::Afraid,      AiState::Flee,   "its health is at `flee_below_bp` or less; once in a fight"},
    {AiState::Attack, Reason::Afraid,      AiState::Flee,   "its health is at `flee_below_bp` or less; once in a fight"},
    {AiState::Flee,   Reason::Recovered,   AiState::Chase,  "not passive; `flee_ms` are over and its enemy is still near"},
    {AiState::Flee,   Reason::Escaped,     AiState::Return, "`flee_ms` are over and nobody is near, or it is passive"},
    {AiState::Flee,   Reason::Leashed,     AiState::Return, "it is further from home than `leash_range_units`"},

    {AiState::Chase,  Reason::NobodyLeft,  AiState::Return, "everybody that it fought is dead or gone"},
    {AiState::Attack, Reason::NobodyLeft,  AiState::Return, "everybody that it fought is dead or gone"},
    {AiState::Chase,  Reason::Leashed,     AiState::Return, "too far from home, or from where the chase began"},
    {AiState::Attack, Reason::Leashed,     AiState::Return, "too far from home, or from where the chase began"},
    {AiState::Chase,  Reason::Unreachable, AiState::Return, "for 3 seconds no way leads to its target"},
    {AiState::Return, Reason::Home,        AiState::Idle,   "it is home, in full health"},

    {AiState::Idle,   Reason::Died,        AiState::Dead,   "its health is gone"},
    {AiState::Patrol, Reason::Died,        AiState::Dead,   "its health is gone"},
    {AiState::Chase,  Reason::Died,        AiState::Dead,   "its health is gone"},
    {AiState::Attack, Reason::Died,        AiState::Dead,   "its health is gone"},
    {AiState::Flee,   Reason::Died,        AiState::Dead,   "its health is gone"},
    {AiState::Return, Reason::Died,        AiState::Dead,   "its health is gone, by a game master's hand"},
});
// clang-format on

constexpr std::uint8_t kNoState = 0xff;
using NextStates = std::array<std::array<std::uint8_t, kReasons>, kAiStates>;

constexpr NextStates next_states() {
  NextStates next{};
  for (auto& row : next) row.fill(kNoState);
  for (const Transition& t : kTransitions) {
    next[static_cast<std::size_t>(t.from)][static_cast<std::size_t>(t.reason)] = static_cast<std::uint8_t>(t.to);
  }
  return next;
}

constexpr NextStates kNext = next_states();

std::uint8_t next_state(AiState from, Reason reason) {
  return kNext[static_cast<std::size_t>(from)][static_cast<std::size_t>(reason)];
}

/// A fight that is given up leaves nothing behind, for either side.
void give_up(WorldState& state, TickContext& ctx, EntityIndex index) {
  MonsterState& monster = state.monster(index);
  clear_threat(state.threat(index));
  monster.target = {};
  monster.destination = monster.home;
  monster.fled = monster.phase_cast_due = false;
  interrupt_cast(state, ctx, index);
  clear_statuses(state, ctx, index);
  if (monster.phase == 0) return;
  monster.phase = 0;
  refresh_stats(state, index);
}

}  // namespace

std::string_view reason_name(Reason reason) {
  constexpr std::array<std::string_view, kReasons> kNames = {
      "PauseOver",  "OwnerLeft", "Arrived", "Noticed",    "Provoked", "Called",      "OwnerFights", "Afraid", "InRange",
      "OutOfRange", "Recovered", "Escaped", "NobodyLeft", "Leashed",  "Unreachable", "Home",        "Died"};
  return kNames[static_cast<std::size_t>(reason)];
}

std::span<const Transition> transitions() { return kTransitions; }

bool may_enter(AiState from, Reason reason) { return next_state(from, reason) != kNoState; }

void enter(WorldState& state, TickContext& ctx, EntityIndex index, Reason reason) {
  MonsterState& monster = state.monster(index);
  const AiState from = monster.ai;
  THRONG_ASSERT(may_enter(from, reason), "a monster's change of state that is not in the table");
  monster.ai = static_cast<AiState>(next_state(from, reason));
  monster.state_since = state.now;
  monster.decide_at = state.now;
  monster.path_length = monster.path_next = 0;
  monster.path_wanted = false;
  halt(state.motions[index.value]);
  const bool fight_begins = from == AiState::Idle || from == AiState::Patrol;
  if (monster.ai == AiState::Chase && fight_begins) monster.chase_from = state.positions[index.value];
  if (monster.ai != AiState::Chase || fight_begins) monster.unreachable_since = {};
  if (monster.ai == AiState::Flee) monster.fled = true;
  ctx.tell(MonsterStateChanged{state.ref(index), from, monster.ai});
  if (monster.ai == AiState::Return) give_up(state, ctx, index);
}

}  // namespace throng::sim
