#include "load/state_types.h"

#include <array>
#include <utility>

#include "load/state_decoder.h"

namespace throng::bench {
namespace {

constexpr std::array<std::pair<std::string_view, ValueKind>, 21> kKindNames{{
    {"boolean", ValueKind::Boolean}, {"int8", ValueKind::Int8},       {"uint8", ValueKind::Uint8},
    {"int16", ValueKind::Int16},     {"uint16", ValueKind::Uint16},   {"int32", ValueKind::Int32},
    {"uint32", ValueKind::Uint32},   {"int64", ValueKind::Int64},     {"uint64", ValueKind::Uint64},
    {"float32", ValueKind::Float32}, {"float64", ValueKind::Float64}, {"number", ValueKind::Number},
    {"string", ValueKind::Text},     {"ref", ValueKind::Structure},   {"map", ValueKind::Map},
    {"array", ValueKind::Array},     {"set", ValueKind::Set},         {"collection", ValueKind::Set},
    {"stream", ValueKind::Set},      {"bigint64", ValueKind::Int64},  {"biguint64", ValueKind::Uint64},
}};

std::optional<ValueKind> kind_named(std::string_view name) {
  for (const auto& [known, kind] : kKindNames) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

// Type ids and field indices of the reflection's own structures.
constexpr int kReflection = 0;
constexpr int kReflectionType = 1;
constexpr int kReflectionField = 2;

FieldType field(std::string_view name, ValueKind kind, int child_type = -1) {
  return {.name = std::string(name), .kind = kind, .child_kind = ValueKind::Structure, .child_type = child_type};
}

StateTypes reflection_types() {
  StateTypes own;
  own.types.resize(3);
  own.types[kReflection].fields = {field("types", ValueKind::Array, kReflectionType),
                                   field("rootType", ValueKind::Number)};
  own.types[kReflectionType].fields = {field("id", ValueKind::Number), field("extendsId", ValueKind::Number),
                                       field("fields", ValueKind::Array, kReflectionField)};
  own.types[kReflectionField].fields = {field("name", ValueKind::Text), field("type", ValueKind::Text),
                                        field("referencedType", ValueKind::Number),
                                        field("childPrimitive", ValueKind::Text)};
  return own;
}

std::optional<std::size_t> type_index(const StateValue& value, std::size_t count) {
  if (!(value.number >= 0 && value.number < static_cast<double>(count))) return std::nullopt;
  return static_cast<std::size_t>(value.number);
}

// "map" with a child type, "array" with childPrimitive (schema 5), or "array:string" (schema 3 and 4).
std::optional<FieldType> parse_field(const Structure& described) {
  FieldType type;
  type.name = described.fields[0].text;
  std::string_view name = described.fields[1].text;
  std::string_view child = described.fields[3].text;
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
    child = name.substr(colon + 1);
    name = name.substr(0, colon);
  }
  const std::optional<ValueKind> kind = kind_named(name);
  if (!kind) return std::nullopt;
  type.kind = *kind;
  if (!is_reference(type.kind)) return type;
  if (child.empty()) {
    type.child_type =
        static_cast<int>(type_index(described.fields[2], StateTypes::kTypesMax).value_or(StateTypes::kTypesMax));
    return type;
  }
  const std::optional<ValueKind> child_kind = kind_named(child);
  if (!child_kind || is_reference(*child_kind)) return std::nullopt;
  type.child_kind = *child_kind;
  return type;
}

bool append_fields(const StateDecoder& decoder, const Structure& described, StructureType& into) {
  const Structure* list = decoder.find(described.fields[2].reference);
  if (described.fields[2].reference == 0 || list == nullptr) return true;  // a type without fields of its own
  for (const auto& [index, entry] : list->entries) {
    const Structure* one = decoder.find(entry.value.reference);
    std::optional<FieldType> type = one == nullptr ? std::nullopt : parse_field(*one);
    if (!type) return false;
    into.fields.push_back(std::move(*type));
  }
  return into.fields.size() <= 63;
}

bool references_exist(const StateTypes& types) {
  const int count = static_cast<int>(types.types.size());  // at most kTypesMax
  for (const StructureType& type : types.types) {
    for (const FieldType& one : type.fields) {
      const bool needs_type = is_reference(one.kind) && one.child_kind == ValueKind::Structure;
      if (needs_type && (one.child_type < 0 || one.child_type >= count)) return false;
    }
  }
  return true;
}

// A child type's fields continue its parent's; parents come first.
bool parse_type(const StateDecoder& decoder, const Structure& described, StateTypes& into) {
  const std::optional<std::size_t> id = type_index(described.fields[0], into.types.size());
  if (!id) return false;
  if (described.fields[1].present) {
    const std::optional<std::size_t> parent = type_index(described.fields[1], into.types.size());
    if (!parent) return false;
    into.types[*id].fields = into.types[*parent].fields;
  }
  return append_fields(decoder, described, into.types[*id]);
}

}  // namespace

std::optional<StateTypes> parse_reflection(ByteSpan reflection) {
  StateDecoder decoder(reflection_types());
  if (decoder.apply(reflection) != DecodeVerdict::Ok) return std::nullopt;
  const StateValue& list_value = decoder.root().fields[0];
  const Structure* list = list_value.present ? decoder.find(list_value.reference) : nullptr;
  if (list == nullptr || list->entries.size() > StateTypes::kTypesMax) return std::nullopt;
  StateTypes types;
  types.types.resize(list->entries.size());
  for (const auto& [index, entry] : list->entries) {
    const Structure* described = decoder.find(entry.value.reference);
    if (described == nullptr || !parse_type(decoder, *described, types)) return std::nullopt;
  }
  const std::optional<std::size_t> root = type_index(decoder.root().fields[1], types.types.size());
  if (!root) return std::nullopt;
  types.root = static_cast<int>(*root);
  if (!references_exist(types)) return std::nullopt;
  return types;
}

}  // namespace throng::bench
