#include "services/store/tidying.h"

#include "services/store/failpoint.h"
#include "services/store/index_moves.h"

namespace throng::services {

Result<void> tidy_database(Connection& connection, std::int64_t now) {
  constexpr std::int64_t kDayMs = 24 * 3'600'000;
  THRONG_TRY(const Rows cuts, connection.run("DELETE FROM room_cut WHERE at < $1", {now - 7 * kDayMs}));
  THRONG_FAILPOINT("tidying.after_cuts");
  THRONG_TRY(const Rows keys, connection.run("DELETE FROM command_key WHERE at < $1", {now - 30 * kDayMs}));
  THRONG_FAILPOINT("tidying.after_keys");
  static_cast<void>(cuts);
  static_cast<void>(keys);
  for (std::int64_t indexed = kMovesIndexedAtOnce; indexed == kMovesIndexedAtOnce;) {
    THRONG_TRY(indexed, index_moves(connection, now));
  }
  return {};
}

}  // namespace throng::services
