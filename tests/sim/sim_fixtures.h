#pragma once
// Small maps and worlds for the tests of src/sim.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/map/map_def.h"
#include "content/monsters.h"
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

inline content::MonstersDef two_kinds() {
  content::MonsterDef slime;
  slime.id = slime.name = "slime";
  slime.idle_ms_min = 200;
  slime.idle_ms_max = 1500;
  content::MonsterDef wolf = slime;
  wolf.id = wolf.name = "wolf";
  wolf.level = 5;
  wolf.max_hp = 80;
  wolf.wander_speed = units(95);
  wolf.wander_radius = units(60);
  return {{slime, wolf}};
}

/// A map of `cells` x `cells` with scattered walls, and `count` monsters of each of the two kinds.
inline content::MapDef scattered_map(std::uint64_t seed, int cells, int count) {
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
  const content::MapArea everywhere{{}, {map.width, map.height}};
  if (count > 0) map.monster_spawns = {{"slime", everywhere, count}, {"wolf", everywhere, count}};
  map.content_hash = content::content_hash(map);
  return map;
}

inline World make_world(content::MapDef map, WorldSettings settings = {}, std::uint64_t seed = 1,
                        content::MonstersDef monsters = two_kinds()) {
  return World(std::make_shared<const content::MapDef>(std::move(map)),
               std::make_shared<const content::MonstersDef>(std::move(monsters)), settings, seed);
}

inline WorldState make_state(content::MapDef map, WorldSettings settings = {}, std::uint64_t seed = 1,
                             content::MonstersDef monsters = two_kinds()) {
  return WorldState(std::make_shared<const content::MapDef>(std::move(map)),
                    std::make_shared<const content::MonstersDef>(std::move(monsters)), settings, seed);
}

inline SpawnPlayer spawn_at(std::uint32_t key, Position at) {
  return {.key = {key}, .name = {"player"}, .at = at, .spawn_name = {}};
}

inline Move move(std::uint32_t key, std::int32_t dx, std::int32_t dy, std::uint32_t seq = 0) {
  return {.key = {key}, .dx = {dx}, .dy = {dy}, .seq = seq};
}

inline void tick_times(World& world, int times) {
  for (int i = 0; i < times; ++i) world.tick({});
}

/// All events of one type in a tick's output.
template <typename T>
std::vector<T> events_of(const TickOutput& output) {
  std::vector<T> found;
  for (const Event& event : output.events) {
    if (const T* wanted = std::get_if<T>(&event)) found.push_back(*wanted);
  }
  return found;
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
      SpawnPlayer spawn{.key = key, .name = {"walker"}, .at = {}, .spawn_name = {"default"}};
      if (choice == 1) spawn.at = Position{{rng_.between(-1000, width.value)}, {rng_.between(-1000, width.value)}};
      return spawn;
    }
    return Move{key, {rng_.between(-11'000, 11'000)}, {rng_.between(-11'000, 11'000)}, seq_++ - rng_.below(3)};
  }

  Rng rng_;
  std::uint32_t seq_ = 0xffff'ff00u;  // wraps round on the way
};

}  // namespace throng::sim::test
