#include "base/counters.h"

#include "base/metric_cells.h"

namespace throng {
namespace {

constexpr std::array<CounterInfo, kCounterCount> kInfos{{
#define THRONG_COUNTER_INFO(name, metric, labels, help) CounterInfo{metric, labels, help},
    THRONG_COUNTERS(THRONG_COUNTER_INFO)
#undef THRONG_COUNTER_INFO
}};

}  // namespace

const CounterInfo& counter_info(Counter counter) { return kInfos[static_cast<std::size_t>(counter)]; }

std::uint64_t counted(Counter counter) { return cells::sum(1 + static_cast<std::uint32_t>(counter)); }

}  // namespace throng
