#include "services/accounts/attempts.h"

#include <algorithm>
#include <optional>

#include "net/address.h"
#include "services/accounts/tokens.h"

namespace throng::services {
namespace {

constexpr std::int64_t kMsPerSecond = 1000;

/// How long to wait after try number `count`: nothing at first, then twice as long each time.
std::int64_t wait_after(std::int64_t count, const content::AttemptLimitDef& limit) {
  if (count < limit.free) return 0;
  const std::int64_t doublings = std::min<std::int64_t>(count - limit.free, 30);
  return std::min<std::int64_t>(std::int64_t{limit.wait_s} << doublings, limit.wait_max_s) * kMsPerSecond;
}

/// A wait that is longer than any is from before the clock was put back: it is over.
std::int64_t wait_left(std::int64_t locked_until, const content::AttemptLimitDef& limit, std::int64_t now) {
  const std::int64_t left = locked_until - now;
  return left > 0 && left <= std::int64_t{limit.wait_max_s} * kMsPerSecond ? left : 0;
}

enum class Remembered { Longer, AsBefore };

Result<AttemptVerdict> count_attempt(Connection& connection, const std::string& key,
                                     const content::AttemptLimitDef& limit, std::int64_t now, Remembered remembered) {
  // Makes the row or changes nothing in it: either way it is ours until the commit.
  THRONG_TRY(const Rows rows,
             connection.run("INSERT INTO attempt (key, count, window_began_at, locked_until, forget_at) "
                            "VALUES ($1, 0, $2, 0, $3) ON CONFLICT (key) DO UPDATE SET count = attempt.count "
                            "RETURNING count, locked_until, forget_at",
                            {key, now, now}));
  if (rows.empty()) return fail("an attempt was not counted");
  if (const std::int64_t left = wait_left(rows.integer(0, 1), limit, now); left > 0) return AttemptVerdict{left};
  const bool forgotten = rows.integer(0, 2) <= now;
  const std::int64_t count = (forgotten ? 0 : rows.integer(0, 0)) + 1;
  const std::int64_t wait = wait_after(count, limit);
  const std::int64_t locked_until = wait > 0 ? now + wait : 0;
  std::int64_t forget_at = now + wait + limit.forget_s * kMsPerSecond;
  if (remembered == Remembered::AsBefore && !forgotten) forget_at = std::max(rows.integer(0, 2), locked_until);
  THRONG_TRY(const Rows counted,
             connection.run("UPDATE attempt SET count = $1, locked_until = $2, forget_at = $3 WHERE key = $4",
                            {count, locked_until, forget_at, key}));
  static_cast<void>(counted);
  return AttemptVerdict{0, locked_until};
}

}  // namespace

std::string address_attempts_key(std::string_view what, const std::string& address) {
  const std::optional<net::Address> known = net::parse_address(address);
  return hashed_key(what, known ? known->limit_group().text() : address);
}

Result<AttemptVerdict> begin_attempt(Connection& connection, const std::string& key,
                                     const content::AttemptLimitDef& limit, std::int64_t now) {
  return count_attempt(connection, key, limit, now, Remembered::Longer);
}

Result<AttemptVerdict> reserve_attempt(Connection& connection, const std::string& key,
                                       const content::AttemptLimitDef& limit, std::int64_t now) {
  return count_attempt(connection, key, limit, now, Remembered::AsBefore);
}

Result<void> give_back_attempt(Connection& connection, const std::string& key, const content::AttemptLimitDef& limit,
                               const AttemptVerdict& reserved) {
  // Nobody waits for it: neither for the wait that it began itself, nor for one that others began only because it counted.
  THRONG_TRY(const Rows rows,
             connection.run("UPDATE attempt SET count = count - 1, locked_until = CASE WHEN locked_until = $1 "
                            "OR count <= $2 THEN 0 ELSE locked_until END WHERE key = $3 AND count > 0",
                            {reserved.locked_until, std::int64_t{limit.free}, key}));
  static_cast<void>(rows);
  THRONG_TRY(const Rows gone, connection.run("DELETE FROM attempt WHERE key = $1 AND count = 0", {key}));
  static_cast<void>(gone);
  return {};
}

Result<void> keep_attempt(Connection& connection, const std::string& key, const content::AttemptLimitDef& limit,
                          std::int64_t now) {
  const std::int64_t forget_after = limit.forget_s * kMsPerSecond;
  THRONG_TRY(const Rows rows,
             connection.run("UPDATE attempt SET forget_at = CASE WHEN locked_until > $1 THEN locked_until ELSE $2 END "
                            "+ $3 WHERE key = $4",
                            {now, now, forget_after, key}));
  static_cast<void>(rows);
  return {};
}

Result<void> forget_attempts(Connection& connection, const std::string& key) {
  THRONG_TRY(const Rows rows, connection.run("DELETE FROM attempt WHERE key = $1", {key}));
  static_cast<void>(rows);
  return {};
}

Result<std::int64_t> sweep_attempts(Connection& connection, std::int64_t now) {
  THRONG_TRY(const Rows rows, connection.run("DELETE FROM attempt WHERE forget_at <= $1", {now}));
  return rows.changed();
}

}  // namespace throng::services
