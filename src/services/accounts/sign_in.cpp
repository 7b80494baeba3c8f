#include "services/accounts/sign_in.h"

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/counters.h"
#include "base/log.h"
#include "base/random_id.h"
#include "services/accounts/attempts.h"
#include "services/accounts/names.h"
#include "services/accounts/passwords.h"
#include "services/accounts/token_table.h"
#include "services/accounts/tokens.h"

namespace throng::services {
namespace {

std::string made_up_name() {
  std::uint64_t luck = 0;
  for (const char c : random_id(12)) luck = luck * 31 + static_cast<unsigned char>(c);
  return fmt::format("Player {:06}", luck % 1'000'000);
}

/// The name as it will be shown, or the refusal.
std::variant<std::string, AuthRefusal> name_for(const std::string& wished) {
  if (wished.empty()) return std::string();
  NameVerdict verdict = normalise_name(wished);
  if (Name* const name = std::get_if<Name>(&verdict)) return std::move(name->shown);
  return refused(400, std::get<NameRefusal>(verdict).code);
}

void count_sign_in(const SignInReply& reply) {
  const AuthRefusal* const refusal = std::get_if<AuthRefusal>(&reply);
  if (refusal == nullptr) return count(Counter::SignInsAccepted);
  if (refusal->status == 429) return count(Counter::SignInsLockedOut);
  count(refusal->status == 503 ? Counter::SignInsOverloaded : Counter::SignInsRefused);
}

OnSignedIn counted_reply(OnSignedIn reply) {
  return [reply = std::move(reply)](SignInReply what) {
    count_sign_in(what);
    reply(std::move(what));
  };
}

NewToken new_session(const std::string& token, AccountId account, std::int64_t now, std::int64_t session_ms) {
  return {auth_token_hash(token), account, TokenPurpose::Session, now, now + session_ms};
}

}  // namespace

SignIn::SignIn(const AccountsContext& context, Recovery& recovery) : context_(context), recovery_(recovery) {
  const Result<std::string> hash = hash_password(make_auth_token(), context.settings.passwords);
  if (hash) hash_of_nobody_ = *hash;
}

// ---- Anonymous ------------------------------------------------------------------------------------------------

void SignIn::anonymously(const std::string& wished_name, const std::string& address, OnSignedIn plain_reply) {
  const OnSignedIn reply = counted_reply(std::move(plain_reply));
  if (!context_.settings.guests_allowed) return reply(refused(403, "anonymous_not_allowed"));
  const auto name = name_for(wished_name);
  if (const AuthRefusal* const refusal = std::get_if<AuthRefusal>(&name)) return reply(*refusal);
  struct Work {
    Account account;
    AttemptVerdict verdict;
  };
  const auto work = std::make_shared<Work>();
  work->account.name = std::get<std::string>(name).empty() ? made_up_name() : std::get<std::string>(name);
  work->account.created_at = context_.clock.unix_milliseconds();
  work->account.last_seen_at = work->account.created_at;
  const std::string token = make_auth_token();
  context_.store.write(
      [this, work, token, key = address_attempts_key("new address", address)](Connection& connection) -> Result<void> {
        const std::int64_t now = work->account.created_at;
        THRONG_TRY(work->verdict, begin_attempt(connection, key, context_.settings.new_accounts_per_address, now));
        if (!work->verdict.allowed()) return {};
        THRONG_TRY(const std::optional<AccountId> id, insert_account(connection, work->account));
        if (!id) return fail("an anonymous account was not made");
        work->account.id = *id;
        return insert_token(connection, new_session(token, *id, now, context_.session_ms()),
                            context_.settings.sessions_per_account);
      },
      [work, token, reply](const Result<void>& done) {
        if (!done) return reply(unavailable());
        if (!work->verdict.allowed()) return reply(too_many_attempts(work->verdict.wait_ms));
        reply(SignedIn{work->account, token});
      });
}

// ---- New accounts ---------------------------------------------------------------------------------------------

struct SignIn::Newcomer {
  Registration wanted;
  Account account;            ///< as it will be; the id once it is there
  std::optional<Account> upgraded;  ///< the anonymous one that it was
  bool email_taken = false;
  AttemptVerdict verdict;
  std::string token;
  OnSignedIn reply;
};

void SignIn::register_account(Registration wanted, OnSignedIn plain_reply) {
  OnSignedIn reply = counted_reply(std::move(plain_reply));
  if (!context_.settings.registration_open) return reply(refused(403, "registration_closed"));
  const std::optional<std::string> email = normalise_email(wanted.email);
  if (!email) return reply(refused(400, "email_malformed"));
  if (const auto bad = refuse_password(wanted.password, context_.settings.passwords, *email, wanted.name))
    return reply(refused(400, bad->code));
  auto name = name_for(wanted.name);
  if (const AuthRefusal* const refusal = std::get_if<AuthRefusal>(&name)) return reply(*refusal);
  const auto newcomer = std::make_shared<Newcomer>();
  newcomer->account.email = *email;
  newcomer->account.name = std::get<std::string>(std::move(name));
  newcomer->account.created_at = context_.clock.unix_milliseconds();
  newcomer->account.last_seen_at = newcomer->account.created_at;
  newcomer->wanted = std::move(wanted);
  newcomer->reply = std::move(reply);
  context_.store.write(
      [this, newcomer](Connection& connection) -> Result<void> {
        const std::int64_t now = newcomer->account.created_at;
        newcomer->upgraded.reset();
        THRONG_TRY(newcomer->verdict,
                   begin_attempt(connection, address_attempts_key("new address", newcomer->wanted.address),
                                 context_.settings.new_accounts_per_address, now));
        THRONG_TRY(const std::optional<Account> same, find_account_by_email(connection, newcomer->account.email));
        newcomer->email_taken = same.has_value();
        if (!is_auth_token(newcomer->wanted.token)) return {};
        THRONG_TRY(const std::optional<LiveSession> session,
                   find_session(connection, auth_token_hash(newcomer->wanted.token), now));
        if (session && session->account.anonymous()) newcomer->upgraded = session->account;
        return {};
      },
      [this, newcomer](const Result<void>& done) {
        if (!done) return newcomer->reply(unavailable());
        if (!newcomer->verdict.allowed()) return newcomer->reply(too_many_attempts(newcomer->verdict.wait_ms));
        if (newcomer->email_taken) return newcomer->reply(refused(401, "email_already_in_use"));
        const bool posted = context_.pool.post([this, newcomer] {
          Result<std::string> hash = hash_password(newcomer->wanted.password, context_.settings.passwords);
          if (!hash) return newcomer->reply(unavailable());
          newcomer->account.password_hash = *std::move(hash);
          keep_newcomer(newcomer);
        });
        if (!posted) newcomer->reply(unavailable());
      });
}

/// The e-mail may have been taken meanwhile: then exactly one of all who asked for it has it.
void SignIn::keep_newcomer(const std::shared_ptr<Newcomer>& newcomer) {
  Account& account = newcomer->account;
  if (newcomer->upgraded) {
    account.id = newcomer->upgraded->id;
    account.created_at = newcomer->upgraded->created_at;
    account.role = newcomer->upgraded->role;
  }
  if (account.name.empty()) account.name = newcomer->upgraded ? newcomer->upgraded->name : made_up_name();
  newcomer->token = make_auth_token();
  const std::int64_t now = context_.clock.unix_milliseconds();
  context_.store.write(
      [this, newcomer, now](Connection& connection) -> Result<void> {
        Account& kept = newcomer->account;
        newcomer->email_taken = false;
        if (newcomer->upgraded) {
          THRONG_TRY(const bool done, upgrade_account(connection, kept.id, kept.email, kept.password_hash, kept.name));
          newcomer->email_taken = !done;
          if (!done) return {};
          THRONG_TRY(const std::int64_t ended, end_tokens(connection, kept.id, TokenPurpose::Session));
          static_cast<void>(ended);  // what anybody had of the anonymous one is no key to this one
        } else {
          THRONG_TRY(const std::optional<AccountId> id, insert_account(connection, kept));
          newcomer->email_taken = !id;
          if (!id) return {};
          kept.id = *id;
        }
        return insert_token(connection, new_session(newcomer->token, kept.id, now, context_.session_ms()),
                            context_.settings.sessions_per_account);
      },
      [this, newcomer](const Result<void>& done) {
        if (!done) return newcomer->reply(unavailable());
        if (newcomer->email_taken) return newcomer->reply(refused(401, "email_already_in_use"));
        welcome(*newcomer);
      });
}

void SignIn::welcome(const Newcomer& newcomer) {
  if (newcomer.upgraded) context_.sessions.forget(newcomer.account.id);
  recovery_.ask_to_confirm(newcomer.account.id, newcomer.account.email);
  newcomer.reply(SignedIn{newcomer.account, newcomer.token});
}

// ---- Logging in -----------------------------------------------------------------------------------------------

struct SignIn::Login {
  std::string email;  ///< as looked for
  std::string password;
  std::string address;
  std::optional<Account> account;
  AttemptVerdict verdict;
  AttemptVerdict of_address;
  std::string token;
  OnSignedIn reply;

  std::string address_key() const { return address_attempts_key("login address", address); }
};

/// Both count before the password is looked at, or many at once would pass. The address's is given back when it was right:
/// many may share one.
void SignIn::log_in(const std::string& email, std::string password, const std::string& address,
                    OnSignedIn plain_reply) {
  const auto login = std::make_shared<Login>();
  login->email = normalise_email(email).value_or(email.substr(0, 256));  // what is none is nobody's
  login->password = std::move(password);
  login->address = address;
  login->reply = counted_reply(std::move(plain_reply));
  const std::int64_t now = context_.clock.unix_milliseconds();
  context_.store.write(
      [this, login, now](Connection& connection) -> Result<void> {
        login->account.reset();
        THRONG_TRY(login->of_address,
                   reserve_attempt(connection, login->address_key(), context_.settings.logins_per_address, now));
        login->verdict = login->of_address;
        if (!login->verdict.allowed()) return {};
        THRONG_TRY(login->verdict, begin_attempt(connection, login_attempts_key(login->email),
                                                 context_.settings.logins_per_account, now));
        if (!login->verdict.allowed()) return give_address_back(connection, *login);
        THRONG_TRY(login->account, find_account_by_email(connection, login->email));
        return {};
      },
      [this, login](const Result<void>& done) {
        if (!done) return login->reply(unavailable());
        if (!login->verdict.allowed()) return login->reply(too_many_attempts(login->verdict.wait_ms));
        if (!context_.pool.post([this, login] { check_password(login); })) turn_away(login);
      });
}

Result<void> SignIn::give_address_back(Connection& connection, const Login& login) const {
  return give_back_attempt(connection, login.address_key(), context_.settings.logins_per_address, login.of_address);
}

/// Nobody has looked at the password.
void SignIn::turn_away(const std::shared_ptr<Login>& login) {
  context_.store.write([this, login](Connection& connection) { return give_address_back(connection, *login); },
                       [login](const Result<void>&) { login->reply(unavailable()); });
}

/// The same work whether or not there is such an account. On the pool.
void SignIn::check_password(const std::shared_ptr<Login>& login) {
  const bool known = login->account && !login->account->password_hash.empty();
  const bool matches = verify_password(known ? login->account->password_hash : hash_of_nobody_, login->password);
  if (!known || !matches) return refuse_login(login);
  std::string new_hash;
  if (is_outdated_hash(login->account->password_hash, context_.settings.passwords)) {
    if (const Result<std::string> made = hash_password(login->password, context_.settings.passwords)) new_hash = *made;
  }
  open_session(login, new_hash);
}

/// The try of this address is remembered before anybody hears of it.
void SignIn::refuse_login(const std::shared_ptr<Login>& login) {
  const std::int64_t now = context_.clock.unix_milliseconds();
  context_.store.write(
      [this, login, now](Connection& connection) -> Result<void> {
        return keep_attempt(connection, login->address_key(), context_.settings.logins_per_address, now);
      },
      [login](const Result<void>& done) { login->reply(done ? refused(401, "invalid_credentials") : unavailable()); });
}

/// @param new_hash  empty: the old one stays
void SignIn::open_session(const std::shared_ptr<Login>& login, const std::string& new_hash) {
  login->token = make_auth_token();
  const std::int64_t now = context_.clock.unix_milliseconds();
  const auto changed = std::make_shared<bool>(false);
  context_.store.write(
      [this, login, new_hash, now, changed](Connection& connection) -> Result<void> {
        const Account& account = *login->account;
        THRONG_TRY(const std::optional<Account> current, find_account(connection, account.id));
        *changed = !current || current->password_hash != account.password_hash;
        if (*changed)  // reset or erased while we computed
          return keep_attempt(connection, login->address_key(), context_.settings.logins_per_address, now);
        THRONG_CHECK(give_address_back(connection, *login));
        THRONG_CHECK(forget_attempts(connection, login_attempts_key(login->email)));
        THRONG_CHECK(insert_token(connection, new_session(login->token, account.id, now, context_.session_ms()),
                                  context_.settings.sessions_per_account));
        if (!new_hash.empty()) THRONG_CHECK(set_password(connection, account.id, new_hash));
        return note_seen(connection, account.id, now);
      },
      [login, changed](const Result<void>& done) {
        if (!done) return login->reply(unavailable());
        if (*changed) return login->reply(refused(401, "invalid_credentials"));
        login->reply(SignedIn{*login->account, login->token});
      });
}

}  // namespace throng::services
