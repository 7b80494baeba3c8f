// Room, the half that speaks: ticks, and patches in groups spread over the tick.

#include "base/counters.h"
#include "protocol/codes.h"
#include "room/room.h"
#include "room/stall_tick.h"

namespace throng::room {

void Room::tick(std::optional<MonotonicTime> due) {
  while (flushing()) flush_group();  // we are late: the last tick's groups go out before their bytes are overwritten
  count(Counter::TicksRun);
  timer_.begin_tick(due);
  stall_tick(def_.name, timer_.profile().tick);
  logic_->tick();
  metrics_.entities(timer_.profile().entities);
  if (--ticks_until_patch_ > 0) return timer_.end_tick();
  ticks_until_patch_ = static_cast<std::uint32_t>(def_.ticks_per_patch());
  timer_.begin(RoomPhase::Encode);
  logic_->begin_patch();
  timer_.end_tick();
  next_group_ = 0;
  flush_sessions_ = static_cast<std::uint32_t>(sessions_.size());
  group_count_ = std::min(kFlushGroupsMax, (flush_sessions_ + kSessionsPerFlushGroup - 1) / kSessionsPerFlushGroup);
}

std::optional<Nanoseconds> Room::flush_group() {
  if (!flushing()) return std::nullopt;
  const std::uint32_t begin = flush_sessions_ * next_group_ / group_count_;
  const std::uint32_t end = flush_sessions_ * (next_group_ + 1) / group_count_;
  ++next_group_;
  timer_.begin_group(end - begin);
  for (std::uint32_t i = begin; i < end; ++i) serve(SessionSlot{i});
  timer_.end_group();
  if (!flushing()) {
    timer_.hand_over();
    return std::nullopt;
  }
  // Nine tenths of the interval carry the groups; the last tenth is slack before the next tick.
  return tick_interval_ * 9 / 10 * next_group_ / group_count_;
}

void Room::serve(SessionSlot slot) {
  Session& session = sessions_[slot.value];
  if (session.phase == SessionPhase::Entering) return show_state(slot);
  if (session.phase != SessionPhase::Live) return;
  if (session.backed_up) return count(Counter::PatchesSkippedSlow);
  timer_.begin_session(slot.value);
  logic_->before_patch(slot);
  if (session.phase != SessionPhase::Live) return timer_.end_session();  // its link took no more
  context_.scratch.clear();
  logic_->write_patch(slot, context_.scratch);
  timer_.begin(RoomPhase::Flush);
  timer_.note_patch(session.id, context_.scratch.size());
  if (context_.scratch.size() > 0) {
    metrics_.sent_patch(context_.scratch.size());
    send_frame(slot);
  }
  timer_.end_session();
}

void Room::show_state(SessionSlot slot) {
  if (logic_->has_gone(slot)) {
    sessions_[slot.value].phase = SessionPhase::Live;
    sessions_[slot.value].joining.end();
    sessions_[slot.value].waiting.clear();
    return logic_->entered(slot);
  }
  if (!logic_->can_show(slot)) return;
  if (sessions_[slot.value].resuming) {
    context_.scratch.clear();
    logic_->write_prune(slot, context_.scratch);
    send_frame(slot);
  }
  if (sessions_[slot.value].phase != SessionPhase::Entering) return;  // the link broke under the prune
  context_.scratch.clear();
  logic_->write_snapshot(slot, context_.scratch);
  metrics_.sent_snapshot();
  sessions_[slot.value].phase = SessionPhase::Live;
  sessions_[slot.value].resuming = false;
  sessions_[slot.value].joining.set("game.join.snapshot_bytes", context_.scratch.size());
  sessions_[slot.value].joining.end();
  send_frame(slot);
  flush_waiting(slot);
  if (sessions_[slot.value].phase == SessionPhase::Live) logic_->entered(slot);
}

/// Sends what is in the scratch buffer. A link that takes no more has lost part of the stream: its session ends. One
/// that is dead is another matter: `on_link_closed` follows, and the player may come back on a new one.
void Room::send_frame(SessionSlot slot) {
  Session& session = sessions_[slot.value];
  if (session.link == kNoLink) return;
  const LinkStatus status = context_.transport.send(session.link, context_.scratch);
  if (status == LinkStatus::Sent || status == LinkStatus::Gone) return;
  if (status == LinkStatus::BackedUp) {
    if (!session.backed_up) session.backed_up_since = now();
    session.backed_up = true;
    return;
  }
  count(Counter::SlowReader);
  close_session(slot, protocol::kCloseWithError, "this client does not read what it is sent");
}

}  // namespace throng::room
