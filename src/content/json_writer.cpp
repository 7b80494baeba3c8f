#include "content/json_writer.h"

#include <utility>

#include <fmt/format.h>

#include "base/assert.h"
#include "content/json.h"

namespace throng::content {

void JsonWriter::new_line() {
  out_ += '\n';
  out_.append(open_.size() * 2, ' ');
}

void JsonWriter::before_value() {
  if (!open_.empty() && open_.back().array) {
    if (open_.back().has_members) out_ += ',';
    open_.back().has_members = true;
    return new_line();
  }
  THRONG_ASSERT(open_.empty() ? out_.empty() : after_key_, "a JSON value without a key");
  after_key_ = false;
}

void JsonWriter::begin(char bracket) {
  before_value();
  out_ += bracket;
  open_.push_back({.array = bracket == '['});
}

void JsonWriter::end(char bracket) {
  THRONG_ASSERT(!open_.empty() && open_.back().array == (bracket == ']') && !after_key_,
                "an object or array ends where none is open");
  const bool had_members = open_.back().has_members;
  open_.pop_back();
  if (had_members) new_line();
  out_ += bracket;
}

void JsonWriter::begin_object() { begin('{'); }
void JsonWriter::end_object() { end('}'); }
void JsonWriter::begin_array() { begin('['); }
void JsonWriter::end_array() { end(']'); }

void JsonWriter::key(std::string_view name) {
  THRONG_ASSERT(!open_.empty() && !open_.back().array && !after_key_, "a key outside an object");
  if (open_.back().has_members) out_ += ',';
  open_.back().has_members = true;
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
  THRONG_ASSERT(open_.empty(), "JSON text taken with an object open");
  return std::exchange(out_, {}) + "\n";
}

}  // namespace throng::content
