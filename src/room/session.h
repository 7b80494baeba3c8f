#pragma once
// A player's seat in a room. It is not a socket: it exists before one, and survives it for a grace period.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/strong.h"
#include "base/trace.h"
#include "protocol/frames.h"
#include "room/join_options.h"
#include "room/ports.h"
#include "room/token_bucket.h"

namespace throng::room {

/// Place of a session in its room; reused after the session is over.
using SessionSlot = Id<struct SessionSlotTag, std::uint32_t>;

enum class SessionPhase : std::uint8_t {
  Free,      ///< nobody; the slot may be given out
  Reserved,  ///< match-making gave the seat away, its socket has not come yet
  Greeted,   ///< JOIN_ROOM is sent, the acknowledgement is awaited
  Entering,  ///< acknowledged; the snapshot goes out with the next patch
  Live,
  Dropped,   ///< the socket is gone without a leave; the seat waits for it to come back
};

struct Session {
  /// Messages that may wait for the acknowledgement; beyond it the oldest is dropped.
  static constexpr std::size_t kWaitingMax = 64;
  static constexpr std::size_t kRatesMax = 24;

  SessionPhase phase = SessionPhase::Free;
  bool joined = false;        ///< the room's logic knows it
  bool resuming = false;      ///< the snapshot must follow a prune
  bool backed_up = false;     ///< its link is not keeping up; no patches until it has drained
  LinkId link = kNoLink;
  MonotonicTime deadline{};   ///< when Reserved, Greeted or Dropped ends by itself
  MonotonicTime backed_up_since{};
  std::string id;
  std::string token;
  JoinOptions options;
  Span joining;  ///< from the socket to the first state; nothing after that
  std::vector<std::vector<std::uint8_t>> waiting;
  TokenBucket all_messages;
  std::array<TokenBucket, kRatesMax> rates;  ///< by the order of the room's message types
  std::int64_t told_of_rate_ms = 0;          ///< when the client last heard that it is too fast
};

/// How a socket presents itself.
struct ConnectRequest {
  std::string room_id;
  std::string session_id;
  std::string reconnection_token;  ///< empty on a first join
  bool skip_handshake = false;
  SpanContext trace = {};  ///< of the upgrade request, if it named one
};

}  // namespace throng::room
