#pragma once
// What the tiles of a map's tilesets do to the ground.

#include <cstdint>
#include <vector>

#include "base/units.h"
#include "content/map/outline.h"
#include "content/map/tiled/document.h"

namespace throng::content {

/// One tile, ready to be stamped.
struct TileUse {
  bool blocked = false;  ///< fills its whole map cell
  int height = 0;        ///< pixels; a tile stands on the lower edge of its cell
  int width = 0;
  std::vector<Outline> shapes;  ///< relative to its upper left corner
};

/// By global tile id. Notes overlapping tilesets and shapes that make no sense.
class TileTable {
 public:
  TileTable(const tiled::Map& map, tiled::Problems& problems);

  /// Null for ids that belong to no tileset.
  const TileUse* find(std::uint32_t gid) const;

 private:
  void add(const tiled::Tileset& tileset, tiled::Problems& problems);
  void check_overlaps(const tiled::Map& map, tiled::Problems& problems) const;

  std::vector<std::uint32_t> use_of_gid_;  ///< 0: no such tile; else index + 1 into uses_
  std::vector<TileUse> uses_;
};

/// The outline as it lies when the tile is turned by the bits of its cell (tile_data.h).
Outline flipped(const Outline& outline, std::uint32_t cell, int width_pixels, int height_pixels);

}  // namespace throng::content
