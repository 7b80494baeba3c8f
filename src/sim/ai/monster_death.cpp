#include "sim/ai/kill_credit.h"
#include "sim/ai/monsters.h"
#include "sim/ai/spawners.h"
#include "sim/ai/threat.h"
#include "sim/ai/transitions.h"
#include "sim/loot/loot.h"

namespace throng::sim {

void monster_died(WorldState& state, TickContext& ctx, EntityIndex index, ActorRef killer) {
  if (state.monster(index).ai == AiState::Dead) return;
  enter(state, ctx, index, Reason::Died);
  MonsterState& monster = state.monster(index);
  monster.target = {};
  monster.decide_at = state.now + state.ticks(state.monster_def(index).corpse_ms);
  state.fighter(index).hp = 0;
  if (!monster.owner.named()) {
    const ActorRef own = credit_kill(state, ctx, index, killer);
    if (own.named()) drop_loot(state, ctx, index, own.index);
  }
  clear_threat(state.threat(index));
  plan_respawn(state, ctx, index);
}

}  // namespace throng::sim
