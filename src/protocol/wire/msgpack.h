#pragma once
// MessagePack, the payload of messages. The reader takes the whole standard and the "records" that JavaScript
// SDKs send for objects (a record reads as a map); the writer emits the plain subset that every SDK reads.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace throng::protocol {

class MsgpackDocument;

/// One value of a parsed document: a cheap view, valid until the document parses again or the bytes go away.
class MsgpackValue {
 public:
  enum class Kind : std::uint8_t {
    Nil,
    Boolean,
    Integer,
    Unsigned,
    Float,
    String,
    Bytes,
    Array,
    Map,
    Timestamp,
    Extension
  };

  Kind kind() const;
  bool is_nil() const { return kind() == Kind::Nil; }
  bool is_bool() const { return kind() == Kind::Boolean; }
  bool is_number() const { return kind() >= Kind::Integer && kind() <= Kind::Float; }
  bool is_string() const { return kind() == Kind::String; }
  bool is_bytes() const { return kind() == Kind::Bytes; }
  bool is_array() const { return kind() == Kind::Array; }
  bool is_map() const { return kind() == Kind::Map; }

  std::optional<bool> as_bool() const;
  /// Whole numbers, floats with no fraction within ±2^53 included (JavaScript sends large integers so).
  std::optional<std::int64_t> as_integer() const;
  /// Any number, NaN and infinities included; 64-bit integers are rounded.
  std::optional<double> as_number() const;
  /// The bytes as sent; not checked to be UTF-8.
  std::optional<std::string_view> as_string() const;
  std::optional<ByteSpan> as_bytes() const;
  /// Milliseconds since 1970-01-01 UTC.
  std::optional<double> as_timestamp_ms() const;
  /// Application extensions: type in [-128, 127] and raw data.
  std::optional<std::int8_t> extension_type() const;
  std::optional<ByteSpan> extension_data() const;

  /// Elements of an array, or pairs of a map; zero for everything else.
  std::size_t size() const;
  /// Element of an array or value of a map's pair; `index` < size().
  MsgpackValue at(std::size_t index) const;
  /// Key of a map's pair; `index` < size().
  MsgpackValue key(std::size_t index) const;
  /// The value under a text key; the last one where a key is repeated. Nothing for what is not a map.
  std::optional<MsgpackValue> find(std::string_view key) const;

 private:
  friend class MsgpackDocument;
  MsgpackValue(const MsgpackDocument* document, std::uint32_t node) : document_(document), node_(node) {}

  const MsgpackDocument* document_;
  std::uint32_t node_;
};

/// Reusable scratch: keeps its memory from parse to parse, so that a message costs no allocation in the steady
/// state. Not copyable (values point into it); one thread at a time.
class MsgpackDocument {
 public:
  static constexpr int kDepthMax = 32;
  static constexpr std::size_t kNodesMax = 4096;

  MsgpackDocument() = default;
  MsgpackDocument(const MsgpackDocument&) = delete;
  MsgpackDocument& operator=(const MsgpackDocument&) = delete;

  /// Parses one value; `bytes` must outlive its use. False when malformed, cut short, deeper than kDepthMax or
  /// larger than kNodesMax values. Without `consumed` the value must fill `bytes`; with it, what follows the
  /// value is left alone and `*consumed` tells where that begins.
  [[nodiscard]] bool parse(ByteSpan bytes, std::size_t* consumed = nullptr);

  /// Only after a parse that succeeded.
  MsgpackValue root() const { return {this, 0}; }

 private:
  friend class MsgpackValue;
  class Parser;

  using Kind = MsgpackValue::Kind;

  /// Children of a container lie next to each other (a map's as key, value, key, value), from `first` on.
  struct Node {
    Kind kind = Kind::Nil;
    std::int8_t extension = 0;
    std::uint32_t size = 0;  ///< bytes, elements or pairs
    union {
      std::int64_t integer = 0;
      std::uint64_t unsigned_integer;
      double number;
      std::uint64_t first;  ///< node index for containers, byte offset for strings, bytes and extensions
    };
  };

  ByteSpan bytes_of(const Node& node) const { return bytes_.subspan(node.first, node.size); }

  ByteSpan bytes_;
  std::vector<Node> nodes_;
};

/// Writes plain MessagePack: no records, no extensions. The caller keeps counts right: `map(2)` is followed by
/// two pairs.
class MsgpackWriter {
 public:
  explicit MsgpackWriter(ByteWriter& out) : out_(out) {}

  MsgpackWriter& map(std::size_t pairs);
  MsgpackWriter& array(std::size_t elements);
  MsgpackWriter& string(std::string_view utf8);
  MsgpackWriter& key(std::string_view utf8) { return string(utf8); }
  /// Beyond ±2^53 as float64: JavaScript would make a bigint of the exact form.
  MsgpackWriter& integer(std::int64_t value);
  /// Whole numbers within ±2^53 as integers, the rest as float64.
  MsgpackWriter& number(double value);
  MsgpackWriter& boolean(bool value);
  MsgpackWriter& nil();
  MsgpackWriter& bin(ByteSpan bytes);
  /// One value that was encoded before.
  MsgpackWriter& encoded(ByteSpan value);

 private:
  ByteWriter& out_;
};

}  // namespace throng::protocol
