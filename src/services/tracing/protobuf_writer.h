#pragma once
// The wire format of Protocol Buffers, as much of it as spans need. Zeroes and empty texts are left out, as proto3 wants.

#include <cstdint>
#include <string>
#include <string_view>

namespace throng::services {

/// Appends fields in the order of the calls. One thread.
class ProtobufWriter {
 public:
  void varint(std::uint32_t field, std::uint64_t value) {
    if (value == 0) return;
    varint_always(field, value);
  }
  /// For members of a oneof, whose zero means something.
  void varint_always(std::uint32_t field, std::uint64_t value) {
    raw_varint(field << 3);
    raw_varint(value);
  }
  void fixed64(std::uint32_t field, std::uint64_t value) {
    if (value == 0) return;
    raw_varint(field << 3 | 1u);
    little_endian(value, 8);
  }
  void fixed32(std::uint32_t field, std::uint32_t value) {
    if (value == 0) return;
    raw_varint(field << 3 | 5u);
    little_endian(value, 4);
  }
  void bytes(std::uint32_t field, std::string_view value) {
    if (!value.empty()) bytes_always(field, value);
  }
  void bytes_always(std::uint32_t field, std::string_view value) {
    raw_varint(field << 3 | 2u);
    raw_varint(value.size());
    out_ += value;
  }
  void message(std::uint32_t field, const ProtobufWriter& inner) { bytes_always(field, inner.out_); }

  const std::string& view() const { return out_; }
  std::string take() { return std::move(out_); }
  /// Keeps its memory.
  void clear() { out_.clear(); }

 private:
  void raw_varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80u);
    out_ += static_cast<char>(value);
  }
  void little_endian(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i, value >>= 8) out_ += static_cast<char>(value & 0xffu);
  }

  std::string out_;
};

/// Ids as OTLP has them: big-endian bytes.
inline std::string big_endian(std::uint64_t value) {
  std::string bytes(8, '\0');
  for (std::size_t i = 8; i-- > 0; value >>= 8) bytes[i] = static_cast<char>(value & 0xffu);
  return bytes;
}

}  // namespace throng::services
