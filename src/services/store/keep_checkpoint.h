#pragma once
// A room's world beside the rest of its cut.

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "room/keeping.h"
#include "services/database/connection.h"

namespace throng::services {

/// The statements that keep the cut's checkpoint, if it has one. An older or newer fence than the one in the table changes
/// nothing: the place belongs to another room by now. Nor does one from before a backup was restored.
/// @param kept  becomes 0 when that is so, else 1; as it was without a checkpoint. Outlives the statements
void append_checkpoint(const room::Cut& cut, const std::string& node, std::int64_t now, std::int64_t& kept,
                       std::vector<SqlStatement>& statements);

/// As `room_checkpoint.state` has it: empty, or one zstd frame.
Blob packed_world(ByteSpan world);
/// Any bytes are safe. At most kWorldBytesMax come out.
Result<std::vector<std::uint8_t>> unpacked_world(ByteSpan packed);
inline constexpr std::size_t kWorldBytesMax = 64u << 20;

}  // namespace throng::services
