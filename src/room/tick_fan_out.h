#pragma once
// Several readers of one thread's ticks.

#include <array>
#include <cstddef>

#include "base/assert.h"
#include "room/tick_profile.h"

namespace throng::room {

/// Hands each profile to every reader, in the order in which they were added.
class TickFanOut final : public TickReader {
 public:
  static constexpr std::size_t kReadersMax = 4;

  /// @param reader  outlives this
  void add(TickReader& reader) {
    THRONG_ASSERT(count_ < kReadersMax, "too many readers of ticks");
    readers_[count_++] = &reader;
  }
  void tick_done(const TickProfile& profile) override {
    for (std::size_t i = 0; i < count_; ++i) readers_[i]->tick_done(profile);
  }

 private:
  std::array<TickReader*, kReadersMax> readers_{};
  std::size_t count_ = 0;
};

}  // namespace throng::room
