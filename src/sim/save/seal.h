#pragma once
// A fingerprint at the end of saved bytes, so that damage is found before anything is read.

#include <optional>

#include "base/bytes.h"
#include "base/digest.h"

namespace throng::sim {

inline std::uint64_t seal_of(ByteSpan bytes) {
  Digest digest;
  digest.add_bytes(bytes);
  return digest.value();
}

inline void put_seal(ByteWriter& out) { out.put(seal_of(out.view())); }

/// The bytes before the seal; nothing when it does not fit them.
inline std::optional<ByteSpan> unsealed(ByteSpan sealed) {
  if (sealed.size() < sizeof(std::uint64_t)) return std::nullopt;
  const ByteSpan bytes = sealed.first(sealed.size() - sizeof(std::uint64_t));
  ByteReader seal(sealed.last(sizeof(std::uint64_t)));
  if (seal.get<std::uint64_t>() != seal_of(bytes)) return std::nullopt;
  return bytes;
}

}  // namespace throng::sim
