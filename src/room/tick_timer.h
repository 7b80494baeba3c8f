#pragma once
// The stopwatch of one room's ticks: fills in a TickProfile. Reads the clock about once per part of a tick, and for one
// session in sixteen when patches go out, which is far below a hundredth of what the tick itself takes.

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "room/tick_profile.h"
#include "sim/tick_watch.h"

namespace throng::room {

/// Room's thread.
class TickTimer final : public sim::TickWatch {
 public:
  /// Whose ticks they are; outlives the timer.
  struct Subject {
    std::string_view room_id;
    std::string_view kind;
    std::string_view place;
    Nanoseconds interval;
  };

  /// @param reader  outlives the timer; null: nobody wants to know, and no clock is read
  TickTimer(const Clock& clock, TickReader* reader, const Subject& subject = {}) : clock_(clock), reader_(reader) {
    profile_.room_id = subject.room_id;
    profile_.kind = subject.kind;
    profile_.place = subject.place;
    profile_.interval = subject.interval;
  }

  /// @param due  nothing: now
  void begin_tick(std::optional<MonotonicTime> due);
  /// From now on time belongs to this part. Outside of a tick or of a sampled session it does nothing.
  void begin(RoomPhase phase);
  void begin(sim::TickPhase phase) override { begin(static_cast<RoomPhase>(phase)); }
  /// The tick is over; groups of patches may follow.
  void end_tick();

  void begin_group(std::size_t sessions);
  /// One session's patch: whether it is one of those that are looked at closely is decided here.
  void begin_session(std::uint32_t slot);
  void end_session();
  void end_group();

  /// A session's patch is written.
  void note_patch(std::string_view session_id, std::size_t bytes);

  /// Hands over what there is. Nothing when there was no tick since the last time.
  void hand_over();

  /// Whether somebody wants to know.
  bool watched() const { return reader_ != nullptr; }
  /// To be filled in with what the clock does not know.
  TickProfile& profile() { return profile_; }

 private:
  void close_phase(MonotonicTime now);

  const Clock& clock_;
  TickReader* const reader_;
  TickProfile profile_;
  RoomPhase phase_ = RoomPhase::Input;
  MonotonicTime phase_began_{};
  MonotonicTime group_began_{};
  std::array<Nanoseconds, kRoomPhaseCount> sampled_{};  // of the present group
  bool timing_ = false;  // a part is being timed
  bool in_group_ = false;
  bool sample_all_ = false;
  bool has_tick_ = false;
};

}  // namespace throng::room
