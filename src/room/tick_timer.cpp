#include "room/tick_timer.h"

namespace throng::room {
namespace {

/// One session in so many is looked at closely; all of them in a group that is not much bigger.
constexpr std::uint32_t kSessionsPerSample = 16;

constexpr std::array<std::string_view, kRoomPhaseCount> kPhaseNames{
    "input", "combat", "ai", "movement", "loot", "progress", "index", "events", "encode", "interest", "flush"};

}  // namespace

std::string_view room_phase_name(RoomPhase phase) { return kPhaseNames[static_cast<std::size_t>(phase)]; }

void TickTimer::begin_tick(std::optional<MonotonicTime> due) {
  if (reader_ == nullptr) return;
  hand_over();
  ++profile_.tick;
  profile_.phases = {};
  profile_.sessions = profile_.intents = profile_.events = 0;
  profile_.patch_bytes = 0;
  profile_.intents_of_kind = profile_.events_of_kind = {};
  profile_.busiest_session_bytes = 0;
  profile_.began = phase_began_ = clock_.now();
  profile_.due = due.value_or(profile_.began);
  phase_ = RoomPhase::Input;
  timing_ = has_tick_ = true;
}

void TickTimer::begin(RoomPhase phase) {
  if (!timing_) return;
  close_phase(clock_.now());
  phase_ = phase;
}

void TickTimer::end_tick() {
  if (!timing_) return;
  close_phase(clock_.now());
  timing_ = false;
}

void TickTimer::begin_group(std::size_t sessions) {
  if (!has_tick_) return;
  in_group_ = true;
  sample_all_ = sessions <= 2 * kSessionsPerSample;
  sampled_ = {};
  group_began_ = clock_.now();
}

void TickTimer::begin_session(std::uint32_t slot) {
  if (!in_group_) return;
  ++profile_.sessions;
  if (!sample_all_ && (slot + profile_.tick) % kSessionsPerSample != 0) return;
  timing_ = true;
  phase_ = RoomPhase::Encode;
  phase_began_ = clock_.now();
}

void TickTimer::end_session() {
  if (!in_group_ || !timing_) return;
  close_phase(clock_.now());
  timing_ = false;
}

void TickTimer::end_group() {
  if (!in_group_) return;
  in_group_ = false;
  const Nanoseconds whole = clock_.now() - group_began_;
  Nanoseconds seen{0};
  for (const Nanoseconds part : sampled_) seen += part;
  if (seen.count() <= 0) {
    profile_.at(RoomPhase::Flush) += whole;
    return;
  }
  for (std::size_t i = 0; i < kRoomPhaseCount; ++i)
    profile_.phases[i] +=
        whole / seen.count() * sampled_[i].count() + whole % seen.count() * sampled_[i].count() / seen.count();
}

void TickTimer::note_patch(std::string_view session_id, std::size_t bytes) {
  if (!has_tick_) return;
  profile_.patch_bytes += bytes;
  if (bytes <= profile_.busiest_session_bytes) return;
  profile_.busiest_session_bytes = static_cast<std::uint32_t>(bytes);
  profile_.busiest_session = session_id;
}

void TickTimer::hand_over() {
  if (!has_tick_) return;
  has_tick_ = false;
  reader_->tick_done(profile_);
}

void TickTimer::close_phase(MonotonicTime now) {
  const Nanoseconds spent = now - phase_began_;
  (in_group_ ? sampled_[static_cast<std::size_t>(phase_)] : profile_.at(phase_)) += spent;
  phase_began_ = now;
}

}  // namespace throng::room
