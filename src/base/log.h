#pragma once
// One place that writes log lines. Never put a token, password or personal data in one.
// Any thread; each call writes its whole line at once to standard error. While the calling thread works for a span, the line
// ends with its trace id.

#include <string_view>

namespace throng {

enum class LogLevel { Debug, Info, Warning, Error, Off };

void set_log_level(LogLevel level);
bool log_enabled(LogLevel level);

void log_debug(std::string_view line);
void log_info(std::string_view line);
void log_warning(std::string_view line);
void log_error(std::string_view line);

/// At most one line per `key` and second; the next one that passes says how many were held back.
/// For anything that a stranger on the network can cause. Keys are few and fixed.
void log_warning_limited(std::string_view key, std::string_view line);

void flush_log();

}  // namespace throng
