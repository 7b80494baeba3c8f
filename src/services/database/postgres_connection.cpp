#include "services/database/postgres_connection.h"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "services/database/postgres_link.h"
#include "services/database/postgres_values.h"
#include "services/database/statement_text.h"

namespace throng::services {
namespace {

/// So many statements are under way before their answers are read: one round trip for all of them.
constexpr std::size_t kPipelineMax = 512;

/// By the classes of PostgreSQL's Appendix A.
Trouble postgres_trouble(std::string_view state) {
  if (state == "40001" || state == "40P01" || state == "55P03" || state == "57014") return Trouble::Busy;
  if (state == "08P01") return Trouble::Mistake;  // such as too few values for a statement
  if (state.starts_with("08") || state.starts_with("57P") || state == "53300") return Trouble::Away;
  if (state == "53100" || state == "53200" || state == "25006" || state.starts_with("58")) return Trouble::Full;
  if (state == "XX001" || state == "XX002") return Trouble::Corrupt;
  if (state.starts_with("23") || state.starts_with("22") || state.starts_with("54")) return Trouble::Constraint;
  return Trouble::Mistake;
}

/// One text can have several plans: a NULL has no type of its own, so it is prepared apart. Names must stay where they are
/// while more plans come, for a batch holds on to them.
struct PreparedPlan {
  std::vector<PostgresType> types;
  std::string name;
};

std::int64_t rows_touched(PGresult* answer) { return std::strtoll(PQcmdTuples(answer), nullptr, 10); }

bool went_well(const PGresult* answer) {
  const ExecStatusType status = PQresultStatus(answer);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_SYNC;
}

class PostgresConnection final : public Connection {
 public:
  explicit PostgresConnection(const PostgresSettings& settings) : link_(settings) {}

  Engine engine() const override { return Engine::Postgres; }
  Result<Rows> run(std::string_view sql, std::span<const SqlValue> values) override;
  Result<void> run_all(std::span<const SqlStatement> statements) override;
  Result<void> run_script(const std::string& script) override;
  Result<void> begin() override;
  Result<void> begin_snapshot() override;
  Result<void> commit() override;
  void rollback() override;
  Trouble trouble() const override { return trouble_; }
  Result<void> reconnect() override;

 private:
  using Deadline = PostgresLink::Deadline;

  Result<void> usable();
  Failure refused(Trouble trouble, std::string message);
  Failure away(const Error& error) { return refused(Trouble::Away, error.message); }
  Failure answered_badly(const PGresult* answer, std::string_view sql);
  Failure undone(Failure failure);
  Result<void> begin_with(const char* sql);
  Result<PostgresAnswer> whole_answer(std::string_view sql, Deadline deadline);
  Result<PostgresAnswer> command(const char* sql, Deadline deadline);
  Result<const char*> prepared(std::string_view sql, std::span<const SqlValue> values);
  Result<const char*> prepare(std::string_view sql, std::vector<PostgresType> types);
  Result<Rows> rows_of(const PGresult* answer, std::string_view sql);
  Result<void> run_batch(std::span<const SqlStatement> statements);
  Result<void> send_pipeline(std::span<const SqlStatement> statements);
  Result<void> read_pipeline(std::span<const SqlStatement> statements, Deadline deadline);
  Result<void> end_pipeline(Result<void> outcome, Deadline deadline);

  PostgresLink link_;
  std::unordered_map<std::string, std::deque<PreparedPlan>, StatementHash, std::equal_to<>> prepared_;
  std::size_t plans_ = 0;  ///< in prepared_, at most kPreparedMax
  std::int64_t names_ = 0;
  PostgresParameters parameters_;
  std::vector<const char*> pipeline_names_;
  Trouble trouble_ = Trouble::None;
  bool in_transaction_ = false;
  bool spoiled_ = false;  ///< something failed in this transaction: only a rollback is left
};

Failure PostgresConnection::refused(Trouble trouble, std::string message) {
  trouble_ = trouble;
  if (in_transaction_) spoiled_ = true;
  return fail(std::move(message));
}

Failure PostgresConnection::answered_badly(const PGresult* answer, std::string_view sql) {
  const char* const state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  const Trouble trouble = state == nullptr || !link_.up() ? Trouble::Away : postgres_trouble(state);
  const char* const primary = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
  std::string message = fmt::format("{}: {}", link_.shown(), on_one_line(primary));
  if (primary == nullptr) message += on_one_line(PQresultErrorMessage(answer));
  if (trouble == Trouble::Mistake) message += fmt::format(" (in: {})", shown_statement(sql));
  if (trouble == Trouble::Away) link_.drop();
  return refused(trouble, std::move(message));
}

Result<void> PostgresConnection::usable() {
  if (spoiled_) return refused(trouble_, link_.shown() + ": the transaction has failed already");
  if (!link_.up()) return refused(Trouble::Away, link_.shown() + ": not connected");
  return {};
}

Result<void> PostgresConnection::reconnect() {
  in_transaction_ = spoiled_ = false;
  prepared_.clear();
  plans_ = 0;
  if (auto connected = link_.connect(); !connected) return away(connected.error());
  trouble_ = Trouble::None;
  return {};
}

/// The last answer to what was sent, after all of them have been read.
Result<PostgresAnswer> PostgresConnection::whole_answer(std::string_view sql, Deadline deadline) {
  if (auto flushed = link_.flush(deadline); !flushed) return away(flushed.error());
  PostgresAnswer last;
  for (;;) {
    auto next = link_.receive(deadline);
    if (!next) return away(next.error());
    if (*next == nullptr) break;
    if (last == nullptr || went_well(last.get())) last = *std::move(next);
  }
  if (last == nullptr) return refused(Trouble::Away, link_.shown() + ": the connection broke");
  if (!went_well(last.get())) return answered_badly(last.get(), sql);
  return last;
}

Result<PostgresAnswer> PostgresConnection::command(const char* sql, Deadline deadline) {
  if (PQsendQuery(link_.get(), sql) == 0) return refused(Trouble::Away, link_.problem());
  return whole_answer(sql, deadline);
}

Result<const char*> PostgresConnection::prepared(std::string_view sql, std::span<const SqlValue> values) {
  if (!storable(values)) return refused(Trouble::Constraint, "a text that is not UTF-8 or holds a NUL");
  const auto fits = [&](const PreparedPlan& plan) {
    return std::equal(plan.types.begin(), plan.types.end(), values.begin(), values.end(),
                      [](PostgresType type, const SqlValue& value) { return type == postgres_type(value); });
  };
  if (const auto found = prepared_.find(sql); found != prepared_.end()) {
    const auto plan = std::find_if(found->second.begin(), found->second.end(), fits);
    if (plan != found->second.end()) return plan->name.c_str();
  }
  std::vector<PostgresType> types;
  for (const SqlValue& value : values) types.push_back(postgres_type(value));
  return prepare(sql, std::move(types));
}

Result<const char*> PostgresConnection::prepare(std::string_view sql, std::vector<PostgresType> types) {
  if (plans_ >= kPreparedMax) {
    prepared_.clear();
    plans_ = 0;
    THRONG_CHECK(command("DEALLOCATE ALL", link_.answer_deadline()));
  }
  std::string text(sql);
  std::string name = fmt::format("s{}", ++names_);
  if (PQsendPrepare(link_.get(), name.c_str(), text.c_str(), static_cast<int>(types.size()), types.data()) == 0) {
    return refused(Trouble::Away, link_.problem());
  }
  THRONG_CHECK(whole_answer(sql, link_.answer_deadline()));
  std::deque<PreparedPlan>& plans = prepared_[std::move(text)];
  plans.push_back({std::move(types), std::move(name)});
  ++plans_;
  return plans.back().name.c_str();
}

Result<Rows> PostgresConnection::rows_of(const PGresult* answer, std::string_view sql) {
  const int columns = PQnfields(answer);
  Rows rows(static_cast<std::size_t>(columns));
  for (int row = 0; row < PQntuples(answer); ++row) {
    for (int column = 0; column < columns; ++column) {
      std::optional<SqlValue> cell = postgres_cell(answer, row, column);
      if (!cell) return refused(Trouble::Mistake, "an answer that does not fit: " + shown_statement(sql));
      rows.append(*std::move(cell));
    }
  }
  return rows;
}

Result<Rows> PostgresConnection::run(std::string_view sql, std::span<const SqlValue> values) {
  THRONG_CHECK(usable());
  THRONG_TRY(const char* const name, prepared(sql, values));
  parameters_.set(values);
  if (PQsendQueryPrepared(link_.get(), name, parameters_.count(), parameters_.addresses(), parameters_.lengths(),
                          parameters_.formats(), 1) == 0) {
    return refused(Trouble::Away, link_.problem());
  }
  THRONG_TRY(const PostgresAnswer answer, whole_answer(sql, link_.answer_deadline()));
  THRONG_TRY(Rows rows, rows_of(answer.get(), sql));
  const std::string_view tag = PQcmdStatus(answer.get());
  if (!tag.starts_with("SELECT")) rows.set_changed(rows_touched(answer.get()));
  return rows;
}

/// The rollback must not hide why it was needed.
Failure PostgresConnection::undone(Failure failure) {
  const Trouble why = trouble_;
  rollback();
  trouble_ = why;
  return failure;
}

Result<void> PostgresConnection::run_all(std::span<const SqlStatement> statements) {
  if (in_transaction_) return run_batch(statements);
  THRONG_CHECK(begin());
  if (auto ran = run_batch(statements); !ran) return undone(fail(ran.error()));
  return commit();
}

Result<void> PostgresConnection::run_batch(std::span<const SqlStatement> statements) {
  for (std::size_t done = 0; done < statements.size(); done += kPipelineMax) {
    THRONG_CHECK(usable());
    const auto part = statements.subspan(done, std::min(kPipelineMax, statements.size() - done));
    // Preparing waits for its answer, so all of it comes before the pipeline. A plan that is dropped for room would
    // have to be one of this part; there are never so many.
    pipeline_names_.clear();
    for (const SqlStatement& each : part) {
      THRONG_TRY(const char* const name, prepared(each.sql, each.values));
      pipeline_names_.push_back(name);
    }
    if (PQenterPipelineMode(link_.get()) == 0) return refused(Trouble::Away, link_.problem());
    const Deadline deadline = link_.answer_deadline();
    auto sent = send_pipeline(part);
    auto read = sent ? read_pipeline(part, deadline) : std::move(sent);
    THRONG_CHECK(end_pipeline(std::move(read), deadline));
  }
  return {};
}

Result<void> PostgresConnection::send_pipeline(std::span<const SqlStatement> statements) {
  for (std::size_t i = 0; i < statements.size(); ++i) {
    parameters_.set(statements[i].values);
    if (PQsendQueryPrepared(link_.get(), pipeline_names_[i], parameters_.count(), parameters_.addresses(),
                            parameters_.lengths(), parameters_.formats(), 1) == 0) {
      const std::string problem = link_.problem();
      link_.drop();
      return refused(Trouble::Away, problem);
    }
  }
  if (PQpipelineSync(link_.get()) == 0) {
    const std::string problem = link_.problem();
    link_.drop();
    return refused(Trouble::Away, problem);
  }
  return {};
}

/// Each statement answers once and then with nothing; after the first error the rest say that they were passed over.
Result<void> PostgresConnection::read_pipeline(std::span<const SqlStatement> statements, Deadline deadline) {
  if (auto flushed = link_.flush(deadline); !flushed) return away(flushed.error());
  Result<void> outcome;
  for (const SqlStatement& each : statements) {
    for (bool more = true; more;) {
      auto answer = link_.receive(deadline);
      if (!answer) return away(answer.error());
      more = *answer != nullptr;
      if (!more || !outcome) continue;
      if (!went_well(answer->get())) {
        outcome = answered_badly(answer->get(), each.sql);
        if (trouble_ == Trouble::Away) return outcome;
        continue;
      }
      if (each.changed != nullptr) *each.changed = rows_touched(answer->get());
      if (each.changes_at_least > 0 && rows_touched(answer->get()) < each.changes_at_least) {
        outcome = refused(Trouble::Busy, fmt::format("touched too few rows: {}", shown_statement(each.sql)));
      }
    }
  }
  return outcome;
}

Result<void> PostgresConnection::end_pipeline(Result<void> outcome, Deadline deadline) {
  if (!link_.up())
    return outcome ? Result<void>(refused(Trouble::Away, link_.shown() + ": the connection broke"))
                   : std::move(outcome);
  auto sync = link_.receive(deadline);
  if (!sync) return away(sync.error());
  if (PQexitPipelineMode(link_.get()) == 0) {
    const std::string problem = link_.problem();
    link_.drop();
    return refused(Trouble::Away, problem);
  }
  return outcome;
}

Result<void> PostgresConnection::run_script(const std::string& script) {
  THRONG_CHECK(usable());
  const std::string unhurried =
      in_transaction_ ? "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;" + script : script;
  THRONG_CHECK(command(unhurried.c_str(), link_.script_deadline()));
  return {};
}

Result<void> PostgresConnection::begin() { return begin_with("BEGIN"); }

Result<void> PostgresConnection::begin_snapshot() {
  return begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

Result<void> PostgresConnection::begin_with(const char* sql) {
  THRONG_CHECK(usable());
  if (in_transaction_) return refused(Trouble::Mistake, "a transaction within a transaction");
  THRONG_CHECK(command(sql, link_.answer_deadline()));
  in_transaction_ = true;
  trouble_ = Trouble::None;
  return {};
}

Result<void> PostgresConnection::commit() {
  if (auto can = usable(); !can) return undone(fail(can.error()));
  if (!in_transaction_) return refused(Trouble::Mistake, "a commit without a transaction");
  auto answer = command("COMMIT", link_.answer_deadline());
  if (!answer) return undone(fail(answer.error()));
  in_transaction_ = false;
  // A transaction that had failed is rolled back by COMMIT, without an error.
  if (std::string_view(PQcmdStatus(answer->get())) != "COMMIT") {
    return refused(Trouble::Mistake, link_.shown() + ": the transaction was rolled back");
  }
  return {};
}

void PostgresConnection::rollback() {
  const bool open = in_transaction_ && link_.up();
  in_transaction_ = spoiled_ = false;
  if (open && !command("ROLLBACK", link_.answer_deadline())) link_.drop();  // the server then rolls back by itself
}

}  // namespace

Result<std::unique_ptr<Connection>> open_postgres(const PostgresSettings& settings) {
  auto connection = std::make_unique<PostgresConnection>(settings);
  THRONG_CHECK(connection->reconnect());
  return std::unique_ptr<Connection>(std::move(connection));
}

}  // namespace throng::services
