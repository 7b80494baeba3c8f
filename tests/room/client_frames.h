#pragma once
// Frames as a client writes them, and what can be read from a server's frames without decoding state.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "protocol/frames.h"
#include "protocol/wire/codec.h"
#include "protocol/wire/msgpack.h"

namespace throng::room::test {

using Bytes = std::vector<std::uint8_t>;

inline Bytes ack_frame() { return {10}; }
inline Bytes leave_frame() { return {12}; }
inline Bytes ping_frame() { return {18}; }

inline Bytes data_frame(std::string_view type, const Bytes& payload = {}) {
  Bytes frame(1 + protocol::kStrHeaderBytesMax + type.size());
  frame[0] = 13;
  frame.resize(static_cast<std::size_t>(protocol::write_str(frame.data() + 1, type) - frame.data()));
  frame.insert(frame.end(), payload.begin(), payload.end());
  return frame;
}

inline Bytes request_frame(std::uint8_t id_below_128, std::string_view type, const Bytes& payload = {}) {
  Bytes frame = data_frame(type, payload);
  frame[0] = 21;
  frame.insert(frame.begin() + 1, id_below_128);
  return frame;
}

/// {x, y} or {x, y, seq}.
inline Bytes move_payload(double x, double y, std::optional<std::uint32_t> seq = std::nullopt) {
  ByteWriter bytes;
  protocol::MsgpackWriter writer(bytes);
  writer.map(seq ? 3 : 2).key("x").number(x).key("y").number(y);
  if (seq) writer.key("seq").integer(*seq);
  return bytes.take();
}

inline Bytes text_payload(std::string_view key, std::string_view text) {
  ByteWriter bytes;
  protocol::MsgpackWriter(bytes).map(1).key(key).string(text);
  return bytes.take();
}

inline protocol::Opcode opcode_of(const Bytes& frame) { return static_cast<protocol::Opcode>(frame.at(0)); }

/// The reconnection token of a JOIN_ROOM.
inline std::string token_of(const Bytes& join) { return {join.begin() + 2, join.begin() + 2 + join.at(1)}; }

/// Code of an ERROR frame; zero for other frames.
inline int error_code_of(const Bytes& frame) {
  if (opcode_of(frame) != protocol::Opcode::Error) return 0;
  ByteReader reader(ByteSpan(frame).subspan(1));
  return static_cast<int>(protocol::read_integer_num(reader).value_or(0));
}

/// Type of a ROOM_DATA frame; empty for other frames.
inline std::string type_of(const Bytes& frame) {
  if (opcode_of(frame) != protocol::Opcode::RoomData) return {};
  ByteReader reader(ByteSpan(frame).subspan(1));
  return std::string(protocol::read_str(reader).value_or(""));
}

/// Payload of a ROOM_DATA frame.
inline Bytes payload_of(const Bytes& frame) {
  ByteReader reader(ByteSpan(frame).subspan(1));
  protocol::read_str(reader);
  const ByteSpan rest = reader.rest();
  return {rest.begin(), rest.end()};
}

/// A text in the map that a payload holds.
inline std::string text_in(const Bytes& payload, std::string_view key) {
  protocol::MsgpackDocument document;
  if (!document.parse(payload)) return "(undecodable)";
  const std::optional<protocol::MsgpackValue> value = document.root().find(key);
  return std::string(value ? value->as_string().value_or("(no text)") : "(absent)");
}

}  // namespace throng::room::test
