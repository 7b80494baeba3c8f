#include "protocol/messages/message_fields.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/utf8.h"

namespace throng::protocol {
namespace {

Refusal wrong_type(const PayloadFieldInfo& field, std::string_view expected) {
  return {kRefusalWrongType, fmt::format("{} must be {}", field.name, expected)};
}

Refusal out_of_range(const PayloadFieldInfo& field) {
  return {kRefusalOutOfRange, fmt::format("{} must be from {} to {}", field.name, field.min, field.max)};
}

bool has_control_characters(std::string_view text, bool lines) {
  while (const std::optional<char32_t> c = take_code_point(text)) {
    if (is_control(*c) && !(lines && *c == U'\n')) return true;
  }
  return false;
}

}  // namespace

namespace field_check {

std::optional<Refusal> number(const PayloadFieldInfo& field, const MsgpackValue& value, double& out) {
  const std::optional<double> number = value.as_number();
  if (!number) return wrong_type(field, "a number");
  if (!(*number >= field.min && *number <= field.max)) return out_of_range(field);  // NaN too
  out = *number;
  return std::nullopt;
}

std::optional<Refusal> integer(const PayloadFieldInfo& field, const MsgpackValue& value, std::uint32_t& out) {
  const std::optional<std::int64_t> integer = value.as_integer();
  if (!integer) return value.is_number() ? out_of_range(field) : wrong_type(field, "a whole number");
  if (*integer < static_cast<std::int64_t>(field.min) || *integer > static_cast<std::int64_t>(field.max)) {
    return out_of_range(field);
  }
  out = static_cast<std::uint32_t>(*integer);
  return std::nullopt;
}

std::optional<Refusal> text(const PayloadFieldInfo& field, const MsgpackValue& value, std::string& out) {
  const std::optional<std::string_view> text = value.as_string();
  if (!text) return wrong_type(field, "a text");
  const std::optional<std::size_t> length = count_code_points(*text);
  if (!length) return Refusal{kRefusalTextInvalid, fmt::format("{} is not valid UTF-8", field.name)};
  if (*length < static_cast<std::size_t>(field.min) || *length > static_cast<std::size_t>(field.max)) {
    return Refusal{kRefusalTextLength,
                   fmt::format("{} must have {} to {} characters", field.name, field.min, field.max)};
  }
  if (has_control_characters(*text, field.lines)) {
    return Refusal{kRefusalTextInvalid, fmt::format("{} must not contain control characters", field.name)};
  }
  out = *text;
  return std::nullopt;
}

std::optional<Refusal> entity_id(const PayloadFieldInfo& field, const MsgpackValue& value, std::uint32_t& out) {
  if (const std::optional<std::string_view> text = value.as_string()) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), out);
    if (error == std::errc() && end == text->data() + text->size()) return std::nullopt;
    return wrong_type(field, "the id of an entity");
  }
  const std::optional<std::int64_t> number = value.as_integer();
  if (!number || *number < 0 || *number > 0xffff'ffff) return wrong_type(field, "the id of an entity");
  out = static_cast<std::uint32_t>(*number);
  return std::nullopt;
}

std::optional<Refusal> choice(const PayloadFieldInfo& field, const MsgpackValue& value, std::size_t& out) {
  const std::optional<std::string_view> word = value.as_string();
  if (!word) return wrong_type(field, "a text");
  const auto found = std::find(field.choices.begin(), field.choices.end(), *word);
  if (found == field.choices.end()) {
    return Refusal{kRefusalOutOfRange,
                   fmt::format("{} must be one of: {}", field.name, fmt::join(field.choices, ", "))};
  }
  out = static_cast<std::size_t>(found - field.choices.begin());
  return std::nullopt;
}

std::optional<Refusal> map(const PayloadFieldInfo& field, const MsgpackValue& value) {
  if (!value.is_map()) return wrong_type(field, "an object");
  return std::nullopt;
}

Refusal missing(const PayloadFieldInfo& field) { return {kRefusalMissing, fmt::format("{} is missing", field.name)}; }

}  // namespace field_check
}  // namespace throng::protocol
