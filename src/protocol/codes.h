#pragma once
// Numbers that clients see: WebSocket close codes, and codes of match-making errors and ERROR frames.

#include <cstdint>
#include <span>
#include <string_view>

namespace throng::protocol {

inline constexpr std::uint16_t kCloseNormal = 1000;
inline constexpr std::uint16_t kCloseTooBig = 1009;
inline constexpr std::uint16_t kCloseConsented = 4000;
inline constexpr std::uint16_t kCloseShutdown = 4001;
inline constexpr std::uint16_t kCloseWithError = 4002;
inline constexpr std::uint16_t kCloseReconnectRefused = 4003;
inline constexpr std::uint16_t kCloseMayReconnect = 4010;

inline constexpr int kErrorUnknownRoom = 520;
inline constexpr int kErrorNoMatch = 521;
inline constexpr int kErrorRoomMissing = 522;
inline constexpr int kErrorUnhandled = 523;
inline constexpr int kErrorSeatExpired = 524;
inline constexpr int kErrorAuthRefused = 525;
inline constexpr int kErrorApplication = 526;
/// ERROR frames only: a message that the room does not know or could not read.
inline constexpr int kErrorInvalidMessage = 4217;

struct CodeInfo {
  int code;
  std::string_view name;
  std::string_view help;
};

/// What the reference page lists; in the order of the numbers.
std::span<const CodeInfo> close_codes();
std::span<const CodeInfo> error_codes();

}  // namespace throng::protocol
