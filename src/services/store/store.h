#pragma once
// The database behind one door: a thread that writes in groups, one that reads, and the promise that what was
// acknowledged is durable. Everything that keeps something goes through here.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "room/keeping.h"
#include "services/database/connection.h"

namespace throng::services {

struct StoreSettings {
  std::string url;                                 ///< see connect_database
  std::string node_id;                             ///< of this process; leases are given to it
  std::chrono::milliseconds group_window{2};       ///< a commit waits so long for company, at most 20
  std::size_t jobs_max = 16'384;                   ///< that wait; beyond it `write` refuses
  std::size_t cuts_max = 4'096;
};

enum class StoreState : std::uint8_t { Up, Slow, Away, Full };  ///< Slow: the oldest job has waited for over a second

struct StoreHealth {
  StoreState state = StoreState::Up;
  std::size_t waiting = 0;
  std::chrono::milliseconds oldest{0};
  std::string problem;  ///< in words; empty when Up
};

/// A piece of work on the database. May run more than once (a group that failed is tried one by one, a connection that was
/// lost is taken up again), so it changes nothing but the database and its own result, which it starts anew.
using StoreJob = std::function<Result<void>(Connection&)>;
/// What became of it: a failure is the job's own word, or that the store takes no more (`store_busy`).
using StoreDone = std::function<void(Result<void>)>;

class Store {
 public:
  virtual ~Store() = default;

  /// Any thread; never blocks. `done` is called once, on the store's thread, after the commit: it posts elsewhere.
  virtual void write(StoreJob job, StoreDone done) = 0;
  /// The same, on the reading thread, outside the order of writes.
  virtual void read(StoreJob job, StoreDone done) = 0;
  /// @param done  after the commit, on the store's thread. False: full, nothing was taken
  virtual bool keep(room::Cut cut, std::function<void(room::CutOutcome)> done) = 0;

  virtual StoreHealth health() const = 0;
  /// Blocks until everything taken so far is durable or the time is up. @return whether it is
  virtual bool flush(std::chrono::milliseconds timeout) = 0;
};

/// Connects, migrates and begins. The error says what to do: a database that is newer, damaged, not writable, not there.
Result<std::unique_ptr<Store>> open_store(const StoreSettings& settings);

/// Writes, and blocks until it is done. For starting up, commands and tests: never on a thread that others wait for.
Result<void> write_and_wait(Store& store, StoreJob job);

/// The newest schema, and the sources of the ledger by name. For commands that work without a store.
Result<void> prepare_database(Connection& connection);

/// Kept within the program alone, for tests: an SQLite database in memory.
inline constexpr const char* kMemoryDatabase = "sqlite::memory:";

}  // namespace throng::services
