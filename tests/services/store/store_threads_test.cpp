#include "services/store/store_threads.h"

#include <atomic>
#include <future>
#include <vector>

#include <gtest/gtest.h>

#include "support/comes_true.h"

namespace throng::services {
namespace {

/// A database that nobody can reach.
class ConnectionAway final : public Connection {
 public:
  explicit ConnectionAway(std::atomic<int>& tries) : tries_(tries) {}

  Engine engine() const override { return Engine::Sqlite; }
  Result<Rows> run(std::string_view, std::span<const SqlValue>) override { return fail(kWhy); }
  Result<void> run_all(std::span<const SqlStatement>) override { return fail(kWhy); }
  Result<void> run_script(const std::string&) override { return fail(kWhy); }
  Result<void> begin() override { return fail(kWhy); }
  Result<void> begin_unsynced() override {
    ++tries_;
    return fail(kWhy);
  }
  Result<void> sync() override { return fail(kWhy); }
  Result<void> begin_snapshot() override { return fail(kWhy); }
  Result<void> commit() override { return fail(kWhy); }
  void rollback() override {}
  Trouble trouble() const override { return Trouble::Away; }
  Result<void> reconnect() override { return fail(kWhy); }

 private:
  static constexpr const char* kWhy = "the database is away";
  std::atomic<int>& tries_;
};

std::string what_was_told(std::future<Result<void>>& future) {
  try {
    const Result<void> result = future.get();
    return result ? "done" : result.error().message;
  } catch (const std::future_error&) {
    return "";  // dropped, and the promise with it
  }
}

TEST(WritingThread, AtTheEndEverybodyIsToldThoughTheyAreMoreThanOneGroup) {
  constexpr std::size_t kWorks = 10'000;
  std::atomic<int> tries{0};
  std::vector<std::future<Result<void>>> told;
  {
    WritingThread writing(std::make_unique<ConnectionAway>(tries), {.url = {}, .node_id = "here"});
    for (std::size_t i = 0; i < kWorks; ++i) {
      const auto promise = std::make_shared<std::promise<Result<void>>>();
      told.push_back(promise->get_future());
      StoreWork work;
      work.job = [](Connection&) -> Result<void> { return {}; };
      work.done = [promise](Result<void> result) { promise->set_value(std::move(result)); };
      ASSERT_TRUE(writing.queue().put(work));
    }
    ASSERT_TRUE(comes_true([&] { return tries > 0; }));
  }
  std::size_t busy = 0;
  for (std::future<Result<void>>& each : told) busy += what_was_told(each) == "store_busy" ? 1 : 0;
  EXPECT_EQ(busy, kWorks);
}

}  // namespace
}  // namespace throng::services
