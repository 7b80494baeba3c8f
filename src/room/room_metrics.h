#pragma once
// What one room counts under its kind: that it is there, who is in it, and what is said.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/metrics.h"

namespace throng::room {

/// The room's thread, from the room's making to its end. What it moved up it moves down when it is destroyed.
class RoomMetrics {
 public:
  explicit RoomMetrics(std::string_view kind);
  ~RoomMetrics();
  RoomMetrics(const RoomMetrics&) = delete;
  RoomMetrics& operator=(const RoomMetrics&) = delete;

  void seats(std::int64_t now) { move(seats_, now); }
  void players(std::int64_t by) { move(players_, players_.value + by); }
  void entities(std::int64_t now) { move(entities_, now); }

  /// A message of a client. @param type  one that the room takes; else empty
  void received(std::string_view type);
  /// A message to a client, of a server's type.
  void sent(std::string_view type);
  void sent_snapshot() { count(snapshots_); }
  void sent_patch(std::size_t bytes) {
    count(patches_);
    observe(Histogram::PatchSize, static_cast<std::int64_t>(bytes));
  }

 private:
  struct Level {
    GaugeSeries gauge;
    std::int64_t value = 0;
  };
  struct Word {
    std::string_view word;  ///< lives as long as the program
    CounterSeries series;
  };

  static void move(Level& level, std::int64_t now) {
    if (now == level.value) return;
    shift(level.gauge, now - level.value);
    level.value = now;
  }

  Level rooms_;
  Level seats_;
  Level players_;
  Level entities_;
  std::vector<Word> received_;  ///< bound: all messages of the protocol; the last is of those that are none
  std::vector<Word> sent_;      ///< bound: all messages of the server; the same
  CounterSeries snapshots_;
  CounterSeries patches_;
};

}  // namespace throng::room
