#include "base/log.h"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "base/trace_context.h"

namespace throng {
namespace {

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto made = std::make_shared<spdlog::logger>("throng", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %^%-5l%$ %v");
    return made;
  }();
  return *instance;
}

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::Debug: return spdlog::level::debug;
    case LogLevel::Info: return spdlog::level::info;
    case LogLevel::Warning: return spdlog::level::warn;
    case LogLevel::Error: return spdlog::level::err;
    case LogLevel::Off: return spdlog::level::off;
  }
  return spdlog::level::info;
}

void write_line(spdlog::level::level_enum level, std::string_view line) {
  if (!logger().should_log(level)) return;
  const TraceId trace = current_trace_id();
  if (!trace.valid()) return logger().log(level, spdlog::string_view_t(line.data(), line.size()));
  logger().log(level, std::string(line) + " trace_id=" + hex_text(trace));
}

/// Held-back repeats of one key.
struct Repeats {
  std::chrono::steady_clock::time_point next_allowed;
  unsigned suppressed = 0;
};

}  // namespace

void set_log_level(LogLevel level) { logger().set_level(to_spdlog(level)); }
bool log_enabled(LogLevel level) { return logger().should_log(to_spdlog(level)); }

void log_debug(std::string_view line) { write_line(spdlog::level::debug, line); }
void log_info(std::string_view line) { write_line(spdlog::level::info, line); }
void log_warning(std::string_view line) { write_line(spdlog::level::warn, line); }
void log_error(std::string_view line) { write_line(spdlog::level::err, line); }

void log_warning_limited(std::string_view key, std::string_view line) {
  static std::mutex mutex;
  static std::map<std::string, Repeats, std::less<>> repeats_by_key;  // bound: keys are literals in our source
  std::string suffix;
  {
    const std::lock_guard lock(mutex);
    const auto now = std::chrono::steady_clock::now();
    auto found = repeats_by_key.find(key);
    if (found == repeats_by_key.end()) found = repeats_by_key.emplace(std::string(key), Repeats{}).first;
    if (now < found->second.next_allowed) {
      ++found->second.suppressed;
      return;
    }
    if (found->second.suppressed > 0) suffix = " (and " + std::to_string(found->second.suppressed) + " more like it)";
    found->second = Repeats{now + std::chrono::seconds(1), 0};
  }
  log_warning(std::string(line) + suffix);
}

void flush_log() { logger().flush(); }

}  // namespace throng
