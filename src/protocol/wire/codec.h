#pragma once
// The primitive encodings of the state stream and of frame headers (protocol.md, "Values"): little-endian,
// unaligned. Writers are for the hot path: the caller has reserved space and gets the moved cursor back.
// Readers take bytes from the network and give nothing where the bytes make no sense.

#include <cmath>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace throng::protocol {

/// "From here on, the structure with the following refId."
inline constexpr std::uint8_t kSwitch = 0xff;
/// Operations; on a structure the low six bits are the field index.
inline constexpr std::uint8_t kReplace = 0x00;
inline constexpr std::uint8_t kDelete = 0x40;
inline constexpr std::uint8_t kAdd = 0x80;
inline constexpr std::uint8_t kDeleteAndAdd = 0xc0;
/// Collections only: drop every entry.
inline constexpr std::uint8_t kClear = 0x0a;

/// Longest `num`, and what a `str` needs beside its bytes.
inline constexpr std::size_t kNumBytesMax = 9;
inline constexpr std::size_t kStrHeaderBytesMax = 5;
/// A switch to any refId that this server hands out (below 2^24).
inline constexpr std::size_t kSwitchBytesMax = 6;

template <typename T>
  requires std::is_arithmetic_v<T>
inline std::uint8_t* write_raw(std::uint8_t* at, T value) {
  std::memcpy(at, &value, sizeof(T));
  return at + sizeof(T);
}

inline std::uint8_t* write_u8(std::uint8_t* at, std::uint8_t value) { return write_raw(at, value); }
inline std::uint8_t* write_u16(std::uint8_t* at, std::uint16_t value) { return write_raw(at, value); }
inline std::uint8_t* write_u32(std::uint8_t* at, std::uint32_t value) { return write_raw(at, value); }
inline std::uint8_t* write_u64(std::uint8_t* at, std::uint64_t value) { return write_raw(at, value); }
inline std::uint8_t* write_i8(std::uint8_t* at, std::int8_t value) { return write_raw(at, value); }
inline std::uint8_t* write_i16(std::uint8_t* at, std::int16_t value) { return write_raw(at, value); }
inline std::uint8_t* write_i32(std::uint8_t* at, std::int32_t value) { return write_raw(at, value); }
inline std::uint8_t* write_i64(std::uint8_t* at, std::int64_t value) { return write_raw(at, value); }
inline std::uint8_t* write_f32(std::uint8_t* at, float value) { return write_raw(at, value); }
inline std::uint8_t* write_f64(std::uint8_t* at, double value) { return write_raw(at, value); }

inline std::uint8_t* write_tagged(std::uint8_t* at, std::uint8_t tag, auto value) {
  *at = tag;
  return write_raw(at + 1, value);
}

/// The three-byte form `cd LL HH`, whatever the value: for lengths that are filled in later.
inline std::uint8_t* write_num_u16(std::uint8_t* at, std::uint16_t value) { return write_tagged(at, 0xcd, value); }

/// The shortest form; 1 to 9 bytes. Values beyond 32 bits become float64 where that is exact (up to 2^53):
/// every SDK reads those, few read 64-bit integers.
inline std::uint8_t* write_num(std::uint8_t* at, std::int64_t value) {
  constexpr std::int64_t kExactInDouble = std::int64_t{1} << 53;
  if (value >= 0) {
    if (value < 0x80) return write_u8(at, static_cast<std::uint8_t>(value));
    if (value <= 0xff) return write_tagged(at, 0xcc, static_cast<std::uint8_t>(value));
    if (value <= 0xffff) return write_tagged(at, 0xcd, static_cast<std::uint16_t>(value));
    if (value <= 0xffff'ffff) return write_tagged(at, 0xce, static_cast<std::uint32_t>(value));
    if (value <= kExactInDouble) return write_tagged(at, 0xcb, static_cast<double>(value));
    return write_tagged(at, 0xcf, static_cast<std::uint64_t>(value));
  }
  if (value >= -0x20) return write_i8(at, static_cast<std::int8_t>(value));
  if (value >= -0x80) return write_tagged(at, 0xd0, static_cast<std::int8_t>(value));
  if (value >= -0x8000) return write_tagged(at, 0xd1, static_cast<std::int16_t>(value));
  if (value >= std::numeric_limits<std::int32_t>::min())
    return write_tagged(at, 0xd2, static_cast<std::int32_t>(value));
  if (value >= -kExactInDouble) return write_tagged(at, 0xcb, static_cast<double>(value));
  return write_tagged(at, 0xd3, value);
}

/// Any other integer type, without a guess at which overload was meant.
template <std::integral T>
  requires(!std::same_as<T, std::int64_t> && !std::same_as<T, bool> && (sizeof(T) < 8 || std::is_signed_v<T>))
inline std::uint8_t* write_num(std::uint8_t* at, T value) {
  return write_num(at, static_cast<std::int64_t>(value));
}

/// As the official encoder writes a `number`: 32-bit integers in the shortest integer form, else float32 where
/// the error is below 1e-4, else float64. NaN becomes 0, infinities become ±(2^53 - 1). 1 to 9 bytes.
inline std::uint8_t* write_num(std::uint8_t* at, double value) {
  constexpr double kLargestSafe = 9007199254740991.0;
  if (std::isnan(value)) return write_u8(at, 0);
  if (std::isinf(value)) value = value > 0 ? kLargestSafe : -kLargestSafe;
  if (value >= -2147483648.0 && value <= 2147483647.0 && value == std::trunc(value)) {
    return write_num(at, static_cast<std::int64_t>(value));
  }
  if (std::fabs(value) <= static_cast<double>(std::numeric_limits<float>::max())) {
    const auto narrow = static_cast<float>(value);
    if (std::fabs(static_cast<double>(narrow) - value) < 1e-4) return write_tagged(at, 0xca, narrow);
  }
  return write_tagged(at, 0xcb, value);
}

/// `text` is UTF-8; at most 5 bytes more than its size.
inline std::uint8_t* write_str(std::uint8_t* at, std::string_view text) {
  const std::size_t size = text.size();
  if (size < 0x20) {
    *at++ = static_cast<std::uint8_t>(0xa0 | size);
  } else if (size <= 0xff) {
    at = write_tagged(at, 0xd9, static_cast<std::uint8_t>(size));
  } else if (size <= 0xffff) {
    at = write_tagged(at, 0xda, static_cast<std::uint16_t>(size));
  } else {
    at = write_tagged(at, 0xdb, static_cast<std::uint32_t>(size));
  }
  if (size > 0) std::memcpy(at, text.data(), size);
  return at + size;
}

/// `ff num(ref)`: at most kSwitchBytesMax bytes.
inline std::uint8_t* write_switch(std::uint8_t* at, std::uint32_t ref) {
  *at = kSwitch;
  return write_num(at + 1, static_cast<std::int64_t>(ref));
}

/// Any form of `num`; nothing when the bytes are none or too few.
std::optional<double> read_num(ByteReader& reader);
/// A `num` that is a whole number, exactly: floats with a fraction or beyond ±2^53, and unsigned values
/// beyond int64, give nothing.
std::optional<std::int64_t> read_integer_num(ByteReader& reader);
/// A view into the reader's bytes; not checked to be UTF-8.
std::optional<std::string_view> read_str(ByteReader& reader);

/// True when `first` begins a `str`; else what follows is read as a `num`.
constexpr bool begins_str(std::uint8_t first) {
  return (first >= 0xa0 && first <= 0xbf) || first == 0xd9 || first == 0xda || first == 0xdb;
}

}  // namespace throng::protocol
