#pragma once
// Tiled maps, JSON (.tmj) and XML (.tmx), to MapDef.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "content/map/map_def.h"

namespace throng::content {

/// Gives the text of a file that a map names (an external tileset), by its path relative to the map's folder.
/// Decides by itself which paths it is willing to open; the parser already refuses absolute ones.
using FileReader = std::function<Result<std::string>(std::string_view relative_path)>;

/// Longest map or tileset text. A map that needs more should compress its layers.
inline constexpr std::size_t kMapTextBytesMax = 16u << 20;

/// Reads a map. Whether it is JSON or XML is seen from the text.
/// @param text  the file's content; anything at all may be in it
/// @param file  its name for messages; the map's name is the last part without ending
/// @param read  called once per external tileset
/// @return      the map, or every problem found, one per line, each with file, line, layer or object id, and what to do
/// Any thread; throws nothing.
Result<MapDef> parse_map(std::string_view text, std::string_view file, const FileReader& read);

}  // namespace throng::content
