#pragma once
// Names that people are shown under: how long they are, and how two that want the same one are told apart.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/rng.h"

namespace throng {

inline constexpr std::size_t kShownNameLettersMax = 20;  ///< code points
inline constexpr std::size_t kShownNameBytesMax = 32;    ///< UTF-8

/// `name` with four digits behind it, as `Bob-4821`, in place of such digits that it has already. A longer one is cut, so
/// that what comes out is within the bounds above.
std::string numbered_name(std::string_view name, Rng& rng);

}  // namespace throng
