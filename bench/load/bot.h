#pragma once
// One client: its connection, its place in the handshake, what it does once it is in.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/rng.h"
#include "load/client_frames.h"
#include "load/looter.h"
#include "load/settings.h"
#include "load/socket.h"
#include "load/tally.h"
#include "load/watcher.h"
#include "load/workload.h"

namespace throng::bench {

/// Where a seat was reserved.
struct Seat {
  std::string process_id;
  std::string room_id;
  std::string session_id;
};

enum class BotPhase : std::uint8_t {
  Waiting,        // for its turn to join
  Matchmaking,    // asked for a seat
  Connecting,     // TCP
  Upgrading,      // request sent, no 101 yet
  Joining,        // no JOIN_ROOM yet
  AwaitingState,  // acknowledged, no state yet
  Playing,
  Leaving,        // a storm's bot that waits for the server to close
  Done,
};
inline bool is_joining(BotPhase phase) { return phase >= BotPhase::Matchmaking && phase <= BotPhase::AwaitingState; }

/// What reading a socket led to.
enum class BotEvent { Nothing, Joined, Gone };

/// What all bots of a swarm share. Outlives them.
struct BotContext {
  const Settings& settings;
  Tally& tally;
  std::string host_header;
  std::span<std::uint8_t> scratch;  // received bytes, until they are read
  double side_units = 0;
};

class Bot {
 public:
  Bot(Behaviour behaviour, std::uint32_t index, bool watched, const BotContext& context);

  Behaviour behaviour() const { return behaviour_; }
  BotPhase phase() const { return phase_; }
  std::uint32_t index() const { return index_; }
  int descriptor() const { return socket_.number(); }
  MonotonicTime phase_began() const { return phase_began_; }
  MonotonicTime join_began() const { return join_began_; }
  /// Time of the last patch while playing, of the join at the latest.
  MonotonicTime last_patch() const { return last_patch_; }

  /// Begins to join; the seat is somebody else's business.
  void begin_join(MonotonicTime now);
  /// The join options, a JSON object.
  std::string join_options() const;

  /// Takes a socket that is connecting, and the seat to claim. For Limit the seat is empty.
  void connect(Descriptor socket, const Seat& seat, MonotonicTime now);
  /// TCP stands: sends the upgrade request. False when it could not be sent.
  bool send_upgrade(MonotonicTime now);

  /// The socket has something to read. After Gone the caller calls `close`.
  BotEvent on_readable(MonotonicTime now);

  /// While playing; for a walker and a looter. Sends the next move.
  void move(MonotonicTime now);
  void send_garbage();
  /// Slow readers: takes 256 bytes off the socket. False when the server has closed.
  bool sip();
  void leave(MonotonicTime now);

  /// Drops the connection. What follows (Waiting or Done) is the caller's to say.
  void close(BotPhase next, MonotonicTime now);

  /// Why the server closed, for people; empty when it did not say.
  const std::string& close_note() const { return close_note_; }

 private:
  void enter(BotPhase phase, MonotonicTime now);
  BotEvent on_upgrade_bytes(ByteSpan bytes, MonotonicTime now);
  BotEvent on_frames(ByteSpan bytes, MonotonicTime now);
  BotEvent on_frame(const ServerFrame& frame, MonotonicTime now);
  BotEvent on_game_frame(const ServerFrame& frame, MonotonicTime now);
  BotEvent on_join_room(ByteSpan payload, MonotonicTime now);
  BotEvent on_state(const ServerFrame& frame, MonotonicTime now);
  void on_close(ByteSpan payload);
  BotEvent joined(MonotonicTime now);
  void note_patch(MonotonicTime now);
  bool send_frame(FrameOpcode opcode, ByteSpan payload);
  bool send_raw(ByteSpan bytes);
  bool flush_unsent();
  void play_for_loot(MonotonicTime now);
  void step_direction(MonotonicTime now, std::vector<std::uint8_t>& message);

  const BotContext& context_;
  Descriptor socket_;
  MonotonicTime phase_began_{};
  MonotonicTime join_began_{};
  MonotonicTime last_patch_{};
  FrameReader reader_;
  RandomWalk walk_;
  Rng rng_;
  std::string session_id_;
  std::string text_;  // the upgrade request while connecting, then the head of its answer
  std::string close_note_;
  std::vector<std::uint8_t> unsent_;  // the rest of a frame that the kernel took half of; at most one frame
  std::unique_ptr<Watcher> watcher_;
  std::unique_ptr<Looter> looter_;
  std::uint32_t index_;
  std::uint32_t moves_ = 0;
  Behaviour behaviour_;
  BotPhase phase_ = BotPhase::Waiting;
  bool watched_;
  MaskKey mask_;
};

}  // namespace throng::bench
