#pragma once
// One table per kind of content: the fields of a struct with their JSON names, ranges and help. The reader, the
// defaults, the JSON Schema, the reference page and the hash all come from it. A default is what the struct's own
// initialiser says.
//
//   const Description<SlowClientDef>& slow_client_description() {
//     static const Description<SlowClientDef> description{
//         .help = "What happens to a client that does not read",
//         .fields = {field("close_after_ms", &SlowClientDef::close_after_ms, {.min = 100, .help = "…"})}};
//     return description;
//   }

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "base/units.h"
#include "content/json.h"
#include "content/json_writer.h"

namespace throng::content {

/// One member of a T.
template <typename T>
struct Field {
  std::string name;
  bool required = false;
  std::function<void(const JsonValue&, T&)> read;            ///< called when the member is there
  std::function<void(JsonWriter&, const T&)> write_schema;  ///< members of the property's schema; T holds the defaults
  std::function<void(Digest&, const T&)> digest;  ///< adds the value; none: it means nothing to a world
};

template <typename T>
struct Description {
  std::string_view help;
  std::vector<Field<T>> fields;
  /// What must hold between fields; reports on the object. May also fill in what depends on other fields.
  std::function<void(JsonObject&, T&)> check;
  /// Where the object stands is kept here as `file:line:column: $.path`, whether or not it was well.
  std::string T::* place = nullptr;
};

// What a field says about itself. `required` fields have no default.
struct IntegerField {
  std::int64_t min = 0;
  std::int64_t max = INT32_MAX;
  bool required = false;
  std::string_view help{};
};
struct UnitsField {  ///< whole units or up to three decimals in the file, milliunits in the struct
  double min = 0;
  double max = 1000;
  bool required = false;
  std::string_view help{};
};
struct BooleanField {
  std::string_view help{};
};
struct TextField {
  std::size_t bytes_min = 0;
  std::size_t bytes_max = 256;
  TextForm form = TextForm::Any;
  bool required = false;
  std::string_view help{};
};
struct TextListField {
  std::size_t size_min = 0;
  std::size_t size_max = 100;
  TextRange each{};
  std::string_view help{};
};
template <typename E>
struct ChoiceField {
  std::vector<std::pair<std::string_view, E>> names;
  bool required = false;
  std::string_view help{};
};
struct EntriesField {
  std::size_t size_min = 0;
  std::size_t size_max = 100;
  bool required = false;
  std::string_view help{};
};

// The parts that do not depend on T, in description.cpp.
void write_integer_schema(JsonWriter& out, const IntegerField& about, std::int64_t otherwise);
void write_units_schema(JsonWriter& out, const UnitsField& about, std::int32_t otherwise);
void write_boolean_schema(JsonWriter& out, const BooleanField& about, bool otherwise);
void write_text_schema(JsonWriter& out, const TextField& about, const std::string& otherwise);
void write_text_list_schema(JsonWriter& out, const TextListField& about, const std::vector<std::string>& otherwise);
void write_choice_schema(JsonWriter& out, const std::vector<std::string>& names, std::string_view help,
                         const std::string* otherwise);
void write_entries_head(JsonWriter& out, const EntriesField& about);
void write_array_head(JsonWriter& out, const EntriesField& about);
void write_help(JsonWriter& out, std::string_view help);
std::vector<std::string> read_text_list(const JsonValue& value, const TextListField& about);
/// Opens a schema document: `$schema`, title, and leaves the object open.
void begin_schema(JsonWriter& out, std::string_view title);
void digest_integer(Digest& digest, std::int64_t value);
void digest_text(Digest& digest, std::string_view text);

/// Reads one object by its description: every field, then unknown keys, then, if all was well, the check.
template <typename T>
T read_described(JsonObject& object, const Description<T>& description, T value = {}) {
  const std::size_t problems_before = object.value().problem_count();
  if (description.place != nullptr) value.*description.place = object.value().where();
  for (const Field<T>& field : description.fields) {
    const std::optional<JsonValue> member = field.required ? object.required(field.name) : object.optional(field.name);
    if (member) field.read(*member, value);
  }
  object.finish();
  const bool clean = object.value().problem_count() == problems_before;
  if (description.check && clean) description.check(object, value);
  return value;
}

/// Writes `type`, `properties`, `required` and so on into the open object.
template <typename T>
void write_described(JsonWriter& out, const Description<T>& description, const T& defaults = {}) {
  out.key("type");
  out.text("object");
  out.key("additionalProperties");
  out.boolean(false);
  std::vector<std::string> required;
  for (const Field<T>& field : description.fields) {
    if (field.required) required.push_back(field.name);
  }
  if (!required.empty()) {
    out.key("required");
    out.texts(required);
  }
  out.key("properties");
  out.begin_object();
  for (const Field<T>& field : description.fields) {
    out.key(field.name);
    out.begin_object();
    field.write_schema(out, defaults);
    out.end_object();
  }
  out.end_object();
}

/// Adds every field of the value.
template <typename T>
void digest_described(Digest& digest, const T& value, const Description<T>& description) {
  for (const Field<T>& field : description.fields) {
    if (field.digest) field.digest(digest, value);
  }
}

template <typename S>
void digest_list(Digest& digest, const std::vector<S>& list, const Description<S>& description) {
  digest.add(list.size());
  for (const S& one : list) digest_described(digest, one, description);
}

/// A whole file: parse, read, and either the value or every problem.
template <typename T>
Result<T> parse_described(std::string_view text, std::string_view file, const Description<T>& description) {
  THRONG_TRY(const JsonDocument document, parse_json(text, file));
  JsonObject root = document.root_object();
  T value = read_described(root, description);
  THRONG_CHECK(document.verdict());
  return value;
}

/// The draft-07 schema of a whole file.
template <typename T>
std::string schema_of(const Description<T>& description) {
  JsonWriter out;
  begin_schema(out, description.help);
  write_described(out, description);
  out.end_object();
  return out.take();
}

// ---- Fields by the type of the member -----------------------------------------------------------------------

/// For int and std::int64_t.
template <typename T, std::signed_integral I>
Field<T> field(std::string name, I T::* member, IntegerField about) {
  return {std::move(name), about.required,
          [=](const JsonValue& json, T& value) {
            value.*member = static_cast<I>(json.integer({.min = about.min, .max = about.max}));
          },
          [=](JsonWriter& out, const T& defaults) { write_integer_schema(out, about, defaults.*member); },
          [=](Digest& digest, const T& value) { digest_integer(digest, value.*member); }};
}

template <typename T>
Field<T> field(std::string name, BasisPoints T::* member, IntegerField about) {
  return {std::move(name), about.required,
          [=](const JsonValue& json, T& value) {
            (value.*member).value = static_cast<std::int32_t>(json.integer({.min = about.min, .max = about.max}));
          },
          [=](JsonWriter& out, const T& defaults) { write_integer_schema(out, about, (defaults.*member).value); },
          [=](Digest& digest, const T& value) { digest_integer(digest, (value.*member).value); }};
}

template <typename T>
Field<T> field(std::string name, Milliunits T::* member, UnitsField about) {
  return {std::move(name), about.required,
          [=](const JsonValue& json, T& value) {
            (value.*member).value = json.thousandths({.min = about.min, .max = about.max});
          },
          [=](JsonWriter& out, const T& defaults) { write_units_schema(out, about, (defaults.*member).value); },
          [=](Digest& digest, const T& value) { digest_integer(digest, (value.*member).value); }};
}

template <typename T>
Field<T> field(std::string name, bool T::* member, BooleanField about) {
  return {std::move(name), false, [=](const JsonValue& json, T& value) { value.*member = json.boolean(); },
          [=](JsonWriter& out, const T& defaults) { write_boolean_schema(out, about, defaults.*member); },
          [=](Digest& digest, const T& value) { digest_integer(digest, value.*member); }};
}

template <typename T>
Field<T> field(std::string name, std::string T::* member, TextField about) {
  return {std::move(name), about.required,
          [=](const JsonValue& json, T& value) {
            value.*member = json.text({about.bytes_min, about.bytes_max, about.form});
          },
          [=](JsonWriter& out, const T& defaults) { write_text_schema(out, about, defaults.*member); },
          [=](Digest& digest, const T& value) { digest_text(digest, value.*member); }};
}

template <typename T>
Field<T> field(std::string name, std::vector<std::string> T::* member, TextListField about) {
  return {std::move(name), false, [=](const JsonValue& json, T& value) { value.*member = read_text_list(json, about); },
          [=](JsonWriter& out, const T& defaults) { write_text_list_schema(out, about, defaults.*member); },
          [=](Digest& digest, const T& value) {
            digest.add((value.*member).size());
            for (const std::string& text : value.*member) digest_text(digest, text);
          }};
}

template <typename T, typename E>
Field<T> choice_field(std::string name, E T::* member, ChoiceField<E> about) {
  std::vector<std::string> names;
  for (const auto& [text, meaning] : about.names) names.emplace_back(text);
  const auto read = [member, about](const JsonValue& json, T& value) {
    std::vector<std::string_view> texts;
    for (const auto& [text, meaning] : about.names) texts.push_back(text);
    value.*member = about.names[json.choice(texts)].second;
  };
  const auto write_schema = [member, about, names](JsonWriter& out, const T& defaults) {
    const std::string* otherwise = nullptr;
    for (std::size_t i = 0; i < names.size() && !about.required; ++i) {
      if (about.names[i].second == defaults.*member) otherwise = &names[i];
    }
    write_choice_schema(out, names, about.help, otherwise);
  };
  const auto digest = [member](Digest& out, const T& value) {
    digest_integer(out, static_cast<std::int64_t>(value.*member));
  };
  return {std::move(name), about.required, read, write_schema, digest};
}

/// A nested object that is always there; a missing one, or what it leaves out, is as the initialiser of T has it.
template <typename T, typename S>
Field<T> object_field(std::string name, S T::* member, const Description<S>& description) {
  return {
      std::move(name), false,
      [member, &description](const JsonValue& json, T& value) {
        JsonObject object = json.object();
        value.*member = read_described(object, description, value.*member);
      },
      [member, &description](JsonWriter& out, const T& defaults) {
        write_help(out, description.help);
        write_described(out, description, defaults.*member);
      },
      [member, &description](Digest& digest, const T& value) { digest_described(digest, value.*member, description); }};
}

/// A nested object that may be absent.
template <typename T, typename S>
Field<T> object_field(std::string name, std::optional<S> T::* member, const Description<S>& description) {
  return {std::move(name), false,
          [member, &description](const JsonValue& json, T& value) {
            JsonObject object = json.object();
            value.*member = read_described(object, description);
          },
          [&description](JsonWriter& out, const T&) {
            write_help(out, description.help);
            write_described(out, description);
          },
          [member, &description](Digest& digest, const T& value) {
            digest_integer(digest, (value.*member).has_value());
            if (value.*member) digest_described(digest, *(value.*member), description);
          }};
}

/// A list of described objects.
template <typename T, typename S>
Field<T> array_field(std::string name, std::vector<S> T::* member, const Description<S>& description,
                     EntriesField about) {
  const auto read = [member, &description, about](const JsonValue& json, T& value) {
    (value.*member).clear();
    const JsonArray array = json.array(about.size_min, about.size_max);
    for (std::size_t i = 0; i < array.size(); ++i) {
      JsonObject object = array[i].object();
      (value.*member).push_back(read_described(object, description));
    }
  };
  const auto write_schema = [&description, about](JsonWriter& out, const T&) {
    write_array_head(out, about);
    out.key("items");
    out.begin_object();
    write_help(out, description.help);
    write_described(out, description);
    out.end_object();
  };
  const auto digest = [member, &description](Digest& out, const T& value) {
    digest_list(out, value.*member, description);
  };
  return {std::move(name), about.required, read, write_schema, digest};
}

/// An object whose keys are names: each member is one S, with the key in `key`. Order of the file.
template <typename T, typename S>
Field<T> entries_field(std::string name, std::vector<S> T::* member, std::string S::* key,
                       const Description<S>& description, EntriesField about) {
  const auto read = [member, key, &description, about](const JsonValue& json, T& value) {
    (value.*member).clear();
    JsonObject object = json.object();
    for (const JsonObject::Member& entry : object.members()) {
      if ((value.*member).size() >= about.size_max) {
        entry.value.report("found one entry too many, expected at most " + std::to_string(about.size_max));
        return;
      }
      if (!is_json_name(entry.key)) {
        entry.value.report("found the key " + json_quoted(entry.key) +
                           ", expected 1 to 64 letters, digits, '_' or '-'");
      }
      JsonObject member_object = entry.value.object();
      S one = read_described(member_object, description);
      one.*key = entry.key;
      (value.*member).push_back(std::move(one));
    }
    if (object.size() < about.size_min)
      json.report("found no entry, expected at least " + std::to_string(about.size_min));
  };
  const auto write_schema = [&description, about](JsonWriter& out, const T&) {
    write_entries_head(out, about);
    out.key("additionalProperties");
    out.begin_object();
    write_described(out, description);
    out.end_object();
  };
  const auto digest = [member, key, &description](Digest& out, const T& value) {
    for (const S& one : value.*member) digest_text(out, one.*key);
    digest_list(out, value.*member, description);
  };
  return {std::move(name), about.required, read, write_schema, digest};
}

/// A JSON object that the program only passes on; kept as compact text of at most `bytes_max` bytes.
template <typename T>
Field<T> json_field(std::string name, std::string T::* member, std::size_t bytes_max, std::string_view help) {
  return {std::move(name), false,
          [=](const JsonValue& json, T& value) {
            json.object();
            value.*member = json.compact_text();
            if ((value.*member).size() > bytes_max) {
              json.report("found too much, expected at most " + std::to_string(bytes_max) + " bytes as compact text");
            }
          },
          [=](JsonWriter& out, const T& defaults) {
            write_help(out, help);
            out.key("type");
            out.text("object");
            out.key("default");
            out.raw(defaults.*member);
          },
          [=](Digest& digest, const T& value) { digest_text(digest, value.*member); }};
}

/// `$schema`, which editors read and the program does not.
template <typename T>
Field<T> schema_reference_field() {
  return {"$schema",
          false,
          [](const JsonValue& json, T&) { (void)json.text({.bytes_max = 1024}); },
          [](JsonWriter& out, const T&) {
            write_text_schema(out, {.bytes_max = 1024, .required = true, .help = "The schema, for editors"}, {});
          },
          {}};
}

/// `version`: the format of the file. There is only 1 so far.
template <typename T>
Field<T> version_field() {
  return {"version",
          false,
          [](const JsonValue& json, T&) { (void)json.integer({.min = 1, .max = 1}); },
          [](JsonWriter& out, const T&) {
            write_integer_schema(out, {.min = 1, .max = 1, .help = "Format of this file"}, 1);
          },
          {}};
}

}  // namespace throng::content
