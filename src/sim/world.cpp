#include "sim/world.h"

#include <utility>

#include "base/assert.h"
#include "sim/ai/act_monsters.h"
#include "sim/ai/populate.h"
#include "sim/player/apply_intents.h"
#include "sim/space/move_bodies.h"
#include "sim/tick_context.h"
#include "sim/world_save.h"

namespace throng::sim {
namespace {

using System = void (*)(WorldState&, TickContext&);

// A tick, in this order: what players want, what monsters want, then everybody moves at once. So an intent shows
// its effect in the tick that applies it, and nobody decides on a half-moved world.
constexpr System kSystems[] = {
    apply_intents,
    act_monsters,
    move_bodies,
};

Ground ground_of(const WorldState& state) { return Ground(*state.map, state.settings.body_half_size); }

}  // namespace

World::World(std::shared_ptr<const content::MapDef> map, std::shared_ptr<const content::MonstersDef> monsters,
             const WorldSettings& settings, std::uint64_t seed)
    : World(WorldState(std::move(map), std::move(monsters), settings, seed)) {
  TickContext ctx{{}, events_, state_.streams, ground_of(state_)};
  populate(state_, ctx);
  grid_.rebuild(positions(), alive());
}

World::World(WorldState&& state)
    : state_(std::move(state)), grid_(state_.map->width, state_.map->height, state_.settings.grid_cell) {
  grid_.rebuild(positions(), alive());
}

const TickOutput& World::tick(std::span<const Intent> intents) {
  events_.clear();
  TickContext ctx{intents, events_, state_.streams, ground_of(state_)};
  if (state_.now == Tick{0}) announce_population(state_, ctx);
  state_.now += Tick{1};
  for (const System system : kSystems) system(state_, ctx);
  grid_.rebuild(positions(), alive());
  output_.events = events_;
  return output_;
}

std::uint64_t World::digest() const { return state_.digest(); }

std::vector<std::uint8_t> World::save() const { return save_state(state_); }

Result<World> World::restore(ByteSpan saved, std::shared_ptr<const content::MapDef> map,
                             std::shared_ptr<const content::MonstersDef> monsters) {
  THRONG_TRY(WorldState state, restore_state(saved, std::move(map), std::move(monsters)));
  return World(std::move(state));
}

const PlayerState& World::player(EntityIndex index) const {
  THRONG_ASSERT(index.value < entities().high_water() && entities().kind(index) == EntityKind::Player, "no player");
  return state_.player(index);
}

const MonsterState& World::monster(EntityIndex index) const {
  THRONG_ASSERT(index.value < entities().high_water() && entities().kind(index) == EntityKind::Monster, "no monster");
  return state_.monster(index);
}

}  // namespace throng::sim
