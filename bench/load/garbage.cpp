#include "load/garbage.h"

#include <string_view>

#include "load/client_frames.h"

namespace throng::bench {
namespace {

constexpr MaskKey kGarbageMask{0x5a, 0xa5, 0x3c, 0xc3};

std::vector<std::uint8_t> random_bytes(Rng& rng, std::uint32_t size) {
  std::vector<std::uint8_t> bytes(size);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(rng.below(256));
  return bytes;
}

std::vector<std::uint8_t> message(std::string_view type_and_payload) {
  return {type_and_payload.begin(), type_and_payload.end()};
}

std::vector<std::uint8_t> nested_arrays(std::size_t depth) {
  std::vector<std::uint8_t> bytes = message("\x0d\xa4move");
  bytes.insert(bytes.end(), depth, 0x91);
  return bytes;
}

std::vector<std::uint8_t> rubbish_message(Rng& rng) {
  using std::string_view_literals::operator""sv;  // some of these hold zero bytes
  switch (rng.below(8)) {
    case 0: return random_bytes(rng, 1 + rng.below(64));
    case 1: return message("\x0d\xa4move\xd4\x72\x40\x92\xa1x"sv);                  // a record cut off
    case 2: return message("\x0d\xdb\xff\xff\xff\x7f"sv);                           // a type of two billion letters
    case 3: return nested_arrays(3000);
    case 4: return message("\x0d\xa4move\xdf\xff\xff\xff\xff"sv);                   // a map of four billion
    case 5: return random_bytes(rng, 5000 + rng.below(60'000));                   // beyond the message limit
    case 6:
      return message("\x0d\xa4move\xd4\x72\x40\x92\xa1x\xa1y\xa1n\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00"sv);  // no number
    default: return message("\x15\x00\xa6nobody\xc0"sv);  // a request that nobody answers
  }
}

}  // namespace

void append_garbage(std::vector<std::uint8_t>& out, Rng& rng) {
  if (rng.below(16) == 0) {
    const std::vector<std::uint8_t> raw = random_bytes(rng, 64);
    out.insert(out.end(), raw.begin(), raw.end());
    return;
  }
  const FrameOpcode opcode = rng.below(8) == 0 ? FrameOpcode::Text : FrameOpcode::Binary;
  append_client_frame(out, opcode, rubbish_message(rng), kGarbageMask);
}

}  // namespace throng::bench
