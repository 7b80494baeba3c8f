#include "protocol/codes.h"

#include <array>

namespace throng::protocol {

std::span<const CodeInfo> close_codes() {
  static constexpr std::array kCodes = {
      CodeInfo{kCloseNormal, "Normal", "the server ended the connection in order"},
      CodeInfo{kCloseTooBig, "TooBig", "a message was larger than the server takes (4,096 bytes)"},
      CodeInfo{kCloseConsented, "Consented", "you asked to leave, or were asked to"},
      CodeInfo{kCloseShutdown, "Shutdown", "the server is going away; the SDK does not try again"},
      CodeInfo{kCloseWithError, "WithError", "the join failed, or too many messages came; an ERROR frame tells more"},
      CodeInfo{kCloseReconnectRefused, "ReconnectRefused", "the session cannot be taken up again; final"},
      CodeInfo{kCloseMayReconnect, "MayReconnect", "the room moves or restarts; the SDK takes the session up again"},
  };
  return kCodes;
}

std::span<const CodeInfo> error_codes() {
  static constexpr std::array kCodes = {
      CodeInfo{kErrorUnknownRoom, "UnknownRoom", "no room has that name, or the method is unknown"},
      CodeInfo{kErrorNoMatch, "NoMatch", "`join`: no room of that name has a place free"},
      CodeInfo{kErrorRoomMissing, "RoomMissing", "`joinById`, `reconnect`: the room is gone, full or locked"},
      CodeInfo{kErrorUnhandled, "Unhandled", "the join could not be completed, or `reconnect` came without a token"},
      CodeInfo{kErrorSeatExpired, "SeatExpired", "the seat or reconnection token is used up, too old or wrong"},
      CodeInfo{kErrorAuthRefused, "AuthRefused", "the account's token was refused"},
      CodeInfo{kErrorApplication, "Application", "the room refused the join and gave no code of its own"},
      CodeInfo{kErrorInvalidMessage, "InvalidMessage",
               "ERROR frame: a message of unknown type, or one that cannot be read"},
  };
  return kCodes;
}

}  // namespace throng::protocol
