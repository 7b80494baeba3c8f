#pragma once
// What throng-store-bench measures. Times in milliseconds unless they say otherwise.

#include <cstdint>
#include <string>

#include "base/result.h"
#include "store/bench_world.h"
#include "store/pump.h"

namespace throng::bench {

/// Small writes that the device has confirmed, one after the other: the limit of commits without groups.
Result<double> measure_fsyncs(const std::string& folder, double seconds);

struct LedgerFigures {
  double moves_per_s = 0;
  double commits_per_s = 0;
  double cpu_us_per_move = 0;      ///< of this process, the making of cuts and, with SQLite, the database included
  double written_bytes_per_move = 0;  ///< the same, to files and sockets; both hold on a busy machine, too
  PumpFigures cuts;  ///< from handing one over to hearing that it is durable
};
/// Every room hands over its next cut when the one before is durable.
Result<LedgerFigures> measure_ledger(services::Store& store, const BenchWorld& world,
                                     const StoreBenchSettings& settings);

/// Characters taken with a lease, 64 requests under way at a time.
Result<PumpFigures> measure_loads(services::Store& store, const BenchWorld& world, double seconds);

struct RecoveryFigures {
  double open_ms = 0;        ///< until the store is open
  double writable_ms = 0;    ///< until something written is durable
  double characters_ms = 0;  ///< until every character's sheet was read
  double rooms_ms = 0;       ///< until every room's world was read
  std::int64_t characters = 0;
  std::int64_t rooms = 0;
};
/// A child process works on the database and is killed; then the database is taken up again. Call it while this process has
/// one thread.
Result<RecoveryFigures> measure_recovery(StoreBenchSettings settings);

}  // namespace throng::bench
