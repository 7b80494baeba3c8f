#include "base/counters.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace throng {
namespace {

constexpr std::array<CounterInfo, kCounterCount> kInfos{{
#define THRONG_COUNTER_INFO(name, metric, labels, help) CounterInfo{metric, labels, help},
    THRONG_COUNTERS(THRONG_COUNTER_INFO)
#undef THRONG_COUNTER_INFO
}};

/// One thread's numbers. Only the owner writes, so a load and a store are enough.
struct alignas(64) ThreadCells {
  std::array<std::atomic<std::uint64_t>, kCounterCount> cells{};
};

std::mutex g_registry_mutex;

/// Cells outlive their thread, so that nothing counted is lost; threads are few and live long.
std::vector<std::unique_ptr<ThreadCells>>& registry() {
  static std::vector<std::unique_ptr<ThreadCells>> instance;
  return instance;
}

ThreadCells& own_cells() {
  thread_local ThreadCells* cells = [] {
    const std::lock_guard lock(g_registry_mutex);
    registry().push_back(std::make_unique<ThreadCells>());
    return registry().back().get();
  }();
  return *cells;
}

}  // namespace

const CounterInfo& counter_info(Counter counter) { return kInfos[static_cast<std::size_t>(counter)]; }

void count(Counter counter, std::uint64_t by) {
  std::atomic<std::uint64_t>& cell = own_cells().cells[static_cast<std::size_t>(counter)];
  cell.store(cell.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
}

std::uint64_t counted(Counter counter) {
  const std::lock_guard lock(g_registry_mutex);
  std::uint64_t sum = 0;
  for (const auto& thread : registry())
    sum += thread->cells[static_cast<std::size_t>(counter)].load(std::memory_order_relaxed);
  return sum;
}

}  // namespace throng
