#pragma once
// One place that writes log lines. Never put a token, password or personal data in one.
// Any thread; each call writes its whole line at once to standard error. How a line looks: base/log_line.h. While the calling
// thread works for a span, the line carries the numbers of its trace and of the span.

#include <initializer_list>
#include <string_view>

#include "base/log_line.h"

namespace throng {

enum class LogFormat {
  Auto,  ///< human on a terminal, JSON otherwise
  Human,  ///< `2026-11-25T02:26:03.123Z info  the text count=5`
  Json,  ///< one object a line
};

/// Fields live during the call: `log_info("a room was made", {{"room", id}, {"players", 5}})`.
using LogFields = std::initializer_list<LogField>;

/// Lines that are written of one text in a second; of what is beyond, only the count is told. Debug lines are not counted.
inline constexpr unsigned kLogRepeatsPerSecondMax = 20;

void set_log_level(LogLevel level);
LogLevel log_level();
bool log_enabled(LogLevel level);
/// Before other threads log. Human until then.
void set_log_format(LogFormat format);

void log_debug(std::string_view text, LogFields fields = {});
void log_info(std::string_view text, LogFields fields = {});
void log_warning(std::string_view text, LogFields fields = {});
void log_error(std::string_view text, LogFields fields = {});

/// At most one line per `key` and second; how many were held back is said in `held_back` of the next that passes, or by
/// `tell_held_back`. For anything that a stranger on the network can cause. Keys are few and fixed.
void log_warning_limited(std::string_view key, std::string_view text, LogFields fields = {});

/// Writes a line for each burst that is over, with what was held back of it. Somebody calls it about once a second.
void tell_held_back();

/// Tells what is still held back, and writes everything out.
void flush_log();

}  // namespace throng
