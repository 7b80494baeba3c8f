#include "content/schema_markdown.h"

#include <fmt/format.h>

#include "base/assert.h"
#include "content/json.h"

namespace throng::content {
namespace {

std::optional<JsonValue> schema_member(const JsonValue& schema, std::string_view key) {
  return schema.object().optional(key);
}

/// The text or number of a keyword as it stands, without quotation marks; empty when it is not there.
std::string keyword(const JsonValue& schema, std::string_view key) {
  const std::optional<JsonValue> value = schema_member(schema, key);
  if (!value) return {};
  return value->kind() == JsonKind::Text ? value->text({.bytes_max = 4096}) : value->compact_text();
}

/// Texts in a table must not end a cell.
std::string in_cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

std::string listed_choices(const JsonValue& names) {
  std::string list;
  const JsonArray array = names.array();
  for (std::size_t i = 0; i < array.size(); ++i) {
    list += fmt::format("{}`{}`", list.empty() ? "" : ", ", array[i].text());
  }
  return list;
}

std::string text_value(const JsonValue& schema) {
  if (schema_member(schema, "pattern")) return "name";
  return fmt::format("text, at most {} bytes", keyword(schema, "maxLength"));
}

std::string array_value(const JsonValue& schema) {
  const JsonValue items = *schema_member(schema, "items");
  const bool texts = keyword(items, "type") == "string";
  return fmt::format("list of {} to {} {}", keyword(schema, "minItems"), keyword(schema, "maxItems"),
                     texts ? "texts" : "objects, below");
}

/// What a member may hold, in words.
std::string value_of(const JsonValue& schema) {
  if (const auto fixed = schema_member(schema, "const")) return "`" + fixed->text() + "`";
  if (const auto names = schema_member(schema, "enum")) return listed_choices(*names);
  const std::string type = keyword(schema, "type");
  if (type == "boolean") return "`true` or `false`";
  if (type == "string") return text_value(schema);
  if (type == "array") return array_value(schema);
  if (type == "object") return schema_member(schema, "propertyNames") ? "objects by id, below" : "object, below";
  return fmt::format("{}, {} to {}", type == "integer" ? "whole number" : "number", keyword(schema, "minimum"),
                     keyword(schema, "maximum"));
}

class PageWriter {
 public:
  explicit PageWriter(std::string& out) : out_(out) {}

  void object(const JsonValue& schema, const std::string& name) {
    const std::string help = keyword(schema, "description");
    out_ += fmt::format("### `{}`\n\n{}", name, help.empty() ? "" : help + ".\n\n");
    const std::optional<JsonValue> properties = schema_member(schema, "properties");
    if (schema_member(schema, "allOf")) return choices(schema, name);
    if (!properties) return;
    table(schema, *properties);
    JsonObject members = properties->object();
    for (const JsonObject::Member& member : members.members()) nested(member.value, name, member.key);
  }

 private:
  void table(const JsonValue& schema, const JsonValue& properties) {
    out_ += "| member | value | default | meaning |\n|---|---|---|---|\n";
    const std::string required = keyword(schema, "required");
    JsonObject members = properties.object();
    for (const JsonObject::Member& member : members.members()) {
      if (member.key == "$schema") continue;
      const bool must = required.find(json_quoted(member.key)) != std::string::npos;
      const std::string otherwise = keyword(member.value, "default");
      out_ += fmt::format("| `{}` | {} | {} | {} |\n", member.key, in_cell(value_of(member.value)),
                          must                ? "required"
                          : otherwise.empty() ? ""
                                              : "`" + in_cell(otherwise) + "`",
                          in_cell(keyword(member.value, "description")));
    }
    out_ += '\n';
  }

  void nested(const JsonValue& schema, const std::string& name, const std::string& key) {
    const std::string type = keyword(schema, "type");
    if (type == "array") {
      const JsonValue items = *schema_member(schema, "items");
      if (keyword(items, "type") == "object") object(items, fmt::format("{}.{}[]", name, key));
    } else if (type == "object" && schema_member(schema, "propertyNames")) {
      object(*schema_member(schema, "additionalProperties"), key + ".<id>");
    } else if (type == "object") {
      object(schema, fmt::format("{}.{}", name, key));
    }
  }

  /// One of several kinds of objects, each with its branch.
  void choices(const JsonValue& schema, const std::string& name) {
    out_ += "Its `type` says which other members it has.\n\n";
    const JsonArray branches = schema_member(schema, "allOf")->array();
    for (std::size_t i = 0; i < branches.size(); ++i) {
      const JsonValue then = *schema_member(branches[i], "then");
      const JsonValue properties = *schema_member(then, "properties");
      out_ += fmt::format("#### `{}` of type {}\n\n{}.\n\n", name, value_of(*schema_member(properties, "type")),
                          keyword(then, "description"));
      table(then, properties);
      JsonObject members = properties.object();
      // Lists within are the same in every branch.
      for (const JsonObject::Member& member : members.members()) {
        if (i + 1 == branches.size()) nested(member.value, name, member.key);
      }
    }
  }

  std::string& out_;
};

}  // namespace

std::string schema_markdown(std::string_view schema, std::string_view name) {
  const Result<JsonDocument> document = parse_json(schema, "schema");
  THRONG_ASSERT(document.has_value(), "a schema that is no JSON");
  std::string out;
  PageWriter(out).object(document->root(), std::string(name));
  return out;
}

}  // namespace throng::content
