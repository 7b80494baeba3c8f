#include "load/wire.h"

#include <bit>
#include <cmath>

namespace throng::bench {
namespace {

template <typename T>
std::optional<double> widened(ByteReader& reader) {
  const std::optional<T> value = reader.get<T>();
  if (!value) return std::nullopt;
  return static_cast<double>(*value);
}

template <typename T>
void append_big_endian(std::vector<std::uint8_t>& out, T value) {
  for (int shift = static_cast<int>(sizeof(T)) * 8 - 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>((value >> shift) & 0xffu));
  }
}

void append_integer(std::vector<std::uint8_t>& out, std::int64_t value) {
  const auto tagged = [&out]<typename T>(std::uint8_t tag, T bits) {
    out.push_back(tag);
    append_big_endian(out, bits);
  };
  if (value >= 0 && value < 64) return out.push_back(static_cast<std::uint8_t>(value));
  if (value < 0 && value >= -32) return out.push_back(static_cast<std::uint8_t>(value & 0xff));
  if (value >= 0 && value <= 0xff) return tagged(0xcc, static_cast<std::uint8_t>(value));
  if (value >= 0 && value <= 0xffff) return tagged(0xcd, static_cast<std::uint16_t>(value));
  if (value >= 0) return tagged(0xce, static_cast<std::uint32_t>(value));
  if (value >= INT8_MIN) return tagged(0xd0, static_cast<std::uint8_t>(value & 0xff));
  if (value >= INT16_MIN) return tagged(0xd1, static_cast<std::uint16_t>(value & 0xffff));
  return tagged(0xd2, static_cast<std::uint32_t>(value & 0xffffffff));
}

std::optional<std::string> read_short_text(ByteReader& reader) {
  const std::optional<std::uint8_t> length = reader.get<std::uint8_t>();
  if (!length) return std::nullopt;
  const std::optional<ByteSpan> bytes = reader.take(*length);
  if (!bytes) return std::nullopt;
  return std::string(as_text(*bytes));
}

// The plain layout begins with the first operation on the reflection, an ADD (0x80..0xbf) or a switch (0xff);
// neither is a number that could be a length.
bool starts_with_length(std::uint8_t first) { return first < 0x80 || (first >= 0xcc && first <= 0xce); }

}  // namespace

std::optional<double> read_number(ByteReader& reader) {
  const std::optional<std::uint8_t> first = reader.get<std::uint8_t>();
  if (!first) return std::nullopt;
  if (*first < 0x80) return *first;
  if (*first >= 0xe0) return static_cast<double>(static_cast<std::int8_t>(*first));
  switch (*first) {
    case 0xca: return widened<float>(reader);
    case 0xcb: return widened<double>(reader);
    case 0xcc: return widened<std::uint8_t>(reader);
    case 0xcd: return widened<std::uint16_t>(reader);
    case 0xce: return widened<std::uint32_t>(reader);
    case 0xcf: return widened<std::uint64_t>(reader);
    case 0xd0: return widened<std::int8_t>(reader);
    case 0xd1: return widened<std::int16_t>(reader);
    case 0xd2: return widened<std::int32_t>(reader);
    case 0xd3: return widened<std::int64_t>(reader);
    default: return std::nullopt;
  }
}

std::optional<std::string_view> read_text(ByteReader& reader) {
  const std::optional<std::uint8_t> first = reader.get<std::uint8_t>();
  if (!first) return std::nullopt;
  std::optional<double> length;
  if (*first >= 0xa0 && *first < 0xc0) length = *first & 0x1f;
  if (*first == 0xd9) length = widened<std::uint8_t>(reader);
  if (*first == 0xda) length = widened<std::uint16_t>(reader);
  if (*first == 0xdb) length = widened<std::uint32_t>(reader);
  if (!length) return std::nullopt;
  const std::optional<ByteSpan> bytes = reader.take(static_cast<std::size_t>(*length));
  if (!bytes) return std::nullopt;
  return as_text(*bytes);
}

std::optional<JoinRoom> parse_join_room(ByteSpan frame) {
  ByteReader reader(frame);
  const std::optional<std::uint8_t> opcode = reader.get<std::uint8_t>();
  if (!opcode || *opcode != static_cast<std::uint8_t>(GameOpcode::JoinRoom)) return std::nullopt;
  std::optional<std::string> token = read_short_text(reader);
  if (!token) return std::nullopt;
  const std::optional<std::string> serializer = read_short_text(reader);
  if (!serializer) return std::nullopt;
  JoinRoom join{.token = std::move(*token), .has_state = *serializer == "schema", .reflection = {}};
  if (!join.has_state) return join;
  ByteSpan reflection = reader.rest();
  if (reflection.empty()) return std::nullopt;
  if (starts_with_length(reflection[0])) {
    const std::optional<double> length = read_number(reader);
    if (!length) return std::nullopt;
    const std::optional<ByteSpan> sized = reader.take(static_cast<std::size_t>(*length));
    if (!sized) return std::nullopt;
    reflection = *sized;
  }
  join.reflection.assign(reflection.begin(), reflection.end());
  return join;
}

void append_message_number(std::vector<std::uint8_t>& out, double value) {
  if (value == std::floor(value) && value >= INT32_MIN && value <= UINT32_MAX) {
    return append_integer(out, static_cast<std::int64_t>(value));
  }
  out.push_back(0xcb);
  append_big_endian(out, std::bit_cast<std::uint64_t>(value));
}

void append_message(std::vector<std::uint8_t>& out, std::string_view type, std::string_view name, double value) {
  const auto append_text = [&out](std::string_view text) {
    out.push_back(static_cast<std::uint8_t>(0xa0 | text.size()));
    out.insert(out.end(), text.begin(), text.end());
  };
  out.push_back(static_cast<std::uint8_t>(GameOpcode::RoomData));
  append_text(type);
  for (const int byte : {0xd4, 0x72, 0x40, 0x91})
    out.push_back(static_cast<std::uint8_t>(byte));  // a record, one field
  append_text(name);
  append_message_number(out, value);
}

void append_move(std::vector<std::uint8_t>& out, double x, double y, std::optional<std::uint32_t> sequence) {
  const auto append = [&out](std::string_view bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); };
  append("\x0d\xa4move\xd4\x72\x40");
  append(sequence ? "\x93\xa1x\xa1y\xa3seq" : "\x92\xa1x\xa1y");
  append_message_number(out, x);
  append_message_number(out, y);
  if (sequence) append_message_number(out, *sequence);
}

}  // namespace throng::bench
