#pragma once
// Groups of work into transactions: as many as possible into one, and each for itself when they stand in each other's way.
// Knows no threads and no queue.

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/trace_context.h"
#include "services/database/connection.h"
#include "services/store/commit_cuts.h"
#include "services/store/store.h"

namespace throng::services {

/// A job, or a cut; and what became of it.
struct StoreWork {
  StoreJob job;  ///< null: a cut
  StoreDone done;
  std::optional<room::Cut> cut;
  std::function<void(room::CutOutcome)> cut_done;
  MonotonicTime taken{};
  SpanContext trace = {};  ///< what whoever asked was working for

  Result<void> result;
  room::CutOutcome outcome;
};

/// One connection, one thread.
///
/// A commit whose answer is lost with the connection is unknown. So on PostgreSQL each transaction first takes a number
/// of this writer's own (in room_cut, as rooms' cuts do). Tried again, it takes the same number: when that is gone
/// already, the lost commit took effect, and nothing is done twice. SQLite's commits are never unknown.
class GroupCommitter {
 public:
  /// @param node  of this process
  GroupCommitter(Connection& connection, const Clock& clock, const std::string& node);

  /// Works on a group from its front until all are committed or have failed by themselves. Their `result` or `outcome` is set;
  /// nobody is told yet, for they are durable only after Connection::sync.
  /// @return how many from the front are settled. Fewer than all: the database cannot be worked with now (`trouble`,
  ///         `problem`); give the same rest again later, with whatever has come behind it, after the connection was mended
  std::size_t commit(std::span<StoreWork> group);

  Trouble trouble() const { return trouble_; }
  const std::string& problem() const { return problem_; }

 private:
  enum class Look { Trusting, Careful };
  /// How one transaction went.
  struct Attempt {
    bool committed = false;
    bool environment = false;  ///< the connection, not a piece of work
    std::size_t failed_at = 0;  ///< the piece that failed; as many as there are: the commit itself
    bool in_cuts = false;
  };

  Attempt attempt(std::span<StoreWork> works, Look look);
  Attempt work_through(std::span<StoreWork> works, Look look);
  Attempt apply_cuts(std::span<StoreWork> works, std::size_t begin, std::size_t end, Look look);
  Attempt finish(std::span<StoreWork> works);
  Attempt stopped(std::size_t at, bool in_cuts, const std::string& why);
  Attempt not_begun(const std::string& why);
  bool settle_alone(StoreWork& work);
  bool settle_unknown(std::span<StoreWork> group, std::size_t& settled);
  Result<bool> take_number();
  void roll_back();

  Connection& connection_;
  CutCommitter cuts_;
  const Clock& clock_;
  const std::string writer_;  ///< of this run only
  std::int64_t number_ = 0;  ///< of the last transaction that was begun
  std::size_t unknown_ = 0;  ///< so many from the front were in a transaction whose commit had no answer
  Trouble trouble_ = Trouble::None;
  std::string problem_;
  std::vector<const room::Cut*> run_;  ///< of cuts that stand together
};

}  // namespace throng::services
