#pragma once
// Little-endian byte reader and writer: the bounded cursor under every decoder, and the growing buffer
// under every cold encoder. (The per-tick hot path writes through raw cursors into reserved space.)

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace throng {

static_assert(std::endian::native == std::endian::little, "wire and save formats are little-endian copies");

using ByteSpan = std::span<const std::uint8_t>;

inline ByteSpan as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteSpan bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

/// Reads forward; every read is checked. After the first short read all further reads give nothing.
class ByteReader {
 public:
  explicit ByteReader(ByteSpan bytes) : bytes_(bytes) {}

  std::size_t remaining() const { return bytes_.size() - at_; }
  std::size_t position() const { return at_; }
  bool failed() const { return failed_; }

  std::optional<std::uint8_t> peek() const {
    if (failed_ || remaining() == 0) return std::nullopt;
    return bytes_[at_];
  }

  /// The next `size` bytes as a view into the source.
  std::optional<ByteSpan> take(std::size_t size) {
    if (failed_ || size > remaining()) {
      failed_ = true;
      return std::nullopt;
    }
    const ByteSpan taken = bytes_.subspan(at_, size);
    at_ += size;
    return taken;
  }

  /// A trivially copyable little-endian value.
  template <typename T>
  std::optional<T> get() {
    const std::optional<ByteSpan> raw = take(sizeof(T));
    if (!raw) return std::nullopt;
    T value;
    std::memcpy(&value, raw->data(), sizeof(T));
    return value;
  }

  ByteSpan rest() const { return bytes_.subspan(at_); }

 private:
  ByteSpan bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

/// Appends to a buffer that it owns and that grows as needed; `clear` keeps the capacity.
class ByteWriter {
 public:
  template <typename T>
  void put(T value) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + sizeof(T));
    std::memcpy(bytes_.data() + at, &value, sizeof(T));
  }
  void append(ByteSpan bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  void append(std::string_view text) { append(as_bytes(text)); }

  void clear() { bytes_.clear(); }
  std::size_t size() const { return bytes_.size(); }
  ByteSpan view() const { return bytes_; }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }
  std::vector<std::uint8_t>& raw() { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

}  // namespace throng
