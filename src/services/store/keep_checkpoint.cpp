#include "services/store/keep_checkpoint.h"

#include <zstd.h>

namespace throng::services {
namespace {

constexpr std::string_view kKeepWorld =
    "INSERT INTO room_checkpoint (key, node, fence, room, tick, content_version, saved_at, state, ledger_id) "
    "SELECT $1, $2, $3, $4, $5, $6, $7, $8, (SELECT COALESCE(MAX(id), 0) FROM ledger) "
    "WHERE $3 >= (SELECT next FROM number_block WHERE name = 'room_fences') "
    "ON CONFLICT (key) DO UPDATE SET room = excluded.room, tick = excluded.tick, "
    "content_version = excluded.content_version, saved_at = excluded.saved_at, state = excluded.state, "
    "ledger_id = excluded.ledger_id WHERE room_checkpoint.fence = excluded.fence";
// One that was put aside before is replaced: a place has at most one.
constexpr std::string_view kPutWorldAside =
    "INSERT INTO room_checkpoint (key, node, fence, room, tick, content_version, saved_at, state) "
    "SELECT 'aside:' || key, node, fence, room, tick, content_version, saved_at, state FROM room_checkpoint "
    "WHERE key = $1 AND fence = $2 ON CONFLICT (key) DO UPDATE SET node = excluded.node, fence = excluded.fence, "
    "room = excluded.room, tick = excluded.tick, content_version = excluded.content_version, "
    "saved_at = excluded.saved_at, state = excluded.state";
/// Fast: it runs between commits.
constexpr int kWorldPackLevel = 1;

}  // namespace

void append_checkpoint(const room::Cut& cut, const std::string& node, std::int64_t now, std::int64_t& kept,
                       std::vector<SqlStatement>& statements) {
  if (!cut.checkpoint || cut.checkpoint->key.empty()) return;
  const room::RoomCheckpoint& checkpoint = *cut.checkpoint;
  if (checkpoint.old_aside) statements.push_back({kPutWorldAside, {checkpoint.key, checkpoint.fence}});
  statements.push_back({kKeepWorld,
                        {checkpoint.key, node, checkpoint.fence, cut.room_id, cut.tick,
                         std::int64_t{checkpoint.content_version}, now, packed_world(checkpoint.world)},
                        0,
                        &kept});
}

Blob packed_world(ByteSpan world) {
  if (world.empty()) return {};
  Blob packed(ZSTD_compressBound(world.size()));
  packed.resize(ZSTD_compress(packed.data(), packed.size(), world.data(), world.size(), kWorldPackLevel));
  return packed;
}

Result<std::vector<std::uint8_t>> unpacked_world(ByteSpan packed) {
  if (packed.empty()) return std::vector<std::uint8_t>();
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kWorldBytesMax)
    return fail("the saved world is not one");
  std::vector<std::uint8_t> world(size);
  const std::size_t got = ZSTD_decompress(world.data(), world.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0 || got != world.size()) return fail("the saved world is damaged");
  return world;
}

}  // namespace throng::services
