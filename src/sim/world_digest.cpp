// What makes two worlds the same: see save/rows.h for the rows.

#include "sim/save/rows.h"
#include "sim/world_state.h"

namespace throng::sim {
namespace {

void add_settings(Digest& digest, const WorldSettings& settings) {
  for (const std::int32_t number :
       {settings.tick_rate_hz, settings.player_speed.value, settings.body_half_size.value, settings.grid_cell.value}) {
    digest.add(static_cast<std::uint64_t>(number));
  }
  digest.add(std::uint64_t{settings.entities_max} << 32 | settings.index_quarantine_ms);
  digest.add(static_cast<std::uint64_t>(settings.item_uid_base));
}

}  // namespace

std::uint64_t WorldState::digest() const {
  Digest digest;
  digest.add(map->content_hash);
  add_settings(digest, settings);
  digest.add(seed);
  digest.add(now.value);
  streams.digest(digest);
  entities.digest(digest);
  DigestArchive archive(digest, *content);
  visit_rows(archive, *this);
  return digest.value();
}

}  // namespace throng::sim
