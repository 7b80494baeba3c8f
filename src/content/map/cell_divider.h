#pragma once

#include <bit>
#include <cstdint>

#include "base/units.h"

namespace throng::content {

/// Divides coordinates in [0, 2^31) by the cell size with a multiplication: every moving body does it several
/// times a tick. Source: Granlund, Montgomery, "Division by invariant integers using multiplication", PLDI 1994.
class CellDivider {
 public:
  /// @param cell_size  [1, 2^30]
  explicit constexpr CellDivider(Milliunits cell_size)
      : shift_(31 + std::bit_width(static_cast<std::uint32_t>(cell_size.value) - 1u)),
        factor_(((std::uint64_t{1} << shift_) + static_cast<std::uint64_t>(cell_size.value) - 1) /
                static_cast<std::uint64_t>(cell_size.value)) {}

  constexpr int cell_of(std::int32_t coordinate) const {
    return static_cast<int>(static_cast<std::uint64_t>(coordinate) * factor_ >> shift_);
  }

  friend bool operator==(const CellDivider&, const CellDivider&) = default;

 private:
  int shift_;
  std::uint64_t factor_;
};

}  // namespace throng::content
