#include "protocol/wire/msgpack.h"

#include <bit>
#include <cmath>

#include "base/assert.h"

namespace throng::protocol {
namespace {

constexpr std::int64_t kSafeInteger = std::int64_t{1} << 53;
constexpr double kSafeDouble = 9007199254740992.0;

template <typename T>
T big_endian_at(ByteSpan bytes, std::size_t at) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>((value << 8) | bytes[at + i]);
  return value;
}

double timestamp_ms(double seconds, std::uint32_t nanoseconds) { return seconds * 1000.0 + nanoseconds / 1e6; }

template <typename T>
void put_big_endian(ByteWriter& out, std::uint8_t tag, T value) {
  std::uint8_t bytes[1 + sizeof(T)] = {tag};
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    bytes[sizeof(T) - i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i));
  }
  out.append(ByteSpan(bytes, sizeof bytes));
}

/// A header whose size has 16 or 32 bits.
void put_size_16_32(ByteWriter& out, std::uint8_t tag_16, std::size_t size) {
  THRONG_ASSERT(size <= 0xffff'ffff, "a MessagePack container beyond 32 bits");
  if (size <= 0xffff) return put_big_endian(out, tag_16, static_cast<std::uint16_t>(size));
  put_big_endian(out, static_cast<std::uint8_t>(tag_16 + 1), static_cast<std::uint32_t>(size));
}

}  // namespace

MsgpackValue::Kind MsgpackValue::kind() const { return document_->nodes_[node_].kind; }

std::optional<bool> MsgpackValue::as_bool() const {
  const MsgpackDocument::Node& node = document_->nodes_[node_];
  if (node.kind != Kind::Boolean) return std::nullopt;
  return node.integer != 0;
}

std::optional<std::int64_t> MsgpackValue::as_integer() const {
  const MsgpackDocument::Node& node = document_->nodes_[node_];
  if (node.kind == Kind::Integer) return node.integer;
  if (node.kind != Kind::Float) return std::nullopt;
  if (!(std::fabs(node.number) <= kSafeDouble) || node.number != std::trunc(node.number)) return std::nullopt;
  return static_cast<std::int64_t>(node.number);
}

std::optional<double> MsgpackValue::as_number() const {
  const MsgpackDocument::Node& node = document_->nodes_[node_];
  switch (node.kind) {
    case Kind::Integer: return static_cast<double>(node.integer);
    case Kind::Unsigned: return static_cast<double>(node.unsigned_integer);
    case Kind::Float: return node.number;
    default: return std::nullopt;
  }
}

std::optional<std::string_view> MsgpackValue::as_string() const {
  const MsgpackDocument::Node& node = document_->nodes_[node_];
  if (node.kind != Kind::String) return std::nullopt;
  return as_text(document_->bytes_of(node));
}

std::optional<ByteSpan> MsgpackValue::as_bytes() const {
  const MsgpackDocument::Node& node = document_->nodes_[node_];
  if (node.kind != Kind::Bytes) return std::nullopt;
  return document_->bytes_of(node);
}

std::optional<double> MsgpackValue::as_timestamp_ms() const {
  const MsgpackDocument::Node& node = document_->nodes_[node_];
  if (node.kind != Kind::Timestamp) return std::nullopt;
  const ByteSpan bytes = document_->bytes_of(node);
  if (bytes.size() == 4) return timestamp_ms(big_endian_at<std::uint32_t>(bytes, 0), 0);
  if (bytes.size() == 8) {
    const auto packed = big_endian_at<std::uint64_t>(bytes, 0);  // 30 bits of nanoseconds, 34 of seconds
    return timestamp_ms(static_cast<double>(packed & 0x3'ffff'ffffu), static_cast<std::uint32_t>(packed >> 34));
  }
  const auto seconds = std::bit_cast<std::int64_t>(big_endian_at<std::uint64_t>(bytes, 4));
  return timestamp_ms(static_cast<double>(seconds), big_endian_at<std::uint32_t>(bytes, 0));
}

std::optional<std::int8_t> MsgpackValue::extension_type() const {
  const MsgpackDocument::Node& node = document_->nodes_[node_];
  if (node.kind != Kind::Extension) return std::nullopt;
  return node.extension;
}

std::optional<ByteSpan> MsgpackValue::extension_data() const {
  const MsgpackDocument::Node& node = document_->nodes_[node_];
  if (node.kind != Kind::Extension) return std::nullopt;
  return document_->bytes_of(node);
}

std::size_t MsgpackValue::size() const {
  const MsgpackDocument::Node& node = document_->nodes_[node_];
  return node.kind == Kind::Array || node.kind == Kind::Map ? node.size : 0;
}

MsgpackValue MsgpackValue::at(std::size_t index) const {
  THRONG_ASSERT(index < size(), "index past the end of a MessagePack container");
  const MsgpackDocument::Node& node = document_->nodes_[node_];
  const std::size_t child = node.first + (node.kind == Kind::Map ? 2 * index + 1 : index);
  return {document_, static_cast<std::uint32_t>(child)};
}

MsgpackValue MsgpackValue::key(std::size_t index) const {
  THRONG_ASSERT(is_map() && index < size(), "index past the end of a MessagePack map");
  return {document_, static_cast<std::uint32_t>(document_->nodes_[node_].first + 2 * index)};
}

std::optional<MsgpackValue> MsgpackValue::find(std::string_view wanted) const {
  if (!is_map()) return std::nullopt;
  for (std::size_t i = size(); i-- > 0;) {
    if (key(i).as_string() == wanted) return at(i);
  }
  return std::nullopt;
}

MsgpackWriter& MsgpackWriter::map(std::size_t pairs) {
  if (pairs < 16) {
    out_.put(static_cast<std::uint8_t>(0x80 | pairs));
  } else {
    put_size_16_32(out_, 0xde, pairs);
  }
  return *this;
}

MsgpackWriter& MsgpackWriter::array(std::size_t elements) {
  if (elements < 16) {
    out_.put(static_cast<std::uint8_t>(0x90 | elements));
  } else {
    put_size_16_32(out_, 0xdc, elements);
  }
  return *this;
}

MsgpackWriter& MsgpackWriter::string(std::string_view utf8) {
  if (utf8.size() < 32) {
    out_.put(static_cast<std::uint8_t>(0xa0 | utf8.size()));
  } else if (utf8.size() <= 0xff) {
    put_big_endian(out_, 0xd9, static_cast<std::uint8_t>(utf8.size()));
  } else {
    put_size_16_32(out_, 0xda, utf8.size());
  }
  out_.append(utf8);
  return *this;
}

MsgpackWriter& MsgpackWriter::integer(std::int64_t value) {
  if (value > kSafeInteger || value < -kSafeInteger) {
    put_big_endian(out_, 0xcb, std::bit_cast<std::uint64_t>(static_cast<double>(value)));
  } else if (value >= 0) {
    if (value < 0x80) {
      out_.put(static_cast<std::uint8_t>(value));
    } else if (value <= 0xff) {
      put_big_endian(out_, 0xcc, static_cast<std::uint8_t>(value));
    } else if (value <= 0xffff) {
      put_big_endian(out_, 0xcd, static_cast<std::uint16_t>(value));
    } else if (value <= 0xffff'ffff) {
      put_big_endian(out_, 0xce, static_cast<std::uint32_t>(value));
    } else {
      put_big_endian(out_, 0xcb, std::bit_cast<std::uint64_t>(static_cast<double>(value)));
    }
  } else if (value >= -32) {
    out_.put(static_cast<std::int8_t>(value));
  } else if (value >= -0x80) {
    put_big_endian(out_, 0xd0, static_cast<std::uint8_t>(value));
  } else if (value >= -0x8000) {
    put_big_endian(out_, 0xd1, static_cast<std::uint16_t>(value));
  } else if (value >= -0x8000'0000LL) {
    put_big_endian(out_, 0xd2, static_cast<std::uint32_t>(value));
  } else {
    put_big_endian(out_, 0xcb, std::bit_cast<std::uint64_t>(static_cast<double>(value)));
  }
  return *this;
}

MsgpackWriter& MsgpackWriter::number(double value) {
  const bool whole =
      std::fabs(value) <= kSafeDouble && value == std::trunc(value) && !(value == 0 && std::signbit(value));
  if (whole) return integer(static_cast<std::int64_t>(value));
  put_big_endian(out_, 0xcb, std::bit_cast<std::uint64_t>(value));
  return *this;
}

MsgpackWriter& MsgpackWriter::boolean(bool value) {
  out_.put(static_cast<std::uint8_t>(value ? 0xc3 : 0xc2));
  return *this;
}

MsgpackWriter& MsgpackWriter::nil() {
  out_.put(std::uint8_t{0xc0});
  return *this;
}

MsgpackWriter& MsgpackWriter::bin(ByteSpan bytes) {
  if (bytes.size() <= 0xff) {
    put_big_endian(out_, 0xc4, static_cast<std::uint8_t>(bytes.size()));
  } else {
    put_size_16_32(out_, 0xc5, bytes.size());
  }
  out_.append(bytes);
  return *this;
}

MsgpackWriter& MsgpackWriter::encoded(ByteSpan value) {
  out_.append(value);
  return *this;
}

}  // namespace throng::protocol
