#include "sim/skill/casting.h"

#include "sim/combat/find_target.h"
#include "sim/combat/status.h"
#include "sim/player/activity.h"
#include "sim/skill/landing.h"
#include "sim/skill/skill_book.h"
#include "sim/skill/targets.h"
#include "sim/space/line_of_sight.h"
#include "sim/space/motion.h"

namespace throng::sim {
namespace {

using content::SkillShape;
using content::TargetRule;

/// While a cast takes its time its target may walk this much further than the skill's range.
constexpr BasisPoints kStretchedRange{12'500};

Verdict check_place(const WorldState& state, EntityIndex caster, Position at, std::int64_t range) {
  const Position from = state.positions[caster.value];
  if (distance_squared(from, at) > range * range) return Verdict::OutOfRange;
  return way_clear(state.map->walk, from, at, Milliunits{0}) ? Verdict::Accepted : Verdict::NotVisible;
}

Verdict check_target(const WorldState& state, EntityIndex caster, const content::SkillDef& skill, ActorRef target,
                     BasisPoints stretch) {
  if (!state.exists(target)) return Verdict::NoSuchTarget;
  const EntityKind kind = state.kind(target.index);
  if (kind != EntityKind::Player && kind != EntityKind::Monster) return Verdict::WrongTarget;
  if (state.fighter(target.index).dead()) return Verdict::WrongTarget;
  const Verdict verdict = check_rule(state, caster, skill.target, target.index);
  if (verdict != Verdict::Accepted || target.index == caster) return verdict;
  const std::int64_t range = std::int64_t{skill.range.value} * stretch.value / kBasisPointsWhole;
  return check_place(state, caster, state.positions[target.index.value], range);
}

/// Where the caster has to aim at something, for want of which nothing can be done.
bool needs_aim(const content::SkillDef& skill) {
  if (skill.shape == SkillShape::Cone || skill.shape == SkillShape::Line) return true;
  return skill.shape == SkillShape::Target && skill.target == TargetRule::Enemy;
}

bool acts_round_caster(const content::SkillDef& skill) {
  return skill.shape == SkillShape::Self || (skill.shape == SkillShape::Target && skill.target == TargetRule::Self) ||
         (skill.shape == SkillShape::Circle && skill.range.value == 0);
}

Verdict check_aim(const WorldState& state, EntityIndex caster, const content::SkillDef& skill, const Aim& aim,
                  BasisPoints stretch) {
  if (acts_round_caster(skill)) return Verdict::Accepted;
  if (aim.target.named()) return check_target(state, caster, skill, aim.target, stretch);
  if (aim.at && skill.shape == SkillShape::Circle) return check_place(state, caster, *aim.at, skill.range.value);
  const bool has_direction = aim.at && skill.shape != SkillShape::Target && *aim.at != state.positions[caster.value];
  return needs_aim(skill) && !has_direction ? Verdict::NoSuchTarget : Verdict::Accepted;
}

Verdict check_caster(const WorldState& state, EntityIndex caster, const content::SkillDef& skill) {
  const Fighter& fighter = state.fighter(caster);
  const bool is_player = state.kind(caster) == EntityKind::Player;
  if (fighter.dead()) return Verdict::Dead;
  if (is_stunned(state, caster)) return Verdict::Stunned;
  if (is_silenced(state, caster)) return Verdict::Silenced;
  if (fighter.cast.active()) return Verdict::Busy;
  if (is_player && fighter.level < skill.level) return Verdict::LevelTooLow;
  if (is_player && skill.cast_ms > 0 && !state.motions[caster.value].rests()) return Verdict::Moving;
  return Verdict::Accepted;
}

bool is_castable(const WorldState& state, EntityIndex caster, content::SkillRef ref) {
  if (ref.value >= state.content->skills.size()) return false;
  const content::SkillDef& skill = state.content->skill(ref);
  return !skill.retired && !(skill.monsters_only && state.kind(caster) == EntityKind::Player);
}

void show_activity(WorldState& state, EntityIndex caster) {
  if (state.kind(caster) == EntityKind::Player) state.player(caster).activity = activity_of(state, caster);
}

void tell_cast(WorldState& state, TickContext& ctx, EntityIndex caster, const Cast& cast, CastStage stage) {
  ctx.tell(CastTold{state.ref(caster), cast.target, cast.skill, stage});
}

/// A skill that acts on or round its caster is aimed at it, whatever the client had selected.
Aim real_aim(const WorldState& state, EntityIndex caster, const content::SkillDef& skill, const Aim& aim) {
  return acts_round_caster(skill) ? Aim{.target = state.ref(caster), .at = std::nullopt} : aim;
}

Position place_of(const WorldState& state, EntityIndex caster, const Aim& aim) {
  if (aim.target.named() && state.exists(aim.target)) return state.positions[aim.target.index.value];
  return aim.at.value_or(state.positions[caster.value]);
}

void finish_cast(WorldState& state, TickContext& ctx, EntityIndex caster, const Cast& cast) {
  tell_cast(state, ctx, caster, cast, CastStage::Finished);
  land_cast(state, ctx, caster, cast);
}

/// The time of a cast has come. One on a single target needs it still; others strike the place where it was last.
void complete_cast(WorldState& state, TickContext& ctx, EntityIndex caster) {
  Cast cast = state.fighter(caster).cast;
  const content::SkillDef& skill = state.content->skill(cast.skill);
  const bool target_there = state.exists(cast.target) && !state.fighter(cast.target.index).dead();
  if (skill.shape == SkillShape::Target && cast.target.named()) {
    const Verdict verdict = check_aim(state, caster, skill, {cast.target, {}}, kStretchedRange);
    if (verdict != Verdict::Accepted) return interrupt_cast(state, ctx, caster);
  }
  if (target_there) cast.aim = state.positions[cast.target.index.value];
  state.fighter(caster).cast = {};
  show_activity(state, caster);
  finish_cast(state, ctx, caster, cast);
}

/// What a cast that goes on has to be checked for; most ends are told to it by interrupt_cast.
bool walks(const WorldState& state, EntityIndex caster) {
  return state.kind(caster) == EntityKind::Player && !state.motions[caster.value].rests();
}

void advance_cast(WorldState& state, TickContext& ctx, EntityIndex caster) {
  const Cast& cast = state.fighter(caster).cast;
  if (!cast.active()) return;
  if (walks(state, caster)) return interrupt_cast(state, ctx, caster);
  if (cast.done <= state.now) complete_cast(state, ctx, caster);
}

}  // namespace

Verdict check_cast(const WorldState& state, const TickContext&, EntityIndex caster, content::SkillRef ref,
                   const Aim& aim, Tick ready) {
  if (!is_castable(state, caster, ref)) return Verdict::UnknownSkill;
  const content::SkillDef& skill = state.content->skill(ref);
  const Fighter& fighter = state.fighter(caster);
  const Verdict verdict = check_caster(state, caster, skill);
  if (verdict != Verdict::Accepted) return verdict;
  if (ready > state.now || fighter.global_ready > state.now) return Verdict::OnCooldown;
  if (fighter.mana < skill.mana_cost) return Verdict::NotEnoughMana;
  return check_aim(state, caster, skill, aim, BasisPoints{kBasisPointsWhole});
}

void begin_cast(WorldState& state, TickContext& ctx, EntityIndex caster, content::SkillRef ref, const Aim& wanted,
                Tick& ready) {
  const content::SkillDef& skill = state.content->skill(ref);
  const Aim aim = real_aim(state, caster, skill, wanted);
  Fighter& fighter = state.fighter(caster);
  fighter.mana -= std::min(fighter.mana, skill.mana_cost);
  fighter.global_ready = state.now + state.ticks(skill.global_cooldown_ms);
  ready = state.now + state.ticks(skill.cooldown_ms);
  const Cast cast{ref, aim.target, place_of(state, caster, aim), state.now + state.ticks(skill.cast_ms)};
  if (skill.cast_ms == 0) return finish_cast(state, ctx, caster, cast);
  fighter.cast = cast;
  if (state.kind(caster) == EntityKind::Monster) halt(state.motions[caster.value]);
  show_activity(state, caster);
  tell_cast(state, ctx, caster, cast, CastStage::Started);
}

void cast_skill(WorldState& state, TickContext& ctx, const Attack& intent) {
  const std::optional<EntityIndex> caster = state.players_by_key.find(intent.key);
  if (!caster) return;
  const auto refuse = [&](Verdict verdict) { ctx.refuse(intent.key, verdict, intent.request); };
  if (!is_castable(state, *caster, intent.skill)) return refuse(Verdict::UnknownSkill);
  KnownSkill* known = known_skill(state.player(*caster), intent.skill);
  if (known == nullptr) return refuse(Verdict::NotLearned);
  Aim aim{.target = {}, .at = intent.aim};
  if (intent.target != EntityId{0}) {
    const std::optional<EntityIndex> target = find_target(state, *caster, intent.target);
    if (!target) return refuse(Verdict::NoSuchTarget);
    aim.target = state.ref(*target);
  }
  const Verdict verdict = check_cast(state, ctx, *caster, intent.skill, aim, known->ready);
  if (verdict != Verdict::Accepted) return refuse(verdict);
  begin_cast(state, ctx, *caster, intent.skill, aim, known->ready);
}

void interrupt_cast(WorldState& state, TickContext& ctx, EntityIndex caster) {
  Fighter& fighter = state.fighter(caster);
  if (!fighter.cast.active()) return;
  const Cast cast = fighter.cast;
  fighter.cast = {};
  show_activity(state, caster);
  tell_cast(state, ctx, caster, cast, CastStage::Interrupted);
}

void advance_casts(WorldState& state, TickContext& ctx) {
  for (const EntityKind kind : {EntityKind::Player, EntityKind::Monster}) {
    // By number: a summons makes the list of monsters longer.
    for (std::size_t i = 0; i < state.entities.indexes(kind).size(); ++i) {
      const EntityIndex index = state.entities.indexes(kind)[i];
      if (state.entities.alive(index)) advance_cast(state, ctx, index);
    }
  }
}

}  // namespace throng::sim
