#include "room/kinds/mmo_world.h"

#include <algorithm>
#include <array>

namespace throng::room {
namespace {

using sim::EntityIndex;

constexpr Milliunits kMonsterSpeedPerSecond = units(40);
constexpr Milliunits kMoveMax = units(32);
constexpr std::uint32_t kVitalsChangeOneIn = 40;
/// Half the interest radius: a query touches few cells, and few that it does not need.
constexpr Milliunits kGridCell = units(96);

/// Sixteen directions, unit vectors times 1'000.
constexpr std::array<std::array<std::int32_t, 2>, 16> kDirections{{{1000, 0},
                                                                   {924, 383},
                                                                   {707, 707},
                                                                   {383, 924},
                                                                   {0, 1000},
                                                                   {-383, 924},
                                                                   {-707, 707},
                                                                   {-924, 383},
                                                                   {-1000, 0},
                                                                   {-924, -383},
                                                                   {-707, -707},
                                                                   {-383, -924},
                                                                   {0, -1000},
                                                                   {383, -924},
                                                                   {707, -707},
                                                                   {924, -383}}};

}  // namespace

MmoWorld::MmoWorld(const MmoSettings& settings, std::uint64_t seed)
    : settings_(settings),
      rng_(seed),
      pool_(settings.entities_max, settings.index_quarantine),
      grid_(settings.side, settings.side, kGridCell) {
  const std::uint32_t monsters = std::min(settings.monsters, settings.entities_max);
  for (std::uint32_t i = 0; i < monsters; ++i) {
    const std::optional<EntityIndex> index = pool_.allocate(sim::EntityKind::Monster, now_);
    file(*index, {{rng_.between(0, settings.side.value - 1)}, {rng_.between(0, settings.side.value - 1)}});
  }
  grid_.rebuild(positions_, alive_);
}

std::optional<EntityIndex> MmoWorld::add_player(Position at) {
  const std::optional<EntityIndex> index = pool_.allocate(sim::EntityKind::Player, now_);
  if (index) file(*index, inside(at));
  return index;
}

void MmoWorld::remove_player(EntityIndex index) {
  pool_.release(index, now_);
  alive_[index.value] = 0;
}

void MmoWorld::move_player(EntityIndex index, Position target) {
  const auto step = [](Milliunits from, Milliunits to) {
    return Milliunits{from.value + std::clamp(to.value - from.value, -kMoveMax.value, kMoveMax.value)};
  };
  const Position at = positions_[index.value];
  positions_[index.value] = inside({step(at.x, target.x), step(at.y, target.y)});
}

void MmoWorld::tick() {
  now_ += Tick{1};
  const std::uint32_t count = pool_.high_water();
  for (std::uint32_t i = 0; i < count; ++i) {
    if (alive_[i] != 0 && pool_.kind(EntityIndex{i}) == sim::EntityKind::Monster) wander(i);
  }
  grid_.rebuild(positions_, alive_);
}

void MmoWorld::file(EntityIndex index, Position at) {
  if (index.value >= positions_.size()) {
    positions_.resize(index.value + 1);
    alive_.resize(index.value + 1, 0);
    vitals_.resize(index.value + 1);
    headings_.resize(index.value + 1);
  }
  positions_[index.value] = at;
  alive_[index.value] = 1;
  vitals_[index.value] = Vitals{};
  headings_[index.value] = Heading{};
}

void MmoWorld::wander(std::uint32_t index) {
  Heading& heading = headings_[index];
  if (--heading.ticks_left <= 0) {
    const auto& direction = kDirections[rng_.below(kDirections.size())];
    const std::int32_t per_tick = kMonsterSpeedPerSecond.value / settings_.tick_rate_hz;
    heading = {{direction[0] * per_tick / 1000}, {direction[1] * per_tick / 1000}, rng_.between(20, 100)};
  }
  Position& at = positions_[index];
  const Position next = inside({at.x + heading.x, at.y + heading.y});
  if (next.x != at.x + heading.x || next.y != at.y + heading.y) heading.ticks_left = 0;  // the rim: turn
  at = next;
  const std::uint64_t luck = rng_.next();
  Vitals& vitals = vitals_[index];
  if ((luck & 0xffffu) * kVitalsChangeOneIn < 0x10000u)
    vitals.hp = static_cast<std::uint16_t>(1 + ((luck >> 32) % 100));
  if (((luck >> 16) & 0xffffu) * kVitalsChangeOneIn < 0x10000u)
    vitals.state = static_cast<std::uint8_t>((luck >> 40) % 4);
}

Position MmoWorld::inside(Position position) const {
  return {{std::clamp(position.x.value, 0, settings_.side.value - 1)},
          {std::clamp(position.y.value, 0, settings_.side.value - 1)}};
}

}  // namespace throng::room
