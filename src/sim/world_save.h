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
inline constexpr std::uint16_t kWorldSaveVersion = 5;

/// Size: the ids of the content, and about 300 bytes per living monster and 400 per player.
std::vector<std::uint8_t> save_state(const WorldState& state);

struct RestoredState {
  WorldState state;
  bool same_content = true;  ///< false: it was saved with another content, and is still to be fitted to this one
};

/// See World::restore.
Result<RestoredState> restore_state(ByteSpan saved, std::shared_ptr<const content::MapDef> map,
                                    std::shared_ptr<const content::GameContent> content);

void save_settings(const WorldSettings& settings, ByteWriter& out);
/// Checked with `check_settings`.
Result<WorldSettings> restore_settings(ByteReader& in);

}  // namespace throng::sim
