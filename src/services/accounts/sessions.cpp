#include "services/accounts/sessions.h"

#include <memory>
#include <utility>

#include "services/accounts/token_table.h"
#include "services/accounts/tokens.h"

namespace throng::services {
namespace {

/// A use is written down at most so often.
constexpr std::int64_t kNoteUseAfterMs = 10 * 60'000;

AuthRefusal invalid_token() { return refused(401, "invalid_token"); }

TokenHolder holder_of(const Account& account, bool guests_allowed) {
  if (account.anonymous() && !guests_allowed)
    return {TokenVerdict::Barred, {}, {}, 0, "only registered players may play here"};
  return {TokenVerdict::Valid, account.id, account.name, static_cast<int>(account.role), {}};
}

}  // namespace

void Sessions::account_of(const std::string& token, OnAccount reply) {
  if (!is_auth_token(token)) return reply(invalid_token());
  const Blob hash = auth_token_hash(token);
  const std::int64_t now = context_.clock.unix_milliseconds();
  if (const std::optional<Account> known = context_.sessions.find(hash, now)) return reply(*known);
  const auto found = std::make_shared<std::optional<LiveSession>>();
  const std::uint64_t generation = context_.sessions.generation();
  context_.store.read(
      [hash, now, found](Connection& connection) -> Result<void> {
        THRONG_TRY(*found, find_session(connection, hash, now));
        return {};
      },
      [this, hash, now, found, generation, reply = std::move(reply)](const Result<void>& done) {
        if (!done) return reply(unavailable());
        if (!*found) return reply(invalid_token());
        const LiveSession& session = **found;
        context_.sessions.put(hash, session.account, session.expires_at, now, generation);
        if (now - session.last_used_at >= kNoteUseAfterMs) extend(hash, session.account.id, now);
        reply(session.account);
      });
}

/// Nobody waits for it: when it fails, the next use tries again.
void Sessions::extend(const Blob& hash, AccountId account, std::int64_t now) {
  const std::int64_t expires_at = now + context_.session_ms();
  context_.store.write(
      [hash, account, now, expires_at](Connection& connection) -> Result<void> {
        THRONG_CHECK(extend_session(connection, hash, now, expires_at));
        return note_seen(connection, account, now);
      },
      [](const Result<void>&) {});
}

void Sessions::verify(std::string token, std::function<void(TokenHolder)> done) {
  account_of(token, [this, done = std::move(done)](const AccountReply& reply) {
    if (const Account* const account = std::get_if<Account>(&reply))
      return done(holder_of(*account, context_.settings.guests_allowed));
    const bool away = std::get<AuthRefusal>(reply).status == 503;
    done({away ? TokenVerdict::Away : TokenVerdict::Unknown, {}, {}, 0, {}});
  });
}

void Sessions::log_out(const std::string& token, OnDone reply) {
  if (!is_auth_token(token)) return reply(invalid_token());
  const Blob hash = auth_token_hash(token);
  const auto ended = std::make_shared<bool>(false);
  context_.store.write(
      [hash, ended](Connection& connection) -> Result<void> {
        THRONG_TRY(*ended, end_session(connection, hash));
        return {};
      },
      [this, hash, ended, reply = std::move(reply)](const Result<void>& done) {
        context_.sessions.forget(hash);
        if (!done) return reply(unavailable());
        reply(*ended ? DoneReply() : DoneReply(invalid_token()));
      });
}

void Sessions::log_out_all(const std::string& token, OnDone reply) {
  if (!is_auth_token(token)) return reply(invalid_token());
  const Blob hash = auth_token_hash(token);
  const auto account = std::make_shared<AccountId>();
  const std::int64_t now = context_.clock.unix_milliseconds();
  context_.store.write(
      [hash, account, now](Connection& connection) -> Result<void> {
        *account = {};
        THRONG_TRY(const std::optional<LiveSession> session, find_session(connection, hash, now));
        if (!session) return {};
        *account = session->account.id;
        THRONG_TRY(const std::int64_t ended, end_tokens(connection, *account, TokenPurpose::Session));
        static_cast<void>(ended);
        return {};
      },
      [this, account, reply = std::move(reply)](const Result<void>& done) {
        if (!done) return reply(unavailable());
        if (account->value == 0) return reply(invalid_token());
        context_.sessions.forget(*account);
        reply(std::nullopt);
      });
}

}  // namespace throng::services
