#include "protocol/schema/description.h"

#include <array>

#include "base/assert.h"
#include "base/bytes.h"
#include "protocol/wire/codec.h"

namespace throng::protocol {
namespace {

constexpr std::array<std::string_view, 13> kWireNames = {"boolean", "int8",   "uint8",   "int16",   "uint16",
                                                         "int32",   "uint32", "float32", "float64", "number",
                                                         "string",  "ref",    "map"};

// Field indexes of the built-in types that a reflection is made of.
constexpr std::uint8_t kReflectionTypes = kAdd | 0;
constexpr std::uint8_t kTypeId = kAdd | 0;
constexpr std::uint8_t kTypeFields = kAdd | 2;
constexpr std::uint8_t kFieldName = kAdd | 0;
constexpr std::uint8_t kFieldType = kAdd | 1;
constexpr std::uint8_t kFieldReferenced = kAdd | 2;

/// Numbers the reflection's own structures as it goes: root 0, list of types 1, then types and their parts.
class ReflectionWriter {
 public:
  std::vector<std::uint8_t> write(const StateInfo& state) {
    out_.put(kReflectionTypes);
    const std::uint32_t list = introduce();
    switch_to(list);
    std::vector<std::uint32_t> type_refs;
    for (std::size_t i = 0; i < state.types.size(); ++i) type_refs.push_back(add_element(i));
    for (std::size_t i = 0; i < state.types.size(); ++i) write_type(state.types[i], i, type_refs[i]);
    return out_.take();
  }

 private:
  void write_type(const TypeInfo& type, std::size_t id, std::uint32_t ref) {
    switch_to(ref);
    out_.put(kTypeId);
    num(static_cast<std::int64_t>(id));
    out_.put(kTypeFields);
    const std::uint32_t fields = introduce();
    switch_to(fields);
    std::vector<std::uint32_t> field_refs;
    for (std::size_t i = 0; i < type.fields.size(); ++i) field_refs.push_back(add_element(i));
    for (std::size_t i = 0; i < type.fields.size(); ++i) write_field(type.fields[i], field_refs[i]);
  }

  void write_field(const FieldInfo& field, std::uint32_t ref) {
    switch_to(ref);
    out_.put(kFieldName);
    str(field.name);
    out_.put(kFieldType);
    str(wire_name(field.type));
    if (field.referenced_type < 0) return;
    out_.put(kFieldReferenced);
    num(field.referenced_type);
  }

  /// The value of an ADD that creates a structure: its new refId.
  std::uint32_t introduce() {
    num(next_ref_);
    return next_ref_++;
  }

  std::uint32_t add_element(std::size_t index) {
    out_.put(kAdd);
    num(static_cast<std::int64_t>(index));
    return introduce();
  }

  void switch_to(std::uint32_t ref) {
    out_.put(kSwitch);
    num(ref);
  }

  void num(std::int64_t value) {
    std::uint8_t bytes[kNumBytesMax];
    const std::uint8_t* end = write_num(bytes, value);
    out_.append(ByteSpan(bytes, end));
  }

  void str(std::string_view text) {
    std::uint8_t bytes[kStrHeaderBytesMax + 255];
    THRONG_ASSERT(text.size() <= 255, "the name of a field is too long");
    const std::uint8_t* end = write_str(bytes, text);
    out_.append(ByteSpan(bytes, end));
  }

  ByteWriter out_;
  std::uint32_t next_ref_ = 1;
};

void check(const StateInfo& state) {
  THRONG_ASSERT(!state.types.empty() && state.types.size() <= kTypesMax, "a state needs 1 to 64 types");
  const int types = static_cast<int>(state.types.size());
  for (const TypeInfo& type : state.types) {
    THRONG_ASSERT(!type.fields.empty() && type.fields.size() <= kFieldsMax, "a type needs 1 to 63 fields");
    for (const FieldInfo& field : type.fields) {
      const bool refers = field.type == WireType::Ref || field.type == WireType::Map;
      THRONG_ASSERT(refers == (field.referenced_type >= 0) && field.referenced_type < types,
                    "a field refers to no type");
    }
  }
}

}  // namespace

std::string_view wire_name(WireType type) { return kWireNames[static_cast<std::size_t>(type)]; }

std::vector<std::uint8_t> encode_reflection(const StateInfo& state) {
  check(state);
  return ReflectionWriter().write(state);
}

}  // namespace throng::protocol
