#pragma once
// From ids to numbers, for a whole set that was read from files.

#include <span>

#include "content/game/game_content.h"
#include "content/game/set_problems.h"

namespace throng::content {

/// Fills in every reference of the definitions that are not retired, names and numbers statuses, links conditions.
/// Notes what names nothing. The definitions must stand in the order of their numbers.
void link_set(GameContent& content, std::span<const EffectFormat> effects, SetProblems& problems);

}  // namespace throng::content
