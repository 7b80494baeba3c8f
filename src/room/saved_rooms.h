#pragma once
// What rooms were before a restart. The port; the store is above.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "room/keeping.h"

namespace throng::room {

/// What a room begins with.
struct SavedRoom {
  std::string key;         ///< under which its checkpoints are kept: no other room's, on whichever server
  std::int64_t fence = 0;  ///< the right to write them; 0: they are not kept
  std::int64_t item_uids = 0;  ///< pieces made here are numbered from this on; never given out twice. 0: as you like
  std::vector<std::uint8_t> world;  ///< to carry on from; empty: it begins anew
  /// What has been picked up after `world` was saved, by asset: it does not lie there any more.
  std::vector<std::pair<AssetName, std::int64_t>> picked_up;
};

class SavedRooms {
 public:
  virtual ~SavedRooms() = default;
  /// Any thread; does not wait for the store. What is taken is not given again.
  /// @param place  kind/map/number; empty: a room that begins anew each time
  /// @return       nothing: there are no numbers for its pieces, for the store has been away for long. The room cannot be
  virtual std::optional<SavedRoom> take(const std::string& place) = 0;
};

}  // namespace throng::room
