#pragma once
// The corners of what was drawn in Tiled.

#include <optional>
#include <vector>

#include "base/units.h"
#include "content/map/tiled/document.h"

namespace throng::content {

struct Outline {
  std::vector<Position> corners;
  bool closed = true;  ///< false: a polyline, which has no inside
};

/// The shape as corners on the map, turned and moved by `offset`. Nothing for points, texts, and shapes that reach
/// beyond ±500,000 units.
std::optional<Outline> outline_of(const tiled::Object& object, Position offset);

}  // namespace throng::content
