#pragma once
// What a room's state looks like, as data: the handshake's reflection, the reference page and the generated
// client types all come from here.

#include <cstdint>
#include <string_view>
#include <vector>

namespace throng::protocol {

enum class WireType : std::uint8_t {
  Boolean,
  Int8,
  UInt8,
  Int16,
  UInt16,
  Int32,
  UInt32,
  Float32,
  Float64,
  Number,
  String,
  Ref,
  Map
};

/// The name on the wire: "boolean", "int8" … "ref", "map".
std::string_view wire_name(WireType type);

struct FieldInfo {
  std::string_view name = {};
  WireType type = WireType::Number;
  int referenced_type = -1;  ///< index into StateInfo::types for Ref and Map, else -1
  std::string_view help = {};
};

struct TypeInfo {
  std::string_view name = {};  ///< not on the wire; names the generated classes
  std::vector<FieldInfo> fields = {};
  std::string_view help = {};
};

struct StateInfo {
  std::string_view name = {};
  std::vector<TypeInfo> types = {};  ///< 0 is the root
};

/// Limits of the wire: six-bit field indexes without 63 (its operations look like a switch), and the native SDK's.
inline constexpr std::size_t kFieldsMax = 63;
inline constexpr std::size_t kTypesMax = 64;

/// The reflection's operations, without the `ff 00` that the compatible JOIN_ROOM puts in front. A description
/// that breaks the limits or refers to a type that is not there is a bug and asserts. Pure; at start-up.
std::vector<std::uint8_t> encode_reflection(const StateInfo& state);

}  // namespace throng::protocol
