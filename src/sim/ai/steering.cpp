#include "sim/ai/steering.h"

#include <algorithm>
#include <array>

#include "sim/combat/status.h"
#include "sim/space/integer_sqrt.h"
#include "sim/space/line_of_sight.h"

namespace throng::sim {
namespace {

/// A walker is there when it is this near.
constexpr Milliunits kThere = units(1);
/// One that pursues takes a bend when it is this near.
constexpr Milliunits kBend = units(4);
/// A way leads to where the goal was; when the goal has gone this far on, another way is wanted.
constexpr Milliunits kGoalMoved = units(48);
/// How often one that pursues looks whether a straight way is clear.
constexpr std::uint32_t kLookTicks = 10;
/// How often it aims anew on open ground, and gives way to neighbours: looking round costs more than walking on.
constexpr std::uint32_t kAimTicks = 4;
constexpr std::int64_t kLegTicksMax = 1200;

Milliunits body_of(const Mind& mind) { return mind.ctx.ground.body_half_size(); }

bool straight_way(const Mind& mind, Position to) {
  return way_clear(mind.state.map->walk, mind.at(), to, body_of(mind));
}

void drop_way(MonsterState& monster) {
  monster.path_length = monster.path_next = 0;
  monster.path_wanted = false;
}

void want_way(const Mind& mind) {
  MonsterState& monster = mind.monster();
  if (monster.path_wanted) return;
  monster.path_wanted = true;
  monster.path_due = std::max(monster.path_due, mind.now());
}

/// Sets a course that ends at `to` after a whole number of ticks, and `decide_at` to its end.
void head_straight(const Mind& mind, Position to, Milliunits speed) {
  const int rate = mind.state.settings.tick_rate_hz;
  const std::int64_t distance = integer_sqrt_up(static_cast<std::uint64_t>(distance_squared(mind.at(), to)));
  const std::int64_t needed = (distance * rate + speed.value - 1) / speed.value;
  const std::int64_t ticks = std::clamp<std::int64_t>(needed, 1, kLegTicksMax);
  const std::int64_t per_second = std::min<std::int64_t>(speed.value, (distance * rate + ticks - 1) / ticks);
  const auto exact = static_cast<std::int32_t>(per_second);
  set_course(mind.motion(), towards(mind.at(), to), {exact}, rate);
  mind.monster().decide_at = mind.now() + Tick{static_cast<std::uint32_t>(ticks)};
}

Walk end_of_way(const Mind& mind) {
  MonsterState& monster = mind.monster();
  if (within(mind.at(), monster.destination, kThere)) return Walk::Arrived;
  if (monster.unreachable_since != Tick{}) return Walk::NoWay;
  set_out(mind, monster.destination);  // the way was longer than it can remember
  return Walk::OnTheWay;
}

Direction sum_of(Direction a, Direction b) { return shortened({a.x.value + b.x.value}, {a.y.value + b.y.value}); }

/// Straight when that is clear; else keeps the way it has while that still leads to the goal; else wants another.
void choose_way(const Mind& mind, Position goal) {
  MonsterState& monster = mind.monster();
  if (straight_way(mind, goal)) {
    drop_way(monster);
    monster.unreachable_since = {};
    monster.destination = goal;
    return;
  }
  const bool has_way = monster.path_next < monster.path_length;
  const bool good = has_way && within(goal, monster.destination, kGoalMoved) && mind.motion().stalled == 0;
  if (good && monster.unreachable_since == Tick{}) return;
  monster.destination = goal;
  want_way(mind);
}

/// Where to go next on the way, the goal itself without one.
std::optional<Position> next_bend(const Mind& mind, Position goal) {
  MonsterState& monster = mind.monster();
  while (monster.path_next < monster.path_length && within(mind.at(), monster.path[monster.path_next], kBend)) {
    ++monster.path_next;
  }
  if (monster.path_next < monster.path_length) return monster.path[monster.path_next];
  if (monster.unreachable_since != Tick{}) return std::nullopt;
  return goal;
}

/// For two that stand on the very same point: a direction of its own for each id.
Direction some_direction(EntityId id) {
  constexpr std::array<Direction, 8> kRound = {{{{10'000}, {0}},
                                                {{7'071}, {7'071}},
                                                {{0}, {10'000}},
                                                {{-7'071}, {7'071}},
                                                {{-10'000}, {0}},
                                                {{-7'071}, {-7'071}},
                                                {{0}, {-10'000}},
                                                {{7'071}, {-7'071}}}};
  return kRound[id.value % kRound.size()];
}

}  // namespace

Milliunits speed_now(const Mind& mind, Milliunits speed) {
  if (is_rooted(mind.state, mind.self)) return {};
  std::int64_t now = std::int64_t{speed.value} * mind.fighter().stats[content::Stat::Speed] / kBasisPointsWhole;
  const std::uint8_t phase = mind.monster().phase;
  if (phase > 0 && phase <= mind.def().phases.size()) {
    now = now * mind.def().phases[phase - 1u].speed_factor.value / kBasisPointsWhole;
  }
  return {static_cast<std::int32_t>(std::clamp<std::int64_t>(now, 0, kSpeedMax.value))};
}

void stand(const Mind& mind) { halt(mind.motion()); }

void set_out(const Mind& mind, Position goal) {
  MonsterState& monster = mind.monster();
  drop_way(monster);
  monster.destination = goal;
  monster.unreachable_since = {};
  monster.decide_at = mind.now();
  halt(mind.motion());
  if (!straight_way(mind, goal)) want_way(mind);
}

Walk walk(const Mind& mind, Milliunits speed) {
  MonsterState& monster = mind.monster();
  if (monster.path_wanted) return Walk::OnTheWay;
  const bool moving = !mind.motion().rests();
  if (moving && mind.motion().stalled != 0) {
    stand(mind);
    want_way(mind);
    return Walk::OnTheWay;
  }
  if (moving && mind.now() < monster.decide_at) return Walk::OnTheWay;
  const bool has_way = monster.path_next < monster.path_length;
  if (has_way && within(mind.at(), monster.path[monster.path_next], kThere)) ++monster.path_next;
  const bool on = monster.path_next < monster.path_length;
  const bool way_ends = monster.path_length > 0 || monster.unreachable_since != Tick{};
  if (!on && (way_ends || within(mind.at(), monster.destination, kThere))) return end_of_way(mind);
  if (speed.value == 0) {
    stand(mind);
    return Walk::OnTheWay;
  }
  head_straight(mind, on ? monster.path[monster.path_next] : monster.destination, speed);
  return Walk::OnTheWay;
}

void pursue(const Mind& mind, Position goal, Milliunits speed) {
  if (speed.value == 0) return stand(mind);
  const bool begins = mind.motion().stalled != 0 || mind.monster().state_since == mind.now();
  if (begins || mind.every(kLookTicks)) choose_way(mind, goal);
  const bool round_a_bend = mind.monster().path_next < mind.monster().path_length;
  if (!begins && !round_a_bend && !mind.every(kAimTicks) && !mind.motion().rests()) return;
  const std::optional<Position> next = next_bend(mind, goal);
  if (!next) return stand(mind);
  Direction course = towards(mind.at(), *next);
  if (mind.every(kAimTicks)) {
    if (const auto away = away_from_neighbours(mind)) course = sum_of(course, *away);
  }
  set_course(mind.motion(), course, speed, mind.state.settings.tick_rate_hz);
}

std::optional<Direction> away_from_neighbours(const Mind& mind) {
  const WorldState& state = mind.state;
  const Position at = mind.at();
  const EntityId id = state.entities.id(mind.self);
  std::int64_t x = 0;
  std::int64_t y = 0;
  bool crowded = false;
  mind.ctx.grid.visit_near(at, kElbowRoom, [&](const SpatialGrid::Entry& other) {
    const auto aside = static_cast<std::uint32_t>(other.position.x.value - at.x.value + kElbowRoom.value);
    if (aside >= 2u * static_cast<std::uint32_t>(kElbowRoom.value)) return;  // most are told apart by this alone
    if (distance_squared(at, other.position) >= squared(kElbowRoom) || other.index == mind.self) return;
    if (!state.entities.alive(other.index) || state.kind(other.index) != EntityKind::Monster) return;
    if (!(state.entities.id(other.index) < id) || state.monster(other.index).ai == AiState::Dead) return;
    crowded = true;
    x += at.x.value - other.position.x.value;
    y += at.y.value - other.position.y.value;
  });
  if (!crowded) return std::nullopt;
  if (x == 0 && y == 0) return some_direction(id);
  const auto bounded = [](std::int64_t sum) {
    return Milliunits{static_cast<std::int32_t>(std::clamp<std::int64_t>(sum, -1'000'000, 1'000'000))};
  };
  return towards({}, {bounded(x), bounded(y)});
}

}  // namespace throng::sim
