#include "base/log_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "base/iso_time.h"
#include "base/utf8.h"

namespace throng {
namespace {

constexpr std::array<std::string_view, 5> kLevelNames{"debug", "info", "warning", "error", "off"};
constexpr std::string_view kCutMark = "…";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::size_t kFieldNameBytesMax = 64;

/// One character as it may stand between the quotes of a JSON text.
void append_escaped_character(std::string& out, std::string_view character) {
  const char c = character.front();
  if (character.size() == 1 && (c == '"' || c == '\\')) {
    out += '\\';
    out += c;
  } else if (c == '\n') {
    out += "\\n";
  } else if (c == '\t') {
    out += "\\t";
  } else if (character.size() == 1 && (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)) {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
  } else {
    out += character;
  }
}

/// @param bytes_max  of what is appended, the mark of a cut included
void append_escaped(std::string& out, std::string_view text, std::size_t bytes_max) {
  constexpr std::size_t kEscapeBytesMax = 6;
  const std::size_t end = out.size() + bytes_max;
  while (!text.empty()) {
    if (out.size() + kEscapeBytesMax + kCutMark.size() > end) {
      out += kCutMark;
      return;
    }
    const std::size_t length = code_point_length(text);
    append_escaped_character(out, length == 0 ? kReplacement : text.substr(0, length));
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
}

void append_json_text(std::string& out, std::string_view text, std::size_t bytes_max) {
  out += '"';
  append_escaped(out, text, bytes_max);
  out += '"';
}

void append_number(std::string& out, double value) {
  std::array<char, 32> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), end);
}

void append_json_value(std::string& out, const LogField::Value& value) {
  if (const auto* const text = std::get_if<std::string_view>(&value))
    return append_json_text(out, *text, kLogFieldBytesMax);
  if (const auto* const truth = std::get_if<bool>(&value)) {
    out += *truth ? "true" : "false";
  } else if (const auto* const number = std::get_if<double>(&value)) {
    if (!std::isfinite(*number)) {
      out += "null";  // JSON has no other word for it
      return;
    }
    append_number(out, *number);
  } else if (const auto* const negative = std::get_if<std::int64_t>(&value)) {
    out += std::to_string(*negative);
  } else {
    out += std::to_string(std::get<std::uint64_t>(value));
  }
}

bool is_plain_word(std::string_view text) {
  return !text.empty() && text.size() <= kLogFieldBytesMax && std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < 0x7F && c != '"' && c != '=' && c != '\\';
  });
}

void append_human_value(std::string& out, const LogField::Value& value) {
  const auto* const text = std::get_if<std::string_view>(&value);
  if (text == nullptr || !is_plain_word(*text)) return append_json_value(out, value);
  out += *text;
}

std::span<const LogField> shown_fields(const LogLine& line) {
  return line.fields.subspan(0, std::min(line.fields.size(), kLogFieldsMax));
}

void append_json_member(std::string& out, std::string_view name, const LogField::Value& value) {
  out += ',';
  append_json_text(out, name, kFieldNameBytesMax);
  out += ':';
  append_json_value(out, value);
}

void append_human_member(std::string& out, std::string_view name, const LogField::Value& value) {
  out += ' ';
  append_escaped(out, name, kFieldNameBytesMax);
  out += '=';
  append_human_value(out, value);
}

/// Calls `append` for every field, ours included.
template <typename Append>
void for_each_member(const LogLine& line, std::string& out, Append append) {
  for (const LogField& field : shown_fields(line)) append(out, field.name, field.value);
  if (line.held_back > 0) append(out, "held_back", line.held_back);
  if (!line.trace_id.empty()) append(out, "trace_id", line.trace_id);
  if (!line.span_id.empty()) append(out, "span_id", line.span_id);
}

}  // namespace

std::string_view log_level_name(LogLevel level) { return kLevelNames[static_cast<std::size_t>(level)]; }

std::optional<LogLevel> log_level_named(std::string_view name) {
  if (name == "warn") return LogLevel::Warning;
  const auto* const found = std::find(kLevelNames.begin(), kLevelNames.end(), name);
  if (found == kLevelNames.end()) return std::nullopt;
  return static_cast<LogLevel>(found - kLevelNames.begin());
}

std::string json_line(const LogLine& line) {
  std::string out;
  out.reserve(256);
  fmt::format_to(std::back_inserter(out), R"({{"time":"{}","level":"{}","message":)", iso_time(line.unix_ms),
                 log_level_name(line.level));
  append_json_text(out, line.text, kLogTextBytesMax);
  for_each_member(line, out, append_json_member);
  out += '}';
  return out;
}

std::string human_line(const LogLine& line) {
  std::string out;
  out.reserve(256);
  append_escaped(out, line.text, kLogTextBytesMax);
  for_each_member(line, out, append_human_member);
  return out;
}

}  // namespace throng
