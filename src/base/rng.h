#pragma once
// Luck. The world draws only from streams that are seeded from the room's recorded seed, one per purpose.

#include <array>
#include <cstdint>
#include <span>

namespace throng {

/// splitmix64 step: spreads a seed. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014.
constexpr std::uint64_t splitmix64(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15u;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/// xoshiro256** (Blackman, Vigna 2018). Deterministic on every platform; not for secrets.
class Rng {
 public:
  explicit constexpr Rng(std::uint64_t seed) {
    for (std::uint64_t& word : state_) word = splitmix64(seed);
  }

  constexpr std::uint64_t next() {
    const std::uint64_t result = rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotl(state_[3], 45);
    return result;
  }

  /// Uniform in [0, bound); bound in [1, 2^32). Multiply-shift: bias below bound / 2^32, the same everywhere.
  constexpr std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }

  /// Uniform in [low, high], both included; high - low must be below 2^32 - 1.
  constexpr std::int32_t between(std::int32_t low, std::int32_t high) {
    const auto span = static_cast<std::uint32_t>(std::int64_t{high} - low + 1);
    return static_cast<std::int32_t>(low + std::int64_t{below(span)});
  }

  constexpr const std::array<std::uint64_t, 4>& state() const { return state_; }
  constexpr void set_state(const std::array<std::uint64_t, 4>& state) { state_ = state; }

 private:
  static constexpr std::uint64_t rotl(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

  std::array<std::uint64_t, 4> state_{};
};

/// Unpredictable bytes from the operating system, for seeds, ids and tokens. Any thread; never fails
/// (no entropy source at all is an assertion).
void secure_random(std::span<std::uint8_t> out);
std::uint64_t secure_random_u64();

}  // namespace throng
