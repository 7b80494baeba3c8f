#pragma once
// The saved form of a world: for checkpoints, for moving a room to another node, for the start of a recording.

#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "sim/world_state.h"

namespace throng::sim {

/// Raised with every change of the format or of what the digest covers.
inline constexpr std::uint16_t kWorldSaveVersion = 1;

/// Size: about 50 bytes per entity index, and 100 per player.
std::vector<std::uint8_t> save_state(const WorldState& state);

/// See World::restore.
Result<WorldState> restore_state(ByteSpan saved, std::shared_ptr<const content::MapDef> map,
                                 std::shared_ptr<const content::MonstersDef> monsters);

void save_settings(const WorldSettings& settings, ByteWriter& out);
/// Checked with `check_settings`.
Result<WorldSettings> restore_settings(ByteReader& in);

}  // namespace throng::sim
