#include "services/party/stored_parties.h"

#include <utility>

#include "base/log.h"
#include "services/party/party_table.h"

namespace throng::services {
namespace {

/// Only whoever has the lease wishes something in the character's name.
Result<bool> holds_lease(Connection& connection, const room::CharacterLease& lease) {
  THRONG_TRY(const Rows rows, connection.run("SELECT 1 FROM character WHERE id = $1 AND fence = $2",
                                             {lease.character.value, lease.fence}));
  return !rows.empty();
}

room::PartyReply reply_to(const room::PartyRequest& request) {
  return {.room_id = request.room_id, .number = request.number};
}

void note_party_failure(const Result<void>& done) {
  if (!done) log_warning_limited("party", "party: a wish could not be carried out: " + done.error().message);
}

}  // namespace

StoredParties::StoredParties(Store& store, std::chrono::hours forgotten_after, const Clock& clock)
    : store_(store),
      forgotten_after_ms_(std::chrono::duration_cast<std::chrono::milliseconds>(forgotten_after).count()),
      clock_(clock),
      forgotten_at_(clock.unix_milliseconds() - kForgetEveryMs) {
  forget_now_and_then();
}

void StoredParties::forget_now_and_then() {
  const std::int64_t now = clock_.unix_milliseconds();
  std::int64_t last = forgotten_at_;
  if (now - last < kForgetEveryMs || !forgotten_at_.compare_exchange_strong(last, now)) return;
  store_.write(
      [now, since = now - forgotten_after_ms_](Connection& connection) -> Result<void> {
        THRONG_TRY(const std::int64_t ended, end_forgotten_parties(connection, since, now));
        if (ended > 0) log_info("party: nobody has played in them for long, so they are over", {{"parties", ended}});
        return {};
      },
      [](const Result<void>& done) { note_party_failure(done); });
}

void StoredParties::ask(room::PartyRequest request, Reply reply) {
  forget_now_and_then();
  auto wanted = std::make_shared<const room::PartyRequest>(std::move(request));
  if (std::holds_alternative<room::PartyWish>(wanted->ask)) return carry_out_wish(std::move(wanted), std::move(reply));
  look(std::move(wanted), std::move(reply));
}

void StoredParties::carry_out_wish(std::shared_ptr<const room::PartyRequest> request, Reply reply) {
  const auto outcome = std::make_shared<PartyOutcome>();
  StoreJob job = [request, outcome, now = clock_.unix_milliseconds()](Connection& connection) -> Result<void> {
    *outcome = {sim::Verdict::StoreBehind, {}};
    THRONG_TRY(const bool held, holds_lease(connection, request->lease));
    if (!held) return {};
    THRONG_TRY(*outcome, carry_out(connection, request->lease.character, std::get<room::PartyWish>(request->ask), now));
    return {};
  };
  store_.write(std::move(job), [this, request, outcome, reply = std::move(reply)](const Result<void>& done) {
    note_party_failure(done);
    room::PartyReply answer = reply_to(*request);
    answer.verdict = done ? outcome->verdict : sim::Verdict::StoreBehind;
    if (done && outcome->told && outcome->told->roster) answer.rosters.push_back(outcome->told->roster);
    if (done && outcome->told) tell(std::make_shared<const room::PartyTold>(*std::move(outcome->told)));
    reply(std::move(answer));
  });
}

void StoredParties::look(std::shared_ptr<const room::PartyRequest> request, Reply reply) {
  const auto answer = std::make_shared<room::PartyReply>();
  StoreJob job = [request, answer, now = clock_.unix_milliseconds()](Connection& connection) -> Result<void> {
    *answer = reply_to(*request);
    for (const PartyId party : std::get<room::LookAtParties>(request->ask).parties) {
      THRONG_TRY(room::PartyRoster roster, load_party(connection, party, now));
      answer->rosters.push_back(std::make_shared<const room::PartyRoster>(std::move(roster)));
    }
    return {};
  };
  store_.read(std::move(job), [request, answer, reply = std::move(reply)](const Result<void>& done) {
    if (!done) {
      *answer = reply_to(*request);
      answer->verdict = sim::Verdict::StoreBehind;
    }
    reply(std::move(*answer));
  });
}

void StoredParties::set_tell(Tell tell) {
  const std::lock_guard lock(mutex_);
  tell_ = std::move(tell);
}

void StoredParties::tell(const std::shared_ptr<const room::PartyTold>& told) {
  const std::lock_guard lock(mutex_);  // held during the call, so that nobody is called after set_tell
  if (tell_) tell_(told);
}

}  // namespace throng::services
