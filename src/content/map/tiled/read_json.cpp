// Tiled's JSON: https://doc.mapeditor.org/en/stable/reference/json-map-format/. Keys that do not matter to the world
// are left alone, since every version of the editor adds some.
#include <utility>

#include <fmt/format.h>

#include "content/json.h"
#include "content/map/map_def.h"
#include "content/map/map_parser.h"
#include "content/map/tiled/document.h"

namespace throng::content::tiled {
namespace {

constexpr NumberRange kCoordinates{.min = -kCoordinateMax, .max = kCoordinateMax};
constexpr NumberRange kSizes{.min = 0, .max = kCoordinateMax};
constexpr TextRange kAnyName{.bytes_max = 1024};

class JsonMapReader {
 public:
  explicit JsonMapReader(std::string_view file) : file_(file) {}

  Map read_map(JsonObject root) {
    Map map;
    map.where = file_;
    check_map_kind(root);
    map.width = static_cast<int>(root.integer("width", {.min = 1, .max = kMapTilesPerSideMax}));
    map.height = static_cast<int>(root.integer("height", {.min = 1, .max = kMapTilesPerSideMax}));
    map.tile_width = static_cast<int>(root.integer("tilewidth", {.min = 1, .max = kTilePixelsMax}));
    map.tile_height = static_cast<int>(root.integer("tileheight", {.min = 1, .max = kTilePixelsMax}));
    const JsonArray tilesets = root.array("tilesets", 0, kTilesetsMax);
    for (std::size_t i = 0; i < tilesets.size(); ++i) map.tilesets.push_back(read_tileset_entry(tilesets[i]));
    read_layers(root, {}, 1, map);
    return map;
  }

  Tileset read_tileset(JsonObject& json) {
    Tileset tileset;
    tileset.where = place(json.value(), "tileset " + json_quoted(json.text_or("name", "", kAnyName)));
    tileset.tile_count = static_cast<int>(json.integer("tilecount", {.min = 0, .max = kTilesPerTilesetMax}));
    tileset.tile_width = static_cast<int>(json.integer("tilewidth", {.min = 1, .max = kTilePixelsMax}));
    tileset.tile_height = static_cast<int>(json.integer("tileheight", {.min = 1, .max = kTilePixelsMax}));
    if (const std::optional<JsonValue> tiles = json.optional("tiles")) {
      const JsonArray array = tiles->array(0, kTilesPerTilesetMax);
      for (std::size_t i = 0; i < array.size(); ++i) tileset.tiles.push_back(read_tile(array[i]));
    }
    return tileset;
  }

  Problems& problems() { return problems_; }

 private:
  std::string place(const JsonValue& value, std::string_view title) const {
    const std::string line_column = value.place();
    return fmt::format("{}:{}: {}", file_, line_column.substr(0, line_column.find(':')), title);
  }

  void check_map_kind(JsonObject& root) {
    const std::string orientation = root.text_or("orientation", "orthogonal", kAnyName);
    if (orientation != "orthogonal") {
      problems_.add(file_, fmt::format("found orientation {}, expected orthogonal", json_quoted(orientation)));
    }
    if (root.boolean_or("infinite", false)) {
      problems_.add(file_,
                    "found an infinite map, expected a bounded one (Tiled: Map Properties, switch Infinite off)");
    }
  }

  Tileset read_tileset_entry(const JsonValue& value) {
    JsonObject json = value.object();
    const std::string source = json.text_or("source", "", kAnyName);
    Tileset tileset;
    if (source.empty()) {
      tileset = read_tileset(json);
    } else {
      tileset.where = place(value, "tileset " + json_quoted(source));
      tileset.source = source;
    }
    tileset.first_gid = static_cast<std::uint32_t>(json.integer("firstgid", {.min = 1, .max = kGidMax}));
    return tileset;
  }

  Tile read_tile(const JsonValue& value) {
    JsonObject json = value.object();
    Tile tile;
    tile.id = static_cast<std::uint32_t>(json.integer("id", {.min = 0, .max = kTilesPerTilesetMax - 1}));
    for (const Property& property : read_properties(json)) {
      if (property.name == "blocked") tile.blocked = property.text == "true";
    }
    if (const std::optional<JsonValue> group = json.optional("objectgroup")) {
      JsonObject group_object = group->object();
      tile.shapes = read_objects(group_object);
    }
    return tile;
  }

  std::vector<Property> read_properties(JsonObject& owner) {
    std::vector<Property> properties;
    const std::optional<JsonValue> list = owner.optional("properties");
    if (!list) return properties;
    const JsonArray array = list->array(0, 256);
    for (std::size_t i = 0; i < array.size(); ++i) {
      JsonObject json = array[i].object();
      Property property{json.text("name", kAnyName), ""};
      if (const std::optional<JsonValue> value = json.required("value")) {
        property.text = value->kind() == JsonKind::Text ? value->text({.bytes_max = 1 << 16}) : value->compact_text();
      }
      properties.push_back(std::move(property));
    }
    return properties;
  }

  void read_layers(JsonObject& owner, Position offset, int depth, Map& map) {
    const JsonArray layers = owner.array("layers");
    for (std::size_t i = 0; i < layers.size(); ++i) {
      if (map.layers.size() >= kMapLayersMax) {
        layers[i].report(fmt::format("found one layer too many, expected at most {}", kMapLayersMax));
        return;
      }
      read_layer(layers[i], offset, depth, map);
    }
  }

  void read_layer(const JsonValue& value, Position offset, int depth, Map& map) {
    JsonObject json = value.object();
    const std::string kind = json.text("type", kAnyName);
    Layer layer;
    layer.name = json.text_or("name", "", kAnyName);
    layer.type = json.text_or("class", "", kAnyName);
    layer.where = place(value, layer_title(layer.name));
    layer.offset = offset;
    layer.offset.x += milliunits_from(json.number_or("offsetx", 0, {.min = -10'000, .max = 10'000}));
    layer.offset.y += milliunits_from(json.number_or("offsety", 0, {.min = -10'000, .max = 10'000}));
    if (kind == "group") {
      if (depth >= kGroupDepthMax) return value.report("found groups nested too deeply");
      return read_layers(json, layer.offset, depth + 1, map);
    }
    if (kind == "imagelayer") return;
    if (kind == "objectgroup") {
      layer.kind = Layer::Kind::Objects;
      layer.objects = read_objects(json);
    } else if (kind == "tilelayer") {
      read_tiles(json, map, layer);
    } else {
      value.report(
          fmt::format("found layer type {}, expected tilelayer, objectgroup, imagelayer or group", json_quoted(kind)));
    }
    map.layers.push_back(std::move(layer));
  }

  void read_tiles(JsonObject& json, const Map& map, Layer& layer) {
    (void)json.integer("width", {.min = map.width, .max = map.width});
    (void)json.integer("height", {.min = map.height, .max = map.height});
    if (json.has("chunks")) {
      problems_.add(layer.where, "found chunks of an infinite map, expected data (Tiled: switch Infinite off)");
      return;
    }
    const std::string encoding = json.text_or("encoding", "csv", kAnyName);
    layer.data.encoding = encoding_from(encoding, layer.where, problems_).value_or(Encoding::Csv);
    layer.data.compression =
        compression_from(json.text_or("compression", "", kAnyName), layer.where, problems_).value_or(Compression::None);
    const std::optional<JsonValue> data = json.required("data");
    if (!data) return;
    if (layer.data.encoding == Encoding::Base64) {
      layer.data.text = data->text({.bytes_max = kMapTextBytesMax});
      return;
    }
    layer.data.encoding = Encoding::Numbers;
    const auto cells = static_cast<std::size_t>(map.width) * static_cast<std::size_t>(map.height);
    const JsonArray numbers = data->array(cells, cells);
    layer.data.numbers.reserve(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      layer.data.numbers.push_back(static_cast<std::uint32_t>(numbers[i].integer({.min = 0, .max = UINT32_MAX})));
    }
  }

  std::vector<Object> read_objects(JsonObject& group) {
    std::vector<Object> objects;
    const JsonArray array = group.array("objects", 0, kMapObjectsMax);
    for (std::size_t i = 0; i < array.size(); ++i) objects.push_back(read_object(array[i]));
    return objects;
  }

  Object read_object(const JsonValue& value) {
    JsonObject json = value.object();
    Object object;
    object.name = json.text_or("name", "", kAnyName);
    object.where = place(value, object_title(json.integer_or("id", 0, {.min = 0, .max = INT64_MAX}), object.name));
    if (json.has("template")) {
      problems_.add(object.where, "found a template, expected a plain object (Tiled: right click, Detach Template)");
    }
    object.type = json.text_or("type", "", kAnyName);
    if (object.type.empty()) object.type = json.text_or("class", "", kAnyName);
    object.at.x = milliunits_from(json.number_or("x", 0, kCoordinates));
    object.at.y = milliunits_from(json.number_or("y", 0, kCoordinates));
    object.width = milliunits_from(json.number_or("width", 0, kSizes));
    object.height = milliunits_from(json.number_or("height", 0, kSizes));
    object.rotation_degrees = json.number_or("rotation", 0, {.min = -100'000, .max = 100'000});
    object.is_tile = json.has("gid");
    object.properties = read_properties(json);
    read_shape(json, object);
    return object;
  }

  void read_shape(JsonObject& json, Object& object) {
    if (json.boolean_or("ellipse", false)) object.shape = ShapeKind::Ellipse;
    if (json.boolean_or("point", false)) object.shape = ShapeKind::Point;
    if (json.has("text")) object.shape = ShapeKind::Text;
    for (const auto& [key, kind] :
         {std::pair("polygon", ShapeKind::Polygon), std::pair("polyline", ShapeKind::Polyline)}) {
      const std::optional<JsonValue> points = json.optional(key);
      if (!points) continue;
      object.shape = kind;
      const JsonArray array = points->array(2, kPointsMax);
      for (std::size_t i = 0; i < array.size(); ++i) {
        JsonObject point = array[i].object();
        object.points.push_back(
            {milliunits_from(point.number("x", kCoordinates)), milliunits_from(point.number("y", kCoordinates))});
      }
    }
  }

  std::string file_;
  Problems problems_;
};

Result<void> joined(const Result<void>& first, const Result<void>& second) {
  if (!first && !second) return fail(first.error().message + "\n" + second.error().message);
  return first ? second : first;
}

}  // namespace

Result<Map> read_map_json(std::string_view text, std::string_view file) {
  THRONG_TRY(const JsonDocument document, parse_json(text, file, {.bytes_max = kMapTextBytesMax}));
  JsonMapReader reader(file);
  Map map = reader.read_map(document.root_object());
  THRONG_CHECK(joined(reader.problems().verdict(), document.verdict()));
  return map;
}

Result<Tileset> read_tileset_json(std::string_view text, std::string_view file) {
  THRONG_TRY(const JsonDocument document, parse_json(text, file, {.bytes_max = kMapTextBytesMax}));
  JsonMapReader reader(file);
  JsonObject root = document.root_object();
  Tileset tileset = reader.read_tileset(root);
  THRONG_CHECK(joined(reader.problems().verdict(), document.verdict()));
  return tileset;
}

}  // namespace throng::content::tiled
