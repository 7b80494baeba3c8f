#include "app/account_command.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "app/account_services.h"
#include "app/ask_secret.h"
#include "app/configuration.h"
#include "app/exit_codes.h"
#include "app/list_accounts.h"
#include "app/open_database.h"
#include "base/clock.h"
#include "services/accounts/account.h"
#include "services/accounts/attempts.h"
#include "services/accounts/erasure.h"
#include "services/accounts/names.h"
#include "services/accounts/passwords.h"
#include "services/accounts/personal_export.h"
#include "services/accounts/recovery.h"
#include "services/accounts/token_table.h"
#include "services/mailer/outbox.h"

namespace throng::app {
namespace {

using services::Account;
using services::Connection;
using services::Role;

struct AccountContext {
  const AccountOptions& options;
  Configuration configuration;
  std::unique_ptr<Connection> connection;
  std::int64_t now = system_clock().unix_milliseconds();
};

Result<void> in_transaction(Connection& connection, const std::function<Result<void>()>& work) {
  THRONG_CHECK(connection.begin());
  Result<void> done = work();
  if (done) done = connection.commit();
  if (!done) connection.rollback();
  return done;
}

/// By number or by e-mail.
Result<Account> named_account(const AccountContext& context) {
  const std::string& who = context.options.who;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(who.data(), who.data() + who.size(), number);
  const bool is_number = error == std::errc() && end == who.data() + who.size();
  Result<std::optional<Account>> found =
      is_number ? services::find_account(*context.connection, AccountId{number})
                : services::find_account_by_email(*context.connection, services::normalise_email(who).value_or(who));
  if (!found) return fail(std::move(found).error());
  if (!*found) return fail(fmt::format("no account {}", who));
  return **std::move(found);
}

std::string words_for(const Account& account) {
  return fmt::format("account {} ({})", account.id.value, account.email.empty() ? account.name : account.email);
}

Result<Account> living_account(const AccountContext& context) {
  THRONG_TRY(Account account, named_account(context));
  if (account.erased)
    return fail(
        fmt::format("account {} was erased: there is nobody any more, and nothing to change", account.id.value));
  return account;
}

/// Asked for, judged, and hashed.
Result<std::string> new_password_hash(const AccountContext& context, const std::string& email,
                                      const std::string& name) {
  const content::PasswordDef& rules = context.configuration.accounts.passwords;
  THRONG_TRY(const std::string password, ask_password("password for " + email));
  if (const auto refusal = services::refuse_password(password, rules, email, name)) return fail(refusal->text);
  return services::hash_password(password, rules);
}

/// Names of staff may be reserved ones.
Result<std::string> new_name(const AccountOptions& options, const std::string& email, Role role) {
  const std::string wished = options.name.empty() ? email.substr(0, email.find('@')) : options.name;
  const services::NameVerdict verdict =
      role == Role::Player ? services::normalise_name(wished) : services::normalise_staff_name(wished);
  if (const services::Name* const name = std::get_if<services::Name>(&verdict)) return name->shown;
  const std::string reason(std::get<services::NameRefusal>(verdict).text);
  return fail(
      fmt::format("'{}' cannot be the name: {}{}", wished, reason, options.name.empty() ? "; give --name" : ""));
}

Result<void> create(const AccountContext& context) {
  const std::optional<std::string> email = services::normalise_email(context.options.who);
  if (!email) return fail(fmt::format("'{}' is no e-mail address", context.options.who));
  Account account;
  account.email = *email;
  account.email_confirmed = true;
  account.role = *services::role_of(context.options.role);
  account.created_at = context.now;
  THRONG_TRY(account.name, new_name(context.options, *email, account.role));
  THRONG_TRY(account.password_hash, new_password_hash(context, *email, account.name));
  return in_transaction(*context.connection, [&]() -> Result<void> {
    THRONG_TRY(const std::optional<AccountId> id, services::insert_account(*context.connection, account));
    if (!id) return fail(fmt::format("there is an account {} already", *email));
    fmt::print("account {} is {} {}\n", id->value, services::role_name(account.role), *email);
    return {};
  });
}

Result<void> change_role(const AccountContext& context) {
  THRONG_TRY(const Account account, living_account(context));
  const Role role = *services::role_of(context.options.role);
  THRONG_CHECK(
      in_transaction(*context.connection, [&] { return services::set_role(*context.connection, account.id, role); }));
  fmt::print("{} is {} now, was {}\n", words_for(account), services::role_name(role),
             services::role_name(account.role));
  return {};
}

/// For a player who asks: a link that works once.
Result<void> print_reset_link(const AccountContext& context, const Account& account) {
  std::string token;
  const content::AccountsDef& settings = context.configuration.accounts;
  THRONG_CHECK(in_transaction(*context.connection, [&]() -> Result<void> {
    THRONG_TRY(token, services::make_reset_token(*context.connection, account.id, context.now, settings));
    return {};
  }));
  fmt::print("{}/auth/reset-password?token={}\n", public_url_of(context.configuration), token);
  return {};
}

Result<void> change_password(const AccountContext& context) {
  THRONG_TRY(const Account account, named_account(context));
  if (account.erased || account.anonymous()) return fail(words_for(account) + " has no e-mail, so no password");
  if (context.options.link) return print_reset_link(context, account);
  THRONG_TRY(const std::string hash, new_password_hash(context, account.email, account.name));
  THRONG_CHECK(in_transaction(*context.connection, [&]() -> Result<void> {
    Connection& connection = *context.connection;
    THRONG_CHECK(services::set_password(connection, account.id, hash));
    for (const auto purpose : {services::TokenPurpose::Session, services::TokenPurpose::PasswordReset}) {
      THRONG_TRY(const std::int64_t ended, services::end_tokens(connection, account.id, purpose));
      static_cast<void>(ended);
    }
    return services::forget_attempts(connection, services::login_attempts_key(account.email));
  }));
  fmt::print("{} has a new password; its logins have ended\n", words_for(account));
  return {};
}

Result<std::int64_t> living_characters(Connection& connection, AccountId account) {
  THRONG_TRY(
      const services::Rows rows,
      connection.run("SELECT COUNT(*) FROM character WHERE account = $1 AND name_key IS NOT NULL", {account.value}));
  return rows.integer(0, 0);
}

/// Those that lie in the outbox; what went out by SMTP is not ours any more.
Result<void> forget_mails(const AccountContext& context, const Account& account) {
  if (account.anonymous()) return {};
  const auto outbox = std::filesystem::path(context.configuration.data_dir) / "outbox";
  THRONG_TRY(const std::size_t removed, services::remove_mails_to(outbox.string(), account.email));
  if (removed > 0) fmt::print("{} mails to them are gone from {}\n", removed, outbox.string());
  return {};
}

/// @param with_characters  false: refuses when it has some
Result<void> end_account(const AccountContext& context, bool with_characters) {
  Connection& connection = *context.connection;
  THRONG_TRY(const Account account, living_account(context));
  THRONG_TRY(std::int64_t characters, living_characters(connection, account.id));
  const auto check = [&]() -> Result<void> {
    if (characters == 0 || with_characters) return {};
    return fail(
        fmt::format("{} has {} characters: `throngd account erase` ends them as well", words_for(account), characters));
  };
  THRONG_CHECK(check());
  const std::string prompt =
      fmt::format("{} and its {} characters will be gone for ever.", words_for(account), characters);
  if (!context.options.yes && !ask_for_word(prompt, "erase")) return fail("nothing was changed; --yes does not ask");
  THRONG_CHECK(in_transaction(connection, [&]() -> Result<void> {
    THRONG_TRY(characters, living_characters(connection, account.id));  // one may have been made meanwhile
    THRONG_CHECK(check());
    return services::erase_account(connection, account.id, context.now);
  }));
  fmt::print("account {} is erased, with {} characters\n", account.id.value, characters);
  return forget_mails(context, account);
}

/// Never over a file that is there.
Result<void> write_private_file(const std::string& path, const std::string& text) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return fail(fmt::format("{} cannot be made: {}", path, std::strerror(errno)));
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t n = ::write(fd, text.data() + written, text.size() - written);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    written += static_cast<std::size_t>(n);
  }
  const int problem = errno;
  close(fd);
  if (written < text.size()) return fail(fmt::format("{} cannot be written: {}", path, std::strerror(problem)));
  return {};
}

Result<void> give_export(const AccountContext& context) {
  THRONG_TRY(const Account account, named_account(context));
  // All of one instant, and a server that runs does not wait for it.
  THRONG_CHECK(context.connection->begin_snapshot());
  const Result<std::string> exported = services::export_account(*context.connection, account.id, context.now);
  context.connection->rollback();
  THRONG_TRY(const std::string text, exported);
  if (context.options.output.empty()) {
    fmt::print("{}", text);
    return {};
  }
  THRONG_CHECK(write_private_file(context.options.output, text));
  fmt::print(stderr, "{} is in {}\n", words_for(account), context.options.output);
  return {};
}

/// The first account may be made before the first start; whatever else is asked of a database that is not there is a
/// mistyped folder.
Result<std::unique_ptr<Connection>> open_connection(const AccountOptions& options, const content::ServerDef& server) {
  return options.verb == AccountVerb::Create ? open_or_make_database(server) : open_existing_database(server);
}

Result<void> run_verb(const AccountContext& context) {
  switch (context.options.verb) {
    case AccountVerb::Create: return create(context);
    case AccountVerb::List: return list_accounts(*context.connection, context.options);
    case AccountVerb::SetRole: return change_role(context);
    case AccountVerb::ResetPassword: return change_password(context);
    case AccountVerb::Delete: return end_account(context, false);
    case AccountVerb::Export: return give_export(context);
    case AccountVerb::Erase: return end_account(context, true);
  }
  return {};
}

}  // namespace

int run_account_command(const Options& options) {
  AccountContext context{options.account, {}, nullptr};
  const Result<content::ServerDef> server = load_server(options);
  const Result<content::AccountsDef> accounts = load_accounts(options.config_dir);
  if (!server || !accounts) {
    fmt::print(stderr, "throngd: {}\n", server ? accounts.error().message : server.error().message);
    return kExitConfiguration;
  }
  context.configuration.server = *server;
  context.configuration.accounts = *accounts;
  context.configuration.data_dir = server->data_dir;
  Result<std::unique_ptr<Connection>> connection = open_connection(options.account, *server);
  if (!connection) {
    fmt::print(stderr, "throngd: {}\n", connection.error().message);
    return kExitFailed;
  }
  context.connection = *std::move(connection);
  const Result<void> done = run_verb(context);
  std::fflush(stdout);
  if (done) return kExitOk;
  fmt::print(stderr, "throngd: {}\n", done.error().message);
  return kExitFailed;
}

}  // namespace throng::app
