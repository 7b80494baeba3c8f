// Return: it goes home, where nobody can hurt it on the way, and is well again.

#include <algorithm>

#include "sim/ai/behaviours/all_behaviours.h"
#include "sim/ai/behaviours/peace.h"
#include "sim/ai/steering.h"
#include "sim/ai/transitions.h"

namespace throng::sim {
namespace {

/// Share of the maximum that it heals in a second.
constexpr std::int64_t kHealedPerSecond = 2'000;
/// One that is not home after this long, for want of a way, is put there: no monster is ever lost in a corner.
constexpr int kLostMs = 20'000;

void heal_on_the_way(const Mind& mind) {
  Fighter& fighter = mind.fighter();
  const std::int64_t rate = std::int64_t{mind.state.settings.tick_rate_hz} * kBasisPointsWhole;
  const std::int64_t healed = std::max<std::int64_t>(1, fighter.max_hp() * kHealedPerSecond / rate);
  fighter.hp = static_cast<std::int32_t>(std::min<std::int64_t>(fighter.max_hp(), fighter.hp + healed));
}

void be_home(const Mind& mind) {
  enter(mind.state, mind.ctx, mind.self, Reason::Home);
  mind.monster().decide_at = mind.now() + pause_of(mind);
  if (mind.monster().owner.named()) return;
  mind.fighter().hp = mind.fighter().max_hp();
  mind.fighter().mana = mind.fighter().max_mana();
}

}  // namespace

void think_return(const Mind& mind) {
  // A summoned one goes to its owner; healing it so would make it immortal.
  if (!mind.monster().owner.named()) heal_on_the_way(mind);
  const bool begins = mind.monster().state_since == mind.now() || mind.motion().rests();
  if (begins && !mind.monster().path_wanted && mind.monster().path_length == 0) set_out(mind, mind.monster().home);
  const Walk way = walk(mind, speed_now(mind, mind.def().return_speed));
  const bool lost = mind.now() - mind.monster().state_since >= mind.state.ticks(kLostMs);
  mind.weigh("go home", way == Walk::Arrived ? "has arrived" : lost ? "lost" : "chosen");
  if (way != Walk::Arrived && !lost) {
    if (way == Walk::NoWay) set_out(mind, mind.monster().home);
    return;
  }
  if (way != Walk::Arrived) mind.state.positions[mind.self.value] = mind.monster().home;
  be_home(mind);
}

}  // namespace throng::sim
