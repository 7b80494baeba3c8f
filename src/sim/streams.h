#pragma once
// The world's luck: one stream per purpose, so that a new use of luck in one does not shift the others.

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/rng.h"

namespace throng::sim {

/// The numbers go into the seeds of the streams. New streams go at the end and are a new save version.
enum class Stream : std::uint8_t {
  Spawn,   ///< where players and monsters appear
  Wander,  ///< where monsters stroll, and how long they pause
  Combat,
  Loot,
};

inline constexpr std::size_t kStreams = 4;

class Streams {
 public:
  explicit Streams(std::uint64_t seed);

  Rng& rng(Stream stream) { return rngs_[static_cast<std::size_t>(stream)]; }

  void digest(Digest& digest) const;
  void save(ByteWriter& out) const;
  static Result<Streams> restore(ByteReader& in);

 private:
  std::array<Rng, kStreams> rngs_;
};

}  // namespace throng::sim
