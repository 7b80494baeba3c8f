#pragma once
// The cells of a tile layer out of whatever Tiled packed them into.

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "content/map/tiled/document.h"

namespace throng::content::tiled {

/// The upper bits of a cell say how the tile is turned.
inline constexpr std::uint32_t kFlippedAcross = 0x8000'0000;
inline constexpr std::uint32_t kFlippedDown = 0x4000'0000;
inline constexpr std::uint32_t kFlippedDiagonally = 0x2000'0000;
/// What remains is the tile; the fourth bit (hexagonal maps only) is dropped too.
inline constexpr std::uint32_t kGidMask = 0x0FFF'FFFF;

/// @param cells  how many there must be, at most 4,096 x 4,096. No more memory than theirs is ever used, whatever a
///               compressed layer would grow to.
/// @return       exactly `cells` raw cells, turn bits included, or what is wrong
Result<std::vector<std::uint32_t>> decode_tiles(const TileData& data, std::size_t cells);

}  // namespace throng::content::tiled
