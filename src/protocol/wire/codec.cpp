#include "protocol/wire/codec.h"

#include <utility>

namespace throng::protocol {
namespace {

template <typename T>
std::optional<double> get_as_double(ByteReader& reader) {
  const std::optional<T> value = reader.get<T>();
  if (!value) return std::nullopt;
  return static_cast<double>(*value);
}

template <typename T>
std::optional<std::int64_t> get_as_integer(ByteReader& reader) {
  const std::optional<T> value = reader.get<T>();
  if (!value || !std::in_range<std::int64_t>(*value)) return std::nullopt;
  return static_cast<std::int64_t>(*value);
}

std::optional<std::int64_t> exact_integer(std::optional<double> value) {
  constexpr double kExactMax = 9007199254740992.0;
  if (!value || !(std::fabs(*value) <= kExactMax) || *value != std::trunc(*value)) return std::nullopt;
  return static_cast<std::int64_t>(*value);
}

/// 0 to 127 and -32 to -1 are their own byte.
constexpr bool is_fixed_num(std::uint8_t first) { return first < 0x80 || first >= 0xe0; }

std::optional<std::size_t> read_str_size(ByteReader& reader) {
  const std::optional<std::uint8_t> first = reader.get<std::uint8_t>();
  if (!first) return std::nullopt;
  if (*first >= 0xa0 && *first <= 0xbf) return *first & 0x1fu;
  switch (*first) {
    case 0xd9: return reader.get<std::uint8_t>();
    case 0xda: return reader.get<std::uint16_t>();
    case 0xdb: return reader.get<std::uint32_t>();
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<double> read_num(ByteReader& reader) {
  const std::optional<std::uint8_t> first = reader.get<std::uint8_t>();
  if (!first) return std::nullopt;
  if (is_fixed_num(*first)) return static_cast<double>(static_cast<std::int8_t>(*first));
  switch (*first) {
    case 0xca: return get_as_double<float>(reader);
    case 0xcb: return get_as_double<double>(reader);
    case 0xcc: return get_as_double<std::uint8_t>(reader);
    case 0xcd: return get_as_double<std::uint16_t>(reader);
    case 0xce: return get_as_double<std::uint32_t>(reader);
    case 0xcf: return get_as_double<std::uint64_t>(reader);
    case 0xd0: return get_as_double<std::int8_t>(reader);
    case 0xd1: return get_as_double<std::int16_t>(reader);
    case 0xd2: return get_as_double<std::int32_t>(reader);
    case 0xd3: return get_as_double<std::int64_t>(reader);
    default: return std::nullopt;
  }
}

std::optional<std::int64_t> read_integer_num(ByteReader& reader) {
  const std::optional<std::uint8_t> first = reader.get<std::uint8_t>();
  if (!first) return std::nullopt;
  if (is_fixed_num(*first)) return static_cast<std::int8_t>(*first);
  switch (*first) {
    case 0xca: return exact_integer(get_as_double<float>(reader));
    case 0xcb: return exact_integer(get_as_double<double>(reader));
    case 0xcc: return get_as_integer<std::uint8_t>(reader);
    case 0xcd: return get_as_integer<std::uint16_t>(reader);
    case 0xce: return get_as_integer<std::uint32_t>(reader);
    case 0xcf: return get_as_integer<std::uint64_t>(reader);
    case 0xd0: return get_as_integer<std::int8_t>(reader);
    case 0xd1: return get_as_integer<std::int16_t>(reader);
    case 0xd2: return get_as_integer<std::int32_t>(reader);
    case 0xd3: return get_as_integer<std::int64_t>(reader);
    default: return std::nullopt;
  }
}

std::optional<std::string_view> read_str(ByteReader& reader) {
  const std::optional<std::size_t> size = read_str_size(reader);
  if (!size) return std::nullopt;
  const std::optional<ByteSpan> bytes = reader.take(*size);
  if (!bytes) return std::nullopt;
  return as_text(*bytes);
}

}  // namespace throng::protocol
