// Tiled's XML: https://doc.mapeditor.org/en/stable/reference/tmx-map-format/. Elements and attributes that do not
// matter to the world are left alone. pugixml resolves no entities of the document's own and parses without recursion.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "content/json.h"
#include "content/json_tree.h"
#include "content/map/map_def.h"
#include "content/map/map_parser.h"
#include "content/map/tiled/document.h"

namespace throng::content::tiled {
namespace {

/// Lines from 1, by offset.
class Lines {
 public:
  explicit Lines(std::string_view text) : starts_(line_starts_of(text)) {}
  std::ptrdiff_t at(std::ptrdiff_t offset) const {
    return std::max<std::ptrdiff_t>(1, std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin());
  }

 private:
  std::vector<std::uint32_t> starts_;
};

/// The whole of `text` as a T, or nothing.
template <typename T>
std::optional<T> number_in(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class XmlMapReader {
 public:
  XmlMapReader(std::string_view text, std::string_view file) : lines_(text), file_(file) {}

  Map read_map(const pugi::xml_node& root) {
    Map map;
    map.where = file_;
    check_map_kind(root);
    map.width = static_cast<int>(integer(root, "width", 1, kMapTilesPerSideMax));
    map.height = static_cast<int>(integer(root, "height", 1, kMapTilesPerSideMax));
    map.tile_width = static_cast<int>(integer(root, "tilewidth", 1, kTilePixelsMax));
    map.tile_height = static_cast<int>(integer(root, "tileheight", 1, kTilePixelsMax));
    for (const pugi::xml_node& node : root.children("tileset")) {
      if (map.tilesets.size() >= kTilesetsMax) {
        problems_.add(place(node), fmt::format("found one tileset too many, expected at most {}", kTilesetsMax));
        break;
      }
      map.tilesets.push_back(read_tileset_entry(node));
    }
    read_layers(root, {}, 1, map);
    return map;
  }

  Tileset read_tileset(const pugi::xml_node& node) {
    Tileset tileset;
    tileset.where = titled(node, "tileset " + json_quoted(node.attribute("name").value()));
    tileset.tile_count = static_cast<int>(integer(node, "tilecount", 0, kTilesPerTilesetMax));
    tileset.tile_width = static_cast<int>(integer(node, "tilewidth", 1, kTilePixelsMax));
    tileset.tile_height = static_cast<int>(integer(node, "tileheight", 1, kTilePixelsMax));
    for (const pugi::xml_node& tile_node : node.children("tile")) {
      Tile tile;
      tile.id = static_cast<std::uint32_t>(integer(tile_node, "id", 0, kTilesPerTilesetMax - 1));
      for (const Property& property : read_properties(tile_node)) {
        if (property.name == "blocked") tile.blocked = property.text == "true";
      }
      if (const pugi::xml_node group = tile_node.child("objectgroup")) tile.shapes = read_objects(group);
      tileset.tiles.push_back(std::move(tile));
    }
    return tileset;
  }

  Problems& problems() { return problems_; }

 private:
  std::string titled(const pugi::xml_node& node, std::string_view title) const {
    return fmt::format("{}:{}: {}", file_, lines_.at(node.offset_debug()), title);
  }
  std::string place(const pugi::xml_node& node) const { return titled(node, fmt::format("<{}>", node.name())); }

  void found(const pugi::xml_node& node, const char* attribute, std::string_view expected) {
    const pugi::xml_attribute there = node.attribute(attribute);
    problems_.add(
        place(node),
        fmt::format("{}: found {}, expected {}", attribute,
                    there ? json_quoted(std::string_view(there.value()).substr(0, 40)) : "nothing", expected));
  }

  std::int64_t integer(const pugi::xml_node& node, const char* attribute, std::int64_t min, std::int64_t max) {
    const std::optional<std::int64_t> value = number_in<std::int64_t>(node.attribute(attribute).value());
    if (value && *value >= min && *value <= max) return *value;
    found(node, attribute, fmt::format("an integer from {} to {}", min, max));
    return min;
  }

  /// A missing attribute is 0.
  double number(const pugi::xml_node& node, const char* attribute, double min, double max) {
    if (!node.attribute(attribute)) return 0;
    const std::optional<double> value = number_in<double>(node.attribute(attribute).value());
    if (value && *value >= min && *value <= max) return *value;
    found(node, attribute, fmt::format("a number from {} to {}", min, max));
    return 0;
  }

  void check_map_kind(const pugi::xml_node& root) {
    const std::string_view orientation = root.attribute("orientation").as_string("orthogonal");
    if (orientation != "orthogonal") {
      problems_.add(file_, fmt::format("found orientation {}, expected orthogonal", json_quoted(orientation)));
    }
    if (root.attribute("infinite").as_int() != 0) {
      problems_.add(file_,
                    "found an infinite map, expected a bounded one (Tiled: Map Properties, switch Infinite off)");
    }
  }

  Tileset read_tileset_entry(const pugi::xml_node& node) {
    Tileset tileset;
    const std::string source = node.attribute("source").value();
    if (source.empty()) {
      tileset = read_tileset(node);
    } else {
      tileset.where = titled(node, "tileset " + json_quoted(source));
      tileset.source = source;
    }
    tileset.first_gid = static_cast<std::uint32_t>(integer(node, "firstgid", 1, kGidMax));
    return tileset;
  }

  std::vector<Property> read_properties(const pugi::xml_node& owner) {
    std::vector<Property> properties;
    for (const pugi::xml_node& node : owner.child("properties").children("property")) {
      const pugi::xml_attribute value = node.attribute("value");
      properties.push_back({node.attribute("name").value(), value ? value.value() : node.child_value()});
    }
    return properties;
  }

  void read_layers(const pugi::xml_node& owner, Position offset, int depth, Map& map) {
    for (const pugi::xml_node& node : owner.children()) {
      const std::string_view kind = node.name();
      const bool is_group = kind == "group";
      if (!is_group && kind != "layer" && kind != "objectgroup") continue;
      if (map.layers.size() >= kMapLayersMax) {
        problems_.add(place(node), fmt::format("found one layer too many, expected at most {}", kMapLayersMax));
        return;
      }
      Layer layer;
      layer.name = node.attribute("name").value();
      layer.type = node.attribute("class").value();
      layer.where = titled(node, layer_title(layer.name));
      layer.offset.x = offset.x + milliunits_from(number(node, "offsetx", -10'000, 10'000));
      layer.offset.y = offset.y + milliunits_from(number(node, "offsety", -10'000, 10'000));
      if (is_group) {
        if (depth < kGroupDepthMax) {
          read_layers(node, layer.offset, depth + 1, map);
        } else {
          problems_.add(layer.where, "found groups nested too deeply");
        }
        continue;
      }
      if (kind == "layer") {
        read_tiles(node, map, layer);
      } else {
        layer.kind = Layer::Kind::Objects;
        layer.objects = read_objects(node);
      }
      map.layers.push_back(std::move(layer));
    }
  }

  void read_tiles(const pugi::xml_node& node, const Map& map, Layer& layer) {
    (void)integer(node, "width", map.width, map.width);
    (void)integer(node, "height", map.height, map.height);
    const pugi::xml_node data = node.child("data");
    if (!data) {
      problems_.add(layer.where, "found no <data>, expected one");
      return;
    }
    if (data.child("chunk")) {
      problems_.add(layer.where, "found chunks of an infinite map, expected data (Tiled: switch Infinite off)");
      return;
    }
    layer.data.encoding =
        encoding_from(data.attribute("encoding").value(), layer.where, problems_).value_or(Encoding::Csv);
    layer.data.compression =
        compression_from(data.attribute("compression").value(), layer.where, problems_).value_or(Compression::None);
    if (layer.data.encoding != Encoding::Numbers) {
      layer.data.text = data.child_value();
      return;
    }
    for (const pugi::xml_node& tile : data.children("tile")) {
      const bool empty = !tile.attribute("gid");
      layer.data.numbers.push_back(empty ? 0 : static_cast<std::uint32_t>(integer(tile, "gid", 0, UINT32_MAX)));
    }
  }

  std::vector<Object> read_objects(const pugi::xml_node& group) {
    std::vector<Object> objects;
    for (const pugi::xml_node& node : group.children("object")) {
      if (objects.size() >= kMapObjectsMax) {
        problems_.add(place(node), fmt::format("found one object too many, expected at most {}", kMapObjectsMax));
        break;
      }
      objects.push_back(read_object(node));
    }
    return objects;
  }

  Object read_object(const pugi::xml_node& node) {
    Object object;
    object.name = node.attribute("name").value();
    object.where = titled(node, object_title(node.attribute("id").as_llong(), object.name));
    if (node.attribute("template")) {
      problems_.add(object.where, "found a template, expected a plain object (Tiled: right click, Detach Template)");
    }
    object.type = node.attribute("type").value();
    if (object.type.empty()) object.type = node.attribute("class").value();
    object.at.x = milliunits_from(number(node, "x", -kCoordinateMax, kCoordinateMax));
    object.at.y = milliunits_from(number(node, "y", -kCoordinateMax, kCoordinateMax));
    object.width = milliunits_from(number(node, "width", 0, kCoordinateMax));
    object.height = milliunits_from(number(node, "height", 0, kCoordinateMax));
    object.rotation_degrees = number(node, "rotation", -100'000, 100'000);
    object.is_tile = !node.attribute("gid").empty();
    object.properties = read_properties(node);
    read_shape(node, object);
    return object;
  }

  void read_shape(const pugi::xml_node& node, Object& object) {
    if (node.child("ellipse")) object.shape = ShapeKind::Ellipse;
    if (node.child("point")) object.shape = ShapeKind::Point;
    if (node.child("text")) object.shape = ShapeKind::Text;
    for (const auto& [tag, kind] :
         {std::pair("polygon", ShapeKind::Polygon), std::pair("polyline", ShapeKind::Polyline)}) {
      const pugi::xml_node shape = node.child(tag);
      if (!shape) continue;
      object.shape = kind;
      read_points(shape.attribute("points").value(), object);
    }
  }

  /// `x,y x,y …`
  void read_points(std::string_view text, Object& object) {
    while (!text.empty() && object.points.size() < kPointsMax) {
      const std::string_view pair = text.substr(0, text.find(' '));
      text.remove_prefix(std::min(pair.size() + 1, text.size()));
      if (pair.empty()) continue;
      const std::size_t comma = pair.find(',');
      const std::optional<double> x = number_in<double>(pair.substr(0, comma));
      const std::optional<double> y =
          comma == std::string_view::npos ? std::nullopt : number_in<double>(pair.substr(comma + 1));
      if (!x || !y || !(std::abs(*x) <= kCoordinateMax) || !(std::abs(*y) <= kCoordinateMax)) {
        problems_.add(object.where,
                      fmt::format("found the corner {}, expected two numbers as x,y", json_quoted(pair.substr(0, 40))));
        return;
      }
      object.points.push_back({milliunits_from(*x), milliunits_from(*y)});
    }
  }

  Lines lines_;
  std::string file_;
  Problems problems_;
};

/// The document's root element, if it is called `name`.
Result<pugi::xml_node> load_root(pugi::xml_document& document, std::string_view text, std::string_view file,
                                 const char* name) {
  if (text.size() > kMapTextBytesMax) {
    return fail(fmt::format("{}: found {} bytes, expected at most {} (compress the layers)", file, text.size(),
                            kMapTextBytesMax));
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return fail(
        fmt::format("{}:{}: found a NUL byte, expected text", file, Lines(text).at(static_cast<std::ptrdiff_t>(nul))));
  }
  if (const std::optional<std::size_t> bad = first_not_utf8(text)) {
    return fail(
        fmt::format("{}:{}: found a byte that is not UTF-8", file, Lines(text).at(static_cast<std::ptrdiff_t>(*bad))));
  }
  const pugi::xml_parse_result parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) {
    return fail(
        fmt::format("{}:{}: {}, expected well-formed XML", file, Lines(text).at(parsed.offset), parsed.description()));
  }
  const pugi::xml_node root = document.document_element();
  if (std::string_view(root.name()) != name) {
    return fail(fmt::format("{}:{}: found <{}>, expected <{}>", file, Lines(text).at(root.offset_debug()),
                            std::string_view(root.name()).substr(0, 40), name));
  }
  return root;
}

}  // namespace

Result<Map> read_map_xml(std::string_view text, std::string_view file) {
  pugi::xml_document document;
  THRONG_TRY(const pugi::xml_node root, load_root(document, text, file, "map"));
  XmlMapReader reader(text, file);
  Map map = reader.read_map(root);
  THRONG_CHECK(reader.problems().verdict());
  return map;
}

Result<Tileset> read_tileset_xml(std::string_view text, std::string_view file) {
  pugi::xml_document document;
  THRONG_TRY(const pugi::xml_node root, load_root(document, text, file, "tileset"));
  XmlMapReader reader(text, file);
  Tileset tileset = reader.read_tileset(root);
  THRONG_CHECK(reader.problems().verdict());
  return tileset;
}

}  // namespace throng::content::tiled
