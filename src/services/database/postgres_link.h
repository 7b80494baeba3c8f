#pragma once
// The wire to one PostgreSQL server: connecting, sending and waiting, each with its end in time. What the answers mean is
// the connection's business.

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "services/database/postgres_connection.h"

// As libpq-fe.h names them, which only this folder's .cpp files need.
struct pg_conn;
struct pg_result;

namespace throng::services {

struct PostgresAnswerFree {
  void operator()(pg_result* answer) const;
};
using PostgresAnswer = std::unique_ptr<pg_result, PostgresAnswerFree>;

class PostgresLink {
 public:
  explicit PostgresLink(PostgresSettings settings) : settings_(std::move(settings)) {}
  ~PostgresLink() { drop(); }
  PostgresLink(const PostgresLink&) = delete;
  PostgresLink& operator=(const PostgresLink&) = delete;

  /// Drops what there was before.
  Result<void> connect();
  void drop();
  bool up() const;
  pg_conn* get() const { return connection_; }
  const std::string& shown() const { return shown_; }

  using Deadline = std::chrono::steady_clock::time_point;
  Deadline answer_deadline() const { return std::chrono::steady_clock::now() + settings_.answer_timeout; }
  Deadline script_deadline() const { return std::chrono::steady_clock::now() + settings_.script_timeout; }

  /// All that was queued goes out. A failure means that the link is lost.
  Result<void> flush(Deadline deadline);
  /// The next answer; empty at the end of a command's. A failure means that the link is lost.
  Result<PostgresAnswer> receive(Deadline deadline);

  /// Why the last send was refused or the link lost, on one line.
  std::string problem() const;

 private:
  Result<void> wait(bool for_writing, Deadline deadline);
  Result<void> settle();
  Failure lost(const std::string& why);

  PostgresSettings settings_;
  std::string shown_ = shown_postgres_url(settings_.url);
  pg_conn* connection_ = nullptr;
};

/// libpq ends its messages with line feeds and breaks long ones.
std::string on_one_line(const char* message);

}  // namespace throng::services
