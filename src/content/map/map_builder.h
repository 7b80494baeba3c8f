#pragma once
// From the document to the definition: stamps walls, sorts out objects, and judges the whole.

#include <string>

#include "base/result.h"
#include "content/map/map_def.h"
#include "content/map/tiled/document.h"

namespace throng::content {

/// @param document  with every tileset filled in
/// @return          the map, or every problem
Result<MapDef> build_map(const tiled::Map& document, std::string name);

}  // namespace throng::content
