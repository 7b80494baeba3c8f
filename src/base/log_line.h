#pragma once
// How one line of the log looks. Pure; any thread.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace throng {

enum class LogLevel { Debug, Info, Warning, Error, Off };

/// `debug`, `info`, `warning`, `error`, `off`.
std::string_view log_level_name(LogLevel level);
/// Of a name, `warn` too. Nothing for any other text.
std::optional<LogLevel> log_level_named(std::string_view name);

/// Something that a line is about. The texts live as long as the call that logs.
struct LogField {
  using Value = std::variant<std::int64_t, std::uint64_t, double, bool, std::string_view>;

  /// @param field_name  snake_case, a literal; not `time`, `level`, `message`, `trace_id` or `span_id`
  template <typename T>
  LogField(std::string_view field_name, const T& field_value) : name(field_name), value(value_of(field_value)) {}

  std::string_view name;
  Value value;

 private:
  template <typename T>
  static Value value_of(const T& from) {
    if constexpr (std::is_same_v<T, bool>) {
      return from;
    } else if constexpr (std::is_floating_point_v<T>) {
      return static_cast<double>(from);
    } else if constexpr (std::is_integral_v<T> && std::is_unsigned_v<T>) {
      return static_cast<std::uint64_t>(from);
    } else if constexpr (std::is_integral_v<T>) {
      return static_cast<std::int64_t>(from);
    } else {
      return std::string_view(from);
    }
  }
};

/// What one line says.
struct LogLine {
  std::int64_t unix_ms = 0;
  LogLevel level = LogLevel::Info;
  std::string_view text;
  std::span<const LogField> fields;
  std::uint64_t held_back = 0;     ///< lines like it that were not written; 0 is not mentioned
  std::string_view trace_id = {};  ///< hexadecimal; empty: none
  std::string_view span_id = {};
};

/// Bounds, of what is written. What is beyond is cut, and ends with `…`; fields beyond the number are left out.
inline constexpr std::size_t kLogTextBytesMax = 4096;
inline constexpr std::size_t kLogFieldBytesMax = 512;
inline constexpr std::size_t kLogFieldsMax = 16;
/// So no line is longer than this, without its end. Container runtimes split lines at 16 KiB.
inline constexpr std::size_t kLogLineBytesMax = 16 * 1024;

/// A JSON object without a line's end: time (RFC 3339, UTC, milliseconds), level, message, the fields, held_back, trace_id,
/// span_id. Valid JSON in valid UTF-8 whatever the texts hold.
std::string json_line(const LogLine& line);

/// For people, without time and level: the text, then name=value; what is not one word is quoted. One line whatever the
/// texts hold, in valid UTF-8.
std::string human_line(const LogLine& line);

}  // namespace throng
