#pragma once
// Lengths without floating point, so that every compiler and machine gets the same world.

#include <cstdint>

namespace throng::sim {

/// The largest r with r * r <= n. About thirty steps of shift and compare; not for every entity and tick.
constexpr std::uint32_t integer_sqrt(std::uint64_t n) {
  std::uint64_t root = 0;
  std::uint64_t bit = std::uint64_t{1} << 62;
  while (bit > n) bit >>= 2;
  while (bit != 0) {
    if (n >= root + bit) {
      n -= root + bit;
      root = (root >> 1) + bit;
    } else {
      root >>= 1;
    }
    bit >>= 2;
  }
  return static_cast<std::uint32_t>(root);
}

/// The smallest r with r * r >= n.
constexpr std::uint32_t integer_sqrt_up(std::uint64_t n) {
  const std::uint64_t root = integer_sqrt(n);
  return static_cast<std::uint32_t>(root * root == n ? root : root + 1);
}

}  // namespace throng::sim
