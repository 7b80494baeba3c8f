#pragma once
// A row is a flat struct of plain values that clients see as one structure of the state. Its RowFields list is
// its only description: reflection, docs, client types and both encoders follow it. ONE LINE PER FIELD, always
// added at the end: the place in the list is the field's index on the wire, and clients in the field hold old ones.

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "base/inline_string.h"
#include "protocol/schema/description.h"
#include "protocol/wire/codec.h"

namespace throng::protocol {

template <class Row, typename T>
struct RowField {
  using Type = T;
  std::string_view name;
  T Row::* member;
  std::string_view help;
};

template <class Row, typename T>
constexpr RowField<Row, T> field(std::string_view name, T Row::* member, std::string_view help) {
  return {name, member, help};
}

/// Specialise per row:
///   static constexpr std::string_view name = "Npc", help = "…";
///   static constexpr auto list = std::make_tuple(field("x", &NpcRow::x, "east, world units"), …);
template <class Row>
struct RowFields;

/// How one member type travels: its wire type, most bytes of a value, and its writer. Equality is of bits, so
/// that a NaN does not count as a change for ever and a change of zero's sign is not lost.
template <typename T>
struct Wire;

namespace row_detail {

template <std::size_t kSize>
inline bool same_bytes(const void* a, const void* b) {
  std::uint64_t different = 0;
  const auto compare = [&]<typename Word>(std::size_t at, Word) {
    Word x, y;
    std::memcpy(&x, static_cast<const char*>(a) + at, sizeof(Word));
    std::memcpy(&y, static_cast<const char*>(b) + at, sizeof(Word));
    different |= static_cast<std::uint64_t>(x ^ y);
  };
  std::size_t at = 0;
  for (; at + 8 <= kSize; at += 8) compare(at, std::uint64_t{});
  for (; at < kSize; ++at) compare(at, std::uint8_t{});
  return different == 0;
}

}  // namespace row_detail

template <typename T, WireType kWireType>
struct PlainWire {
  static constexpr WireType kType = kWireType;
  static constexpr std::size_t kBytesMax = sizeof(T);
  static std::uint8_t* write(std::uint8_t* at, T value) { return write_raw(at, value); }
  static bool same(T a, T b) { return a == b; }
};
template <>
struct Wire<std::int8_t> : PlainWire<std::int8_t, WireType::Int8> {};
template <>
struct Wire<std::uint8_t> : PlainWire<std::uint8_t, WireType::UInt8> {};
template <>
struct Wire<std::int16_t> : PlainWire<std::int16_t, WireType::Int16> {};
template <>
struct Wire<std::uint16_t> : PlainWire<std::uint16_t, WireType::UInt16> {};
template <>
struct Wire<std::int32_t> : PlainWire<std::int32_t, WireType::Int32> {};
template <>
struct Wire<std::uint32_t> : PlainWire<std::uint32_t, WireType::UInt32> {};
template <>
struct Wire<float> : PlainWire<float, WireType::Float32> {
  static bool same(float a, float b) { return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b); }
};
template <>
struct Wire<double> : PlainWire<double, WireType::Float64> {
  static bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }
};
template <>
struct Wire<bool> {
  static constexpr WireType kType = WireType::Boolean;
  static constexpr std::size_t kBytesMax = 1;
  static std::uint8_t* write(std::uint8_t* at, bool value) { return write_u8(at, value ? 1 : 0); }
  static bool same(bool a, bool b) { return a == b; }
};
template <std::size_t N>
struct Wire<InlineString<N>> {
  static constexpr WireType kType = WireType::String;
  static constexpr std::size_t kBytesMax = N + (N < 0x20 ? 1 : 2);  // InlineString holds at most 255 bytes
  static std::uint8_t* write(std::uint8_t* at, const InlineString<N>& value) { return write_str(at, value.view()); }
  /// Texts are padded with zeros, so all bytes decide; words at a time, as this is half of an idle entity's cost.
  static bool same(const InlineString<N>& a, const InlineString<N>& b) {
    static_assert(std::has_unique_object_representations_v<InlineString<N>>);
    return row_detail::same_bytes<sizeof(a)>(&a, &b);
  }
};

template <class Row>
inline constexpr std::size_t kRowFieldCount = std::tuple_size_v<decltype(RowFields<Row>::list)>;

namespace row_detail {

template <class Row, std::size_t I>
using FieldType = typename std::tuple_element_t<I, decltype(RowFields<Row>::list)>::Type;

template <class Row, std::size_t I>
inline std::uint8_t* write_field(const Row& row, std::uint8_t* at) {
  *at = static_cast<std::uint8_t>(kAdd | I);
  return Wire<FieldType<Row, I>>::write(at + 1, row.*(std::get<I>(RowFields<Row>::list).member));
}

template <class Row, std::size_t I>
inline std::uint8_t* write_field_if_changed(const Row& before, const Row& now, std::uint8_t* at) {
  constexpr auto member = std::get<I>(RowFields<Row>::list).member;
  return Wire<FieldType<Row, I>>::same(before.*member, now.*member) ? at : write_field<Row, I>(now, at);
}

template <class Row>
using Indexes = std::make_index_sequence<kRowFieldCount<Row>>;

template <class Row, std::size_t... I>
constexpr std::size_t bytes_max(std::index_sequence<I...>) {
  return (std::size_t{0} + ... + (1 + Wire<FieldType<Row, I>>::kBytesMax));
}

}  // namespace row_detail

/// Upper bound of a complete encoding, in bytes.
template <class Row>
inline constexpr std::size_t kRowBytesMax = row_detail::bytes_max<Row>(row_detail::Indexes<Row>{});

/// Every field as ADD: a client's fresh instance starts undefined, so zeros and empty texts are written too.
/// Writes at most kRowBytesMax<Row> bytes; the caller writes the switch to the row's refId before it.
template <class Row>
inline std::uint8_t* encode_complete(const Row& now, std::uint8_t* at) {
  static_assert(kRowFieldCount<Row> <= kFieldsMax);
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((at = row_detail::write_field<Row, I>(now, at)), ...);
  }(row_detail::Indexes<Row>{});
  return at;
}

/// Only the fields that differ; returns `at` unchanged when none does. At most kRowBytesMax<Row> bytes.
template <class Row>
inline std::uint8_t* encode_changes(const Row& before, const Row& now, std::uint8_t* at) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((at = row_detail::write_field_if_changed<Row, I>(before, now, at)), ...);
  }(row_detail::Indexes<Row>{});
  return at;
}

/// The row's description at run time.
template <class Row>
TypeInfo describe_row() {
  TypeInfo type{RowFields<Row>::name, {}, RowFields<Row>::help};
  std::apply(
      [&](const auto&... each) {
        (type.fields.push_back({each.name, Wire<typename std::decay_t<decltype(each)>::Type>::kType, -1, each.help}),
         ...);
      },
      RowFields<Row>::list);
  return type;
}

}  // namespace throng::protocol
