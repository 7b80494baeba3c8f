#pragma once
// Whole frames: one WebSocket binary message each, the opcode in the first byte. What comes from a client is
// classified without trust; what goes out is appended to a FrameBuffer that the caller has cleared.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/frame_buffer.h"

namespace throng::protocol {

enum class Opcode : std::uint8_t {
  JoinRoom = 10,
  Error = 11,
  LeaveRoom = 12,
  RoomData = 13,
  RoomState = 14,
  RoomStatePatch = 15,
  RoomDataBytes = 17,
  Ping = 18,
  RoomInputReliable = 19,
  RoomInputUnreliable = 20,
  RoomRequest = 21,
  RoomResponse = 22,
};

/// The type of a message: a name, or a whole number.
struct MessageType {
  bool is_string = false;
  std::string_view text;  ///< a view into the frame; not checked to be UTF-8, never empty when is_string
  std::int64_t number = 0;
};

struct ClientFrame {
  enum class Kind : std::uint8_t {
    Ack,        ///< of JOIN_ROOM
    Leave,
    Ping,
    Data,       ///< `type`, MessagePack in `payload`
    Bytes,      ///< `type`, raw bytes in `payload`
    Request,    ///< `request_id`, `type`, MessagePack in `payload`
    Ignored,    ///< input frames of 0.18, which this server does not ask for
    Unknown,    ///< an opcode that means nothing
    Malformed,  ///< no opcode at all, or a message whose type cannot be read
  };
  Kind kind = Kind::Malformed;
  MessageType type;
  std::uint32_t request_id = 0;
  ByteSpan payload;
  bool has_payload = false;
};

/// Views point into `frame`. Ack, leave and ping may carry trailing bytes (Defold adds a zero). Any bytes are
/// fine; pure, any thread.
ClientFrame decode_client_frame(ByteSpan frame);

/// How JOIN_ROOM tells the state types.
enum class JoinLayout : std::uint8_t {
  Compatible,     ///< accepted by the SDKs 0.16 to 0.18; the default
  Plain,          ///< without a length; what Defold 0.16 needs, on its request only
  SkipHandshake,  ///< no types: a client that reconnects, or brought its own
};

/// Longest token and serializer id: one length byte, and SDKs that allow no more than 31.
inline constexpr std::size_t kTokenBytesMax = 31;
/// Longest reflection that the two-byte length of the compatible layout can tell, with room for padding.
inline constexpr std::size_t kReflectionBytesMax = 65'000;

/// @param token           reconnection token, ASCII without ':', at most kTokenBytesMax
/// @param serializer      "schema", or "none" for a room without state (then nothing follows it)
/// @param reflection_ops  of encode_reflection, at most kReflectionBytesMax
void write_join_room(FrameBuffer& out, std::string_view token, std::string_view serializer, ByteSpan reflection_ops,
                     JoinLayout layout);
/// Shown by `room.onError`; it does not close the connection. Text longer than 1,024 bytes is cut.
void write_error(FrameBuffer& out, int code, std::string_view text);
void write_leave(FrameBuffer& out);
void write_ping(FrameBuffer& out);

/// Opcode and type; MessagePack may be appended behind it. `type` is not empty.
void begin_message(FrameBuffer& out, std::string_view type);
/// An empty payload reaches the handler as `undefined`.
void write_message(FrameBuffer& out, std::string_view type, ByteSpan msgpack_payload);
void write_message_bytes(FrameBuffer& out, std::string_view type, ByteSpan raw);

/// Answers to ROOM_REQUEST (0.18).
inline constexpr std::uint8_t kResponseValue = 0;
inline constexpr std::uint8_t kResponseRejected = 1;
inline constexpr std::uint8_t kResponseFault = 2;
void write_response(FrameBuffer& out, std::uint32_t id, std::uint8_t status, ByteSpan msgpack_payload);
/// A response with status 2 and `{name, message, code?}`; `no_handler` is the name when nobody answers the type.
void write_fault(FrameBuffer& out, std::uint32_t id, std::string_view name, std::string_view text,
                 std::optional<int> code = std::nullopt);

}  // namespace throng::protocol
