#pragma once
// Worlds full of monsters and players, the same in every run.

#include <cstdint>
#include <memory>

#include "sim/world.h"

namespace throng::bench {

inline constexpr int kMonsters = 10'000;
inline constexpr int kPlayers = 1'000;
inline constexpr int kFieldUnits = 4096;

/// A field with scattered walls.
std::shared_ptr<const content::MapDef> field_with_walls();
/// Four kinds of monsters (a quarter each: aggressive in packs, neutral, passive, guards), `count` in all.
std::shared_ptr<const content::GameContent> content_with_monsters(const content::MapDef& map, int count);
/// A place for player `number` of kPlayers, all over the field.
Position place_of_player(int number);

/// A world in which the players walk about and fight back, a minute old.
sim::World lively_world();
/// One tick of it. What happened is valid until the next.
const sim::TickOutput& tick_lively(sim::World& world);

}  // namespace throng::bench
