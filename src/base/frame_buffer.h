#pragma once
// A message under construction, with room in front for the header that the transport will add, so that a
// whole frame leaves from one contiguous piece of memory with one system call.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "base/assert.h"
#include "base/bytes.h"

namespace throng {

/// Longest transport header: a WebSocket server frame needs 10 bytes.
inline constexpr std::size_t kFrameHeadroom = 16;

/// Growing byte buffer with headroom. Reused from frame to frame; `clear` keeps its memory.
/// Writing: `std::uint8_t* at = frame.reserve(n)`, write at most n bytes, `frame.commit(at)`.
class FrameBuffer {
 public:
  FrameBuffer() : bytes_(kFrameHeadroom + 4096) {}

  void clear() { size_ = 0; }
  std::size_t size() const { return size_; }

  /// A cursor at the end of the body with space for `more` bytes. Valid until the next reserve.
  std::uint8_t* reserve(std::size_t more) {
    const std::size_t needed = kFrameHeadroom + size_ + more;
    if (needed > bytes_.size()) bytes_.resize(needed + needed / 2);
    return body() + size_;
  }

  /// Takes over everything up to `end`, a cursor that came from the last `reserve`.
  void commit(const std::uint8_t* end) {
    size_ = static_cast<std::size_t>(end - body());
    THRONG_ASSERT(kFrameHeadroom + size_ <= bytes_.size(), "a frame was written past its reservation");
  }

  void append(ByteSpan more) {
    std::uint8_t* at = reserve(more.size());
    if (!more.empty()) std::memcpy(at, more.data(), more.size());
    commit(at + more.size());
  }
  void append(std::uint8_t byte) { append(ByteSpan(&byte, 1)); }

  ByteSpan view() const { return {bytes_.data() + kFrameHeadroom, size_}; }

  /// The body with `header` placed right before it; the header must fit the headroom.
  ByteSpan with_header(ByteSpan header) {
    THRONG_ASSERT(header.size() <= kFrameHeadroom, "transport header exceeds the headroom");
    std::uint8_t* start = body() - header.size();
    std::memcpy(start, header.data(), header.size());
    return {start, header.size() + size_};
  }

 private:
  std::uint8_t* body() { return bytes_.data() + kFrameHeadroom; }

  std::vector<std::uint8_t> bytes_;
  std::size_t size_ = 0;
};

}  // namespace throng
