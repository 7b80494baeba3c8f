#include "sim/ai/behaviours/patrol_goal.h"

#include <algorithm>
#include <array>

#include "sim/ai/behaviours/peace.h"
#include "sim/space/line_of_sight.h"

namespace throng::sim {
namespace {

constexpr int kStrollDraws = 4;
/// A guard this far from its place goes back to it.
constexpr Milliunits kOutOfPlace = units(2);
/// Those who share a route keep this far to the side of it, each on a side of its own.
constexpr Milliunits kBesideRoute = units(18);

constexpr int kCirclePoints = 16;
/// Cosines of the sixteenths of a circle, in basis points.
constexpr std::array<std::int32_t, kCirclePoints> kCosines = {
    10'000, 9'239, 7'071, 3'827, 0, -3'827, -7'071, -9'239, -10'000, -9'239, -7'071, -3'827, 0, 3'827, 7'071, 9'239};

Position on_circle(Position centre, Milliunits radius, std::uint32_t point) {
  const auto part = [&](std::uint32_t sixteenth) {
    const std::int64_t cosine = kCosines[sixteenth % kCirclePoints];
    return Milliunits{static_cast<std::int32_t>(radius.value * cosine / kBasisPointsWhole)};
  };
  return {centre.x + part(point), centre.y + part(point + 3 * kCirclePoints / 4)};
}

bool clear_between(const Mind& mind, Position from, Position to) {
  return mind.ctx.ground.fits(to) && way_clear(mind.state.map->walk, from, to, mind.ctx.ground.body_half_size());
}

std::optional<Position> stroll_goal(const Mind& mind) {
  const Position home = mind.monster().home;
  const std::int32_t radius = mind.def().patrol_radius.value;
  Rng& rng = mind.ctx.rng(Stream::Wander);
  for (int i = 0; i < kStrollDraws; ++i) {
    const std::int32_t dx = rng.between(-radius, radius);
    const std::int32_t dy = rng.between(-radius, radius);
    const Position goal{home.x + Milliunits{dx}, home.y + Milliunits{dy}};
    if (within(goal, home, {radius}) && clear_between(mind, mind.at(), goal)) return goal;
  }
  if (within(mind.at(), home, {radius})) return std::nullopt;
  return home;
}

std::optional<Position> circle_goal(const Mind& mind) {
  MonsterState& monster = mind.monster();
  for (int i = 0; i < kCirclePoints; ++i) {
    monster.waypoint = static_cast<std::uint16_t>((monster.waypoint + 1) % kCirclePoints);
    const Position goal = on_circle(monster.home, mind.def().patrol_radius, monster.waypoint);
    if (mind.ctx.ground.fits(goal)) return goal;
  }
  return std::nullopt;
}

const content::SpawnDef* spawn_of(const Mind& mind) {
  const content::SpawnRef spawn = mind.monster().spawn;
  return content::is_set(spawn) ? &mind.state.content->spawn(spawn) : nullptr;
}

/// Moves `waypoint` on to the one after it; there and back again for PingPong.
void step_along(MonsterState& monster, std::size_t points, content::RouteMode mode) {
  if (mode == content::RouteMode::Loop) {
    monster.waypoint = static_cast<std::uint16_t>((monster.waypoint + 1u) % points);
    return;
  }
  if (monster.waypoint + 1u >= points) monster.route_back = true;
  if (monster.waypoint == 0) monster.route_back = false;
  monster.waypoint = static_cast<std::uint16_t>(monster.route_back ? monster.waypoint - 1 : monster.waypoint + 1);
}

std::optional<Position> route_goal(const Mind& mind) {
  const content::SpawnDef* spawn = spawn_of(mind);
  if (spawn == nullptr || spawn->waypoints.size() < 2) return stroll_goal(mind);
  MonsterState& monster = mind.monster();
  if (monster.waypoint >= spawn->waypoints.size()) monster.waypoint = 0;  // a reload made the route shorter
  const Position point = spawn->waypoints[monster.waypoint];
  step_along(monster, spawn->waypoints.size(), spawn->route_mode);
  const Position beside = on_circle(point, kBesideRoute, 3 * mind.state.entities.id(mind.self).value);
  return clear_between(mind, point, beside) ? beside : point;
}

}  // namespace

std::optional<Position> next_patrol_goal(const Mind& mind) {
  switch (mind.def().patrol) {
    case content::PatrolMode::None:
      if (within(mind.at(), mind.monster().home, kOutOfPlace)) return std::nullopt;
      return mind.monster().home;
    case content::PatrolMode::Random: return stroll_goal(mind);
    case content::PatrolMode::Waypoint: return route_goal(mind);
    case content::PatrolMode::Circle: return circle_goal(mind);
  }
  return std::nullopt;
}

std::optional<Tick> wait_at_goal(const Mind& mind) {
  const content::PatrolMode mode = mind.def().patrol;
  if (mode == content::PatrolMode::Circle) return std::nullopt;
  const content::SpawnDef* spawn = spawn_of(mind);
  if (mode != content::PatrolMode::Waypoint || spawn == nullptr || spawn->waypoints.size() < 2) return pause_of(mind);
  if (spawn->route_wait_ms <= 0) return std::nullopt;
  return mind.state.ticks(spawn->route_wait_ms);
}

std::uint16_t nearest_waypoint(const WorldState& state, content::SpawnRef spawn, Position at) {
  if (!content::is_set(spawn)) return 0;
  const std::vector<Position>& points = state.content->spawn(spawn).waypoints;
  const auto nearest = std::min_element(points.begin(), points.end(), [&](Position a, Position b) {
    return distance_squared(at, a) < distance_squared(at, b);
  });
  return static_cast<std::uint16_t>(nearest - points.begin());
}

}  // namespace throng::sim
