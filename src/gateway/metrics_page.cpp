#include "gateway/metrics_page.h"

#include <fmt/format.h>

#include "base/counters.h"

namespace throng::gateway {

std::string metrics_page() {
  std::string page;
  std::string_view family;
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    const auto counter = static_cast<Counter>(i);
    const CounterInfo& info = counter_info(counter);
    if (info.metric != family) {  // counters of one family stand together, the first with the help text
      family = info.metric;
      page += fmt::format("# HELP {} {}\n# TYPE {} counter\n", family, info.help, family);
    }
    const std::string labels = info.labels.empty() ? std::string() : fmt::format("{{{}}}", info.labels);
    page += fmt::format("{}{} {}\n", info.metric, labels, counted(counter));
  }
  return page;
}

}  // namespace throng::gateway
