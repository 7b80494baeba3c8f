#pragma once
// What a broken or hostile client might send once it is in.

#include <cstdint>
#include <vector>

#include "base/rng.h"

namespace throng::bench {

/// Appends bytes for the socket: mostly well-framed messages with rubbish inside (random opcodes, cut-off and
/// nested msgpack, lengths that lie, oversized messages), now and then broken framing. At most 70 kB.
void append_garbage(std::vector<std::uint8_t>& out, Rng& rng);

}  // namespace throng::bench
