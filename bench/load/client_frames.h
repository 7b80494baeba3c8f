#pragma once
// WebSocket from the client's side, as much as a load generator needs: masked frames out, server frames in.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace throng::bench {

enum class FrameOpcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

using MaskKey = std::array<std::uint8_t, 4>;

/// Appends one complete masked frame to `out`. Payload at most 65,535 bytes (a caller's bug otherwise).
void append_client_frame(std::vector<std::uint8_t>& out, FrameOpcode opcode, ByteSpan payload, MaskKey mask);

/// A frame from the server.
struct ServerFrame {
  FrameOpcode opcode = FrameOpcode::Binary;
  bool final = true;
  std::uint64_t length = 0;  // bytes of payload
  ByteSpan payload;          // all of it, or its first bytes when the reader does not keep payloads
};

/// Cuts a byte stream into frames. Frames that arrive whole are not copied; of the others only the first
/// kKeptBytes are kept unless `keep_payload` asks for all, so that most bots hold next to nothing.
class FrameReader {
 public:
  static constexpr std::size_t kKeptBytes = 128;             // a control frame has at most 125
  static constexpr std::uint64_t kFrameBytesMax = 64u << 20;  // a longer frame is an error

  enum class Step { Frame, NeedMore, Broken };

  void keep_payload(bool keep) { keep_payload_ = keep; }

  /// Takes the next frame off the front of `input`. A returned payload is valid until the next call.
  Step next(ByteSpan& input, ServerFrame& frame);

 private:
  struct Header {
    std::size_t size = 0;  // 0 while incomplete
    bool valid = true;
    ServerFrame frame;
  };
  static Header parse_header(ByteSpan bytes);
  Step next_whole(ByteSpan& input, ServerFrame& frame);
  Step next_gathered(ByteSpan& input, ServerFrame& frame);

  std::vector<std::uint8_t> partial_;  // header and kept payload of an unfinished frame
  std::uint64_t wanted_ = 0;           // payload bytes of the unfinished frame that are kept
  std::uint64_t skip_ = 0;             // payload bytes still to come that nobody wants
  bool partial_done_ = false;          // partial_ held the last frame that was returned
  bool keep_payload_ = true;
};

}  // namespace throng::bench
