#include "content/map/tile_table.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "content/map/tiled/tile_data.h"

namespace throng::content {
namespace {

/// Ids that a tileset takes. Collections of single images may have gaps, so that ids go past the count.
std::uint32_t ids_in(const tiled::Tileset& tileset) {
  auto ids = static_cast<std::uint32_t>(tileset.tile_count);
  for (const tiled::Tile& tile : tileset.tiles) ids = std::max(ids, tile.id + 1);
  return ids;
}

}  // namespace

TileTable::TileTable(const tiled::Map& map, tiled::Problems& problems) {
  check_overlaps(map, problems);
  for (const tiled::Tileset& tileset : map.tilesets) add(tileset, problems);
}

void TileTable::check_overlaps(const tiled::Map& map, tiled::Problems& problems) const {
  std::vector<const tiled::Tileset*> sorted;
  for (const tiled::Tileset& tileset : map.tilesets) sorted.push_back(&tileset);
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->first_gid < b->first_gid; });
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i) {
    if (sorted[i]->first_gid + ids_in(*sorted[i]) <= sorted[i + 1]->first_gid) continue;
    problems.add(
        sorted[i + 1]->where,
        fmt::format("found firstgid {} inside the tileset before, which ends at {} (open the map in Tiled and save it)",
                    sorted[i + 1]->first_gid, sorted[i]->first_gid + ids_in(*sorted[i]) - 1));
  }
}

void TileTable::add(const tiled::Tileset& tileset, tiled::Problems& problems) {
  const std::uint32_t ids = ids_in(tileset);
  const std::size_t end = std::size_t{tileset.first_gid} + ids;
  if (use_of_gid_.size() < end) use_of_gid_.resize(end);
  TileUse plain;
  plain.width = tileset.tile_width;
  plain.height = tileset.tile_height;
  uses_.push_back(plain);
  for (std::uint32_t id = 0; id < ids; ++id)
    use_of_gid_[tileset.first_gid + id] = static_cast<std::uint32_t>(uses_.size());
  for (const tiled::Tile& tile : tileset.tiles) {
    TileUse use = plain;
    use.blocked = tile.blocked;
    for (const tiled::Object& shape : tile.shapes) {
      if (std::optional<Outline> outline = outline_of(shape, {})) {
        use.shapes.push_back(std::move(*outline));
      } else {
        problems.add(
            shape.where,
            fmt::format(
                "found a collision shape of tile {} that has no area, expected a rectangle, an ellipse or a polygon",
                tile.id));
      }
    }
    uses_.push_back(std::move(use));
    use_of_gid_[tileset.first_gid + tile.id] = static_cast<std::uint32_t>(uses_.size());
  }
}

const TileUse* TileTable::find(std::uint32_t gid) const {
  if (gid >= use_of_gid_.size() || use_of_gid_[gid] == 0) return nullptr;
  return &uses_[use_of_gid_[gid] - 1];
}

Outline flipped(const Outline& outline, std::uint32_t cell, int width_pixels, int height_pixels) {
  Outline turned_over = outline;
  for (Position& corner : turned_over.corners) {
    if ((cell & tiled::kFlippedDiagonally) != 0) std::swap(corner.x, corner.y);
    if ((cell & tiled::kFlippedAcross) != 0) corner.x = units(width_pixels) - corner.x;
    if ((cell & tiled::kFlippedDown) != 0) corner.y = units(height_pixels) - corner.y;
  }
  return turned_over;
}

}  // namespace throng::content
