#include "load/state_decoder.h"

#include <algorithm>
#include <utility>

#include "load/wire.h"

namespace throng::bench {
namespace {

constexpr std::uint8_t kSwitch = 0xff;
constexpr std::uint8_t kTypeId = 0xd5;
constexpr std::uint8_t kClear = 0x0a;
constexpr std::uint8_t kReverse = 0x0f;
constexpr std::uint8_t kDeleteByReference = 0x21;
constexpr std::uint8_t kAddByReference = 0x81;
constexpr std::uint8_t kDelete = 0x40;
constexpr std::uint8_t kAdd = 0x80;

template <typename T>
bool read_plain(ByteReader& reader, StateValue& into) {
  const std::optional<T> value = reader.get<T>();
  if (value) into.number = static_cast<double>(*value);
  return value.has_value();
}

bool read_primitive(ByteReader& reader, ValueKind kind, StateValue& into) {
  switch (kind) {
    case ValueKind::Boolean:
    case ValueKind::Uint8: return read_plain<std::uint8_t>(reader, into);
    case ValueKind::Int8: return read_plain<std::int8_t>(reader, into);
    case ValueKind::Int16: return read_plain<std::int16_t>(reader, into);
    case ValueKind::Uint16: return read_plain<std::uint16_t>(reader, into);
    case ValueKind::Int32: return read_plain<std::int32_t>(reader, into);
    case ValueKind::Uint32: return read_plain<std::uint32_t>(reader, into);
    case ValueKind::Int64: return read_plain<std::int64_t>(reader, into);
    case ValueKind::Uint64: return read_plain<std::uint64_t>(reader, into);
    case ValueKind::Float32: return read_plain<float>(reader, into);
    case ValueKind::Float64: return read_plain<double>(reader, into);
    case ValueKind::Number: {
      const std::optional<double> value = read_number(reader);
      if (value) into.number = *value;
      return value.has_value();
    }
    default: {
      const std::optional<std::string_view> text = read_text(reader);
      if (text) into.text.assign(*text);
      return text.has_value();
    }
  }
}

std::optional<std::uint32_t> read_index(ByteReader& reader) {
  const std::optional<double> value = read_number(reader);
  if (!value || !(*value >= 0 && *value <= 0xffffffffu)) return std::nullopt;  // NaN is no index either
  return static_cast<std::uint32_t>(*value);
}

}  // namespace

StateDecoder::StateDecoder(StateTypes types) : types_(std::move(types)) {
  Structure root;
  root.type = types_.root;
  root.fields.resize(types_.types.at(static_cast<std::size_t>(types_.root)).fields.size());
  root.holders = 1;
  structures_.emplace(0, std::move(root));
}

const Structure* StateDecoder::find(std::uint32_t reference) const {
  const auto found = structures_.find(reference);
  return found == structures_.end() ? nullptr : &found->second;
}

DecodeVerdict StateDecoder::apply(ByteSpan stream) {
  ByteReader reader(stream);
  Structure* current = &structures_.at(0);  // pointers into an unordered_map outlive insertions
  while (reader.remaining() > 0) {
    if (*reader.peek() != kSwitch) {
      const DecodeVerdict verdict = operate(reader, *current);
      if (verdict != DecodeVerdict::Ok) return verdict;
      continue;
    }
    reader.take(1);
    const std::optional<std::uint32_t> reference = read_index(reader);
    if (!reference) return DecodeVerdict::Malformed;
    const auto found = structures_.find(*reference);
    if (found == structures_.end()) return DecodeVerdict::UnknownReference;
    current = &found->second;
  }
  compact_arrays();
  collect_unheld();
  return DecodeVerdict::Ok;
}

DecodeVerdict StateDecoder::operate(ByteReader& reader, Structure& on) {
  return on.kind == ValueKind::Structure ? operate_instance(reader, on) : operate_collection(reader, on);
}

DecodeVerdict StateDecoder::operate_instance(ByteReader& reader, Structure& on) {
  const std::uint8_t byte = *reader.get<std::uint8_t>();
  const std::uint8_t operation = byte & 0xc0u;
  const std::size_t index = byte & 0x3fu;
  const std::vector<FieldType>& fields = types_.types[static_cast<std::size_t>(on.type)].fields;
  if (index >= fields.size()) return DecodeVerdict::Malformed;
  StateValue& value = on.fields[index];
  if ((operation & kDelete) != 0) {
    release(value, fields[index].kind);
    value = {};
    if (operation == kDelete) return DecodeVerdict::Ok;
  }
  return read_value(reader, fields[index], operation, value);
}

DecodeVerdict StateDecoder::operate_collection(ByteReader& reader, Structure& on) {
  const std::uint8_t operation = *reader.get<std::uint8_t>();
  const bool is_array = on.kind == ValueKind::Array;
  if (operation == kClear) return clear(on), DecodeVerdict::Ok;
  if (operation == kReverse) return is_array ? DecodeVerdict::Ok : DecodeVerdict::Malformed;
  if (operation == kDeleteByReference && is_array) return delete_by_reference(reader, on);
  if ((operation & 0x1fu) != 0 && operation != kAddByReference) return DecodeVerdict::Malformed;
  const std::optional<std::uint32_t> index = read_index(reader);
  if (!index) return DecodeVerdict::Malformed;
  return put_entry(reader, on, operation, *index);
}

DecodeVerdict StateDecoder::put_entry(ByteReader& reader, Structure& on, std::uint8_t operation, std::uint32_t index) {
  const FieldType child{.name = {}, .kind = on.child_kind, .child_kind = on.child_kind, .child_type = on.type};
  if ((operation & kDelete) != 0) {
    const auto found = on.entries.find(index);
    if (found != on.entries.end()) {
      release(found->second.value, on.child_kind);
      on.entries.erase(found);
      if (on.kind == ValueKind::Array) array_has_gap_ = true;
    }
    if ((operation & kAdd) == 0) return DecodeVerdict::Ok;
  }
  if ((operation & kAdd) == 0) {
    const auto found = on.entries.find(index);
    if (found == on.entries.end() && on.kind == ValueKind::Map) return DecodeVerdict::Malformed;
    return read_value(reader, child, operation, on.entries[index].value);
  }
  std::string key;
  if (on.kind == ValueKind::Map) {
    const std::optional<std::string_view> text = read_text(reader);
    if (!text) return DecodeVerdict::Malformed;
    key.assign(*text);
  }
  MapEntry& entry = on.entries[index];
  entry.key = std::move(key);
  return read_value(reader, child, operation, entry.value);
}

DecodeVerdict StateDecoder::read_value(ByteReader& reader, const FieldType& type, std::uint8_t operation,
                                       StateValue& into) {
  into.present = true;
  if (is_reference(type.kind)) return read_reference(reader, type, operation, into);
  return read_primitive(reader, type.kind, into) ? DecodeVerdict::Ok : DecodeVerdict::Malformed;
}

DecodeVerdict StateDecoder::read_reference(ByteReader& reader, const FieldType& type, std::uint8_t operation,
                                           StateValue& into) {
  const std::optional<std::uint32_t> reference = read_index(reader);
  if (!reference || *reference == 0) return DecodeVerdict::Malformed;
  int concrete_type = type.child_type;
  if ((operation & kAdd) != 0 && type.kind == ValueKind::Structure && reader.peek() == kTypeId) {
    reader.take(1);
    const std::optional<std::uint32_t> id = read_index(reader);
    if (!id || *id >= types_.types.size()) return DecodeVerdict::Malformed;
    concrete_type = static_cast<int>(*id);
  }
  auto found = structures_.find(*reference);
  if (found == structures_.end()) {
    if ((operation & kAdd) == 0) return DecodeVerdict::UnknownReference;
    create(*reference, type, concrete_type);
    found = structures_.find(*reference);
  }
  if (into.reference != *reference) ++found->second.holders;
  into.reference = *reference;
  return DecodeVerdict::Ok;
}

DecodeVerdict StateDecoder::delete_by_reference(ByteReader& reader, Structure& on) {
  const std::optional<std::uint32_t> reference = read_index(reader);
  if (!reference) return DecodeVerdict::Malformed;
  for (auto at = on.entries.begin(); at != on.entries.end(); ++at) {
    if (at->second.value.reference != *reference) continue;
    release(at->second.value, on.child_kind);
    on.entries.erase(at);
    array_has_gap_ = true;
    break;
  }
  return DecodeVerdict::Ok;
}

void StateDecoder::create(std::uint32_t reference, const FieldType& type, int concrete_type) {
  Structure made;
  made.kind = type.kind;
  made.type = concrete_type;
  made.child_kind = type.child_kind;
  if (made.kind == ValueKind::Structure) {
    made.fields.resize(types_.types[static_cast<std::size_t>(concrete_type)].fields.size());
  }
  structures_.emplace(reference, std::move(made));
}

void StateDecoder::release(const StateValue& value, ValueKind kind) {
  if (!is_reference(kind) || value.reference == 0) return;
  const auto found = structures_.find(value.reference);
  if (found == structures_.end() || found->second.holders == 0) return;
  if (--found->second.holders == 0) released_.push_back(value.reference);
}

void StateDecoder::clear(Structure& collection) {
  for (const auto& [index, entry] : collection.entries) release(entry.value, collection.child_kind);
  collection.entries.clear();
}

// Dropped only when the frame is over: until then a released reference still means the old structure.
void StateDecoder::collect_unheld() {
  while (!released_.empty()) {
    const std::uint32_t reference = released_.back();
    released_.pop_back();
    const auto found = structures_.find(reference);
    if (found == structures_.end() || found->second.holders != 0) continue;
    Structure gone = std::move(found->second);
    structures_.erase(found);
    if (gone.kind != ValueKind::Structure) {
      clear(gone);
      continue;
    }
    const std::vector<FieldType>& fields = types_.types[static_cast<std::size_t>(gone.type)].fields;
    for (std::size_t i = 0; i < fields.size(); ++i) release(gone.fields[i], fields[i].kind);
  }
}

// Deleting from the middle of an array moves the rest down once the frame is over.
void StateDecoder::compact_arrays() {
  if (!std::exchange(array_has_gap_, false)) return;
  for (auto& [reference, structure] : structures_) {
    if (structure.kind != ValueKind::Array) continue;
    std::map<std::uint32_t, MapEntry> dense;
    for (auto& [index, entry] : structure.entries) {
      dense.emplace_hint(dense.end(), static_cast<std::uint32_t>(dense.size()), std::move(entry));
    }
    structure.entries.swap(dense);
  }
}

}  // namespace throng::bench
