#include "load/client_frames.h"

#include <algorithm>

#include "base/assert.h"

namespace throng::bench {

void append_client_frame(std::vector<std::uint8_t>& out, FrameOpcode opcode, ByteSpan payload, MaskKey mask) {
  THRONG_ASSERT(payload.size() <= 0xffff, "a load generator's frame is short");
  out.push_back(static_cast<std::uint8_t>(0x80u | static_cast<unsigned>(opcode)));
  if (payload.size() < 126) {
    out.push_back(static_cast<std::uint8_t>(0x80u | payload.size()));
  } else {
    out.push_back(0x80u | 126u);
    out.push_back(static_cast<std::uint8_t>(payload.size() >> 8));
    out.push_back(static_cast<std::uint8_t>(payload.size() & 0xffu));
  }
  out.insert(out.end(), mask.begin(), mask.end());
  for (std::size_t i = 0; i < payload.size(); ++i) out.push_back(static_cast<std::uint8_t>(payload[i] ^ mask[i & 3]));
}

FrameReader::Header FrameReader::parse_header(ByteSpan bytes) {
  Header header;
  if (bytes.size() < 2) return header;
  header.frame.opcode = static_cast<FrameOpcode>(bytes[0] & 0x0fu);
  header.frame.final = (bytes[0] & 0x80u) != 0;
  const unsigned short_length = bytes[1] & 0x7fu;
  const std::size_t extra = short_length == 127 ? 8 : short_length == 126 ? 2 : 0;
  if ((bytes[0] & 0x70u) != 0 || (bytes[1] & 0x80u) != 0) header.valid = false;  // extension bits, masked server frame
  if (bytes.size() < 2 + extra) return header;
  std::uint64_t length = extra == 0 ? short_length : 0;
  for (std::size_t i = 0; i < extra; ++i) length = (length << 8) | bytes[2 + i];
  header.frame.length = length;
  header.valid = header.valid && length <= kFrameBytesMax;
  header.size = 2 + extra;
  return header;
}

FrameReader::Step FrameReader::next(ByteSpan& input, ServerFrame& frame) {
  if (partial_done_) {
    partial_.clear();
    partial_done_ = false;
  }
  if (input.empty()) return Step::NeedMore;
  return partial_.empty() ? next_whole(input, frame) : next_gathered(input, frame);
}

FrameReader::Step FrameReader::next_whole(ByteSpan& input, ServerFrame& frame) {
  const Header header = parse_header(input);
  if (!header.valid) return Step::Broken;
  if (header.size == 0 || input.size() < header.size + header.frame.length) return next_gathered(input, frame);
  frame = header.frame;
  frame.payload = input.subspan(header.size, static_cast<std::size_t>(frame.length));
  input = input.subspan(header.size + frame.payload.size());
  return Step::Frame;
}

FrameReader::Step FrameReader::next_gathered(ByteSpan& input, ServerFrame& frame) {
  Header header = parse_header(partial_);
  while (header.size == 0 && !input.empty()) {
    partial_.push_back(input.front());
    input = input.subspan(1);
    header = parse_header(partial_);
    if (!header.valid) return Step::Broken;
    if (header.size != 0) {
      wanted_ = keep_payload_ ? header.frame.length : std::min<std::uint64_t>(header.frame.length, kKeptBytes);
      skip_ = header.frame.length - wanted_;
    }
  }
  if (header.size == 0) return Step::NeedMore;
  const std::uint64_t missing = wanted_ - (partial_.size() - header.size);
  const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(missing, input.size()));
  partial_.insert(partial_.end(), input.begin(), input.begin() + static_cast<std::ptrdiff_t>(taken));
  input = input.subspan(taken);
  if (taken < missing) return Step::NeedMore;
  const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(skip_, input.size()));
  skip_ -= skipped;
  input = input.subspan(skipped);
  if (skip_ != 0) return Step::NeedMore;
  frame = header.frame;
  frame.payload = ByteSpan(partial_).subspan(header.size);
  partial_done_ = true;
  return Step::Frame;
}

}  // namespace throng::bench
