#include "content/map/outline.h"

#include <cstdlib>

#include "content/map/raster.h"

namespace throng::content {
namespace {

constexpr std::int64_t kReach = std::int64_t{500'000} * kMilliunitsPerUnit;

/// Corners relative to the object's place, before turning.
std::vector<Position> corners_of(const tiled::Object& object) {
  const Milliunits none{0};
  if (object.shape == tiled::ShapeKind::Ellipse) return ellipse_corners(object.width, object.height);
  if (object.shape != tiled::ShapeKind::Rectangle) return object.points;
  const Milliunits top = object.is_tile ? none - object.height : none;
  const Milliunits bottom = top + object.height;
  return {{none, top}, {object.width, top}, {object.width, bottom}, {none, bottom}};
}

}  // namespace

std::optional<Outline> outline_of(const tiled::Object& object, Position offset) {
  if (object.shape == tiled::ShapeKind::Point || object.shape == tiled::ShapeKind::Text) return std::nullopt;
  Outline outline{corners_of(object), object.shape != tiled::ShapeKind::Polyline};
  const Direction turn = direction_of(object.rotation_degrees);
  for (Position& corner : outline.corners) {
    const Position relative = turned(corner, turn);
    const std::int64_t x = std::int64_t{relative.x.value} + object.at.x.value + offset.x.value;
    const std::int64_t y = std::int64_t{relative.y.value} + object.at.y.value + offset.y.value;
    if (std::abs(x) > kReach || std::abs(y) > kReach) return std::nullopt;
    corner = {{static_cast<std::int32_t>(x)}, {static_cast<std::int32_t>(y)}};
  }
  return outline;
}

}  // namespace throng::content
