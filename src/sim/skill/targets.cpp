#include "sim/skill/targets.h"

#include <algorithm>

#include "sim/combat/relations.h"
#include "sim/skill/angles.h"
#include "sim/space/line_of_sight.h"

namespace throng::sim {
namespace {

using content::SkillShape;

/// How far somebody may have been pushed since the grid was filed.
constexpr Milliunits kGridSlack = units(64);

bool inside_cone(Position apex, UnitVector axis, std::int64_t cosine, Position at) {
  const std::int64_t dx = std::int64_t{at.x.value} - apex.x.value;
  const std::int64_t dy = std::int64_t{at.y.value} - apex.y.value;
  const auto length = static_cast<std::int64_t>(integer_sqrt(static_cast<std::uint64_t>(dx * dx + dy * dy)));
  return dx * axis.x + dy * axis.y >= cosine * length;
}

bool inside_lane(Position start, UnitVector axis, std::int64_t length, std::int64_t half_width, Position at) {
  const std::int64_t dx = std::int64_t{at.x.value} - start.x.value;
  const std::int64_t dy = std::int64_t{at.y.value} - start.y.value;
  const std::int64_t along = (dx * axis.x + dy * axis.y) / kMillion;
  const std::int64_t across = (dx * axis.y - dy * axis.x) / kMillion;
  return along >= 0 && along <= length && across <= half_width && across >= -half_width;
}

bool is_before(const CastTarget& a, const CastTarget& b) {
  return a.distance_squared != b.distance_squared ? a.distance_squared < b.distance_squared : a.id < b.id;
}

/// One search: keeps the nearest that fit.
class TargetSearch {
 public:
  TargetSearch(const WorldState& state, EntityIndex caster, const content::SkillDef& skill, Position centre,
               Position aim)
      : state_(state),
        caster_(caster),
        skill_(skill),
        centre_(centre),
        axis_(unit_towards(centre, aim)),
        cosine_(cosine_of_half_degrees(std::clamp(skill.angle_deg, 1, 360))),
        wanted_(std::clamp<std::size_t>(static_cast<std::size_t>(std::max(1, skill.targets_max)), 1, kCastTargetsMax)) {
  }

  /// How far from the centre anybody can be hit.
  Milliunits reach() const {
    if (skill_.shape == SkillShape::Circle) return skill_.radius;
    return skill_.shape == SkillShape::Line ? skill_.range + skill_.radius : skill_.range;
  }

  void consider(EntityIndex index) {
    const EntityKind kind = state_.kind(index);
    if (kind != EntityKind::Player && kind != EntityKind::Monster) return;
    const CastTarget one = target_of(index);
    const bool full = found_.count == wanted_;
    if (full && !is_before(one, found_.list[found_.count - 1])) return;
    if (state_.fighter(index).dead() || !inside(index, one.distance_squared)) return;
    if (check_rule(state_, caster_, skill_.target, index) != Verdict::Accepted) return;
    if (!way_clear(state_.map->walk, centre_, state_.positions[index.value], Milliunits{0})) return;
    insert(one);
  }

  const CastTargets& found() const { return found_; }

 private:
  CastTarget target_of(EntityIndex index) const {
    return {.index = index,
            .id = state_.entities.id(index),
            .distance_squared = distance_squared(centre_, state_.positions[index.value])};
  }

  bool inside(EntityIndex index, std::int64_t distance_squared) const {
    const Position at = state_.positions[index.value];
    const auto within = [&](std::int64_t range) { return distance_squared <= range * range; };
    if (skill_.shape == SkillShape::Circle) return within(skill_.radius.value);
    if (index == caster_) return false;
    if (skill_.shape == SkillShape::Line) {
      return inside_lane(centre_, axis_, skill_.range.value, skill_.radius.value, at);
    }
    return within(skill_.range.value) && inside_cone(centre_, axis_, cosine_, at);
  }

  void insert(const CastTarget& one) {
    if (found_.count < wanted_) ++found_.count;
    std::size_t place = found_.count - 1;
    for (; place > 0 && is_before(one, found_.list[place - 1]); --place) found_.list[place] = found_.list[place - 1];
    found_.list[place] = one;
  }

  const WorldState& state_;
  EntityIndex caster_;
  const content::SkillDef& skill_;
  Position centre_;
  UnitVector axis_;
  std::int64_t cosine_;
  std::size_t wanted_;
  CastTargets found_;
};

/// Shapes with one target: nobody when the rule forbids it.
CastTargets single_target(const WorldState& state, EntityIndex caster, const content::SkillDef& skill,
                          ActorRef target) {
  const bool self = skill.shape == SkillShape::Self || skill.target == content::TargetRule::Self || !target.named();
  const EntityIndex index = self ? caster : target.index;
  CastTargets found;
  if (!self && (!state.exists(target) || state.fighter(index).dead())) return found;
  if (!self && check_rule(state, caster, skill.target, index) != Verdict::Accepted) return found;
  found.list[found.count++] = {.index = index, .id = state.entities.id(index)};
  return found;
}

}  // namespace

Verdict check_rule(const WorldState& state, EntityIndex caster, content::TargetRule rule, EntityIndex target) {
  const auto only_if = [](bool allowed) { return allowed ? Verdict::Accepted : Verdict::WrongTarget; };
  switch (rule) {
    case content::TargetRule::Enemy: {
      const Verdict verdict = may_harm(state, caster, target);
      return verdict == Verdict::Dead ? Verdict::WrongTarget : verdict;
    }
    case content::TargetRule::Ally: return only_if(are_allies(state, caster, target));
    case content::TargetRule::Self: return only_if(caster == target);
    case content::TargetRule::Any: break;
  }
  return Verdict::Accepted;
}

CastTargets find_targets(const WorldState& state, const TickContext& ctx, EntityIndex caster,
                         const content::SkillDef& skill, ActorRef target, Position aim) {
  CastTargets found;
  if (skill.shape == SkillShape::Self || skill.shape == SkillShape::Target) {
    found = single_target(state, caster, skill, target);
  } else {
    const bool elsewhere = skill.shape == SkillShape::Circle && skill.range.value > 0;
    TargetSearch search(state, caster, skill, elsewhere ? aim : state.positions[caster.value], aim);
    ctx.grid.visit_near(elsewhere ? aim : state.positions[caster.value], search.reach() + kGridSlack,
                        [&](const SpatialGrid::Entry& entry) {
                          if (state.entities.alive(entry.index)) search.consider(entry.index);
                        });
    found = search.found();
  }
  for (std::size_t i = 0; i < found.count; ++i) {
    found.list[i].harmable = may_harm(state, caster, found.list[i].index) == Verdict::Accepted;
  }
  return found;
}

}  // namespace throng::sim
