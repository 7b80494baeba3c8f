#pragma once
// The few bots that look at what they are sent: they follow their own figure and check the stream.

#include <cstdint>
#include <deque>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "load/settings.h"
#include "load/state_decoder.h"
#include "load/tally.h"

namespace throng::bench {

class Watcher {
 public:
  /// Own figure: the entry keyed by `session_id` in one of the root's maps, or else the one that stands exactly at
  /// the spawn position (rooms need not use session ids as keys).
  Watcher(StateTypes types, std::string session_id, MoveStyle style, float spawn_x, float spawn_y);

  /// Body of a state or patch frame. Records faults, and the time from move to visible, in `tally`.
  void on_state(ByteSpan body, MonotonicTime now, Tally& tally);

  /// A move was sent. For directions only those that change the heading sharply should be told.
  void on_move(float x, float y, MonotonicTime now, Tally& tally);

 private:
  static constexpr std::size_t kPendingMax = 32;

  struct Pending {
    float x;
    float y;
    MonotonicTime sent;
  };
  struct Place {
    float x;
    float y;
  };

  void look_for_self();
  bool adopt(const Structure& map, const Structure& entity, const MapEntry& entry);
  std::uint64_t count_entities() const;
  void match_absolute(Place at, MonotonicTime now, Tally& tally);
  void match_direction(Place at, MonotonicTime now, Tally& tally);

  StateDecoder decoder_;
  std::string session_id_;
  MoveStyle style_;
  Place last_;
  std::deque<Pending> pending_;  // at most kPendingMax; the oldest is given up
  std::uint32_t self_ = 0;       // reference of the own figure; 0 while unknown
  std::size_t x_field_ = 0;
  std::size_t y_field_ = 0;
  bool broken_ = false;  // after a decoding fault the copy means nothing
};

}  // namespace throng::bench
