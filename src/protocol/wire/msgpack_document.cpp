#include "protocol/wire/msgpack.h"

#include <bit>
#include <concepts>
#include <utility>

namespace throng::protocol {
namespace {

template <typename T>
std::optional<T> get_big_endian(ByteReader& reader) {
  std::optional<T> value = reader.get<T>();
  if (!value) return std::nullopt;
  if constexpr (sizeof(T) == 2) return static_cast<T>(__builtin_bswap16(static_cast<std::uint16_t>(*value)));
  if constexpr (sizeof(T) == 4) return static_cast<T>(__builtin_bswap32(static_cast<std::uint32_t>(*value)));
  if constexpr (sizeof(T) == 8) return static_cast<T>(__builtin_bswap64(static_cast<std::uint64_t>(*value)));
  return value;
}

/// A length of 1, 2 or 4 bytes (`log2_bytes` 0, 1, 2).
std::optional<std::size_t> get_length(ByteReader& reader, int log2_bytes) {
  switch (log2_bytes) {
    case 0: return reader.get<std::uint8_t>();
    case 1: return get_big_endian<std::uint16_t>(reader);
    default: return get_big_endian<std::uint32_t>(reader);
  }
}

constexpr std::int8_t kTimestampType = -1;
constexpr std::int8_t kUndefinedType = 0;
constexpr std::int8_t kRecordType = 0x72;
constexpr std::uint8_t kFirstRecord = 0x40;
constexpr std::uint8_t kLastRecord = 0x7f;

}  // namespace

/// One parse. Slots for the children of a container are taken in one piece as soon as its size is known, so a
/// size that the bytes cannot hold is refused before any memory is spent on it.
class MsgpackDocument::Parser {
 public:
  Parser(std::vector<Node>& nodes, ByteSpan bytes) : nodes_(nodes), reader_(bytes) {}

  bool value(std::uint32_t slot, int depth) {
    const std::optional<std::uint8_t> first = reader_.get<std::uint8_t>();
    if (!first) return false;
    const std::uint8_t tag = *first;
    if (tag < kFirstRecord) return integer(slot, tag);
    if (tag < 0x80) return record_or_integer(slot, tag, depth);
    if (tag < 0x90) return map(slot, tag & 0x0fu, depth);
    if (tag < 0xa0) return array(slot, tag & 0x0fu, depth);
    if (tag < 0xc0) return blob(slot, Kind::String, tag & 0x1fu);
    if (tag >= 0xe0) return integer(slot, static_cast<std::int8_t>(tag));
    return tagged(slot, tag, depth);
  }

  std::size_t position() const { return reader_.position(); }

 private:
  struct Record {
    std::uint32_t first_key = 0;
    std::uint32_t keys = 0;
  };

  bool tagged(std::uint32_t slot, std::uint8_t tag, int depth) {
    switch (tag) {
      case 0xc0: nodes_[slot] = Node{}; return true;
      case 0xc2:
      case 0xc3: return boolean(slot, tag == 0xc3);
      case 0xc4:
      case 0xc5:
      case 0xc6: return blob(slot, Kind::Bytes, get_length(reader_, tag - 0xc4));
      case 0xc7:
      case 0xc8:
      case 0xc9: return extension(slot, get_length(reader_, tag - 0xc7), depth);
      case 0xca: return float_from<float, std::uint32_t>(slot);
      case 0xcb: return float_from<double, std::uint64_t>(slot);
      case 0xcc: return integer_from<std::uint8_t>(slot);
      case 0xcd: return integer_from<std::uint16_t>(slot);
      case 0xce: return integer_from<std::uint32_t>(slot);
      case 0xcf: return unsigned_integer(slot);
      case 0xd0: return integer_from<std::int8_t>(slot);
      case 0xd1: return integer_from<std::int16_t>(slot);
      case 0xd2: return integer_from<std::int32_t>(slot);
      case 0xd3: return integer_from<std::int64_t>(slot);
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8: return extension(slot, std::size_t{1} << (tag - 0xd4), depth);
      case 0xd9:
      case 0xda:
      case 0xdb: return blob(slot, Kind::String, get_length(reader_, tag - 0xd9));
      case 0xdc:
      case 0xdd: return array(slot, get_length(reader_, tag - 0xdb), depth);
      case 0xde:
      case 0xdf: return map(slot, get_length(reader_, tag - 0xdd), depth);
      default: return false;  // c1 is never used
    }
  }

  Node& fill(std::uint32_t slot, Kind kind, std::size_t size = 0) {
    Node& node = nodes_[slot];
    node = Node{};
    node.kind = kind;
    node.size = static_cast<std::uint32_t>(size);
    return node;
  }

  bool integer(std::uint32_t slot, std::int64_t value) {
    fill(slot, Kind::Integer).integer = value;
    return true;
  }

  template <std::integral T>
  bool integer_from(std::uint32_t slot) {
    const std::optional<T> value = get_big_endian<T>(reader_);
    return value && integer(slot, *value);
  }

  bool unsigned_integer(std::uint32_t slot) {
    const std::optional<std::uint64_t> value = get_big_endian<std::uint64_t>(reader_);
    if (!value) return false;
    if (std::in_range<std::int64_t>(*value)) return integer(slot, static_cast<std::int64_t>(*value));
    fill(slot, Kind::Unsigned).unsigned_integer = *value;
    return true;
  }

  bool boolean(std::uint32_t slot, bool value) {
    fill(slot, Kind::Boolean).integer = value ? 1 : 0;
    return true;
  }

  template <std::floating_point T, std::unsigned_integral Bits>
  bool float_from(std::uint32_t slot) {
    const std::optional<Bits> bits = get_big_endian<Bits>(reader_);
    if (!bits) return false;
    fill(slot, Kind::Float).number = static_cast<double>(std::bit_cast<T>(*bits));
    return true;
  }

  bool blob(std::uint32_t slot, Kind kind, std::optional<std::size_t> size, std::int8_t extension_type = 0) {
    if (!size) return false;
    const std::size_t offset = reader_.position();
    if (!reader_.take(*size)) return false;
    Node& node = fill(slot, kind, *size);
    node.first = offset;
    node.extension = extension_type;
    return true;
  }

  /// Every value takes at least one byte, so `bytes_needed` bounds a count before it is believed.
  std::optional<std::uint32_t> take_slots(std::size_t count, std::size_t bytes_needed) {
    const std::size_t used = nodes_.size();
    if (bytes_needed > reader_.remaining() || count > kNodesMax - used) return std::nullopt;
    nodes_.resize(used + count);
    return static_cast<std::uint32_t>(used);
  }

  void container(std::uint32_t slot, Kind kind, std::size_t size, std::uint32_t first) {
    fill(slot, kind, size).first = first;
  }

  bool array(std::uint32_t slot, std::optional<std::size_t> size, int depth) {
    if (!size || depth >= kDepthMax) return false;
    const std::optional<std::uint32_t> first = take_slots(*size, *size);
    if (!first) return false;
    container(slot, Kind::Array, *size, *first);
    for (std::uint32_t i = 0; i < *size; ++i) {
      if (!value(*first + i, depth + 1)) return false;
    }
    return true;
  }

  bool map(std::uint32_t slot, std::optional<std::size_t> size, int depth) {
    if (!size || *size > kNodesMax || depth >= kDepthMax) return false;
    const std::optional<std::uint32_t> first = take_slots(*size * 2, *size * 2);
    if (!first) return false;
    container(slot, Kind::Map, *size, *first);
    for (std::uint32_t i = 0; i < *size * 2; ++i) {
      if (!value(*first + i, depth + 1)) return false;
    }
    return true;
  }

  bool extension(std::uint32_t slot, std::optional<std::size_t> size, int depth) {
    const std::optional<std::int8_t> type = reader_.get<std::int8_t>();
    if (!size || !type) return false;
    // A record id of two bytes does not occur with the settings of the SDKs; it would need state we do not keep.
    if (*type == kRecordType && *size <= 2) return *size == 1 && define_record(slot, depth);
    if (*type == kUndefinedType && *size == 1) {
      nodes_[slot] = Node{};
      return reader_.take(1).has_value();
    }
    if (*type == kTimestampType) {
      return (*size == 4 || *size == 8 || *size == 12) && blob(slot, Kind::Timestamp, size, *type);
    }
    return blob(slot, Kind::Extension, size, *type);
  }

  /// `d4 72 ID <array of texts>` and then the values of the first instance.
  bool define_record(std::uint32_t slot, int depth) {
    const std::optional<std::uint8_t> id = reader_.get<std::uint8_t>();
    if (!id || *id < kFirstRecord || *id > kLastRecord || depth >= kDepthMax) return false;
    const std::optional<std::uint32_t> keys_slot = take_slots(1, 1);
    if (!keys_slot || !value(*keys_slot, depth + 1)) return false;
    const Node keys = nodes_[*keys_slot];
    if (keys.kind != Kind::Array) return false;
    for (std::uint32_t i = 0; i < keys.size; ++i) {
      if (nodes_[keys.first + i].kind != Kind::String) return false;
    }
    const std::uint32_t index = *id - kFirstRecord;
    records_[index] = {static_cast<std::uint32_t>(keys.first), keys.size};
    records_defined_ |= std::uint64_t{1} << index;
    return instance(slot, records_[index], depth);
  }

  bool record_or_integer(std::uint32_t slot, std::uint8_t tag, int depth) {
    const std::uint32_t index = tag - kFirstRecord;
    if ((records_defined_ >> index & 1) == 0) return integer(slot, tag);
    return depth < kDepthMax && instance(slot, records_[index], depth);
  }

  /// A copy of `record`: its values may define the same id anew.
  bool instance(std::uint32_t slot, Record record, int depth) {
    const std::optional<std::uint32_t> first = take_slots(std::size_t{record.keys} * 2, record.keys);
    if (!first) return false;
    container(slot, Kind::Map, record.keys, *first);
    for (std::uint32_t i = 0; i < record.keys; ++i) {
      nodes_[*first + 2 * i] = nodes_[record.first_key + i];
      if (!value(*first + 2 * i + 1, depth + 1)) return false;
    }
    return true;
  }

  std::vector<Node>& nodes_;
  ByteReader reader_;
  std::array<Record, kLastRecord - kFirstRecord + 1> records_;
  std::uint64_t records_defined_ = 0;
};

bool MsgpackDocument::parse(ByteSpan bytes, std::size_t* consumed) {
  bytes_ = bytes;
  nodes_.clear();
  nodes_.resize(1);
  Parser parser(nodes_, bytes);
  const bool whole = parser.value(0, 0) && (consumed != nullptr || parser.position() == bytes.size());
  if (!whole) nodes_.assign(1, Node{});
  if (consumed != nullptr) *consumed = parser.position();
  return whole;
}

}  // namespace throng::protocol
