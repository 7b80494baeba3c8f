// WebSocket frames from strangers: whole and split feeding must agree, and memory stays bounded.
// Input: one byte for role and step, then the bytes of the connection.

#include <algorithm>
#include <string>
#include <vector>

#include "base/assert.h"
#include "net/websocket/frame_codec.h"
#include "net/websocket/utf8.h"

namespace {

using throng::net::FrameEvent;
using throng::net::FrameParser;

constexpr std::uint32_t kMessageMax = 512;

std::vector<std::string> events_of(FrameParser::Role role, std::vector<std::uint8_t> bytes, std::size_t step) {
  FrameParser parser(role, kMessageMax);
  std::vector<std::string> seen;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    std::span<std::uint8_t> input = std::span(bytes).subspan(at, std::min(step, bytes.size() - at));
    for (;;) {
      const FrameEvent event = parser.next(input);
      if (event.kind == FrameEvent::Kind::NeedMore) break;
      THRONG_ASSERT(event.payload.size() <= kMessageMax, "a payload above the limit");
      THRONG_ASSERT(!event.is_text || throng::net::is_valid_utf8(event.payload), "text that is not UTF-8");
      seen.push_back(std::to_string(static_cast<int>(event.kind)) + ":" + std::to_string(event.close_code) + ":" +
                     std::string(throng::as_text(event.payload)));
    }
    THRONG_ASSERT(input.empty(), "bytes were left over");
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto role = (data[0] & 1) != 0 ? FrameParser::Role::Client : FrameParser::Role::Server;
  const std::size_t step = 1 + (data[0] >> 1) % 16;
  const std::vector<std::uint8_t> bytes(data + 1, data + size);
  const auto whole = events_of(role, bytes, std::max<std::size_t>(bytes.size(), 1));
  THRONG_ASSERT(whole == events_of(role, bytes, step), "splitting changes the meaning");
  return 0;
}
