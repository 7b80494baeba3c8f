#include "services/database/postgres_link.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include "base/log.h"

namespace throng::services {
namespace {

/// A peer that vanished is given up after so long even while nothing is asked of it.
constexpr const char* kTcpUserTimeoutMilliseconds = "15000";

void log_notice(void*, const char* message) { log_debug(on_one_line(message)); }

/// The server keeps the same limits, so that it does not work on for somebody who has given up, and lets go of the locks
/// of one that went silent in mid-transaction.
std::string server_options(const PostgresSettings& settings) {
  return fmt::format("-c statement_timeout={} -c lock_timeout={} -c idle_in_transaction_session_timeout=60000",
                     settings.answer_timeout.count(), settings.lock_timeout.count());
}

/// A commit must be on the disk; and every text must fit.
constexpr const char* kPostgresSettle =
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'; "
    "SELECT current_setting('server_encoding')";

}  // namespace

std::string on_one_line(const char* message) {
  std::string line(message == nullptr ? "" : message);
  std::replace(line.begin(), line.end(), '\n', ' ');
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

void PostgresAnswerFree::operator()(pg_result* answer) const { PQclear(answer); }

bool PostgresLink::up() const { return connection_ != nullptr && PQstatus(connection_) == CONNECTION_OK; }

Result<void> PostgresLink::connect() {
  drop();
  if (shown_.empty()) return fail("the database address is not one that PostgreSQL takes (postgres://user@host/name)");
  const std::string seconds = std::to_string(std::max<long long>(2, settings_.connect_timeout.count() / 1000));
  const std::string options = server_options(settings_);
  // What comes later goes before: the address itself is last, as dbname.
  constexpr std::size_t kCount = 12;
  const std::array<const char*, kCount> names{
      "connect_timeout",      "options",          "client_encoding", "application_name",
      "target_session_attrs", "keepalives",       "keepalives_idle", "keepalives_interval",
      "keepalives_count",     "tcp_user_timeout", "dbname",          nullptr};
  const std::array<const char*, kCount> values{seconds.c_str(),
                                               options.c_str(),
                                               "UTF8",
                                               "throngd",
                                               "read-write",
                                               "1",
                                               "10",
                                               "3",
                                               "3",
                                               kTcpUserTimeoutMilliseconds,
                                               settings_.url.c_str(),
                                               nullptr};
  connection_ = PQconnectdbParams(names.data(), values.data(), 1);
  if (!up()) return lost(problem());
  PQsetNoticeProcessor(connection_, log_notice, nullptr);
  PQsetnonblocking(connection_, 1);
  return settle();
}

Result<void> PostgresLink::settle() {
  if (PQsendQuery(connection_, kPostgresSettle) == 0) return lost(problem());
  const Deadline deadline = answer_deadline();
  THRONG_CHECK(flush(deadline));
  std::string encoding;
  for (;;) {
    THRONG_TRY(const PostgresAnswer answer, receive(deadline));
    if (answer == nullptr) break;
    if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) return lost(on_one_line(PQresultErrorMessage(answer.get())));
    if (PQntuples(answer.get()) == 1) encoding = PQgetvalue(answer.get(), 0, 0);
  }
  if (encoding != "UTF8") return lost("its encoding is " + encoding + ": make a database with ENCODING 'UTF8'");
  return {};
}

void PostgresLink::drop() {
  PQfinish(connection_);
  connection_ = nullptr;
}

std::string PostgresLink::problem() const { return on_one_line(PQerrorMessage(connection_)); }

Failure PostgresLink::lost(const std::string& why) {
  Failure failure = fail(fmt::format("{}: {}", shown_, why));
  drop();
  return failure;
}

Result<void> PostgresLink::wait(bool for_writing, Deadline deadline) {
  pollfd socket{PQsocket(connection_), static_cast<short>(for_writing ? POLLIN | POLLOUT : POLLIN), 0};
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  const int ready = left.count() <= 0 ? 0 : poll(&socket, 1, static_cast<int>(left.count()));
  if (ready == 0) return lost("no answer in time; the server is paused, overloaded or cut off");
  if (ready < 0 && errno != EINTR) return lost("the connection cannot be waited for");
  return {};
}

Result<void> PostgresLink::flush(Deadline deadline) {
  for (;;) {
    const int left = PQflush(connection_);
    if (left == 0) return {};
    if (left < 0) return lost(problem());
    THRONG_CHECK(wait(true, deadline));
    // The server may wait for us to read before it reads on.
    if (PQconsumeInput(connection_) == 0) return lost(problem());
  }
}

Result<PostgresAnswer> PostgresLink::receive(Deadline deadline) {
  if (connection_ == nullptr) return fail(shown_ + ": not connected");
  while (PQisBusy(connection_) != 0) {
    THRONG_CHECK(wait(false, deadline));
    if (PQconsumeInput(connection_) == 0) return lost(problem());
  }
  return PostgresAnswer(PQgetResult(connection_));
}

std::string shown_postgres_url(const std::string& url) {
  char* problem = nullptr;
  PQconninfoOption* const options = PQconninfoParse(url.c_str(), &problem);
  PQfreemem(problem);
  if (options == nullptr) return "";
  std::string host;
  std::string port;
  std::string name;
  for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
    const std::string_view keyword = option->keyword;
    if (option->val == nullptr) continue;
    if (keyword == "host" || (keyword == "hostaddr" && host.empty())) host = option->val;
    if (keyword == "port") port = option->val;
    if (keyword == "dbname") name = option->val;
  }
  PQconninfoFree(options);
  return fmt::format("postgres://{}{}{}/{}", host, port.empty() ? "" : ":", port, name);
}

}  // namespace throng::services
