#pragma once
// A minimal decoder of the state stream, driven by the reflection, that is strict about what SDKs only warn of:
// every reference must be known, every operation complete.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "load/state_types.h"

namespace throng::bench {

enum class DecodeVerdict { Ok, UnknownReference, Malformed };

struct StateValue {
  double number = 0;    // also booleans
  std::string text;
  std::uint32_t reference = 0;  // 0 when there is none: nothing refers to the root
  bool present = false;
};

struct MapEntry {
  std::string key;
  StateValue value;
};

/// An instance, or a collection.
struct Structure {
  ValueKind kind = ValueKind::Structure;
  int type = -1;                                 // of the instance, or of a collection's children
  ValueKind child_kind = ValueKind::Structure;   // of a collection
  std::vector<StateValue> fields;                // of an instance
  std::map<std::uint32_t, MapEntry> entries;     // of a collection, by index
  std::uint32_t holders = 0;                     // slots that refer to it
};

/// The client's copy of a room's state. Bounded by what the server sends in frames of bounded size; a server that
/// never deletes can make it grow, which is one of the faults a watched bot shows.
class StateDecoder {
 public:
  explicit StateDecoder(StateTypes types);

  /// Applies the body of ROOM_STATE or ROOM_STATE_PATCH. After anything but Ok the copy is not to be relied on.
  DecodeVerdict apply(ByteSpan stream);

  /// The structure with this refId, or null.
  const Structure* find(std::uint32_t reference) const;
  const Structure& root() const { return structures_.at(0); }
  const StateTypes& types() const { return types_; }
  std::size_t structure_count() const { return structures_.size(); }

 private:
  DecodeVerdict operate(ByteReader& reader, Structure& on);
  DecodeVerdict operate_instance(ByteReader& reader, Structure& on);
  DecodeVerdict operate_collection(ByteReader& reader, Structure& on);
  DecodeVerdict put_entry(ByteReader& reader, Structure& on, std::uint8_t operation, std::uint32_t index);
  DecodeVerdict read_value(ByteReader& reader, const FieldType& type, std::uint8_t operation, StateValue& into);
  DecodeVerdict read_reference(ByteReader& reader, const FieldType& type, std::uint8_t operation, StateValue& into);
  DecodeVerdict delete_by_reference(ByteReader& reader, Structure& on);
  void create(std::uint32_t reference, const FieldType& type, int concrete_type);
  void release(const StateValue& value, ValueKind kind);
  void clear(Structure& collection);
  void collect_unheld();
  void compact_arrays();

  StateTypes types_;
  std::unordered_map<std::uint32_t, Structure> structures_;
  std::vector<std::uint32_t> released_;  // may have lost their last holder in this frame
  bool array_has_gap_ = false;           // something was deleted from an array in this frame
};

}  // namespace throng::bench
