#include "sim/ai/behaviours/wander.h"

#include <algorithm>

#include "sim/space/integer_sqrt.h"

namespace throng::sim {
namespace {

/// Places drawn before the monster rather waits; a quarter of a square lies outside its circle.
constexpr int kDestinationDraws = 8;

std::optional<Position> choose_destination(const Ground& ground, Position home, Milliunits radius, Rng& rng) {
  for (int i = 0; i < kDestinationDraws; ++i) {
    const std::int32_t dx = rng.between(-radius.value, radius.value);
    const std::int32_t dy = rng.between(-radius.value, radius.value);
    const Position at{{home.x.value + dx}, {home.y.value + dy}};
    const std::int64_t reach = radius.value;
    if (distance_squared(at, home) <= reach * reach && ground.fits(at)) return at;
  }
  return std::nullopt;
}

/// Whole ticks of walking that do not go past the destination; at least one.
Tick walking_time(Position from, Position to, Milliunits speed, int tick_rate_hz) {
  const std::uint64_t distance = integer_sqrt(static_cast<std::uint64_t>(distance_squared(from, to)));
  const std::uint64_t ticks =
      distance * static_cast<std::uint64_t>(tick_rate_hz) / static_cast<std::uint64_t>(speed.value);
  return {static_cast<std::uint32_t>(std::clamp<std::uint64_t>(ticks, 1, 0x7fff'ffffu))};
}

}  // namespace

void pause(WorldState& state, TickContext& ctx, EntityIndex index) {
  MonsterState& monster = state.monster(index);
  const content::MonsterDef& def = state.monsters->kinds[monster.kind];
  const std::int32_t ms = ctx.rng(Stream::Wander).between(def.idle_ms_min, std::max(def.idle_ms_min, def.idle_ms_max));
  const Tick ticks = ticks_from_ms(static_cast<std::uint32_t>(std::max(0, ms)), state.settings.tick_rate_hz);
  monster.activity = Activity::Idle;
  monster.decide_at = state.now + std::max(ticks, Tick{1});
  halt(state.motions[index.value]);
}

void wander(WorldState& state, TickContext& ctx, EntityIndex index) {
  MonsterState& monster = state.monster(index);
  const content::MonsterDef& def = state.monsters->kinds[monster.kind];
  if (monster.activity == Activity::Moving || def.wander_speed.value <= 0) return pause(state, ctx, index);
  const Position from = state.positions[index.value];
  const auto to = choose_destination(ctx.ground, monster.home, def.wander_radius, ctx.rng(Stream::Wander));
  if (!to) return pause(state, ctx, index);
  monster.activity = Activity::Moving;
  monster.destination = *to;
  monster.decide_at = state.now + walking_time(from, *to, def.wander_speed, state.settings.tick_rate_hz);
  set_course(state.motions[index.value], towards(from, *to), def.wander_speed, state.settings.tick_rate_hz);
}

}  // namespace throng::sim
