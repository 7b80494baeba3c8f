#include "sim/combat/status.h"

#include <algorithm>

#include "sim/combat/combat_stats.h"
#include "sim/combat/damage.h"
#include "sim/combat/regeneration.h"
#include "sim/skill/casting.h"
#include "sim/space/motion.h"

namespace throng::sim {
namespace {

constexpr std::int64_t kStatusAmountMax = 1'000'000;

void tell_status(WorldState& state, TickContext& ctx, EntityIndex target, content::StatusRef status,
                 std::uint8_t stacks) {
  ctx.tell(StatusChanged{state.ref(target), status, stacks});
}

/// Takes one off, silently; those behind it move up, so that the order stays that of their coming.
void erase_status(WorldState& state, EntityIndex target, std::size_t place) {
  StatusRow& row = state.statuses[target.value];
  std::uint8_t& count = state.fighter(target).status_count;
  for (std::size_t i = place; i + 1 < count; ++i) row[i] = row[i + 1];
  row[--count] = {};
}

void take_off(WorldState& state, TickContext& ctx, EntityIndex target, std::size_t place) {
  const content::StatusRef status = state.statuses[target.value][place].status;
  erase_status(state, target, place);
  tell_status(state, ctx, target, status, 0);
}

/// Works out anew what depends on the statuses of somebody.
void derive(WorldState& state, EntityIndex target) {
  Fighter& fighter = state.fighter(target);
  fighter.shield = 0;
  fighter.stunned_until = fighter.rooted_until = fighter.silenced_until = Tick{0};
  for (std::size_t i = 0; i < fighter.status_count; ++i) {
    const ActiveStatus& status = state.statuses[target.value][i];
    switch (status.kind) {
      case StatusKind::Shield: fighter.shield += status.amount; break;
      case StatusKind::Stun: fighter.stunned_until = std::max(fighter.stunned_until, status.until); break;
      case StatusKind::Root: fighter.rooted_until = std::max(fighter.rooted_until, status.until); break;
      case StatusKind::Silence: fighter.silenced_until = std::max(fighter.silenced_until, status.until); break;
      case StatusKind::DamageOverTime:
      case StatusKind::HealOverTime:
      case StatusKind::Modifier:
      case StatusKind::Haste: break;
    }
  }
  refresh_stats(state, target);
  if (state.kind(target) == EntityKind::Player) {
    apply_player_course(state, target);
  } else if (is_rooted(state, target)) {
    halt(state.motions[target.value]);
  }
}

ActiveStatus* find_same(WorldState& state, EntityIndex target, const ActiveStatus& wanted) {
  StatusRow& row = state.statuses[target.value];
  for (std::size_t i = 0; i < state.fighter(target).status_count; ++i) {
    const bool same = row[i].status == wanted.status && row[i].kind == wanted.kind && row[i].stat == wanted.stat;
    if (same) return &row[i];
  }
  return nullptr;
}

void add_new(WorldState& state, TickContext& ctx, EntityIndex target, const ActiveStatus& fresh) {
  StatusRow& row = state.statuses[target.value];
  if (state.fighter(target).status_count == kStatusesMax) {
    const auto first = std::min_element(row.begin(), row.end(),
                                        [](const ActiveStatus& a, const ActiveStatus& b) { return a.until < b.until; });
    take_off(state, ctx, target, static_cast<std::size_t>(first - row.begin()));
  }
  row[state.fighter(target).status_count++] = fresh;
}

std::int32_t magnitude(const ActiveStatus& status) { return status.amount < 0 ? -status.amount : status.amount; }

/// A shield's amount is what is left of all its stacks together; other amounts count for each stack.
void stack_up(ActiveStatus& old, const ActiveStatus& fresh, int stacks_max) {
  old.stacks = static_cast<std::uint8_t>(std::min<int>(old.stacks + 1, std::clamp(stacks_max, 1, 255)));
  if (old.kind == StatusKind::Shield) {
    const std::int64_t full = std::min(std::int64_t{fresh.amount} * old.stacks, kStatusAmountMax);
    const std::int64_t sum = std::min(std::int64_t{old.amount} + fresh.amount, full);
    old.amount = static_cast<std::int32_t>(std::max<std::int64_t>(old.amount, sum));
  } else if (magnitude(fresh) > magnitude(old)) {
    old.amount = fresh.amount;
  }
}

/// A further one of what is there already. Steps of damage and healing keep their beat (`next_step`), so that renewing
/// it often does not put them off for ever.
void renew(ActiveStatus& old, const ActiveStatus& fresh, const StatusToApply& wanted) {
  const bool weaker = wanted.stacking == content::Stacking::Strongest && magnitude(fresh) < magnitude(old);
  if (weaker) return;
  if (wanted.stacking == content::Stacking::Stack) {
    stack_up(old, fresh, wanted.stacks_max);
  } else {
    old.amount = fresh.amount;
    old.stacks = 1;
  }
  old.until = fresh.until;
  old.interval = fresh.interval;
  old.element = fresh.element;
  old.skill = fresh.skill;
  old.source = fresh.source;
}

struct DueStep {
  StatusKind kind;
  content::Element element;
  std::int32_t amount;
  content::SkillRef skill;
  ActorRef source;
};

void take_step_of(WorldState& state, TickContext& ctx, EntityIndex target, const DueStep& step) {
  if (step.kind == StatusKind::HealOverTime) {
    heal(state, ctx, step.source, target, step.amount, step.skill);
    return;
  }
  deal_damage(state, ctx,
              {.source = step.source,
               .target = target,
               .power = step.amount,
               .element = step.element,
               .skill = step.skill,
               .can_crit = false});
}

/// Steps are noted first and done after, because a step may end other statuses, or the fight.
void run_steps(WorldState& state, TickContext& ctx, EntityIndex target) {
  std::array<DueStep, kStatusesMax> due;
  std::size_t count = 0;
  StatusRow& row = state.statuses[target.value];
  for (std::size_t i = 0; i < state.fighter(target).status_count; ++i) {
    ActiveStatus& status = row[i];
    const bool steps = status.kind == StatusKind::DamageOverTime || status.kind == StatusKind::HealOverTime;
    if (!steps || status.next_step > state.now || status.next_step > status.until) continue;
    status.next_step += std::max(Tick{1}, status.interval);
    const std::int64_t amount = std::min(std::int64_t{status.amount} * status.stacks, kStatusAmountMax);
    due[count++] = {status.kind, status.element, static_cast<std::int32_t>(amount), status.skill, status.source};
  }
  for (std::size_t i = 0; i < count && !state.fighter(target).dead(); ++i) take_step_of(state, ctx, target, due[i]);
}

void end_statuses(WorldState& state, TickContext& ctx, EntityIndex target) {
  bool any = false;
  for (std::size_t i = state.fighter(target).status_count; i-- > 0;) {
    if (state.statuses[target.value][i].until > state.now) continue;
    take_off(state, ctx, target, i);
    any = true;
  }
  if (any) derive(state, target);
}

void advance_fighter(WorldState& state, TickContext& ctx, EntityIndex index) {
  const Fighter& fighter = state.fighter(index);
  if (fighter.dead()) return;
  if (fighter.status_count > 0) {
    run_steps(state, ctx, index);
    if (fighter.dead()) return;
    end_statuses(state, ctx, index);
  }
  regenerate(state, index);
}

/// Some monsters shake off what would hold them. Rounded down to whole ticks.
Tick duration_on(const WorldState& state, EntityIndex target, const StatusToApply& wanted) {
  if (state.kind(target) != EntityKind::Monster) return wanted.duration;
  const content::MonsterDef& def = state.monster_def(target);
  BasisPoints resistance;
  if (wanted.status.kind == StatusKind::Stun) resistance = def.stun_resistance;
  if (wanted.status.kind == StatusKind::Root) resistance = def.root_resistance;
  if (wanted.status.kind == StatusKind::Silence) resistance = def.silence_resistance;
  const std::uint64_t left = static_cast<std::uint64_t>(kBasisPointsWhole - resistance.value);
  return Tick{static_cast<std::uint32_t>(wanted.duration.value * left / kBasisPointsWhole)};
}

}  // namespace

void apply_status(WorldState& state, TickContext& ctx, EntityIndex target, const StatusToApply& wanted) {
  if (state.fighter(target).dead() || !content::is_set(wanted.status.status)) return;
  const Tick duration = duration_on(state, target, wanted);
  if (duration == Tick{} && wanted.duration != Tick{}) return;
  ActiveStatus fresh = wanted.status;
  fresh.stacks = 1;
  fresh.until = state.now + duration;
  fresh.next_step = state.now + fresh.interval;
  ActiveStatus* old = find_same(state, target, fresh);
  if (old != nullptr) {
    renew(*old, fresh, wanted);
  } else {
    add_new(state, ctx, target, fresh);
  }
  tell_status(state, ctx, target, fresh.status, old != nullptr ? old->stacks : fresh.stacks);
  derive(state, target);
  if (fresh.kind == StatusKind::Stun || fresh.kind == StatusKind::Silence) interrupt_cast(state, ctx, target);
}

bool has_status(const WorldState& state, EntityIndex target, content::StatusRef status) {
  const StatusRow& row = state.statuses[target.value];
  const auto end = row.begin() + state.fighter(target).status_count;
  return std::any_of(row.begin(), end, [&](const ActiveStatus& one) { return one.status == status; });
}

int dispel(WorldState& state, TickContext& ctx, EntityIndex target, bool harmful, int count) {
  int gone = 0;
  for (std::size_t i = state.fighter(target).status_count; i-- > 0 && gone < count;) {
    if (state.statuses[target.value][i].harmful != harmful) continue;
    take_off(state, ctx, target, i);
    ++gone;
  }
  if (gone > 0) derive(state, target);
  return gone;
}

void set_statuses(WorldState& state, EntityIndex target, std::span<const ActiveStatus> statuses) {
  StatusRow& row = state.statuses[target.value];
  row = {};
  std::copy(statuses.begin(), statuses.end(), row.begin());
  state.fighter(target).status_count = static_cast<std::uint8_t>(statuses.size());
  derive(state, target);
}

void clear_statuses(WorldState& state, TickContext& ctx, EntityIndex target) {
  if (state.fighter(target).status_count == 0) return;
  while (state.fighter(target).status_count > 0) take_off(state, ctx, target, state.fighter(target).status_count - 1u);
  derive(state, target);
}

std::int32_t absorb(WorldState& state, TickContext& ctx, EntityIndex target, std::int32_t damage) {
  Fighter& fighter = state.fighter(target);
  const std::int32_t absorbed = std::min(damage, fighter.shield);
  std::int32_t left = absorbed;
  for (std::size_t i = 0; left > 0 && i < fighter.status_count;) {
    ActiveStatus& status = state.statuses[target.value][i];
    const std::int32_t taken = status.kind == StatusKind::Shield ? std::min(left, status.amount) : 0;
    status.amount -= taken;
    left -= taken;
    if (taken > 0 && status.amount == 0) {
      take_off(state, ctx, target, i);
    } else {
      ++i;
    }
  }
  fighter.shield -= absorbed;
  return absorbed;
}

void advance_statuses(WorldState& state, TickContext& ctx) {
  for (const EntityKind kind : {EntityKind::Player, EntityKind::Monster}) {
    // By number: a death may bring monsters, and with them a longer list.
    for (std::size_t i = 0; i < state.entities.indexes(kind).size(); ++i) {
      const EntityIndex index = state.entities.indexes(kind)[i];
      if (state.entities.alive(index)) advance_fighter(state, ctx, index);
    }
  }
}

}  // namespace throng::sim
