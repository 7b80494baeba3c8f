#pragma once
// Small maps and worlds for the tests of src/sim.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/game/game_content.h"
#include "content/map/map_def.h"
#include "sim/tick_context.h"
#include "sim/world.h"

namespace throng::sim::test {

/// One character is one walk cell of 8 units: '#' is a wall, everything else is ground. Spawn point: everywhere.
inline content::MapDef drawn_map(const std::vector<std::string_view>& rows) {
  const auto cell = content::kWalkCellUnits;
  content::MapDef map =
      content::open_field("drawn", static_cast<int>(rows.front().size()) * cell, static_cast<int>(rows.size()) * cell);
  for (std::size_t y = 0; y < rows.size(); ++y) {
    for (std::size_t x = 0; x < rows[y].size(); ++x) {
      if (rows[y][x] == '#') map.walk.block(static_cast<int>(x), static_cast<int>(y));
    }
  }
  map.content_hash = content::content_hash(map);
  return map;
}

/// The middle of a drawn cell.
constexpr Position cell_middle(int column, int row) { return {units(column * 8 + 4), units(row * 8 + 4)}; }
/// The north-western corner of a drawn cell.
constexpr Position cell_corner(int column, int row) { return {units(column * 8), units(row * 8)}; }

/// Two kinds of monsters, and characters of a hundred health; nothing else. Not linked yet, so that a test may add to it.
inline content::GameContent two_kinds() {
  using content::Stat;
  content::GameContent game;
  game.balance.start[Stat::MaxHp] = 100;
  game.balance.start[Stat::MaxMana] = 50;
  game.balance.start[Stat::Attack] = 10;
  game.balance.start[Stat::Defence] = 5;
  game.balance.start[Stat::Speed] = kBasisPointsWhole;
  game.balance.start[Stat::CritDamage] = 15'000;
  game.balance.start[Stat::HpRegen] = 2;
  game.balance.start[Stat::ManaRegen] = 2;
  game.balance.per_level[Stat::MaxHp] = 10;
  game.balance.per_level[Stat::Attack] = 2;
  content::MonsterDef slime;
  slime.id = slime.name = "slime";
  slime.idle_ms_min = 200;
  slime.idle_ms_max = 1500;
  content::MonsterDef wolf = slime;
  wolf.id = wolf.name = "wolf";
  wolf.level = 5;
  wolf.max_hp = 80;
  wolf.attack = 8;
  wolf.aggression = content::Aggression::Aggressive;
  wolf.patrol_speed = units(95);
  wolf.patrol_radius = units(60);
  game.monsters = {slime, wolf};
  return game;
}

/// `count` monsters of a kind that live in a box of a map.
inline content::SpawnDef spawns_in(const content::MapDef& map, content::MapArea box, std::string monster, int count) {
  content::SpawnDef spawn;
  spawn.id = map.name + "_" + monster;
  spawn.map = map.name;
  spawn.monster.id = std::move(monster);
  spawn.count = count;
  spawn.box = box;
  spawn.x = (box.min.x + box.max.x) / 2;
  spawn.y = (box.min.y + box.max.y) / 2;
  return spawn;
}

/// `game`, by default two_kinds(), with `count` of each of its kinds all over the map.
inline content::GameContent populated(const content::MapDef& map, int count, content::GameContent game = two_kinds()) {
  for (const content::MonsterDef& kind : game.monsters) {
    game.spawns.push_back(spawns_in(map, {{}, {map.width, map.height}}, kind.id, count));
  }
  return game;
}

/// A map named `scattered` of `cells` x `cells` with scattered walls.
inline content::MapDef scattered_map(std::uint64_t seed, int cells) {
  content::MapDef map =
      content::open_field("scattered", cells * content::kWalkCellUnits, cells * content::kWalkCellUnits);
  Rng rng(seed);
  for (int i = 0; i < cells * cells / 40; ++i) {
    // One draw a line: compilers differ in the order in which they evaluate arguments.
    const int column = rng.between(0, cells - 1);
    const int row = rng.between(0, cells - 1);
    const int more = rng.between(0, 4);
    map.walk.block_run(row, column, column + more);
  }
  map.content_hash = content::content_hash(map);
  return map;
}

inline World make_world(content::MapDef map, WorldSettings settings = {}, std::uint64_t seed = 1,
                        content::GameContent game = two_kinds()) {
  return World(std::make_shared<const content::MapDef>(std::move(map)), content::link_by_hand(std::move(game)),
               settings, seed);
}

inline WorldState make_state(content::MapDef map, WorldSettings settings = {}, std::uint64_t seed = 1,
                             content::GameContent game = two_kinds()) {
  return WorldState(std::make_shared<const content::MapDef>(std::move(map)), content::link_by_hand(std::move(game)),
                    settings, seed);
}

/// A state and what a system is called with, for tests of one system.
struct Scene {
  explicit Scene(WorldState world_state)
      : state(std::move(world_state)), grid(state.map->width, state.map->height, state.settings.grid_cell) {
    events.reserve(64);
  }
  explicit Scene(content::MapDef map, content::GameContent game = two_kinds(), WorldSettings settings = {})
      : Scene(make_state(std::move(map), settings, 1, std::move(game))) {}

  /// Files everybody by place, as at the end of a tick; `intents` must outlive its use.
  TickContext context(std::span<const Intent> intents = {}) {
    grid.rebuild(state.positions, state.entities.alive_flags());
    return {intents, events, state.streams, Ground(*state.map, state.settings.body_half_size), grid, paths};
  }

  WorldState state;
  SpatialGrid grid;
  PathFinder paths;
  std::vector<Event> events;
};

inline SpawnPlayer spawn_at(std::uint32_t key, Position at) {
  return {.key = {key}, .name = {"player"}, .at = at, .spawn_name = {}, .sheet = nullptr};
}

inline Move move(std::uint32_t key, std::int32_t dx, std::int32_t dy, std::uint32_t seq = 0) {
  return {.key = {key}, .dx = {dx}, .dy = {dy}, .seq = seq};
}

inline void tick_times(World& world, int times) {
  for (int i = 0; i < times; ++i) world.tick({});
}

/// All events of one type, of a tick's output or of a scene.
template <typename T>
std::vector<T> events_of(std::span<const Event> events) {
  std::vector<T> found;
  for (const Event& event : events) {
    if (const T* wanted = std::get_if<T>(&event)) found.push_back(*wanted);
  }
  return found;
}

template <typename T>
std::vector<T> events_of(const TickOutput& output) {
  return events_of<T>(output.events);
}

/// Players that join, leave and walk at random, the same for the same seed; some intents are nonsense.
class RandomPlayers {
 public:
  explicit RandomPlayers(std::uint64_t seed) : rng_(seed) {}

  std::vector<Intent> next(Milliunits width) {
    std::vector<Intent> intents;
    const int count = rng_.between(0, 6);
    for (int i = 0; i < count; ++i) intents.push_back(next_intent(width));
    return intents;
  }

 private:
  Intent next_intent(Milliunits width) {
    const PlayerKey key{rng_.below(30)};
    const std::uint32_t choice = rng_.below(10);
    if (choice == 0) return RemovePlayer{key};
    if (choice <= 2) {
      SpawnPlayer spawn{.key = key, .name = {"walker"}, .at = {}, .spawn_name = {"default"}, .sheet = nullptr};
      if (choice == 1) spawn.at = Position{{rng_.between(-1000, width.value)}, {rng_.between(-1000, width.value)}};
      return spawn;
    }
    return Move{key, {rng_.between(-11'000, 11'000)}, {rng_.between(-11'000, 11'000)}, seq_++ - rng_.below(3)};
  }

  Rng rng_;
  std::uint32_t seq_ = 0xffff'ff00u;  // wraps round on the way
};

}  // namespace throng::sim::test
