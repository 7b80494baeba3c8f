#pragma once
// Ids that several layers name.

#include <cstdint>

#include "base/strong.h"

namespace throng {

/// An entity for as long as its room lives; never reused. What game code and players see.
using EntityId = Id<struct EntityIdTag, std::uint32_t>;

}  // namespace throng
