#include "protocol/frames.h"

#include <utility>

#include "base/assert.h"
#include "protocol/wire/codec.h"
#include "protocol/wire/msgpack.h"

namespace throng::protocol {
namespace {

/// The low five bits of the first byte; the rest are modifiers that 0.18 defines and this server never asks for.
constexpr std::uint8_t kOpcodeMask = 0x1f;
constexpr std::size_t kErrorTextBytesMax = 1024;
/// Switch to the root of the reflection: what an SDK before 0.18 finds again after it stumbled over the length.
constexpr std::uint8_t kReflectionStart[] = {kSwitch, 0x00};

std::optional<MessageType> read_message_type(ByteReader& reader) {
  const std::optional<std::uint8_t> first = reader.peek();
  if (!first) return std::nullopt;
  MessageType type;
  if (begins_str(*first)) {
    const std::optional<std::string_view> text = read_str(reader);
    if (!text || text->empty()) return std::nullopt;
    type.is_string = true;
    type.text = *text;
    return type;
  }
  const std::optional<std::int64_t> number = read_integer_num(reader);
  if (!number) return std::nullopt;
  type.number = *number;
  return type;
}

ClientFrame decode_message(ByteReader& reader, ClientFrame::Kind kind) {
  ClientFrame frame;
  if (kind == ClientFrame::Kind::Request) {
    const std::optional<std::int64_t> id = read_integer_num(reader);
    if (!id || !std::in_range<std::uint32_t>(*id)) return frame;
    frame.request_id = static_cast<std::uint32_t>(*id);
  }
  const std::optional<MessageType> type = read_message_type(reader);
  if (!type) return frame;
  frame.kind = kind;
  frame.type = *type;
  frame.payload = reader.rest();
  frame.has_payload = !frame.payload.empty();
  return frame;
}

ClientFrame bare(ClientFrame::Kind kind) {
  ClientFrame frame;
  frame.kind = kind;
  return frame;
}

std::uint8_t opcode(Opcode value) { return static_cast<std::uint8_t>(value); }

/// One length byte, not a `str`.
void append_short_text(FrameBuffer& out, std::string_view text) {
  out.append(static_cast<std::uint8_t>(text.size()));
  out.append(as_bytes(text));
}

void append_str(FrameBuffer& out, std::string_view text) {
  out.commit(write_str(out.reserve(kStrHeaderBytesMax + text.size()), text));
}

void append_num(FrameBuffer& out, std::int64_t value) { out.commit(write_num(out.reserve(kNumBytesMax), value)); }

void append_compatible_reflection(FrameBuffer& out, ByteSpan operations) {
  // Neither byte of the length may look like a switch; each further `ff 00` is a step to the root once more.
  std::size_t starts = 1;
  const auto length = [&] { return operations.size() + starts * sizeof kReflectionStart; };
  while ((length() & 0xff) == 0xff || (length() >> 8) == 0xff) ++starts;
  THRONG_ASSERT(length() <= 0xffff, "a reflection too long for the compatible handshake");
  out.commit(write_num_u16(out.reserve(3), static_cast<std::uint16_t>(length())));
  for (std::size_t i = 0; i < starts; ++i) out.append(ByteSpan(kReflectionStart));
  out.append(operations);
}

/// At most `bytes_max` bytes, cut between two characters.
std::string_view cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t size = bytes_max;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0u) == 0x80u) --size;
  return text.substr(0, size);
}

}  // namespace

ClientFrame decode_client_frame(ByteSpan frame) {
  ByteReader reader(frame);
  const std::optional<std::uint8_t> first = reader.get<std::uint8_t>();
  if (!first) return bare(ClientFrame::Kind::Malformed);
  switch (static_cast<Opcode>(*first & kOpcodeMask)) {
    case Opcode::JoinRoom: return bare(ClientFrame::Kind::Ack);
    case Opcode::LeaveRoom: return bare(ClientFrame::Kind::Leave);
    case Opcode::Ping: return bare(ClientFrame::Kind::Ping);
    case Opcode::RoomData: return decode_message(reader, ClientFrame::Kind::Data);
    case Opcode::RoomDataBytes: return decode_message(reader, ClientFrame::Kind::Bytes);
    case Opcode::RoomRequest: return decode_message(reader, ClientFrame::Kind::Request);
    case Opcode::RoomInputReliable:
    case Opcode::RoomInputUnreliable: return bare(ClientFrame::Kind::Ignored);
    default: return bare(ClientFrame::Kind::Unknown);
  }
}

void write_join_room(FrameBuffer& out, std::string_view token, std::string_view serializer, ByteSpan reflection_ops,
                     JoinLayout layout) {
  THRONG_ASSERT(token.size() <= kTokenBytesMax && serializer.size() <= kTokenBytesMax, "handshake text too long");
  THRONG_ASSERT(reflection_ops.size() <= kReflectionBytesMax, "reflection too long");
  out.append(opcode(Opcode::JoinRoom));
  append_short_text(out, token);
  append_short_text(out, serializer);
  if (layout == JoinLayout::SkipHandshake || reflection_ops.empty()) return;
  if (layout == JoinLayout::Plain) return out.append(reflection_ops);
  append_compatible_reflection(out, reflection_ops);
}

void write_error(FrameBuffer& out, int code, std::string_view text) {
  out.append(opcode(Opcode::Error));
  append_num(out, code);
  append_str(out, cut(text, kErrorTextBytesMax));
}

void write_leave(FrameBuffer& out) { out.append(opcode(Opcode::LeaveRoom)); }

void write_ping(FrameBuffer& out) { out.append(opcode(Opcode::Ping)); }

void begin_message(FrameBuffer& out, std::string_view type) {
  THRONG_ASSERT(!type.empty(), "a message without a type");
  out.append(opcode(Opcode::RoomData));
  append_str(out, type);
}

void write_message(FrameBuffer& out, std::string_view type, ByteSpan msgpack_payload) {
  begin_message(out, type);
  out.append(msgpack_payload);
}

void write_message_bytes(FrameBuffer& out, std::string_view type, ByteSpan raw) {
  THRONG_ASSERT(!type.empty(), "a message without a type");
  out.append(opcode(Opcode::RoomDataBytes));
  append_str(out, type);
  out.append(raw);
}

void write_response(FrameBuffer& out, std::uint32_t id, std::uint8_t status, ByteSpan msgpack_payload) {
  out.append(opcode(Opcode::RoomResponse));
  append_num(out, id);
  out.append(status);
  out.append(msgpack_payload);
}

void write_fault(FrameBuffer& out, std::uint32_t id, std::string_view name, std::string_view text,
                 std::optional<int> code) {
  ByteWriter payload;
  MsgpackWriter writer(payload);
  writer.map(code ? 3 : 2).key("name").string(name).key("message").string(cut(text, kErrorTextBytesMax));
  if (code) writer.key("code").integer(*code);
  write_response(out, id, kResponseFault, payload.view());
}

}  // namespace throng::protocol
