#include "content/description.h"

namespace throng::content {
namespace {

constexpr std::string_view kNamePattern = "^[A-Za-z0-9_-]{1,64}$";

void write_type(JsonWriter& out, std::string_view help, std::string_view type) {
  write_help(out, help);
  out.key("type");
  out.text(type);
}

void write_size(JsonWriter& out, std::string_view key, std::size_t size) {
  out.key(key);
  out.integer(static_cast<std::int64_t>(size));
}

/// Lengths in a schema count characters, ours count bytes: a text that satisfies ours satisfies the schema's.
void write_text_form(JsonWriter& out, std::size_t bytes_min, std::size_t bytes_max, TextForm form) {
  if (form == TextForm::Name) {
    out.key("pattern");
    out.text(kNamePattern);
    return;
  }
  if (bytes_min > 0) write_size(out, "minLength", 1);
  write_size(out, "maxLength", bytes_max);
}

}  // namespace

void write_help(JsonWriter& out, std::string_view help) {
  if (help.empty()) return;
  out.key("description");
  out.text(help);
}

void begin_schema(JsonWriter& out, std::string_view title) {
  out.begin_object();
  out.key("$schema");
  out.text("http://json-schema.org/draft-07/schema#");
  out.key("title");
  out.text(title);
}

void write_integer_schema(JsonWriter& out, const IntegerField& about, std::int64_t otherwise) {
  write_type(out, about.help, "integer");
  out.key("minimum");
  out.integer(about.min);
  out.key("maximum");
  out.integer(about.max);
  if (about.required) return;
  out.key("default");
  out.integer(otherwise);
}

void write_units_schema(JsonWriter& out, const UnitsField& about, std::int32_t otherwise) {
  write_type(out, about.help, "number");
  out.key("minimum");
  out.number(about.min);
  out.key("maximum");
  out.number(about.max);
  if (about.required) return;
  out.key("default");
  out.number(static_cast<double>(otherwise) / kMilliunitsPerUnit);
}

void write_boolean_schema(JsonWriter& out, const BooleanField& about, bool otherwise) {
  write_type(out, about.help, "boolean");
  out.key("default");
  out.boolean(otherwise);
}

void write_text_schema(JsonWriter& out, const TextField& about, const std::string& otherwise) {
  write_type(out, about.help, "string");
  write_text_form(out, about.bytes_min, about.bytes_max, about.form);
  if (about.required) return;
  out.key("default");
  out.text(otherwise);
}

void write_text_list_schema(JsonWriter& out, const TextListField& about, const std::vector<std::string>& otherwise) {
  write_type(out, about.help, "array");
  write_size(out, "minItems", about.size_min);
  write_size(out, "maxItems", about.size_max);
  out.key("items");
  out.begin_object();
  out.key("type");
  out.text("string");
  write_text_form(out, about.each.bytes_min, about.each.bytes_max, about.each.form);
  out.end_object();
  out.key("default");
  out.texts(otherwise);
}

void write_choice_schema(JsonWriter& out, const std::vector<std::string>& names, std::string_view help,
                         const std::string* otherwise) {
  write_help(out, help);
  out.key("enum");
  out.texts(names);
  if (otherwise == nullptr) return;
  out.key("default");
  out.text(*otherwise);
}

void write_entries_head(JsonWriter& out, const EntriesField& about) {
  write_type(out, about.help, "object");
  write_size(out, "minProperties", about.size_min);
  write_size(out, "maxProperties", about.size_max);
  out.key("propertyNames");
  out.begin_object();
  out.key("pattern");
  out.text(kNamePattern);
  out.end_object();
}

void write_array_head(JsonWriter& out, const EntriesField& about) {
  write_type(out, about.help, "array");
  write_size(out, "minItems", about.size_min);
  write_size(out, "maxItems", about.size_max);
}

void digest_integer(Digest& digest, std::int64_t value) { digest.add(static_cast<std::uint64_t>(value)); }

void digest_text(Digest& digest, std::string_view text) { digest.add_bytes(as_bytes(text)); }

std::vector<std::string> read_text_list(const JsonValue& value, const TextListField& about) {
  std::vector<std::string> texts;
  const JsonArray array = value.array(about.size_min, about.size_max);
  for (std::size_t i = 0; i < array.size(); ++i) texts.push_back(array[i].text(about.each));
  return texts;
}

}  // namespace throng::content
