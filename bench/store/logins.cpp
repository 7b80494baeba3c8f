#include "store/logins.h"

#include <atomic>
#include <memory>

#include <fmt/format.h>

#include "services/accounts/accounts.h"
#include "services/accounts/passwords.h"
#include "store/bench_world.h"

namespace throng::bench {
namespace {

constexpr const char* kPassword = "correct horse battery";

class NoMail final : public services::MailTransport {
 public:
  Result<void> deliver(const services::EmailMessage&, const std::atomic<bool>&) override { return {}; }
};

std::string email_of(std::size_t number) { return fmt::format("bench{}@example.org", number); }

Result<void> make_accounts(services::Store& store, std::size_t count, const content::PasswordDef& cost) {
  THRONG_TRY(const std::string hash, services::hash_password(kPassword, cost));
  return write_and_wait(store, [&](services::Connection& connection) -> Result<void> {
    for (std::size_t i = 0; i < count; ++i)
      THRONG_CHECK(
          connection.run("INSERT INTO account (name, email, password_hash, created_at, last_seen_at) "
                         "VALUES ($1, $2, $3, 1, 1)",
                         {fmt::format("Bench{}", i), email_of(i), hash}));
    return {};
  });
}

net::HttpRequest login_request(std::size_t who) {
  net::HttpRequest request;
  request.method = "POST";
  request.target = request.path = "/auth/login";
  request.headers.emplace_back("content-type", "application/json");
  request.body = fmt::format(R"({{"email":"{}","password":"{}"}})", email_of(who), kPassword);
  request.peer_address = "192.0.2.1";
  return request;
}

}  // namespace

Result<LoginFigures> measure_logins(services::Store& store, double seconds) {
  const content::AccountsDef settings;
  const auto slots = static_cast<std::size_t>(2 * settings.passwords.threads);
  THRONG_CHECK(make_accounts(store, slots, settings.passwords));
  services::Accounts accounts(settings, store, std::make_unique<NoMail>(), "https://game.example");
  Pump pump(slots, [&accounts](std::size_t slot, const Pump::Done& done) {
    accounts.routes().handle(login_request(slot), [done](const net::HttpResponse& response) {
      done(response.status == 200 ? "" : fmt::format("a login was answered {}: {}", response.status, response.body));
    });
  });
  Result<PumpFigures> logins = pump.run(seconds);
  accounts.stop();
  store.flush(std::chrono::seconds(10));  // it calls back into the accounts
  if (!logins) return fail(logins.error());
  return LoginFigures{*logins, settings.passwords.memory_kib, settings.passwords.passes, settings.passwords.threads};
}

}  // namespace throng::bench
