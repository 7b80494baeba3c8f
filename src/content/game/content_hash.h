#pragma once
// One number for everything that a set says.

#include <cstdint>

#include "content/game/game_content.h"

namespace throng::content {

/// Equal for sets that say the same: neither the layout of the files, nor the order of definitions, nor what was
/// retired on the way counts. Maps included.
std::uint64_t content_hash(const GameContent& content);

}  // namespace throng::content
