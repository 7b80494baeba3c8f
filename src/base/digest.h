#pragma once
// A 64-bit fingerprint of state: equal state gives an equal digest in every build. Not for secrets.

#include <cstdint>
#include <cstring>

#include "base/bytes.h"

namespace throng {

/// Feeds 64-bit words through a multiply-rotate mix (the finaliser of MurmurHash3, Appleby 2011).
class Digest {
 public:
  constexpr void add(std::uint64_t word) {
    word *= 0x87c37b91114253d5u;
    word = (word << 31) | (word >> 33);
    state_ ^= word * 0x4cf5ad432745937fu;
    state_ = ((state_ << 27) | (state_ >> 37)) * 5 + 0x52dce729u;
  }

  void add_bytes(ByteSpan bytes) {
    add(bytes.size());
    while (bytes.size() >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data(), 8);
      add(word);
      bytes = bytes.subspan(8);
    }
    std::uint64_t tail = 0;
    if (!bytes.empty()) std::memcpy(&tail, bytes.data(), bytes.size());
    add(tail);
  }

  constexpr std::uint64_t value() const {
    std::uint64_t z = state_;
    z = (z ^ (z >> 33)) * 0xff51afd7ed558ccdu;
    z = (z ^ (z >> 33)) * 0xc4ceb9fe1a85ec53u;
    return z ^ (z >> 33);
  }

 private:
  std::uint64_t state_ = 0x243f6a8885a308d3u;
};

}  // namespace throng
