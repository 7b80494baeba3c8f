#pragma once
// RFC 6455 framing without sockets: bytes to messages, messages to bytes, both roles. No extensions.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace throng::net {

enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// Close codes that this layer itself uses (RFC 6455 section 7.4.1).
inline constexpr std::uint16_t kCloseNormal = 1000;
inline constexpr std::uint16_t kCloseProtocolError = 1002;
inline constexpr std::uint16_t kCloseNoStatus = 1005;  ///< never on the wire: a close frame without a code
inline constexpr std::uint16_t kCloseAbnormal = 1006;  ///< never on the wire: gone without a close frame
inline constexpr std::uint16_t kCloseNotUtf8 = 1007;
inline constexpr std::uint16_t kCloseTooBig = 1009;

/// Payload limit of close, ping and pong frames.
inline constexpr std::size_t kControlPayloadMax = 125;
inline constexpr std::size_t kCloseReasonMax = kControlPayloadMax - 2;

struct FrameEvent {
  enum class Kind : std::uint8_t { NeedMore, Message, Ping, Pong, Close, Violation };
  Kind kind = Kind::NeedMore;
  bool is_text = false;            ///< Message only
  std::uint16_t close_code = 0;    ///< Close: the peer's (1005 when it gave none). Violation: what to answer
  ByteSpan payload;                ///< Message, Ping, Pong; of a Close the reason, valid UTF-8
};

/// Incremental parser of one direction of one connection. It owns memory only while a frame or a fragmented
/// message is incomplete, at most twice `message_bytes_max` plus one header. One thread.
class FrameParser {
 public:
  /// Server: every frame must be masked. Client: none may be.
  enum class Role : std::uint8_t { Server, Client };

  FrameParser(Role role, std::uint32_t message_bytes_max);
  FrameParser(FrameParser&&) noexcept;
  FrameParser& operator=(FrameParser&&) noexcept;
  ~FrameParser();

  /// Takes bytes off the front of `input` until there is something to say. The bytes are unmasked in place,
  /// so `input` is changed; a payload points into it or into the parser and holds until the next call.
  /// NeedMore means that all of `input` was taken. After a Violation everything is swallowed.
  FrameEvent next(std::span<std::uint8_t>& input);

  /// Whether a frame or message has begun and not ended.
  bool incomplete() const { return held_ != nullptr; }

 private:
  struct Header;
  struct Held;

  bool take_frame(std::span<std::uint8_t>& input, Header& header, std::span<std::uint8_t>& payload);
  bool take_held_frame(std::span<std::uint8_t>& input, Header& header, std::span<std::uint8_t>& payload);
  std::uint16_t violation_of(const Header& header) const;
  FrameEvent accept(const Header& header, ByteSpan payload);
  FrameEvent accept_close(ByteSpan payload);
  FrameEvent accept_data(const Header& header, ByteSpan payload);
  FrameEvent fail(std::uint16_t close_code);
  void release_delivered();
  Held& held();

  std::unique_ptr<Held> held_;
  std::uint32_t message_bytes_max_;
  std::uint16_t violation_ = 0;
  Role role_;
};

/// The bytes in front of a payload.
struct FrameHeader {
  std::array<std::uint8_t, 14> bytes{};
  std::uint8_t size = 0;
  ByteSpan view() const { return {bytes.data(), size}; }
};

/// Header of an unmasked (server) frame; 2, 4 or 10 bytes.
FrameHeader encode_header(Opcode opcode, std::uint64_t payload_bytes, bool final_fragment = true);

/// Appends a masked (client) frame. `mask` should come from a generator that the payload's author cannot foresee.
void append_masked_frame(std::vector<std::uint8_t>& out, Opcode opcode, ByteSpan payload, std::uint32_t mask,
                         bool final_fragment = true);

/// Payload of a close frame; the reason is cut to 123 bytes at a character boundary. 1005 gives an empty payload.
std::vector<std::uint8_t> close_payload(std::uint16_t code, std::string_view reason);

/// Whether a peer may put this code into a close frame (RFC 6455 section 7.4, and 1012 to 1014 of the registry).
bool is_valid_close_code(std::uint16_t code);

/// XORs with the four mask bytes in wire order, eight bytes at a time.
void apply_mask(std::span<std::uint8_t> bytes, std::array<std::uint8_t, 4> mask);

/// Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455 section 4.2.2).
std::string accept_key(std::string_view key);

}  // namespace throng::net
