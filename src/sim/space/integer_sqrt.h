#pragma once
// Lengths without floating point, so that every compiler and machine gets the same world.

#include <bit>
#include <cstdint>

namespace throng::sim {

/// The largest r with r * r <= n. One step of shift and compare for two bits of n, without branches that depend on
/// its value; still not for every entity and tick.
constexpr std::uint32_t integer_sqrt(std::uint64_t n) {
  std::uint64_t root = 0;
  if (n == 0) return 0;
  for (std::uint64_t bit = std::uint64_t{1} << ((std::bit_width(n) - 1) & ~1); bit != 0; bit >>= 2) {
    const std::uint64_t taken = n >= root + bit ? ~std::uint64_t{0} : 0;
    n -= (root + bit) & taken;
    root = (root >> 1) + (bit & taken);
  }
  return static_cast<std::uint32_t>(root);
}

/// The smallest r with r * r >= n.
constexpr std::uint32_t integer_sqrt_up(std::uint64_t n) {
  const std::uint64_t root = integer_sqrt(n);
  return static_cast<std::uint32_t>(root * root == n ? root : root + 1);
}

}  // namespace throng::sim
