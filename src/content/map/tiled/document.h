#pragma once
// A Tiled map as it is written, JSON and XML alike, before anything is decoded or judged.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace throng::content::tiled {

inline constexpr int kTilesetsMax = 256;
inline constexpr int kTilesPerTilesetMax = 65'536;
inline constexpr int kTilePixelsMax = 1024;
inline constexpr int kGroupDepthMax = 16;
/// Corners of all polygons of a map together.
inline constexpr std::size_t kPointsMax = 200'000;
/// Coordinates in a file, in units to either side: far more than a map, small enough for 64-bit products.
inline constexpr double kCoordinateMax = 500'000;
inline constexpr std::uint32_t kGidMax = 1u << 20;

/// Collects what is wrong with a map, up to a bound.
class Problems {
 public:
  void add(std::string_view where, std::string_view problem);
  bool any() const { return !lines_.empty(); }
  Result<void> verdict() const;

 private:
  std::vector<std::string> lines_;
  std::size_t left_out_ = 0;
};

enum class ShapeKind { Rectangle, Ellipse, Point, Polygon, Polyline, Text };

struct Property {
  std::string name;
  std::string text;  ///< the value as written; `true` and `false` for booleans
};

/// Places are in milliunits, as written: relative to the layer or the tile, points relative to the place.
struct Object {
  std::string where;  ///< `file:line: object 7 "name"`, for messages
  std::string name;
  std::string type;   ///< the class: Tiled calls it `type` or `class`, by version
  ShapeKind shape = ShapeKind::Rectangle;
  Position at;
  Milliunits width;
  Milliunits height;
  double rotation_degrees = 0;  ///< clockwise about `at`
  bool is_tile = false;         ///< a tile as an object: `at` is its lower left corner
  std::vector<Position> points;
  std::vector<Property> properties;

  /// The value of the property, or null.
  const std::string* property(std::string_view wanted) const;
};

struct Tile {
  std::uint32_t id = 0;  ///< within its tileset
  bool blocked = false;  ///< property `blocked`
  std::vector<Object> shapes;
};

struct Tileset {
  std::string where;
  std::uint32_t first_gid = 1;
  std::string source;  ///< external file, or empty when embedded
  int tile_count = 0;
  int tile_width = 0;   ///< pixels
  int tile_height = 0;
  std::vector<Tile> tiles;  ///< only those that say something
};

enum class Encoding { Numbers, Csv, Base64 };
enum class Compression { None, Zlib, Zstd };  ///< Zlib stands for gzip too: the bytes tell which

struct TileData {
  Encoding encoding = Encoding::Numbers;
  Compression compression = Compression::None;
  std::string text;                    ///< Csv, Base64
  std::vector<std::uint32_t> numbers;  ///< Numbers
};

struct Layer {
  enum class Kind { Tiles, Objects };
  Kind kind = Kind::Tiles;
  std::string where;
  std::string name;
  std::string type;
  Position offset;  ///< its own and that of the groups round it
  TileData data;
  std::vector<Object> objects;
};

/// Groups are resolved: layers stand in drawing order.
struct Map {
  std::string where;
  int width = 0;   ///< tiles
  int height = 0;
  int tile_width = 0;  ///< pixels
  int tile_height = 0;
  std::vector<Tileset> tilesets;
  std::vector<Layer> layers;
};

/// Pixels as written in a file, rounded to whole milliunits. The number must lie within kCoordinateMax.
Milliunits milliunits_from(double pixels);

/// The meaning of `encoding` and `compression` as written; empty texts mean absent. Nothing: notes a problem.
std::optional<Encoding> encoding_from(std::string_view text, std::string_view where, Problems& problems);
std::optional<Compression> compression_from(std::string_view text, std::string_view where, Problems& problems);

/// `object 7 "spawn"` or `layer "ground"`: how messages call a thing.
std::string object_title(std::int64_t id, std::string_view name);
std::string layer_title(std::string_view name);

// The readers. The texts are foreign: whatever they hold leads to a value or to problems.
Result<Map> read_map_json(std::string_view text, std::string_view file);
Result<Map> read_map_xml(std::string_view text, std::string_view file);
Result<Tileset> read_tileset_json(std::string_view text, std::string_view file);
Result<Tileset> read_tileset_xml(std::string_view text, std::string_view file);

/// Whether a text looks like XML rather than JSON.
bool looks_like_xml(std::string_view text);

}  // namespace throng::content::tiled
