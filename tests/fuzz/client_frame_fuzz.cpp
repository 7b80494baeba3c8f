// Any frame from a client: classified, its payload parsed, and read as every message there is.
#include <cstddef>
#include <cstdint>

#include "base/utf8.h"
#include "protocol/frames.h"
#include "protocol/messages/chat.h"
#include "protocol/messages/lobby_filter.h"
#include "protocol/messages/move.h"

namespace throng::protocol {
namespace {

void check(ByteSpan bytes) {
  static MsgpackDocument document;
  const ClientFrame frame = decode_client_frame(bytes);
  if (frame.payload.size() > bytes.size() || frame.has_payload != !frame.payload.empty()) __builtin_trap();
  if (const auto move = decode_message<MoveMessage>(frame, document)) {
    if (!(move->x >= -1 && move->x <= 1 && move->y >= -1 && move->y <= 1)) __builtin_trap();
  }
  if (const auto chat = decode_message<ChatMessage>(frame, document)) {
    const auto length = count_code_points(chat->message);
    if (!length || *length == 0 || *length > kChatCodePointsMax) __builtin_trap();
  }
  (void)decode_message<MoveToMessage>(frame, document);
  (void)decode_message<LobbyFilterMessage>(frame, document);
}

}  // namespace
}  // namespace throng::protocol

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  throng::protocol::check({data, size});
  return 0;
}
