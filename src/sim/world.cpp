#include "sim/world.h"

#include <utility>

#include "base/assert.h"
#include "sim/adopt_content.h"
#include "sim/ai/monsters.h"
#include "sim/character_sheet.h"
#include "sim/combat/damage.h"
#include "sim/combat/death.h"
#include "sim/combat/status.h"
#include "sim/loot/loot.h"
#include "sim/loot/picked_up.h"
#include "sim/people/people.h"
#include "sim/player/apply_intents.h"
#include "sim/player/enter_portals.h"
#include "sim/progress/progress_systems.h"
#include "sim/save/content_names.h"
#include "sim/skill/casting.h"
#include "sim/space/move_bodies.h"
#include "sim/tick_context.h"
#include "sim/trade/trade.h"
#include "sim/world_save.h"

namespace throng::sim {
namespace {

struct System {
  TickPhase phase;
  void (*run)(WorldState&, TickContext&);
};

// A tick, in this order: what players want, what time brings, what monsters want, then everybody moves at once. So an
// intent shows its effect in the tick that applies it, and nobody decides on a half-moved world. The folds over what
// happened come last.
constexpr System kSystems[] = {
    {TickPhase::Input, apply_intents},      {TickPhase::Combat, advance_statuses},
    {TickPhase::Combat, advance_casts},     {TickPhase::Combat, advance_auto_attacks},
    {TickPhase::Ai, run_spawners},          {TickPhase::Ai, think_monsters},
    {TickPhase::Movement, move_bodies},     {TickPhase::Movement, enter_portals},
    {TickPhase::Movement, respawn_players}, {TickPhase::Loot, expire_drops},
    {TickPhase::Loot, watch_trades},        {TickPhase::Progress, progress_quests},
    {TickPhase::Progress, progress_deeds},
};

/// Monsters, summons and drops that one tick may bring beyond the indexes ever used; intents bring one each besides.
constexpr std::size_t kEntitiesPerTickMax = 1024;

Ground ground_of(const WorldState& state) { return Ground(*state.map, state.settings.body_half_size); }

}  // namespace

World::World(std::shared_ptr<const content::MapDef> map, std::shared_ptr<const content::GameContent> content,
             const WorldSettings& settings, std::uint64_t seed)
    : World(WorldState(std::move(map), std::move(content), settings, seed)) {
  TickContext ctx{{}, events_, state_.streams, ground_of(state_), grid_, *paths_};
  populate(state_, ctx);
  place_npcs(state_, ctx);
  events_.clear();
  grid_.rebuild(positions(), alive());
}

World::World(WorldState&& state)
    : state_(std::move(state)),
      grid_(state_.map->width, state_.map->height, state_.settings.grid_cell),
      paths_(std::make_unique<PathFinder>()) {
  grid_.rebuild(positions(), alive());
}

const TickOutput& World::tick(std::span<const Intent> intents, TickWatch* watch) {
  events_.clear();
  TickContext ctx{intents, events_, state_.streams, ground_of(state_), grid_, *paths_};
  if (state_.now == Tick{0}) announce_population(state_, ctx);
  state_.now += Tick{1};
  state_.begin_tick(kEntitiesPerTickMax + intents.size());
  std::optional<TickPhase> phase;
  for (const System& system : kSystems) {
    if (watch != nullptr && phase != system.phase) watch->begin(system.phase);
    phase = system.phase;
    system.run(state_, ctx);
  }
  if (watch != nullptr) watch->begin(TickPhase::Index);
  state_.end_tick();
  grid_.rebuild(positions(), alive());
  output_.events = events_;
  return output_;
}

const TickOutput& World::adopt(std::shared_ptr<const content::GameContent> content) {
  THRONG_ASSERT(content != nullptr && follows_on(*state_.content, *content),
                "adopted a content that was not loaded with the present one as its previous one");
  state_.content = std::move(content);
  return fit();
}

const TickOutput& World::fit() {
  events_.clear();
  TickContext ctx{{}, events_, state_.streams, ground_of(state_), grid_, *paths_};
  fit_to_content(state_, ctx);
  grid_.rebuild(positions(), alive());
  output_.events = events_;
  return output_;
}

std::uint64_t World::digest() const { return state_.digest(); }

std::vector<std::uint8_t> World::save() const { return save_state(state_); }

void World::give_uids_from(std::int64_t base) {
  THRONG_ASSERT(base >= 0 && base <= kItemUidBaseMax, "uids begin out of their range");
  state_.settings.item_uid_base = base;
  state_.next_item_uid = base + 1;
}

CharacterSheet World::sheet(EntityIndex player) const { return sheet_of(state_, player); }

Result<World> World::restore(ByteSpan saved, std::shared_ptr<const content::MapDef> map,
                             std::shared_ptr<const content::GameContent> content) {
  THRONG_TRY(RestoredState restored, restore_state(saved, std::move(map), std::move(content)));
  World world(std::move(restored.state));
  if (!restored.same_content) world.fit();
  return world;
}

void World::take_off_ground(std::string_view asset, std::int64_t amount) {
  const std::optional<content::ItemRef> item = content().find_item(asset);
  if (!item && asset != "coins") return;
  sim::take_off_ground(state_, item, amount);
  grid_.rebuild(positions(), alive());
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
