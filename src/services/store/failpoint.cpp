#include "services/store/failpoint.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>

#include <unistd.h>

namespace throng::services {
namespace {

struct ArmedFailpoint {
  std::string name;  ///< empty: none
  long at = 1;
};

ArmedFailpoint read_armed_failpoint() {
  const char* const text = std::getenv("THRONG_FAILPOINT");
  if (text == nullptr) return {};
  const std::string setting(text);
  const std::size_t colon = setting.find(':');
  if (colon == std::string::npos) return {setting, 1};
  return {setting.substr(0, colon), std::strtol(setting.c_str() + colon + 1, nullptr, 10)};
}

const ArmedFailpoint& armed_failpoint() {
  static const ArmedFailpoint armed = read_armed_failpoint();
  return armed;
}

}  // namespace

void reach_failpoint(std::string_view name) {
  static std::atomic<long> reached{0};
  if (armed_failpoint().name != name) return;
  if (++reached == armed_failpoint().at) kill(getpid(), SIGKILL);
}

bool failpoint_armed(std::string_view name) { return has_failpoints() && armed_failpoint().name == name; }

bool has_failpoints() {
#ifdef THRONG_FAILPOINTS
  return true;
#else
  return false;
#endif
}

}  // namespace throng::services
