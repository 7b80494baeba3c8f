#include "base/log.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log_repeats.h"
#include "base/trace_context.h"

namespace throng {
namespace {

constexpr const char* kHumanPattern = "%Y-%m-%dT%H:%M:%S.%e%z %^%-5l%$ %v";
constexpr const char* kBarePattern = "%v";

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto made = std::make_shared<spdlog::logger>("throng", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    made->set_pattern(kHumanPattern);
    return made;
  }();
  return *instance;
}

std::atomic<bool> g_log_as_json{false};

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

/// What is held back, by key or text.
struct SharedRepeats {
  std::mutex mutex;
  LogRepeats repeats;
};

SharedRepeats& shared_repeats() {
  static SharedRepeats shared;
  return shared;
}

std::optional<std::uint64_t> may_pass(std::string_view kind, unsigned per_second, LogLevel level,
                                      std::string_view text) {
  SharedRepeats& shared = shared_repeats();
  const std::lock_guard lock(shared.mutex);
  return shared.repeats.pass(kind, per_second, level, text, system_clock().now());
}

void write_line(LogLevel level, std::string_view text, std::span<const LogField> fields, std::uint64_t held_back,
                const SpanContext& working_for) {
  const bool traced = working_for.valid();
  const std::string trace_id = traced ? hex_text(working_for.trace) : std::string();
  const std::string span_id = traced ? hex_text(working_for.span) : std::string();
  const LogLine line{.unix_ms = system_clock().unix_milliseconds(),
                     .level = level,
                     .text = text,
                     .fields = fields,
                     .held_back = held_back,
                     .trace_id = trace_id,
                     .span_id = span_id};
  const std::string written = g_log_as_json.load(std::memory_order_relaxed) ? json_line(line) : human_line(line);
  logger().log(to_spdlog(level), spdlog::string_view_t(written.data(), written.size()));
}

void log_counted(LogLevel level, std::string_view key, unsigned per_second, std::string_view text, LogFields fields) {
  if (!log_enabled(level)) return;
  const std::optional<std::uint64_t> held_back = may_pass(key, per_second, level, text);
  if (held_back) write_line(level, text, std::span(fields.begin(), fields.size()), *held_back, current_span_context());
}

void tell(const std::vector<HeldBack>& bursts) {
  for (const HeldBack& burst : bursts) {
    if (log_enabled(burst.level)) write_line(burst.level, burst.text, {}, burst.lines, SpanContext{});
  }
}

std::vector<HeldBack> take_held_back(bool all) {
  SharedRepeats& shared = shared_repeats();
  const std::lock_guard lock(shared.mutex);
  return shared.repeats.take_over(system_clock().now(), all);
}

}  // namespace

void set_log_level(LogLevel level) { logger().set_level(to_spdlog(level)); }

LogLevel log_level() {
  for (const LogLevel level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error}) {
    if (log_enabled(level)) return level;
  }
  return LogLevel::Off;
}

bool log_enabled(LogLevel level) { return logger().should_log(to_spdlog(level)); }

void set_log_format(LogFormat format) {
  const bool as_json = format == LogFormat::Json || (format == LogFormat::Auto && ::isatty(STDERR_FILENO) == 0);
  g_log_as_json.store(as_json);
  logger().set_pattern(as_json ? kBarePattern : kHumanPattern);
}

void log_debug(std::string_view text, LogFields fields) {
  if (log_enabled(LogLevel::Debug))
    write_line(LogLevel::Debug, text, std::span(fields.begin(), fields.size()), 0, current_span_context());
}
void log_info(std::string_view text, LogFields fields) {
  log_counted(LogLevel::Info, text, kLogRepeatsPerSecondMax, text, fields);
}
void log_warning(std::string_view text, LogFields fields) {
  log_counted(LogLevel::Warning, text, kLogRepeatsPerSecondMax, text, fields);
}
void log_error(std::string_view text, LogFields fields) {
  log_counted(LogLevel::Error, text, kLogRepeatsPerSecondMax, text, fields);
}

void log_warning_limited(std::string_view key, std::string_view text, LogFields fields) {
  log_counted(LogLevel::Warning, key, 1, text, fields);
}

void tell_held_back() { tell(take_held_back(false)); }

void flush_log() {
  tell(take_held_back(true));
  logger().flush();
}

}  // namespace throng
