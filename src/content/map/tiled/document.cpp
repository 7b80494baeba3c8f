#include "content/map/tiled/document.h"

#include <cmath>

#include <fmt/format.h>

#include "base/assert.h"
#include "content/json.h"

namespace throng::content::tiled {
namespace {

constexpr std::size_t kProblemsMax = 50;

}  // namespace

void Problems::add(std::string_view where, std::string_view problem) {
  if (lines_.size() < kProblemsMax) {
    lines_.push_back(fmt::format("{}: {}", where, problem));
  } else {
    ++left_out_;
  }
}

Result<void> Problems::verdict() const {
  if (lines_.empty()) return {};
  std::string all = fmt::format("{}", fmt::join(lines_, "\n"));
  if (left_out_ > 0) all += fmt::format("\nand {} more", left_out_);
  return fail(std::move(all));
}

const std::string* Object::property(std::string_view wanted) const {
  for (const Property& property : properties) {
    if (property.name == wanted) return &property.text;
  }
  return nullptr;
}

Milliunits milliunits_from(double pixels) {
  THRONG_ASSERT(std::abs(pixels) <= kCoordinateMax, "a coordinate was not checked by its reader");
  return {static_cast<std::int32_t>(std::lround(pixels * kMilliunitsPerUnit))};
}

std::optional<Encoding> encoding_from(std::string_view text, std::string_view where, Problems& problems) {
  if (text.empty()) return Encoding::Numbers;
  if (text == "csv") return Encoding::Csv;
  if (text == "base64") return Encoding::Base64;
  problems.add(where,
               fmt::format("found encoding {}, expected csv or base64 (Tiled: Map Properties, Tile Layer Format)",
                           json_quoted(text)));
  return std::nullopt;
}

std::optional<Compression> compression_from(std::string_view text, std::string_view where, Problems& problems) {
  if (text.empty()) return Compression::None;
  if (text == "zlib" || text == "gzip") return Compression::Zlib;
  if (text == "zstd") return Compression::Zstd;
  problems.add(where, fmt::format("found compression {}, expected none, zlib, gzip or zstd", json_quoted(text)));
  return std::nullopt;
}

std::string object_title(std::int64_t id, std::string_view name) {
  return name.empty() ? fmt::format("object {}", id) : fmt::format("object {} {}", id, json_quoted(name.substr(0, 64)));
}

std::string layer_title(std::string_view name) { return fmt::format("layer {}", json_quoted(name.substr(0, 64))); }

bool looks_like_xml(std::string_view text) {
  const std::size_t first = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  return first != std::string_view::npos && text[first] == '<';
}

}  // namespace throng::content::tiled
