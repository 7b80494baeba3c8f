#include <algorithm>
#include <future>
#include <optional>

#include "base/counters.h"
#include "base/log.h"
#include "services/store/schema/all_migrations.h"
#include "services/store/store.h"
#include "services/store/store_threads.h"
#include "services/store/tidying.h"

namespace throng::services {
namespace {

constexpr std::chrono::milliseconds kGroupWindowMax{20};

class DatabaseStore final : public Store {
 public:
  /// @param reading  null: reads go with the writes, on the one connection
  DatabaseStore(std::unique_ptr<Connection> writing, std::unique_ptr<Connection> reading, const StoreSettings& settings)
      : writing_(std::move(writing), settings) {
    if (reading != nullptr) reading_.emplace(std::move(reading), writing_.syncing(), settings);
  }

  void write(StoreJob job, StoreDone done) override { put(writing_.queue(), std::move(job), std::move(done)); }
  void read(StoreJob job, StoreDone done) override {
    put(reading_ ? reading_->queue() : writing_.queue(), std::move(job), std::move(done));
  }

  bool keep(room::Cut cut, std::function<void(room::CutOutcome)> done) override {
    StoreWork work;
    work.trace = cut.trace;
    work.cut = std::move(cut);
    work.cut_done = std::move(done);
    if (writing_.queue().put(work)) return true;
    count(Counter::StoreFull);
    return false;
  }

  StoreHealth health() const override { return writing_.health(); }
  bool flush(std::chrono::milliseconds timeout) override { return writing_.queue().wait_settled(timeout); }

 private:
  static void put(WorkQueue& queue, StoreJob job, StoreDone done) {
    StoreWork work;
    work.job = std::move(job);
    work.done = std::move(done);
    work.trace = current_span_context();
    if (queue.put(work)) return;
    count(Counter::StoreFull);
    if (work.done) work.done(fail("store_busy"));
  }

  WritingThread writing_;
  std::optional<ReadingThread> reading_;
};

/// What the ledger takes from and gives to when nobody who plays is meant.
Result<void> name_sources(Connection& connection) {
  const auto last = static_cast<std::int64_t>(room::kLastLedgerSource);
  for (std::int64_t number = 1; number <= last; ++number) {
    const std::string name(room::ledger_source_name(static_cast<room::LedgerSource>(number)));
    THRONG_TRY(const Rows named, connection.run("INSERT INTO owner (id, kind, name) VALUES ($1, 'source', $2) "
                                                "ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                                                {number, name}));
    static_cast<void>(named);
  }
  return {};
}

}  // namespace

Result<void> prepare_database(Connection& connection) {
  THRONG_TRY(const int version, migrate(connection, all_migrations()));
  static_cast<void>(version);
  THRONG_CHECK(connection.begin());
  Result<void> named = name_sources(connection);
  if (named) named = connection.commit();
  if (!named) connection.rollback();
  return named;
}

Result<void> write_and_wait(Store& store, StoreJob job) {
  auto promise = std::make_shared<std::promise<Result<void>>>();
  std::future<Result<void>> done = promise->get_future();
  store.write(std::move(job), [promise](Result<void> result) { promise->set_value(std::move(result)); });
  return done.get();
}

Result<std::unique_ptr<Store>> open_store(const StoreSettings& wanted) {
  StoreSettings settings = wanted;
  settings.group_window = std::clamp(settings.group_window, std::chrono::milliseconds(0), kGroupWindowMax);
  THRONG_TRY(std::unique_ptr<Connection> writing, connect_database(settings.url));
  THRONG_CHECK(prepare_database(*writing));
  THRONG_CHECK(tidy_database(*writing, system_clock().unix_milliseconds()));
  std::unique_ptr<Connection> reading;
  if (settings.url != kMemoryDatabase) {
    THRONG_TRY(reading, connect_database(settings.url, Opening::Again));
  }
  return std::unique_ptr<Store>(std::make_unique<DatabaseStore>(std::move(writing), std::move(reading), settings));
}

}  // namespace throng::services
