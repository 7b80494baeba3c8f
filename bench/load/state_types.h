#pragma once
// The types of a room's state, as the server describes them in its reflection.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace throng::bench {

enum class ValueKind : std::uint8_t {
  Boolean,
  Int8,
  Uint8,
  Int16,
  Uint16,
  Int32,
  Uint32,
  Int64,
  Uint64,
  Float32,
  Float64,
  Number,
  Text,
  Structure,   // a reference to an instance
  Map,
  Array,  // references to collections; sets and collections are read as maps without keys
  Set,
};

inline bool is_reference(ValueKind kind) { return kind >= ValueKind::Structure; }

struct FieldType {
  std::string name;
  ValueKind kind = ValueKind::Number;
  ValueKind child_kind = ValueKind::Structure;  // of a collection
  int child_type = -1;                          // index into StateTypes::types, for structures
};

struct StructureType {
  std::vector<FieldType> fields;
};

struct StateTypes {
  static constexpr std::size_t kTypesMax = 64;
  std::vector<StructureType> types;  // by type id
  int root = 0;
};

/// Reads a reflection (without its length). Nothing when it is not one, or when it uses what a bot cannot decode
/// (quantized fields).
std::optional<StateTypes> parse_reflection(ByteSpan reflection);

}  // namespace throng::bench
