#include "services/characters/character_admission.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"
#include "services/characters/free_names.h"
#include "services/store/characters_repository.h"

namespace throng::services {
namespace {

constexpr int kNotAuthorised = 525;
/// An application's refusal: the token is right, the wish is not.
constexpr int kWishRefused = 526;
constexpr int kUnavailable = 503;
constexpr std::string_view kNewerLogin = "Your account has been signed in from elsewhere.";
/// While an older session is waited for: a look, and another word to whoever has got a seat meanwhile.
constexpr std::chrono::milliseconds kLookAgainAfter{100};
constexpr std::chrono::milliseconds kExpelAgainAfter{250};
/// A lease that could not be given back because the store took no more.
constexpr std::chrono::milliseconds kGiveBackAgainAfter{1000};
/// Leases in one job, so that cuts do not wait long behind it.
constexpr std::size_t kRenewedAtOnce = 250;

room::NotAdmitted not_valid(const TokenHolder& holder) {
  if (holder.verdict == TokenVerdict::Away)
    return {kUnavailable, "characters cannot be loaded at the moment; try again soon"};
  if (!holder.text.empty()) return {kNotAuthorised, holder.text};
  return {kNotAuthorised, "the sign-in has run out; sign in again"};
}

/// @param name  empty: the room finds one
room::Admitted guest_called(std::string name) {
  auto arrival = std::make_shared<room::Arrival>();
  arrival->name = std::move(name);
  return {std::move(arrival)};
}

std::string character_option(const room::JoinOptions& options) {
  if (const auto text = options.text("character")) return std::string(*text);
  if (const auto number = options.number("character"); number && *number > 0 && *number < 9e15)
    return fmt::format("{}", static_cast<std::int64_t>(*number));
  return {};
}

}  // namespace

CharacterAdmission::CharacterAdmission(CharacterSettings settings, Store& store, TokenVerifier& verifier, Alarm& alarm,
                                       const Clock& clock)
    : settings_(std::move(settings)), store_(store), verifier_(verifier), alarm_(alarm), clock_(clock) {}

void CharacterAdmission::admit(room::AdmissionRequest request, Reply reply) {
  if (request.bearer_token.empty()) {
    if (settings_.guests) return admit_guest(request, std::move(reply));
    return reply(room::NotAdmitted{kNotAuthorised, "sign in first: this server takes no guests"});
  }
  std::string token = request.bearer_token;
  verifier_.verify(std::move(token), [this, request = std::move(request), reply = std::move(reply)](
                                         TokenHolder holder) { on_verified(request, std::move(holder), reply); });
}

/// What they wish to be called is not theirs: it may be somebody's. Nobody waits for a store that is away.
void CharacterAdmission::admit_guest(const room::AdmissionRequest& request, Reply reply) {
  if (!request.to_world) return reply(room::Admitted{});
  const std::string wish(request.options.text("name").value_or(""));
  if (wish.empty()) return reply(guest_called({}));
  auto name = std::make_shared<std::string>();
  store_.read(
      [wish, name, now = clock_.unix_milliseconds()](Connection& connection) -> Result<void> {
        THRONG_TRY(*name, guest_name(connection, wish, now));
        return {};
      },
      [name, reply = std::move(reply)](const Result<void>& done) {
        reply(guest_called(done ? std::move(*name) : std::string()));
      });
}

void CharacterAdmission::on_verified(const room::AdmissionRequest& request, TokenHolder holder, Reply reply) {
  if (holder.verdict != TokenVerdict::Valid) return reply(not_valid(holder));
  if (!request.to_world) {
    auto arrival = std::make_shared<room::Arrival>();
    arrival->name = holder.name;
    arrival->lease.account = holder.account;
    return reply(room::Admitted{std::move(arrival)});
  }
  CharacterWish wish{.holder = std::move(holder),
                     .character = character_option(request.options),
                     .name = std::string(request.options.text("name").value_or("")),
                     .now = 0,
                     .take_over = false};
  line_up(std::move(wish), std::move(reply));
}

void CharacterAdmission::line_up(CharacterWish wish, Reply reply) {
  const AccountId account = wish.holder.account;
  bool taken = false;
  {
    const std::lock_guard lock(mutex_);
    std::deque<Waiting>& line = lines_[account];
    taken = line.size() < kWaitingPerAccountMax && waiting_ < kWaitingMax;
    if (taken) {
      const MonotonicTime now = clock_.now();
      line.push_back({std::move(wish), reply, now + settings_.hand_over_max, now, false, current_span_context()});
      ++waiting_;
    }
  }
  if (!taken) return reply(room::NotAdmitted{kUnavailable, "too many sign-ins at once; try again soon"});
  proceed(account);
}

/// The first of the line: waits for an older session of the account, or claims.
void CharacterAdmission::proceed(AccountId account) {
  CharacterWish wish;
  SpanContext trace;
  bool tell = false;
  bool wait = false;
  {
    const std::lock_guard lock(mutex_);
    const auto found = lines_.find(account);
    if (found == lines_.end() || found->second.empty() || found->second.front().claiming) return;
    Waiting& first = found->second.front();
    trace = first.trace;
    const MonotonicTime now = clock_.now();
    wait = live_.contains(account) && now < first.give_up_at;
    if (wait && now >= first.expel_next_at) {
      first.expel_next_at = now + kExpelAgainAfter;
      tell = true;
    }
    if (!wait) {
      first.claiming = true;
      first.wish.take_over = now >= first.give_up_at;
      wish = first.wish;
    }
  }
  const ContextScope scope(trace);
  if (!wait) return claim(std::move(wish));
  if (tell) expel(account);
  alarm_.after(kLookAgainAfter, [this, account] { proceed(account); });
}

void CharacterAdmission::claim(CharacterWish wish) {
  const AccountId account = wish.holder.account;
  wish.now = clock_.unix_milliseconds();
  auto outcome = std::make_shared<ClaimOutcome>(PlaysElsewhere{});
  store_.write(
      [this, wish = std::move(wish), outcome](Connection& connection) -> Result<void> {
        THRONG_TRY(*outcome, claim_character(connection, settings_, wish));
        return {};
      },
      [this, account, outcome](const Result<void>& done) { on_claimed(account, done, *outcome); });
}

void CharacterAdmission::on_claimed(AccountId account, const Result<void>& done, const ClaimOutcome& outcome) {
  if (!done) {
    log_warning("a character could not be loaded", {{"account", account.value}, {"reason", done.error().message}});
    return answer_first(account,
                        room::NotAdmitted{kUnavailable, "characters cannot be loaded at the moment; try again soon"});
  }
  if (std::holds_alternative<PlaysElsewhere>(outcome)) {
    const std::lock_guard lock(mutex_);
    lines_[account].front().claiming = false;
    return alarm_.after(kLookAgainAfter, [this, account] { proceed(account); });
  }
  if (const WishRefused* no = std::get_if<WishRefused>(&outcome))
    return answer_first(account, room::NotAdmitted{kWishRefused, no->text});
  auto arrival = std::make_shared<const room::Arrival>(std::get<room::Arrival>(outcome));
  {
    const std::lock_guard lock(mutex_);
    live_[account] = arrival->lease;
  }
  answer_first(account, room::Admitted{std::move(arrival)});
}

/// The next in line begins with the session that this one is about to have.
void CharacterAdmission::answer_first(AccountId account, room::AdmissionReply answer) {
  Reply reply;
  bool more = false;
  {
    const std::lock_guard lock(mutex_);
    const auto found = lines_.find(account);
    reply = std::move(found->second.front().reply);
    found->second.pop_front();
    --waiting_;
    more = !found->second.empty();
    if (!more) lines_.erase(found);
  }
  reply(std::move(answer));
  if (more) proceed(account);
}

void CharacterAdmission::give_back(const std::shared_ptr<const room::Arrival>& arrival) {
  if (arrival == nullptr || !arrival->lease.held()) return;
  const room::CharacterLease lease = arrival->lease;
  store_.write([lease](Connection& connection) { return release_lease(connection, lease); },
               [this, lease, arrival](const Result<void>& done) {
                 if (done) return lease_ended(lease);
                 alarm_.after(kGiveBackAgainAfter, [this, arrival] { give_back(arrival); });
               });
}

void CharacterAdmission::lease_ended(const room::CharacterLease& lease) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = live_.find(lease.account);
    if (found == live_.end() || found->second != lease) return;  // a newer one has it
    live_.erase(found);
  }
  proceed(lease.account);
}

void CharacterAdmission::set_expel(ExpelAccount expel) {
  const std::lock_guard lock(mutex_);
  expel_ = std::move(expel);
}

void CharacterAdmission::expel(AccountId account) {
  const std::lock_guard lock(mutex_);  // held during the call, so that nobody is called after set_expel
  if (expel_) expel_(account, std::string(kNewerLogin));
}

KeepCut CharacterAdmission::watching(KeepCut keep) {
  return [this, keep = std::move(keep)](room::Cut cut, std::function<void(room::CutOutcome)> done) {
    std::vector<room::CharacterSave> saves;
    for (const room::CharacterSave& save : cut.saves)
      saves.push_back({.lease = save.lease, .sheet = {}, .level = 0, .map = {}, .release = save.release});
    return keep(std::move(cut), [this, saves = std::move(saves), done = std::move(done)](room::CutOutcome outcome) {
      on_cut_done(saves, outcome);
      done(std::move(outcome));
    });
  };
}

void CharacterAdmission::on_cut_done(const std::vector<room::CharacterSave>& saves, const room::CutOutcome& outcome) {
  for (const room::CharacterSave& save : saves) {
    const bool lost = std::find(outcome.fenced_off.begin(), outcome.fenced_off.end(), save.lease.character) !=
                      outcome.fenced_off.end();
    if (lost || (save.release && outcome.refused.empty())) lease_ended(save.lease);
  }
}

void CharacterAdmission::renew_leases() {
  std::vector<room::CharacterLease> leases;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [account, lease] : live_) leases.push_back(lease);
  }
  for (std::size_t begin = 0; begin < leases.size(); begin += kRenewedAtOnce) {
    const std::size_t end = std::min(leases.size(), begin + kRenewedAtOnce);
    auto some = std::make_shared<const std::vector<room::CharacterLease>>(
        leases.begin() + static_cast<std::ptrdiff_t>(begin), leases.begin() + static_cast<std::ptrdiff_t>(end));
    auto lost = std::make_shared<std::vector<CharacterId>>();
    store_.write(
        [this, some, lost](Connection& connection) -> Result<void> {
          THRONG_TRY(*lost, services::renew_leases(connection, *some, settings_.node_id,
                                                   clock_.unix_milliseconds() + settings_.lease.count()));
          return {};
        },
        [this, some, lost](const Result<void>& done) {
          if (done) on_renewed(*some, *lost);
        });
  }
}

/// Another node has taken them: their sessions here end, and their last cuts are fenced off.
void CharacterAdmission::on_renewed(const std::vector<room::CharacterLease>& leases,
                                    const std::vector<CharacterId>& lost) {
  for (const room::CharacterLease& lease : leases) {
    if (std::find(lost.begin(), lost.end(), lease.character) == lost.end()) continue;
    bool current = false;
    {
      const std::lock_guard lock(mutex_);
      const auto found = live_.find(lease.account);
      current = found != live_.end() && found->second == lease;
    }
    if (current) expel(lease.account);
  }
}

std::size_t CharacterAdmission::live_count() const {
  const std::lock_guard lock(mutex_);
  return live_.size();
}

}  // namespace throng::services
