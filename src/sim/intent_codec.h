#pragma once
// Intents as bytes, for recordings.

#include <optional>

#include "base/bytes.h"
#include "sim/intent.h"

namespace throng::sim {

/// A Move takes 13 bytes. What the world would cut off (directions beyond 1) is cut off here.
void put_intent(ByteWriter& out, const Intent& intent);

/// Nothing when the bytes end early (the reader has failed) or are no intent (it has not).
std::optional<Intent> get_intent(ByteReader& in);

}  // namespace throng::sim
