#pragma once
// Bytes that the kernel would not take yet, in order.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace throng::net {

/// First in, first out. The owner bounds it.
class OutQueue {
 public:
  std::size_t size() const { return bytes_.size() - head_; }
  bool empty() const { return size() == 0; }
  ByteSpan front() const { return ByteSpan(bytes_).subspan(head_); }

  void append(ByteSpan bytes) {
    if (head_ > 0 && head_ >= bytes_.size() / 2) {
      bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(head_));
      head_ = 0;
    }
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  void consume(std::size_t bytes) { head_ += bytes; }

 private:
  std::vector<std::uint8_t> bytes_;
  std::size_t head_ = 0;  ///< sent already
};

}  // namespace throng::net
