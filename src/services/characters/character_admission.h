#pragma once
// Who may play, and with which character: one live session per account, and the newer login wins.

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/trace_context.h"
#include "room/admission.h"
#include "room/keeping.h"
#include "services/characters/alarm.h"
#include "services/characters/character_settings.h"
#include "services/characters/claim_character.h"
#include "services/characters/token_verifier.h"
#include "services/store/store.h"

namespace throng::services {

/// Ends what an account has in this process's rooms, with a text for whoever plays. Any thread; does not wait.
using ExpelAccount = std::function<void(AccountId account, const std::string& text)>;
/// As gateway::Surroundings::keep.
using KeepCut = std::function<bool(room::Cut cut, std::function<void(room::CutOutcome)> done)>;

/// A hand-over: whoever logs in again has the older session ended, waits until its last cut is durable, and gets the
/// character as it was left. When that takes too long, or another node has it, the newer fence decides.
/// Any thread. Ends after the store and the verifier, which call back.
class CharacterAdmission final : public room::Admission {
 public:
  /// Requests that wait at once, for an account and in all; more are refused.
  static constexpr std::size_t kWaitingPerAccountMax = 4;
  static constexpr std::size_t kWaitingMax = 10'000;

  CharacterAdmission(CharacterSettings settings, Store& store, TokenVerifier& verifier, Alarm& alarm,
                     const Clock& clock);

  void admit(room::AdmissionRequest request, std::function<void(room::AdmissionReply)> reply) override;
  void give_back(const std::shared_ptr<const room::Arrival>& arrival) override;

  /// Empty: there are no rooms (any more).
  void set_expel(ExpelAccount expel);
  /// `keep`, with an eye on the leases that end with its cuts.
  KeepCut watching(KeepCut keep);

  /// Extends the leases that are held here. Called by whoever keeps the time.
  void renew_leases();
  /// Of characters that are played or about to be.
  std::size_t live_count() const;

 private:
  using Reply = std::function<void(room::AdmissionReply)>;
  struct Waiting {
    CharacterWish wish;
    Reply reply;
    MonotonicTime give_up_at;     ///< from then on nobody is waited for
    MonotonicTime expel_next_at;  ///< sessions of the account are ended again
    bool claiming = false;        ///< a job of the store is under way
    SpanContext trace = {};       ///< what it is a part of; proceeding for somebody means working for this
  };

  void admit_guest(const room::AdmissionRequest& request, Reply reply);
  void on_verified(const room::AdmissionRequest& request, TokenHolder holder, Reply reply);
  void line_up(CharacterWish wish, Reply reply);
  void proceed(AccountId account);
  void claim(CharacterWish wish);
  void on_claimed(AccountId account, const Result<void>& done, const ClaimOutcome& outcome);
  void answer_first(AccountId account, room::AdmissionReply answer);
  void lease_ended(const room::CharacterLease& lease);
  void on_cut_done(const std::vector<room::CharacterSave>& saves, const room::CutOutcome& outcome);
  void on_renewed(const std::vector<room::CharacterLease>& leases, const std::vector<CharacterId>& lost);
  void expel(AccountId account);

  const CharacterSettings settings_;
  Store& store_;
  TokenVerifier& verifier_;
  Alarm& alarm_;
  const Clock& clock_;

  mutable std::mutex mutex_;
  ExpelAccount expel_;
  std::unordered_map<AccountId, std::deque<Waiting>> lines_;        // bound: kWaitingMax in all
  std::size_t waiting_ = 0;
  std::unordered_map<AccountId, room::CharacterLease> live_;        // bound: the seats of this process's rooms
};

}  // namespace throng::services
