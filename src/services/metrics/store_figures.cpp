#include "services/metrics/store_figures.h"

#include <array>
#include <string_view>
#include <utility>

namespace throng::services {
namespace {

constexpr std::array<std::pair<StoreState, std::string_view>, 4> kStateWords{
    {{StoreState::Up, "up"}, {StoreState::Slow, "slow"}, {StoreState::Away, "away"}, {StoreState::Full, "full"}}};

}  // namespace

std::unique_ptr<ComputedSource> watch_store(const Store& store) {
  return add_computed_source([&store](ComputedReport& report) {
    const StoreHealth health = store.health();
    report.set(Computed::StoreWaiting, {}, static_cast<double>(health.waiting));
    report.set(Computed::StoreOldest, {}, static_cast<double>(health.oldest.count()) / 1e3);
    for (const auto& [state, word] : kStateWords)
      report.set(Computed::StoreState, {word}, health.state == state ? 1 : 0);
  });
}

}  // namespace throng::services
