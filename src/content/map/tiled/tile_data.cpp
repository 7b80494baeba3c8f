#include "content/map/tiled/tile_data.h"

#include <array>
#include <charconv>
#include <cstring>
#include <string_view>

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/bytes.h"

namespace throng::content::tiled {
namespace {

using Cells = std::vector<std::uint32_t>;

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

Result<Cells> decode_csv(std::string_view text, std::size_t cells) {
  Cells out;
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto skip_white = [&] {
    while (at != end && is_white(*at)) ++at;
  };
  while (true) {
    skip_white();
    std::uint32_t cell = 0;
    const auto [after, error] = std::from_chars(at, end, cell);
    if (error != std::errc())
      return fail(fmt::format("csv: found no number for cell {}, expected {} numbers", out.size(), cells));
    if (out.size() == cells)
      return fail(fmt::format("csv: found more than {} numbers, expected exactly that many", cells));
    out.push_back(cell);
    at = after;
    skip_white();
    if (at == end) break;
    if (*at != ',')
      return fail(fmt::format("csv: found an unexpected character after cell {}, expected a comma", out.size() - 1));
    ++at;
  }
  if (out.size() != cells) return fail(fmt::format("csv: found {} numbers, expected {}", out.size(), cells));
  return out;
}

/// -1: none of the alphabet.
constexpr std::array<std::int8_t, 256> base64_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}

/// White space anywhere is skipped, as Tiled indents the text in XML.
Result<std::vector<std::uint8_t>> decode_base64(std::string_view text) {
  static constexpr std::array<std::int8_t, 256> kValues = base64_values();
  std::vector<std::uint8_t> out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  int count = 0;
  std::size_t letters = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (is_white(c)) continue;
    ++letters;
    if (c == '=') {
      ++padding;
      continue;
    }
    const int value = kValues[static_cast<unsigned char>(c)];
    if (value < 0 || padding > 0) return fail("base64: found a character that does not belong there");
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.push_back(static_cast<std::uint8_t>(bits >> count));
    }
  }
  if (letters % 4 != 0 || padding > 2)
    return fail("base64: found a text that breaks off, expected whole groups of four letters");
  return out;
}

std::string wrong_size(std::string_view what, std::size_t cells) {
  return fmt::format("{}: found more or less than {} bytes, expected 4 for each of the {} tiles", what, cells * 4,
                     cells);
}

Result<Cells> unpack_plain(ByteSpan packed, std::size_t cells) {
  if (packed.size() != cells * 4) return fail(wrong_size("base64", cells));
  Cells out(cells);
  std::memcpy(out.data(), packed.data(), packed.size());
  return out;
}

Result<Cells> unpack_zlib(ByteSpan packed, std::size_t cells) {
  Cells out(cells);
  z_stream stream{};
  constexpr int kZlibOrGzip = 15 + 32;  // window bits, and "detect the header", zlib.h
  if (inflateInit2(&stream, kZlibOrGzip) != Z_OK) return fail("zlib: no memory");
  stream.next_in = const_cast<Bytef*>(packed.data());  // zlib's interface predates const
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(cells * 4);
  const int status = inflate(&stream, Z_FINISH);
  const bool whole = stream.avail_out == 0;
  inflateEnd(&stream);
  if (status == Z_STREAM_END && whole) return out;
  const bool damaged = status == Z_DATA_ERROR || status == Z_NEED_DICT;
  return fail(damaged ? "zlib: found damaged data; save the map again" : wrong_size("zlib", cells));
}

Result<Cells> unpack_zstd(ByteSpan packed, std::size_t cells) {
  Cells out(cells);
  const std::size_t size = ZSTD_decompress(out.data(), cells * 4, packed.data(), packed.size());
  if (!ZSTD_isError(size) && size == cells * 4) return out;
  const bool damaged = ZSTD_isError(size) && ZSTD_getErrorCode(size) != ZSTD_error_dstSize_tooSmall;
  return fail(damaged ? "zstd: found damaged data; save the map again" : wrong_size("zstd", cells));
}

}  // namespace

Result<Cells> decode_tiles(const TileData& data, std::size_t cells) {
  if (data.encoding == Encoding::Csv) return decode_csv(data.text, cells);
  if (data.encoding == Encoding::Numbers) {
    if (data.numbers.size() != cells) {
      return fail(fmt::format("found {} tiles, expected {}", data.numbers.size(), cells));
    }
    return data.numbers;
  }
  THRONG_TRY(const std::vector<std::uint8_t> packed, decode_base64(data.text));
  if (data.compression == Compression::Zlib) return unpack_zlib(packed, cells);
  if (data.compression == Compression::Zstd) return unpack_zstd(packed, cells);
  return unpack_plain(packed, cells);
}

}  // namespace throng::content::tiled
