#include "content/json_writer.h"

#include <utility>

#include <fmt/format.h>

#include "base/assert.h"
#include "content/json.h"

namespace throng::content {

void JsonWriter::new_line() {
  out_ += '\n';
  out_.append(has_members_.size() * 2, ' ');
}

void JsonWriter::before_value() {
  THRONG_ASSERT(has_members_.empty() ? out_.empty() : after_key_, "a JSON value without a key");
  after_key_ = false;
}

void JsonWriter::begin_object() {
  before_value();
  out_ += '{';
  has_members_.push_back(false);
}

void JsonWriter::end_object() {
  THRONG_ASSERT(!has_members_.empty() && !after_key_, "an object ends where none is open");
  const bool had_members = has_members_.back();
  has_members_.pop_back();
  if (had_members) new_line();
  out_ += '}';
}

void JsonWriter::key(std::string_view name) {
  THRONG_ASSERT(!has_members_.empty() && !after_key_, "a key outside an object");
  if (has_members_.back()) out_ += ',';
  has_members_.back() = true;
  new_line();
  out_ += json_quoted(name) + ": ";
  after_key_ = true;
}

void JsonWriter::raw(std::string_view json) {
  before_value();
  out_ += json;
}

void JsonWriter::text(std::string_view value) { raw(json_quoted(value)); }
void JsonWriter::integer(std::int64_t value) { raw(fmt::format("{}", value)); }
void JsonWriter::number(double value) { raw(fmt::format("{}", value)); }
void JsonWriter::boolean(bool value) { raw(value ? "true" : "false"); }

void JsonWriter::texts(std::span<const std::string> values) {
  std::string array = "[";
  for (const std::string& value : values) array += (array.size() > 1 ? ", " : "") + json_quoted(value);
  raw(array + "]");
}

std::string JsonWriter::take() {
  THRONG_ASSERT(has_members_.empty(), "JSON text taken with an object open");
  return std::exchange(out_, {}) + "\n";
}

}  // namespace throng::content
