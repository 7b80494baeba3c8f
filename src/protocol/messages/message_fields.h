#pragma once
// A client message is a plain struct and one list of its fields with their ranges. The list is the decoder and the
// documentation at once. What no field names is ignored, so that newer clients can talk to older servers.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "protocol/frames.h"
#include "protocol/messages/message_info.h"
#include "protocol/wire/msgpack.h"

namespace throng::protocol {

/// Longest id of a definition that a message may name.
inline constexpr std::size_t kContentIdLengthMax = 64;
/// Largest coordinate of any map, world units.
inline constexpr double kWorldUnitsMax = 131'072;

/// Specialise per message: `static constexpr auto list = std::make_tuple(number_field("x", &Move::x, …), …);`
template <class Message>
struct MessageFields;

/// A finite number in [min, max]; left at its default when it may be absent and is.
template <class Message, typename Member>
struct NumberField {
  std::string_view name;
  Member Message::* member;
  double min, max;
  std::string_view help;
};

/// A whole number in [min, max]; left at its default when it may be absent and is.
template <class Message, typename Member>
struct IntegerField {
  std::string_view name;
  Member Message::* member;
  std::uint32_t min, max;
  std::string_view help;
};

/// Text of `min` to `max` code points, valid UTF-8 without control characters; with `lines` line feeds are allowed.
template <class Message, typename Member>
struct TextField {
  std::string_view name;
  Member Message::* member;
  std::size_t min, max;
  std::string_view help;
  bool lines = false;
};

/// The id of an entity: a whole number or its decimal text, as in the keys of the state's maps. 0 is nobody.
template <class Message, typename Member>
struct EntityIdField {
  std::string_view name;
  Member Message::* member;
  std::string_view help;
};

/// One word of a list; the member is the enumerator with the word's place in it.
template <class Message, typename Member>
struct ChoiceField {
  std::string_view name;
  Member Message::* member;
  std::span<const std::string_view> choices;
  std::string_view help;
};

/// Any map, which the handler reads itself; a view, valid as long as the document. May always be absent.
template <class Message>
struct MapField {
  std::string_view name;
  std::optional<MsgpackValue> Message::* member;
  std::string_view help;
  std::string_view shape = {};
};

/// Member: double, or std::optional of it for a field that may be absent.
template <class Message, typename Member>
constexpr NumberField<Message, Member> number_field(std::string_view name, Member Message::* member, double min,
                                                    double max, std::string_view help) {
  return {name, member, min, max, help};
}
/// Member: std::uint32_t, or std::optional of it for a field that may be absent.
template <class Message, typename Member>
constexpr IntegerField<Message, Member> integer_field(std::string_view name, Member Message::* member,
                                                      std::uint32_t min, std::uint32_t max, std::string_view help) {
  return {name, member, min, max, help};
}
/// Member: std::string, or std::optional of it for a field that may be absent.
template <class Message, typename Member>
constexpr TextField<Message, Member> text_field(std::string_view name, Member Message::* member, std::size_t min,
                                                std::size_t max, std::string_view help) {
  return {name, member, min, max, help};
}
/// The same, of several lines.
template <class Message, typename Member>
constexpr TextField<Message, Member> lines_field(std::string_view name, Member Message::* member, std::size_t min,
                                                 std::size_t max, std::string_view help) {
  return {name, member, min, max, help, true};
}
/// Member: std::uint32_t, or std::optional of it for a field that may be absent.
template <class Message, typename Member>
constexpr EntityIdField<Message, Member> entity_id_field(std::string_view name, Member Message::* member,
                                                         std::string_view help) {
  return {name, member, help};
}
/// Member: an enumeration that counts from 0, or std::optional of it for a field that may be absent.
template <class Message, typename Member>
constexpr ChoiceField<Message, Member> choice_field(std::string_view name, Member Message::* member,
                                                    std::span<const std::string_view> choices, std::string_view help) {
  return {name, member, choices, help};
}
/// @param shape  the map as a TypeScript type; empty: anything
template <class Message>
constexpr MapField<Message> map_field(std::string_view name, std::optional<MsgpackValue> Message::* member,
                                      std::string_view help, std::string_view shape = {}) {
  return {name, member, help, shape};
}

/// The checks behind the fields; each gives the value or leaves it and says why not.
namespace field_check {

std::optional<Refusal> number(const PayloadFieldInfo& field, const MsgpackValue& value, double& out);
std::optional<Refusal> integer(const PayloadFieldInfo& field, const MsgpackValue& value, std::uint32_t& out);
std::optional<Refusal> text(const PayloadFieldInfo& field, const MsgpackValue& value, std::string& out);
std::optional<Refusal> entity_id(const PayloadFieldInfo& field, const MsgpackValue& value, std::uint32_t& out);
std::optional<Refusal> choice(const PayloadFieldInfo& field, const MsgpackValue& value, std::size_t& out);
std::optional<Refusal> map(const PayloadFieldInfo& field, const MsgpackValue& value);
Refusal missing(const PayloadFieldInfo& field);

template <typename T>
inline constexpr bool kMayBeAbsent = false;
template <typename T>
inline constexpr bool kMayBeAbsent<std::optional<T>> = true;

/// Where the value goes: the member, or the value inside an optional member.
template <typename T>
T& place(T& member) {
  return member;
}
template <typename T>
T& place(std::optional<T>& member) {
  return member.emplace();
}

}  // namespace field_check

template <class M, typename T>
PayloadFieldInfo describe_field(const NumberField<M, T>& f) {
  return {f.name, PayloadType::Number, f.min, f.max, field_check::kMayBeAbsent<T>, f.help};
}
template <class M, typename T>
PayloadFieldInfo describe_field(const EntityIdField<M, T>& f) {
  return {f.name, PayloadType::EntityId, 0, 0, field_check::kMayBeAbsent<T>, f.help};
}
template <class M, typename T>
PayloadFieldInfo describe_field(const ChoiceField<M, T>& f) {
  return {
      f.name, PayloadType::Choice, 0, 0, field_check::kMayBeAbsent<T>, f.help, {f.choices.begin(), f.choices.end()}};
}
template <class M, typename T>
PayloadFieldInfo describe_field(const IntegerField<M, T>& f) {
  return {f.name,
          PayloadType::Integer,
          static_cast<double>(f.min),
          static_cast<double>(f.max),
          field_check::kMayBeAbsent<T>,
          f.help};
}
template <class M, typename T>
PayloadFieldInfo describe_field(const TextField<M, T>& f) {
  return {f.name,
          PayloadType::Text,
          static_cast<double>(f.min),
          static_cast<double>(f.max),
          field_check::kMayBeAbsent<T>,
          f.help,
          {},
          {},
          f.lines};
}
template <class M>
PayloadFieldInfo describe_field(const MapField<M>& f) {
  return {f.name, PayloadType::Map, 0, 0, true, f.help, {}, f.shape};
}

template <class M, typename T>
std::optional<Refusal> read_value(const NumberField<M, T>& f, const MsgpackValue& value, M& out) {
  return field_check::number(describe_field(f), value, field_check::place(out.*(f.member)));
}
template <class M, typename T>
std::optional<Refusal> read_value(const EntityIdField<M, T>& f, const MsgpackValue& value, M& out) {
  return field_check::entity_id(describe_field(f), value, field_check::place(out.*(f.member)));
}
template <class M, typename T>
std::optional<Refusal> read_value(const ChoiceField<M, T>& f, const MsgpackValue& value, M& out) {
  std::size_t chosen = 0;
  std::optional<Refusal> refusal = field_check::choice(describe_field(f), value, chosen);
  auto& place = field_check::place(out.*(f.member));
  place = static_cast<std::remove_reference_t<decltype(place)>>(chosen);
  return refusal;
}
template <class M, typename T>
std::optional<Refusal> read_value(const IntegerField<M, T>& f, const MsgpackValue& value, M& out) {
  return field_check::integer(describe_field(f), value, field_check::place(out.*(f.member)));
}
template <class M, typename T>
std::optional<Refusal> read_value(const TextField<M, T>& f, const MsgpackValue& value, M& out) {
  return field_check::text(describe_field(f), value, field_check::place(out.*(f.member)));
}
template <class M>
std::optional<Refusal> read_value(const MapField<M>& f, const MsgpackValue& value, M& out) {
  out.*(f.member) = value;
  return field_check::map(describe_field(f), value);
}

template <class Message>
std::vector<PayloadFieldInfo> describe_fields() {
  return std::apply([](const auto&... f) { return std::vector<PayloadFieldInfo>{describe_field(f)...}; },
                    MessageFields<Message>::list);
}

/// Reads the fields from a payload that has been parsed. An absent value and nil are the same.
template <class Message>
Decoded<Message> decode_fields(const MsgpackValue& payload) {
  if (!payload.is_map()) return Refusal{kRefusalNotAMap, "the payload must be an object"};
  Message message;
  std::optional<Refusal> refusal;
  const auto read = [&](const auto& f) {
    const std::optional<MsgpackValue> value = payload.find(f.name);
    if (value && !value->is_nil()) {
      refusal = read_value(f, *value, message);
    } else if (!describe_field(f).optional) {
      refusal = field_check::missing(describe_field(f));
    }
    return !refusal;
  };
  std::apply([&](const auto&... f) { (void)(read(f) && ...); }, MessageFields<Message>::list);
  if (refusal) return *std::move(refusal);
  return message;
}

/// Parses the payload of a Data or Request frame into `scratch` and reads the fields. Views in the message live as
/// long as the frame, and until `scratch` parses again.
template <class Message>
Decoded<Message> decode_message(const ClientFrame& frame, MsgpackDocument& scratch) {
  if (!frame.has_payload) return Refusal{kRefusalNotAMap, "the payload must be an object"};
  if (!scratch.parse(frame.payload)) return Refusal{kRefusalUndecodable, "the payload is not valid MessagePack"};
  return decode_fields<Message>(scratch.root());
}

}  // namespace throng::protocol
