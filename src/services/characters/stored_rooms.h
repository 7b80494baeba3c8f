#pragma once
// What the store has of rooms: their worlds, and numbers for the pieces that are made in them.

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "room/saved_rooms.h"
#include "services/characters/character_settings.h"
#include "services/store/store.h"

namespace throng::services {

/// Takes up at start every room that nobody carries on. Any thread. Ends after the store, which calls back.
class StoredRooms final : public room::SavedRooms {
 public:
  /// Numbers of pieces come in blocks of so many, one block for a room.
  static constexpr std::int64_t kUidsPerBlock = std::int64_t{1} << 32;
  /// Blocks that are asked of the store at once; more are asked for when half are left.
  static constexpr std::int64_t kBlocksAtOnce = 4096;

  StoredRooms(CharacterSettings settings, Store& store, const Clock& clock)
      : settings_(std::move(settings)), store_(store), clock_(clock) {}

  /// Once, before the rooms: waits for the store, and for a node with rooms that may have ended without a word until it is
  /// known whether it lives: at most settings.node_lease.
  /// @param alone  nobody else can have the database open: what others had is nobody's now
  Result<void> open(bool alone);
  std::optional<room::SavedRoom> take(const std::string& place) override;

  /// Says again that this node lives.
  void renew();
  std::size_t waiting_count() const;

 private:
  struct Kept {
    std::string key;  ///< as the table has it
    std::int64_t fence = 0;
    std::vector<std::uint8_t> state;  ///< as the table has it
    std::vector<std::pair<room::AssetName, std::int64_t>> picked_up;
  };
  struct Blocks {
    std::int64_t next = 0;
    std::int64_t end = 0;
  };

  Result<void> await_signs_of_life();
  Result<void> bury_silent(const std::map<std::string, std::int64_t>& last_words);
  Result<std::vector<Kept>> take_up(Connection& connection, bool alone) const;
  static std::unordered_map<std::string, Kept> given_places(std::vector<Kept> taken);
  void ask_for_blocks();
  std::int64_t take_block();

  const CharacterSettings settings_;
  Store& store_;
  const Clock& clock_;

  mutable std::mutex mutex_;
  std::unordered_map<std::string, Kept> kept_;  // by place; bound: see kRoomsMax, and the rooms of this server
  std::int64_t first_fence_ = 1;  // of places that the store does not have
  Blocks blocks_;
  Blocks more_blocks_;  // once the first are used up
  bool asking_ = false;
};

}  // namespace throng::services
