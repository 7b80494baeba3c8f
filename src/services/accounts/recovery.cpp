#include "services/accounts/recovery.h"

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"
#include "services/accounts/attempts.h"
#include "services/accounts/passwords.h"
#include "services/accounts/token_table.h"
#include "services/accounts/tokens.h"

namespace throng::services {
namespace {

/// Links of one kind that are good at a time.
constexpr int kMailTokensMax = 3;

AuthRefusal link_is_over() { return refused(401, "invalid_token"); }

std::string reset_text(const std::string& link, int minutes) {
  return fmt::format(
      "Somebody, probably you, asked for a new password.\n\nChoose it here within {} minutes:\n\n{}\n\n"
      "If it was not you, do nothing: the old password stays.\n",
      minutes, link);
}

std::string confirm_text(const std::string& link) {
  return fmt::format(
      "Welcome!\n\nPlease confirm that this is your address:\n\n{}\n\n"
      "If you did not register, do nothing.\n",
      link);
}

}  // namespace

std::string login_attempts_key(const std::string& email) { return hashed_key("login email", email); }

Result<std::string> make_reset_token(Connection& connection, AccountId account, std::int64_t now,
                                     const content::AccountsDef& settings) {
  std::string token = make_auth_token();
  const std::int64_t expires_at = now + std::int64_t{settings.reset_minutes} * 60'000;
  THRONG_CHECK(insert_token(connection, {auth_token_hash(token), account, TokenPurpose::PasswordReset, now, expires_at},
                            kMailTokensMax));
  return token;
}

void Recovery::forgot_password(const std::string& written, const std::string& address) {
  const std::optional<std::string> email = normalise_email(written);
  if (!email) return;
  const std::int64_t now = context_.clock.unix_milliseconds();
  const content::AccountsDef& settings = context_.settings;
  const auto token = std::make_shared<std::string>();
  context_.store.write(
      [email = *email, address, now, &settings, token](Connection& connection) -> Result<void> {
        token->clear();
        THRONG_TRY(const AttemptVerdict by_address,
                   begin_attempt(connection, address_attempts_key("mail address", address),
                                 settings.new_accounts_per_address, now));
        THRONG_TRY(const AttemptVerdict by_email,
                   begin_attempt(connection, hashed_key("mail email", email), settings.mails_per_account, now));
        if (!by_address.allowed() || !by_email.allowed()) return {};
        THRONG_TRY(const std::optional<Account> account, find_account_by_email(connection, email));
        if (!account) return {};
        THRONG_TRY(*token, make_reset_token(connection, account->id, now, settings));
        return {};
      },
      [this, email = *email, token](const Result<void>& done) {
        if (!done)
          return log_warning_limited("reset", "a link to a new password was not made: " + done.error().message);
        if (token->empty()) return;
        const std::string link = context_.public_url + "/auth/reset-password?token=" + *token;
        context_.mailer.send({email, "A new password", reset_text(link, context_.settings.reset_minutes)});
      });
}

void Recovery::look_at_reset(const std::string& token, OnDone reply) {
  if (!is_auth_token(token)) return reply(link_is_over());
  const auto good = std::make_shared<bool>(false);
  const std::int64_t now = context_.clock.unix_milliseconds();
  context_.store.read(
      [hash = auth_token_hash(token), now, good](Connection& connection) -> Result<void> {
        THRONG_TRY(*good, has_token(connection, hash, TokenPurpose::PasswordReset, now));
        return {};
      },
      [good, reply = std::move(reply)](const Result<void>& done) {
        if (!done) return reply(unavailable());
        reply(*good ? DoneReply() : DoneReply(link_is_over()));
      });
}

struct Recovery::Reset {
  Blob token_hash;
  std::string password;
  std::string password_hash;
  AccountId account;  ///< whose it was; nobody: the link was over
  OnDone reply;
};

void Recovery::reset_password(const std::string& token, std::string password, OnDone reply) {
  if (const auto refusal = refuse_password(password, context_.settings.passwords, {}, {}))
    return reply(refused(400, refusal->code));
  const auto reset = std::make_shared<Reset>(
      Reset{is_auth_token(token) ? auth_token_hash(token) : Blob(), std::move(password), {}, {}, std::move(reply)});
  look_at_reset(token, [this, reset](const DoneReply& refusal) {
    if (refusal) return reset->reply(refusal);
    const bool posted = context_.pool.post([this, reset] {
      Result<std::string> hash = hash_password(reset->password, context_.settings.passwords);
      if (!hash) return reset->reply(unavailable());
      reset->password_hash = *std::move(hash);
      keep_password(reset);
    });
    if (!posted) reset->reply(unavailable());
  });
}

void Recovery::keep_password(const std::shared_ptr<Reset>& reset) {
  const std::int64_t now = context_.clock.unix_milliseconds();
  context_.store.write(
      [reset, now](Connection& connection) -> Result<void> {
        reset->account = {};
        THRONG_TRY(const std::optional<AccountId> id,
                   take_token(connection, reset->token_hash, TokenPurpose::PasswordReset, now));
        if (!id) return {};
        THRONG_TRY(const std::optional<Account> account, find_account(connection, *id));
        if (!account || account->erased) return {};
        THRONG_CHECK(set_password(connection, *id, reset->password_hash));
        THRONG_CHECK(services::confirm_email(connection, *id, now));  // who has the link reads that mail
        for (const TokenPurpose purpose : {TokenPurpose::Session, TokenPurpose::PasswordReset}) {
          THRONG_TRY(const std::int64_t ended, end_tokens(connection, *id, purpose));
          static_cast<void>(ended);
        }
        reset->account = *id;
        return forget_attempts(connection, login_attempts_key(account->email));
      },
      [this, reset](const Result<void>& done) {
        if (!done) return reset->reply(unavailable());
        if (reset->account.value == 0) return reset->reply(link_is_over());
        context_.sessions.forget(reset->account);
        reset->reply(std::nullopt);
      });
}

void Recovery::ask_to_confirm(AccountId account, const std::string& email) {
  const std::int64_t now = context_.clock.unix_milliseconds();
  const std::int64_t expires_at = now + std::int64_t{context_.settings.confirm_hours} * 3'600'000;
  const std::string token = make_auth_token();
  context_.store.write(
      [account, now, expires_at, hash = auth_token_hash(token)](Connection& connection) {
        return insert_token(connection, {hash, account, TokenPurpose::EmailConfirmation, now, expires_at},
                            kMailTokensMax);
      },
      [this, email, token](const Result<void>& done) {
        if (!done) return log_warning_limited("confirm", "a link was not made: " + done.error().message);
        const std::string link = context_.public_url + "/auth/confirm-email?token=" + token;
        context_.mailer.send({email, "Please confirm your address", confirm_text(link)});
      });
}

void Recovery::confirm_email(const std::string& token, OnDone reply) {
  if (!is_auth_token(token)) return reply(link_is_over());
  const auto known = std::make_shared<AccountId>();
  const std::int64_t now = context_.clock.unix_milliseconds();
  context_.store.write(
      [hash = auth_token_hash(token), now, known](Connection& connection) -> Result<void> {
        *known = {};
        THRONG_TRY(const std::optional<AccountId> id,
                   take_token(connection, hash, TokenPurpose::EmailConfirmation, now));
        if (!id) return {};
        *known = *id;
        return services::confirm_email(connection, *id, now);
      },
      [this, known, reply = std::move(reply)](const Result<void>& done) {
        if (!done) return reply(unavailable());
        if (known->value == 0) return reply(link_is_over());
        context_.sessions.forget(*known);  // what is remembered says that it is not confirmed
        reply(std::nullopt);
      });
}

}  // namespace throng::services
