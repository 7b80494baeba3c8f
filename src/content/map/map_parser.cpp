#include "content/map/map_parser.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "content/json.h"
#include "content/map/map_builder.h"
#include "content/map/tiled/document.h"

namespace throng::content {
namespace {

/// `maps/meadow.tmj` is called `meadow`.
std::string name_of(std::string_view file) {
  const std::size_t slash = file.find_last_of("/\\");
  if (slash != std::string_view::npos) file.remove_prefix(slash + 1);
  return std::string(file.substr(0, file.find('.')));
}

bool is_relative(std::string_view path) {
  const bool odd = std::any_of(path.begin(), path.end(),
                               [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == ':'; });
  return !path.empty() && path.size() <= 1024 && path.front() != '/' && !odd;
}

Result<tiled::Tileset> load_tileset(const tiled::Tileset& named, const FileReader& read) {
  if (!is_relative(named.source)) {
    return fail(fmt::format("{}: found a path that is not relative, expected a file beside the map", named.where));
  }
  Result<std::string> text = read(named.source);
  if (!text) return fail(fmt::format("{}: {}", named.where, text.error().message));
  Result<tiled::Tileset> tileset = tiled::looks_like_xml(*text) ? tiled::read_tileset_xml(*text, named.source)
                                                                : tiled::read_tileset_json(*text, named.source);
  if (!tileset) return fail(fmt::format("{}: {}", named.where, tileset.error().message));
  tileset->first_gid = named.first_gid;
  tileset->source = named.source;
  return tileset;
}

}  // namespace

Result<MapDef> parse_map(std::string_view text, std::string_view file, const FileReader& read) {
  std::string name = name_of(file);
  if (!is_json_name(name)) {
    return fail(fmt::format(
        "{}: found a file name that cannot name a map, expected 1 to 64 letters, digits, '_' or '-'", file));
  }
  THRONG_TRY(tiled::Map document,
             tiled::looks_like_xml(text) ? tiled::read_map_xml(text, file) : tiled::read_map_json(text, file));
  for (tiled::Tileset& tileset : document.tilesets) {
    if (tileset.source.empty()) continue;
    THRONG_TRY(tiled::Tileset loaded, load_tileset(tileset, read));
    tileset = std::move(loaded);
  }
  return build_map(document, std::move(name));
}

}  // namespace throng::content
