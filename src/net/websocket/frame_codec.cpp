#include "net/websocket/frame_codec.h"

#include <algorithm>
#include <cstring>

#include <openssl/evp.h>
#include <openssl/sha.h>

#include "net/websocket/utf8.h"

namespace throng::net {
namespace {

constexpr std::uint8_t kFinBit = 0x80;
constexpr std::uint8_t kReservedBits = 0x70;
constexpr std::uint8_t kMaskBit = 0x80;

bool is_control(Opcode opcode) { return (static_cast<std::uint8_t>(opcode) & 0x08u) != 0; }

bool is_known(Opcode opcode) {
  switch (opcode) {
    case Opcode::Continuation:
    case Opcode::Text:
    case Opcode::Binary:
    case Opcode::Close:
    case Opcode::Ping:
    case Opcode::Pong: return true;
  }
  return false;
}

/// Bytes of the extended length for the 7-bit length field.
std::size_t extended_length_bytes(std::uint8_t length_field) {
  if (length_field == 126) return 2;
  if (length_field == 127) return 8;
  return 0;
}

/// Size of the whole header, as far as `start` tells: 2 while even that is unknown.
std::size_t header_bytes(ByteSpan start) {
  if (start.size() < 2) return 2;
  const std::size_t mask_bytes = (start[1] & kMaskBit) != 0 ? 4 : 0;
  return 2 + extended_length_bytes(start[1] & 0x7Fu) + mask_bytes;
}

std::uint64_t read_big_endian(ByteSpan bytes) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = (value << 8) | byte;
  return value;
}

/// Two length bytes for 16 bit, eight for 64 bit.
void write_big_endian(std::uint8_t* at, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) at[i] = static_cast<std::uint8_t>(value >> (8 * (size - 1 - i)));
}

}  // namespace

struct FrameParser::Header {
  bool final_fragment = false;
  bool reserved_bits = false;
  bool masked = false;
  Opcode opcode = Opcode::Continuation;
  std::uint64_t payload_bytes = 0;
  std::size_t size = 0;
  std::array<std::uint8_t, 4> mask{};

  /// `start` holds at least header_bytes(start).
  static Header read(ByteSpan start) {
    Header header;
    header.final_fragment = (start[0] & kFinBit) != 0;
    header.reserved_bits = (start[0] & kReservedBits) != 0;
    header.opcode = static_cast<Opcode>(start[0] & 0x0Fu);
    header.masked = (start[1] & kMaskBit) != 0;
    header.size = header_bytes(start);
    const std::size_t extended = extended_length_bytes(start[1] & 0x7Fu);
    header.payload_bytes = extended == 0 ? start[1] & 0x7Fu : read_big_endian(start.subspan(2, extended));
    if (header.masked) std::memcpy(header.mask.data(), start.data() + header.size - 4, 4);
    return header;
  }
};

/// What is kept between reads.
struct FrameParser::Held {
  std::vector<std::uint8_t> frame;    ///< start of an incomplete frame; at most a header and message_bytes_max
  std::vector<std::uint8_t> message;  ///< fragments so far; at most message_bytes_max
  bool in_message = false;            ///< a fragmented message has begun
  bool is_text = false;
  bool frame_delivered = false;       ///< `frame` was handed out and goes at the next call
  bool message_delivered = false;
};

FrameParser::FrameParser(Role role, std::uint32_t message_bytes_max)
    : message_bytes_max_(message_bytes_max), role_(role) {}
FrameParser::FrameParser(FrameParser&&) noexcept = default;
FrameParser& FrameParser::operator=(FrameParser&&) noexcept = default;
FrameParser::~FrameParser() = default;

FrameParser::Held& FrameParser::held() {
  if (!held_) held_ = std::make_unique<Held>();
  return *held_;
}

FrameEvent FrameParser::next(std::span<std::uint8_t>& input) {
  release_delivered();
  const bool was_violated = violation_ != 0;
  Header header;
  std::span<std::uint8_t> payload;
  while (violation_ == 0 && take_frame(input, header, payload)) {
    if (header.masked) apply_mask(payload, header.mask);
    const FrameEvent event = accept(header, payload);
    if (event.kind != FrameEvent::Kind::NeedMore) return event;
  }
  if (violation_ == 0) return {};
  input = {};
  held_.reset();
  return was_violated ? FrameEvent{} : fail(violation_);
}

bool FrameParser::take_frame(std::span<std::uint8_t>& input, Header& header, std::span<std::uint8_t>& payload) {
  if (held_ && !held_->frame.empty()) return take_held_frame(input, header, payload);
  if (input.size() >= header_bytes(input)) {
    header = Header::read(input);
    violation_ = violation_of(header);
    if (violation_ != 0) return false;
    const std::size_t whole = header.size + static_cast<std::size_t>(header.payload_bytes);
    if (input.size() >= whole) {
      payload = input.subspan(header.size, whole - header.size);
      input = input.subspan(whole);
      return true;
    }
  }
  if (!input.empty()) held().frame.assign(input.begin(), input.end());
  input = {};
  return false;
}

bool FrameParser::take_held_frame(std::span<std::uint8_t>& input, Header& header, std::span<std::uint8_t>& payload) {
  std::vector<std::uint8_t>& frame = held_->frame;
  const auto fill_up_to = [&](std::size_t size) {
    const std::size_t missing = size > frame.size() ? size - frame.size() : 0;
    const std::size_t taken = std::min(missing, input.size());
    frame.insert(frame.end(), input.begin(), input.begin() + static_cast<std::ptrdiff_t>(taken));
    input = input.subspan(taken);
    return frame.size() >= size;
  };
  if (!fill_up_to(2) || !fill_up_to(header_bytes(frame))) return false;
  header = Header::read(frame);
  violation_ = violation_of(header);
  if (violation_ != 0) return false;
  const std::size_t whole = header.size + static_cast<std::size_t>(header.payload_bytes);
  if (!fill_up_to(whole)) return false;
  payload = std::span(frame).subspan(header.size);
  held_->frame_delivered = true;
  return true;
}

std::uint16_t FrameParser::violation_of(const Header& header) const {
  if (header.reserved_bits || !is_known(header.opcode)) return kCloseProtocolError;
  if (header.masked != (role_ == Role::Server)) return kCloseProtocolError;
  if (is_control(header.opcode))
    return header.final_fragment && header.payload_bytes <= kControlPayloadMax ? 0 : kCloseProtocolError;
  if ((header.payload_bytes >> 63) != 0) return kCloseProtocolError;
  const bool in_message = held_ && held_->in_message;
  if (in_message != (header.opcode == Opcode::Continuation)) return kCloseProtocolError;
  const std::uint64_t so_far = in_message ? held_->message.size() : 0;
  if (header.payload_bytes > message_bytes_max_ - so_far) return kCloseTooBig;
  return 0;
}

FrameEvent FrameParser::accept(const Header& header, ByteSpan payload) {
  switch (header.opcode) {
    case Opcode::Ping: return {.kind = FrameEvent::Kind::Ping, .payload = payload};
    case Opcode::Pong: return {.kind = FrameEvent::Kind::Pong, .payload = payload};
    case Opcode::Close: return accept_close(payload);
    default: return accept_data(header, payload);
  }
}

FrameEvent FrameParser::accept_close(ByteSpan payload) {
  if (payload.empty()) return {.kind = FrameEvent::Kind::Close, .close_code = kCloseNoStatus, .payload = {}};
  if (payload.size() == 1) return fail(kCloseProtocolError);
  const auto code = static_cast<std::uint16_t>(read_big_endian(payload.first(2)));
  if (!is_valid_close_code(code)) return fail(kCloseProtocolError);
  const ByteSpan reason = payload.subspan(2);
  if (!is_valid_utf8(reason)) return fail(kCloseNotUtf8);
  return {.kind = FrameEvent::Kind::Close, .close_code = code, .payload = reason};
}

FrameEvent FrameParser::accept_data(const Header& header, ByteSpan payload) {
  const bool continues = header.opcode == Opcode::Continuation;
  bool is_text = header.opcode == Opcode::Text;
  ByteSpan message = payload;
  if (continues || !header.final_fragment) {
    Held& kept = held();
    if (!continues) kept.is_text = is_text;
    is_text = kept.is_text;
    kept.message.insert(kept.message.end(), payload.begin(), payload.end());
    kept.in_message = !header.final_fragment;
    if (kept.frame_delivered) kept.frame.clear();  // copied: the frame buffer is free for the next one
    kept.frame_delivered = false;
    if (!header.final_fragment) return {};
    kept.message_delivered = true;
    message = kept.message;
  }
  if (is_text && !is_valid_utf8(message)) return fail(kCloseNotUtf8);
  return {.kind = FrameEvent::Kind::Message, .is_text = is_text, .payload = message};
}

FrameEvent FrameParser::fail(std::uint16_t close_code) {
  violation_ = close_code;
  return {.kind = FrameEvent::Kind::Violation, .close_code = close_code, .payload = {}};
}

void FrameParser::release_delivered() {
  if (!held_) return;
  if (held_->frame_delivered) held_->frame.clear();
  if (held_->message_delivered) held_->message.clear();
  held_->frame_delivered = false;
  held_->message_delivered = false;
  if (held_->frame.empty() && !held_->in_message) held_.reset();
}

FrameHeader encode_header(Opcode opcode, std::uint64_t payload_bytes, bool final_fragment) {
  FrameHeader header;
  header.bytes[0] = static_cast<std::uint8_t>((final_fragment ? kFinBit : 0) | static_cast<std::uint8_t>(opcode));
  if (payload_bytes <= 125) {
    header.bytes[1] = static_cast<std::uint8_t>(payload_bytes);
    header.size = 2;
  } else if (payload_bytes <= 0xFFFF) {
    header.bytes[1] = 126;
    write_big_endian(header.bytes.data() + 2, payload_bytes, 2);
    header.size = 4;
  } else {
    header.bytes[1] = 127;
    write_big_endian(header.bytes.data() + 2, payload_bytes, 8);
    header.size = 10;
  }
  return header;
}

void append_masked_frame(std::vector<std::uint8_t>& out, Opcode opcode, ByteSpan payload, std::uint32_t mask,
                         bool final_fragment) {
  FrameHeader header = encode_header(opcode, payload.size(), final_fragment);
  std::array<std::uint8_t, 4> mask_bytes{};
  std::memcpy(mask_bytes.data(), &mask, 4);
  header.bytes[1] |= kMaskBit;
  std::memcpy(header.bytes.data() + header.size, mask_bytes.data(), 4);
  header.size = static_cast<std::uint8_t>(header.size + 4);
  out.insert(out.end(), header.view().begin(), header.view().end());
  out.insert(out.end(), payload.begin(), payload.end());
  apply_mask(std::span(out).last(payload.size()), mask_bytes);
}

std::vector<std::uint8_t> close_payload(std::uint16_t code, std::string_view reason) {
  if (code == kCloseNoStatus) return {};
  std::vector<std::uint8_t> payload{static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code & 0xFFu)};
  const ByteSpan cut = as_bytes(utf8_prefix(reason, kCloseReasonMax));
  payload.insert(payload.end(), cut.begin(), cut.end());
  return payload;
}

bool is_valid_close_code(std::uint16_t code) {
  if (code >= 3000 && code <= 4999) return true;
  return code >= 1000 && code <= 1014 && code != 1004 && code != kCloseNoStatus && code != kCloseAbnormal;
}

void apply_mask(std::span<std::uint8_t> bytes, std::array<std::uint8_t, 4> mask) {
  std::uint64_t wide_mask = 0;
  std::memcpy(&wide_mask, mask.data(), 4);
  std::memcpy(reinterpret_cast<std::uint8_t*>(&wide_mask) + 4, mask.data(), 4);
  std::size_t at = 0;
  for (; bytes.size() - at >= 8; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    word ^= wide_mask;
    std::memcpy(bytes.data() + at, &word, 8);
  }
  for (; at < bytes.size(); ++at) bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ mask[at & 3]);
}

std::string accept_key(std::string_view key) {
  const std::string salted = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  SHA1(reinterpret_cast<const unsigned char*>(salted.data()), salted.size(), digest.data());
  std::array<unsigned char, 32> text{};
  const int length = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
  return {reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(length)};
}

}  // namespace throng::net
