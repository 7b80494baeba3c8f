#pragma once
// Small maps as text, for the tests of the map reader.

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "content/map/map_parser.h"

namespace throng::content {

/// Files by name, as a FileReader.
inline FileReader files(std::map<std::string, std::string> texts) {
  return [texts = std::move(texts)](std::string_view path) -> Result<std::string> {
    const auto found = texts.find(std::string(path));
    if (found == texts.end()) return fail("no such file");
    return found->second;
  };
}

inline FileReader no_files() { return files({}); }

inline std::string base64_of(const std::string& bytes) {
  static constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) out += i + k > bytes.size() ? '=' : kLetters[bits >> (18 - 6 * k) & 63];
  }
  return out;
}

inline std::string raw_bytes(const std::vector<std::uint32_t>& cells) {
  std::string bytes(cells.size() * 4, '\0');
  std::memcpy(bytes.data(), cells.data(), bytes.size());
  return bytes;
}

inline std::string deflated(const std::string& bytes, bool gzip) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, gzip ? 31 : 15, 8, Z_DEFAULT_STRATEGY);
  std::string out(compressBound(bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string zstd_of(const std::string& bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

/// Four by three tiles of 16 pixels. Tile 1 is free, 2 is blocked, 3 has a shape in its upper left quarter.
inline const std::vector<std::uint32_t>& small_cells() {
  static const std::vector<std::uint32_t> cells = {1, 2, 1, 0x80000003, 1, 1, 3, 1, 0x40000002, 1, 1, 1};
  return cells;
}

inline std::string numbers_of(const std::vector<std::uint32_t>& cells) {
  std::string text;
  for (const std::uint32_t cell : cells) text += (text.empty() ? "" : ",") + std::to_string(cell);
  return text;
}

inline const char* tileset_members() {
  return R"("name":"t","tilecount":4,"columns":2,"tilewidth":16,"tileheight":16,"image":"t.png","imagewidth":32,"imageheight":32,
    "tiles":[{"id":1,"properties":[{"name":"blocked","type":"bool","value":true}]},
             {"id":2,"objectgroup":{"objects":[{"id":1,"x":0,"y":0,"width":8,"height":8}]}}])";
}

inline const char* tileset_xml() {
  return R"(<?xml version="1.0"?><tileset version="1.10" name="t" tilewidth="16" tileheight="16" tilecount="4" columns="2">
    <image source="t.png" width="32" height="32"/>
    <tile id="1"><properties><property name="blocked" type="bool" value="true"/></properties></tile>
    <tile id="2"><objectgroup><object id="1" x="0" y="0" width="8" height="8"/></objectgroup></tile></tileset>)";
}

inline const char* spawn_json() {
  return R"({"id":1,"name":"start","type":"player_spawn","x":4,"y":20,"width":8,"height":8})";
}

struct JsonMapParts {
  std::string head = R"("orientation":"orthogonal","infinite":false)";
  std::string data = "\"data\":[" + numbers_of(small_cells()) + "]";
  std::string tileset = std::string("{\"firstgid\":1,") + tileset_members() + "}";
  std::string objects = spawn_json();
  std::string more_layers{};
};

inline std::string json_map(const JsonMapParts& parts) {
  return "{\"type\":\"map\",\"width\":4,\"height\":3,\"tilewidth\":16,\"tileheight\":16," + parts.head +
         ",\"tilesets\":[" + parts.tileset +
         "],\n\"layers\":[{\"id\":1,\"name\":\"ground\",\"type\":\"tilelayer\",\"width\":4,\"height\":3," + parts.data +
         "},\n{\"id\":2,\"name\":\"things\",\"type\":\"objectgroup\",\"objects\":[" + parts.objects + "]}" +
         parts.more_layers + "]}";
}

struct XmlMapParts {
  std::string head = R"(orientation="orthogonal" infinite="0")";
  std::string data = "<data encoding=\"csv\">\n" + numbers_of(small_cells()) + "\n</data>";
  std::string tileset = "<tileset firstgid=\"1\" source=\"t.tsx\"/>";
  std::string objects = R"(<object id="1" name="start" type="player_spawn" x="4" y="20" width="8" height="8"/>)";
};

inline std::string xml_map(const XmlMapParts& parts) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<map version=\"1.10\" width=\"4\" height=\"3\" tilewidth=\"16\" "
         "tileheight=\"16\" " +
         parts.head + ">\n" + parts.tileset + "\n<layer id=\"1\" name=\"ground\" width=\"4\" height=\"3\">" +
         parts.data + "</layer>\n<objectgroup id=\"2\" name=\"things\">" + parts.objects + "</objectgroup></map>";
}

/// The map; an empty one, and a failure, when it is refused.
inline MapDef parsed_map(const std::string& text, const FileReader& read = files({{"t.tsx", tileset_xml()}})) {
  Result<MapDef> map = parse_map(text, "maps/m.tmj", read);
  EXPECT_TRUE(map.has_value()) << map.error().message;
  return map ? std::move(map).value() : MapDef{};
}

/// The problem of a map, or `none`.
inline std::string map_problem(const std::string& text, const FileReader& read = files({{"t.tsx", tileset_xml()}})) {
  const Result<MapDef> map = parse_map(text, "maps/m.tmj", read);
  return map ? "none" : map.error().message;
}

}  // namespace throng::content
