// Flee: it runs from whom it fears, by a way that is open.

#include <array>
#include <optional>

#include "sim/ai/behaviours/all_behaviours.h"
#include "sim/ai/behaviours/fight.h"
#include "sim/ai/senses.h"
#include "sim/ai/steering.h"
#include "sim/ai/transitions.h"
#include "sim/combat/status.h"
#include "sim/space/line_of_sight.h"

namespace throng::sim {
namespace {

/// It chooses its way anew so often, and at once when a wall stops it.
constexpr int kChooseMs = 500;
/// So much of a way must be open; the second is better than nothing.
constexpr std::array kOpenWays = {units(96), units(24)};
/// Tried in turn: straight away, then more and more to the side. In eighths of a circle.
constexpr std::array kTurns = {0, 1, 7, 2, 6, 3, 5};

Direction turned(Direction d, int eighths) {
  for (int i = 0; i < eighths; ++i) {
    const std::int64_t x = (std::int64_t{d.x.value} - d.y.value) * 7'071 / kBasisPointsWhole;
    const std::int64_t y = (std::int64_t{d.x.value} + d.y.value) * 7'071 / kBasisPointsWhole;
    d = {{static_cast<std::int32_t>(x)}, {static_cast<std::int32_t>(y)}};
  }
  return d;
}

bool is_open(const Mind& mind, Direction way, Milliunits length) {
  const auto part = [&](BasisPoints share) {
    return Milliunits{static_cast<std::int32_t>(std::int64_t{length.value} * share.value / kBasisPointsWhole)};
  };
  const Position to{mind.at().x + part(way.x), mind.at().y + part(way.y)};
  return mind.ctx.ground.inside(to) == to &&
         way_clear(mind.state.map->walk, mind.at(), to, mind.ctx.ground.body_half_size());
}

std::optional<Direction> open_way(const Mind& mind, Direction away) {
  for (const Milliunits length : kOpenWays) {
    for (const int turn : kTurns) {
      const Direction way = turned(away, turn);
      if (is_open(mind, way, length)) return way;
    }
  }
  return std::nullopt;
}

/// From its target to where it stands; from nobody, home.
Direction away_from_danger(const Mind& mind) {
  const ActorRef target = mind.monster().target;
  if (!mind.state.exists(target)) return towards(mind.at(), mind.monster().home);
  const Direction away = towards(mind.state.positions[target.index.value], mind.at());
  return away == Direction{} ? Direction{{kBasisPointsWhole}, {0}} : away;
}

void run(const Mind& mind) {
  const Milliunits speed = speed_now(mind, mind.def().flee_speed);
  const std::optional<Direction> way = open_way(mind, away_from_danger(mind));
  mind.weigh("flee", way ? "chosen" : "cornered");
  mind.monster().decide_at = mind.now() + mind.state.ticks(kChooseMs);
  if (!way || speed.value == 0) return stand(mind);
  set_course(mind.motion(), *way, speed, mind.state.settings.tick_rate_hz);
}

void come_to_rest(const Mind& mind) {
  const ActorRef target = mind.monster().target;
  const bool fights_on = mind.def().aggression != content::Aggression::Passive && can_be_fought(mind.state, target) &&
                         within(mind.at(), mind.state.positions[target.index.value], mind.def().detection_range);
  mind.weigh("fight on", fights_on ? "chosen" : "no enemy near");
  enter(mind.state, mind.ctx, mind.self, fights_on ? Reason::Recovered : Reason::Escaped);
}

}  // namespace

void think_flee(const Mind& mind) {
  if (!within(mind.at(), mind.monster().home, mind.def().leash_range)) {
    mind.weigh("flee", "beyond its leash");
    return enter(mind.state, mind.ctx, mind.self, Reason::Leashed);
  }
  if (mind.now() - mind.monster().state_since >= mind.state.ticks(mind.def().flee_ms)) return come_to_rest(mind);
  if (is_rooted(mind.state, mind.self)) return stand(mind);
  const bool choose = mind.motion().stalled != 0 || mind.motion().rests() || mind.now() >= mind.monster().decide_at;
  if (choose) run(mind);
}

}  // namespace throng::sim
