#pragma once
// Named instants at which a test ends the process as kill -9 would: `THRONG_FAILPOINT=store.before_commit:3` at the third
// time that it comes by. Compiled in by the CMake option THRONG_FAILPOINTS (debug and sanitizer presets), else nothing.

#include <array>
#include <string_view>

namespace throng::services {

/// Does not come back when this is the instant that the environment names. Any thread.
void reach_failpoint(std::string_view name);

/// Whether the environment names this one. Always false when the build has none.
bool failpoint_armed(std::string_view name);

/// Whether this build has them.
bool has_failpoints();

/// Every one of the store, in the order in which a group of works passes them.
inline constexpr std::array<std::string_view, 8> kStoreFailpoints{
    "store.before_begin",  "store.after_begin",  "store.after_job",        "store.after_write",
    "store.before_commit", "store.after_commit", "store.in_acknowledging", "store.after_acknowledging"};

}  // namespace throng::services

#ifdef THRONG_FAILPOINTS
#define THRONG_FAILPOINT(name) ::throng::services::reach_failpoint(name)
#else
#define THRONG_FAILPOINT(name) static_cast<void>(0)
#endif
