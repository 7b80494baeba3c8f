#include "base/assert.h"

#include <atomic>
#include <cstdlib>

#include <fmt/format.h>

#include "base/counters.h"
#include "base/log.h"

namespace throng {
namespace {

std::atomic<AssertHook> g_assert_hook{nullptr};
std::atomic<bool> g_odd_is_fatal{false};

}  // namespace

void set_assert_hook(AssertHook hook) { g_assert_hook.store(hook); }
void set_odd_is_fatal(bool fatal) { g_odd_is_fatal.store(fatal); }

void assert_failed(const char* condition, const char* file, int line, std::string_view note) {
  const std::string what = fmt::format("assertion failed: {} at {}:{}: {}", condition, file, line, note);
  log_error(what);
  flush_log();
  if (const AssertHook hook = g_assert_hook.load()) hook(what);
  std::abort();
}

void odd_happened(const char* condition, const char* file, int line, std::string_view note) {
  if (g_odd_is_fatal.load()) assert_failed(condition, file, line, note);
  count(Counter::Oddities);
  log_warning_limited("odd", note, {{"condition", condition}, {"at", fmt::format("{}:{}", file, line)}});
}

}  // namespace throng
