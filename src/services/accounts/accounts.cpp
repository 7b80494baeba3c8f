#include "services/accounts/accounts.h"

#include <utility>

#include "base/log.h"
#include "services/accounts/attempts.h"
#include "services/accounts/erasure.h"
#include "services/accounts/token_table.h"

namespace throng::services {
namespace {

constexpr std::chrono::minutes kSweepInterval{5};
constexpr std::chrono::seconds kFirstSweep{20};
/// In one transaction; the rest waits for the next sweep.
constexpr int kErasedAtOnceMax = 100;

}  // namespace

Accounts::Accounts(content::AccountsDef settings, Store& store, std::unique_ptr<MailTransport> transport,
                   std::string public_url, const Clock& clock)
    : settings_(std::move(settings)),
      pool_(static_cast<std::size_t>(settings_.passwords.threads),
            static_cast<std::size_t>(settings_.passwords.waiting_max)),
      mailer_(std::move(transport)),
      context_{settings_, store, pool_, mailer_, cache_, clock, std::move(public_url)},
      sessions_(context_),
      recovery_(context_),
      sign_in_(context_, recovery_),
      routes_(sign_in_, sessions_, recovery_) {
  sweep_later(kFirstSweep);
}

Accounts::~Accounts() { stop(); }

void Accounts::stop() {
  alarm_.stop();
  pool_.stop();
}

void Accounts::sweep_later(std::chrono::milliseconds delay) {
  alarm_.after(delay, [this] { sweep(); });
}

void Accounts::sweep() {
  const std::int64_t now = context_.clock.unix_milliseconds();
  context_.store.write([this, now](Connection& connection) { return sweep_accounts(connection, settings_, now); },
                       [](const Result<void>& done) {
                         if (!done) log_warning_limited("sweep", "accounts were not swept: " + done.error().message);
                       });
  sweep_later(kSweepInterval);
}

Result<void> sweep_accounts(Connection& connection, const content::AccountsDef& settings, std::int64_t now) {
  THRONG_TRY(const std::int64_t tokens, sweep_tokens(connection, now));
  THRONG_TRY(const std::int64_t attempts, sweep_attempts(connection, now));
  const std::int64_t seen_before = now - std::int64_t{settings.session_days} * 86'400'000;
  THRONG_TRY(const std::int64_t erased, erase_lost_accounts(connection, seen_before, now, kErasedAtOnceMax));
  if (tokens + attempts + erased > 0) log_debug("accounts were swept");
  return {};
}

}  // namespace throng::services
