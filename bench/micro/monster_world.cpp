#include "micro/monster_world.h"

#include <string>
#include <utility>
#include <vector>

#include "base/rng.h"

namespace throng::bench {
namespace {

constexpr std::uint64_t kSeed = 20;
constexpr int kWalls = 2'000;
constexpr int kWarmUpTicks = 1'200;
constexpr std::uint32_t kTurnTicks = 40;
constexpr int kKinds = 4;

content::MonsterDef kind_of(std::string id, content::Aggression aggression, content::PatrolMode patrol) {
  content::MonsterDef kind;
  kind.id = kind.name = std::move(id);
  kind.aggression = aggression;
  kind.patrol = patrol;
  kind.max_hp = 200;
  kind.attack = 5;
  kind.respawn_ms = 5'000;
  return kind;
}

std::vector<content::MonsterDef> kinds() {
  using content::Aggression;
  using content::PatrolMode;
  content::MonsterDef wolf = kind_of("wolf", Aggression::Aggressive, PatrolMode::Random);
  wolf.pack = "wolves";
  content::MonsterDef goblin = kind_of("goblin", Aggression::Neutral, PatrolMode::Random);
  goblin.flee_below = {2'000};
  content::MonsterDef slime = kind_of("slime", Aggression::Passive, PatrolMode::Random);
  slime.flee_below = {3'000};
  return {wolf, goblin, slime, kind_of("skeleton", Aggression::Aggressive, PatrolMode::None)};
}

sim::Move random_move(Rng& rng, int player) {
  const std::int32_t dx = rng.between(-kBasisPointsWhole, kBasisPointsWhole);
  const std::int32_t dy = rng.between(-kBasisPointsWhole, kBasisPointsWhole);
  return {.key = {static_cast<std::uint32_t>(player + 1)}, .dx = {dx}, .dy = {dy}, .seq = 0};
}

/// Every player hits somebody near, if there is anybody.
void add_attack(const sim::World& world, int player, std::vector<sim::Intent>& intents) {
  const sim::PlayerKey key{static_cast<std::uint32_t>(player + 1)};
  const auto index = world.find_player(key);
  if (!index) return;
  EntityId target{0};
  world.grid().visit_near(world.positions()[index->value], units(32), [&](const sim::SpatialGrid::Entry& entry) {
    if (world.entities().kind(entry.index) == sim::EntityKind::Monster) target = world.entities().id(entry.index);
  });
  if (target != EntityId{0})
    intents.push_back(
        sim::Attack{.key = key, .target = target, .skill = {content::kNoNumber}, .aim = {}, .request = 0});
}

}  // namespace

std::shared_ptr<const content::MapDef> field_with_walls() {
  content::MapDef map = content::open_field("field", kFieldUnits, kFieldUnits);
  Rng rng(kSeed);
  const int cells = kFieldUnits / content::kWalkCellUnits;
  for (int i = 0; i < kWalls; ++i) {
    const int column = rng.between(0, cells - 1);
    const int row = rng.between(0, cells - 1);
    map.walk.block_run(row, column, column + rng.between(1, 8));
  }
  map.content_hash = content::content_hash(map);
  return std::make_shared<const content::MapDef>(std::move(map));
}

std::shared_ptr<const content::GameContent> content_with_monsters(const content::MapDef& map, int count) {
  content::GameContent game;
  game.balance.start[content::Stat::MaxHp] = 1'000'000'000;
  game.balance.start[content::Stat::Attack] = 20;
  game.balance.start[content::Stat::Speed] = kBasisPointsWhole;
  game.balance.start[content::Stat::HpRegen] = 1'000'000;
  game.monsters = kinds();
  for (const content::MonsterDef& kind : game.monsters) {
    content::SpawnDef spawn;
    spawn.id = kind.id;
    spawn.map = map.name;
    spawn.monster.id = kind.id;
    spawn.count = count / kKinds;
    spawn.box = {{}, {map.width, map.height}};
    game.spawns.push_back(std::move(spawn));
  }
  return content::link_by_hand(std::move(game));
}

Position place_of_player(int number) {
  constexpr int kPerRow = 32;
  constexpr int kApart = kFieldUnits / kPerRow;
  return {units(number % kPerRow * kApart + kApart / 2), units(number / kPerRow * kApart + kApart / 2)};
}

sim::World lively_world() {
  const auto map = field_with_walls();
  sim::World world(map, content_with_monsters(*map, kMonsters), {}, kSeed);
  std::vector<sim::Intent> joins;
  for (int i = 0; i < kPlayers; ++i) {
    joins.push_back(sim::SpawnPlayer{.key = {static_cast<std::uint32_t>(i + 1)},
                                     .name = {"player"},
                                     .at = place_of_player(i),
                                     .spawn_name = {},
                                     .sheet = nullptr});
  }
  world.tick(joins);
  for (int i = 0; i < kWarmUpTicks; ++i) tick_lively(world);
  return world;
}

const sim::TickOutput& tick_lively(sim::World& world) {
  static std::vector<sim::Intent> intents = [] {
    std::vector<sim::Intent> reserved;
    reserved.reserve(2 * kPlayers);
    return reserved;
  }();
  intents.clear();
  Rng rng(world.now().value);
  for (int player = 0; player < kPlayers; ++player) {
    const std::uint32_t turn = (world.now().value + static_cast<std::uint32_t>(player)) % kTurnTicks;
    if (turn == 0) intents.push_back(random_move(rng, player));
    if (turn == kTurnTicks / 2) add_attack(world, player, intents);
  }
  return world.tick(intents);
}

}  // namespace throng::bench
