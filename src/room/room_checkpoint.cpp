// What is kept of a room: its cuts, and now and then its world with one of them; and the way to the mailboxes.

#include "base/counters.h"
#include "protocol/codes.h"
#include "room/room.h"

namespace throng::room {
namespace {

/// After a cut that the keeper did not take: saving a world costs too much to try it again at every tick.
constexpr std::chrono::seconds kCheckpointRetry{1};

}  // namespace

bool Room::keep(Cut cut) {
  if (context_.keeper == nullptr) return false;
  cut.room_id = identity_.room_id;
  const bool due = checkpoint_due();
  if (due) add_checkpoint(cut);
  if (due) checkpoint_span_.set("game.room.saved_bytes", cut.checkpoint->world.size());
  const bool kept = context_.keeper->keep(std::move(cut));
  if (!due) return kept;
  if (!kept) checkpoint_span_.fail("the store took it not");
  if (!kept) checkpoint_span_.end();
  if (!disposed_) checkpoint_at_ = now() + (kept ? checkpoint_interval() : kCheckpointRetry);
  if (kept) old_checkpoint_aside_ = false;
  if (kept && disposed_) last_checkpoint_kept_ = true;
  return kept;
}

/// One cut is under way at most, so it is the one with the checkpoint, if there is one.
void Room::cut_done(const CutOutcome& outcome) {
  if (!outcome.refused.empty()) checkpoint_span_.fail(outcome.refused);
  checkpoint_span_.end();
  logic_->cut_done(outcome);
}

bool Room::ask_post(PostRequest request) {
  if (context_.post_office == nullptr) return false;
  request.room_id = identity_.room_id;
  context_.post_office->ask(std::move(request));
  return true;
}

bool Room::ask_parties(PartyRequest request) {
  if (context_.parties == nullptr) return false;
  request.room_id = identity_.room_id;
  context_.parties->ask(std::move(request));
  return true;
}

std::chrono::milliseconds Room::checkpoint_interval() const {
  return std::chrono::milliseconds(def_.world ? def_.world->checkpoint_interval_ms : 0);
}

bool Room::checkpoint_due() const {
  return context_.keeper != nullptr && saved_.fence != 0 && !last_checkpoint_kept_ && now() >= checkpoint_at_;
}

/// A room that was disposed of because it stood empty is over: its place begins anew.
void Room::add_checkpoint(Cut& cut) {
  checkpoint_span_ = Span("room checkpoint", SpanKind::Internal, {});
  checkpoint_span_.set("game.room.id", identity_.room_id).set("game.room.kind", def_.name);
  checkpoint_span_.set("game.room.place", identity_.place);
  cut.trace = checkpoint_span_.context();
  const std::optional<ContentStatus> content = logic_->content_status();
  cut.checkpoint = RoomCheckpoint{.key = saved_.key,
                                  .fence = saved_.fence,
                                  .content_version = content ? content->version : 0,
                                  .world = {},
                                  .old_aside = old_checkpoint_aside_};
  if (!disposed_ || draining_) cut.checkpoint->world = logic_->save_world();
}

void Room::expel_account(AccountId account, std::string_view text) {
  for (std::uint32_t i = 0; i < sessions_.size(); ++i) {
    const Session& session = sessions_[i];
    const Arrival* arrival = session.options.arrival.get();
    if (session.phase == SessionPhase::Free || arrival == nullptr || arrival->lease.account != account) continue;
    expel(SessionSlot{i}, protocol::kErrorAuthRefused, text);
  }
  logic_->let_go(account);
}

}  // namespace throng::room
