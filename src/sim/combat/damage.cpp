#include "sim/combat/damage.h"

#include <algorithm>

#include "sim/ai/monsters.h"
#include "sim/combat/death.h"
#include "sim/combat/relations.h"
#include "sim/combat/status.h"

namespace throng::sim {
namespace {

using content::Stat;

constexpr std::int64_t kPowerMax = 1'000'000;
/// Armour is made for blades: so much of it counts against everything else.
constexpr std::int32_t kMagicDefenceDivisor = 3;

std::int64_t share_of(std::int64_t whole, std::int64_t basis_points) {
  return whole * basis_points / kBasisPointsWhole;
}

std::int32_t critical_power(const WorldState& state, const Hit& hit, std::int64_t power) {
  const content::StatBlock& stats =
      state.exists(hit.source) ? state.fighter(hit.source.index).stats : state.content->balance.start;
  return static_cast<std::int32_t>(std::clamp(share_of(power, stats[Stat::CritDamage]), power, kPowerMax));
}

/// What would be lost without shields; at least 1.
std::int32_t damage_of(const WorldState& state, const Hit& hit, bool critical) {
  std::int32_t damage = static_cast<std::int32_t>(std::min<std::int64_t>(hit.power, kPowerMax));
  if (critical) damage = critical_power(state, hit, damage);
  const std::int32_t defence = state.fighter(hit.target).stats[Stat::Defence];
  const bool physical = hit.element == content::Element::Physical;
  const content::BalanceDef& balance = state.content->balance;
  damage = mitigated(damage, physical ? defence : defence / kMagicDefenceDivisor, balance.defence_half);
  if (is_between_players(state, hit.source, hit.target)) {
    damage = static_cast<std::int32_t>(share_of(damage, balance.pvp_damage.value));
  }
  return std::max(1, damage);
}

void enter_combat(WorldState& state, EntityIndex index) {
  state.fighter(index).combat_until = state.now + state.ticks(state.content->balance.combat_ms);
}

/// On its way home a monster is out of reach, so that nobody kills it by pulling it to and fro.
bool goes_home(const WorldState& state, EntityIndex index) {
  return state.kind(index) == EntityKind::Monster && state.monster(index).ai == AiState::Return;
}

}  // namespace

std::int32_t mitigated(std::int32_t power, std::int32_t defence, std::int32_t defence_half) {
  if (power <= 0) return 0;
  const std::int64_t half = std::max(1, defence_half);
  const std::int64_t left = power * half / (half + std::max(0, defence));
  return static_cast<std::int32_t>(std::max<std::int64_t>(1, left));
}

bool roll_critical(WorldState& state, TickContext& ctx, EntityIndex attacker) {
  const auto draw = static_cast<std::int32_t>(ctx.rng(Stream::Combat).below(kBasisPointsWhole));
  return draw < state.fighter(attacker).stats[Stat::CritChance];
}

std::int32_t deal_damage(WorldState& state, TickContext& ctx, const Hit& hit) {
  if (hit.power <= 0 || state.fighter(hit.target).dead() || goes_home(state, hit.target)) return 0;
  const bool attacker_here = state.exists(hit.source) && hit.source.index != hit.target;
  const bool critical = hit.critical || (hit.can_crit && attacker_here && roll_critical(state, ctx, hit.source.index));
  const std::int32_t damage = damage_of(state, hit, critical);
  const std::int32_t absorbed = absorb(state, ctx, hit.target, damage);
  Fighter& target = state.fighter(hit.target);
  const std::int32_t lost = std::min(damage - absorbed, target.hp);
  target.hp -= lost;
  enter_combat(state, hit.target);
  if (attacker_here) enter_combat(state, hit.source.index);
  ctx.tell(Damaged{hit.source, state.ref(hit.target), lost, absorbed, hit.skill, hit.element, critical});
  if (attacker_here && state.kind(hit.target) == EntityKind::Monster) {
    threaten(state, ctx, hit.target, hit.source, lost + absorbed, lost);
  }
  // Looked up again: what a monster does about a blow may bring others, and move the rows.
  if (state.fighter(hit.target).dead()) die(state, ctx, hit.target, hit.source);
  return lost;
}

std::int32_t heal(WorldState& state, TickContext& ctx, ActorRef source, EntityIndex target, std::int32_t amount,
                  content::SkillRef skill) {
  Fighter& fighter = state.fighter(target);
  if (fighter.dead() || amount <= 0) return 0;
  const std::int32_t restored = std::min(amount, fighter.max_hp() - fighter.hp);
  fighter.hp += restored;
  ctx.tell(Healed{source, state.ref(target), restored, skill});
  if (restored > 0 && state.exists(source)) {
    if (in_combat(state, target)) enter_combat(state, source.index);
    threaten_by_healing(state, ctx, source, target, restored);
  }
  return restored;
}

void basic_attack(WorldState& state, TickContext& ctx, EntityIndex attacker, EntityIndex target, int cooldown_ms) {
  state.fighter(attacker).attack_ready = state.now + state.ticks(cooldown_ms);
  deal_damage(state, ctx,
              {.source = state.ref(attacker), .target = target, .power = state.fighter(attacker).stats[Stat::Attack]});
}

}  // namespace throng::sim
