#include "load/tally.h"

#include <numeric>

namespace throng::bench {

std::string_view name_of(Fault fault) {
  static constexpr std::array<std::string_view, kFaultKinds> kNames{
      "connect_failed", "matchmake_failed", "upgrade_refused",   "join_timeout", "server_error",  "closed",
      "bad_frame",      "bad_state",        "unknown_reference", "send_blocked", "leave_timeout",
  };
  return kNames[static_cast<std::size_t>(fault)];
}

void Tally::fault(Fault kind, std::string_view example) {
  const auto index = static_cast<std::size_t>(kind);
  if (++faults[index] == 1) examples[index] = example.substr(0, 200);
}

std::uint64_t Tally::fault_sum() const { return std::accumulate(faults.begin(), faults.end(), std::uint64_t{0}); }

}  // namespace throng::bench
