#pragma once
// How monsters get somewhere: straight on, or round walls; and out of each other's way.

#include <optional>

#include "sim/ai/mind.h"

namespace throng::sim {

/// So far apart do monsters like to stand: a body and a little air.
inline constexpr Milliunits kElbowRoom = units(16);
/// At least so much time lies between two searches of one monster.
inline constexpr int kSearchPauseMs = 500;

/// What is left of a speed per second now: slowed, hasted, of a boss's phase; 0 while rooted or stunned.
Milliunits speed_now(const Mind& mind, Milliunits speed);

void stand(const Mind& mind);

enum class Walk : std::uint8_t {
  OnTheWay,
  Arrived,
  NoWay,  ///< it stands as near as it can get
};

/// A new goal: from the next `walk` on straight there, or by a way that find_paths finds.
void set_out(const Mind& mind, Position goal);
/// Towards the goal of `set_out`. Between two bends there is nothing to do: `decide_at` says when the next one is
/// reached, so a monster that nobody sees may sleep until then.
Walk walk(const Mind& mind, Milliunits speed);

/// Towards a goal that moves, giving way to neighbours; to be called again in every tick that the monster thinks.
void pursue(const Mind& mind, Position goal, Milliunits speed);

/// Away from neighbours that are too near and have lower ids (so of two one stays), of length 1; nothing when there is
/// room.
std::optional<Direction> away_from_neighbours(const Mind& mind);

}  // namespace throng::sim
