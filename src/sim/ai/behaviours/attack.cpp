// Attack: it stands by its target and strikes, or casts, whenever it can.

#include <cstdlib>

#include "sim/ai/behaviours/all_behaviours.h"
#include "sim/ai/behaviours/fight.h"
#include "sim/ai/monster_skills.h"
#include "sim/ai/senses.h"
#include "sim/ai/steering.h"
#include "sim/ai/transitions.h"
#include "sim/combat/damage.h"

namespace throng::sim {
namespace {

/// A target this far out of range is still hit, so that one at the rim does not make the monster run to and fro.
constexpr Milliunits kSlack = units(8);
constexpr std::int32_t kHardlySideways = 3'000;

/// What of `away` leads neither to nor from the target: neighbours spread round it. Straight behind another one, the
/// id says on which side to go.
Direction sideways(const Mind& mind, Direction away, Direction to_target) {
  const std::int64_t along =
      (std::int64_t{away.x.value} * to_target.x.value + std::int64_t{away.y.value} * to_target.y.value) /
      kBasisPointsWhole;
  const auto part = [&](BasisPoints a, BasisPoints t) {
    return static_cast<std::int32_t>(a.value - along * t.value / kBasisPointsWhole);
  };
  const Direction side{{part(away.x, to_target.x)}, {part(away.y, to_target.y)}};
  if (std::abs(side.x.value) + std::abs(side.y.value) >= kHardlySideways) return side;
  const std::int32_t sign = mind.state.entities.id(mind.self).value % 2 == 0 ? 1 : -1;
  return {{-to_target.y.value * sign}, {to_target.x.value * sign}};
}

void spread_out(const Mind& mind, Position target) {
  if (!mind.every(kSenseTicks)) return;
  const auto away = away_from_neighbours(mind);
  const Milliunits speed = speed_now(mind, mind.def().chase_speed) / 2;
  if (!away || speed.value == 0) return stand(mind);
  const Direction side = sideways(mind, *away, towards(mind.at(), target));
  set_course(mind.motion(), shortened(side.x, side.y), speed, mind.state.settings.tick_rate_hz);
}

void lose_touch(const Mind& mind, const char* why) {
  mind.weigh("attack", why, mind.def().attack_range.value);
  enter(mind.state, mind.ctx, mind.self, Reason::OutOfRange);
}

}  // namespace

void think_attack(const Mind& mind) {
  if (!keep_fighting(mind)) return;
  const ActorRef target = mind.monster().target;
  const Position at = mind.state.positions[target.index.value];
  if (!within(mind.at(), at, mind.def().attack_range + kSlack)) return lose_touch(mind, "target out of range");
  const bool ready = mind.fighter().attack_ready <= mind.now();
  if ((ready || mind.every(kSenseTicks)) && !sees(mind, target)) return lose_touch(mind, "target out of sight");
  if (use_a_skill(mind)) return;
  if (ready) {
    mind.weigh("attack", "chosen");
    return basic_attack(mind.state, mind.ctx, mind.self, target.index, mind.def().attack_cooldown_ms);
  }
  mind.weigh("attack", "not ready yet", (mind.fighter().attack_ready - mind.now()).value);
  spread_out(mind, at);
}

}  // namespace throng::sim
