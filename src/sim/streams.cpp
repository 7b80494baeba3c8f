#include "sim/streams.h"

#include <utility>

namespace throng::sim {
namespace {

constexpr Rng stream_rng(std::uint64_t seed, std::size_t number) {
  std::uint64_t state = seed ^ ((number + 1) * 0xa0761d6478bd642fu);
  return Rng(splitmix64(state));
}

template <std::size_t... Numbers>
std::array<Rng, kStreams> all_streams(std::uint64_t seed, std::index_sequence<Numbers...>) {
  return {stream_rng(seed, Numbers)...};
}

}  // namespace

Streams::Streams(std::uint64_t seed) : rngs_(all_streams(seed, std::make_index_sequence<kStreams>())) {}

void Streams::digest(Digest& digest) const {
  for (const Rng& rng : rngs_) {
    for (const std::uint64_t word : rng.state()) digest.add(word);
  }
}

void Streams::save(ByteWriter& out) const {
  for (const Rng& rng : rngs_) {
    for (const std::uint64_t word : rng.state()) out.put(word);
  }
}

Result<Streams> Streams::restore(ByteReader& in) {
  Streams streams(0);
  for (Rng& rng : streams.rngs_) {
    std::array<std::uint64_t, 4> state{};
    std::uint64_t any = 0;
    for (std::uint64_t& word : state) any |= word = in.get<std::uint64_t>().value_or(0);
    // A generator of zeros gives zeros for ever; no seed leads to it.
    if (in.failed() || any == 0) return fail("the saved random streams are damaged");
    rng.set_state(state);
  }
  return streams;
}

}  // namespace throng::sim
