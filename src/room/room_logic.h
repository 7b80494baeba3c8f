#pragma once
// What makes one kind of room different from another. The Room around it deals with seats, sockets and pace.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/frame_buffer.h"
#include "content/game/game_content.h"
#include "content/server/rooms_def.h"
#include "protocol/frames.h"
#include "room/join_options.h"
#include "room/keeping.h"
#include "room/party_registry.h"
#include "room/ports.h"
#include "room/post_office.h"
#include "room/saved_rooms.h"
#include "room/session.h"
#include "room/tick_timer.h"

namespace throng::room {

/// Said no, and why: shown to the client.
struct Refusal {
  int code = 0;       ///< 520…526 or an application's own code
  std::string text;
};

/// What became of a client's message.
struct MessageVerdict {
  /// Pending: RoomControl::answer follows.
  enum class Kind { Accepted, UnknownType, Undecodable, Refused, Pending };
  Kind kind = Kind::Accepted;
  std::string_view code;  ///< stable, for programs; of Refused
  std::string text;       ///< for the player
};

/// A message that is answered later.
struct Question {
  std::string_view type;                    ///< lives as long as the program
  std::optional<std::uint32_t> request_id;  ///< of a Request frame
};

/// A type of message that a kind of room takes, with its default rate.
struct AcceptedMessage {
  std::string_view name;
  int per_s = 10;
  int burst = 20;
};

using SharedContent = std::shared_ptr<const content::GameContent>;

/// Which content a room runs, and what of it is alive there.
struct ContentStatus {
  std::uint32_t version = 0;
  std::uint64_t hash = 0;
  std::vector<std::pair<std::string, int>> monsters;  ///< kind and how many live, in the order of the content
};

/// What a kind of room may do with its sessions. Implemented by Room; valid as long as the logic.
class RoomControl {
 public:
  virtual ~RoomControl() = default;
  virtual const std::string& room_id() const = 0;
  virtual const content::RoomKindDef& def() const = 0;
  virtual const std::string& session_id(SessionSlot slot) const = 0;
  /// ROOM_DATA with a MessagePack payload; waits for the acknowledgement if that is still missing.
  virtual void send(SessionSlot slot, std::string_view type, ByteSpan payload) = 0;
  /// The same to everybody who is in the room.
  virtual void broadcast(std::string_view type, ByteSpan payload) = 0;
  /// The verdict on a message that was Pending.
  virtual void answer(SessionSlot slot, const Question& question, const MessageVerdict& verdict) = 0;
  /// Asks for a seat for this session in the room of a map; RoomLogic::seat_found is the answer.
  virtual void seek_seat(SessionSlot slot, const std::string& map, std::shared_ptr<const Arrival> arrival) = 0;
  /// Ends the session with 4000: it has nothing to do here any more.
  virtual void dismiss(SessionSlot slot, std::string_view reason) = 0;
  /// ERROR and the end of the session.
  virtual void expel(SessionSlot slot, int code, std::string_view text) = 0;
  /// Every public room of this node, lobbies left out.
  virtual std::vector<RoomListing> listings() const = 0;
  /// Whether there is somebody who keeps characters; else all that happens counts at once.
  virtual bool keeps() const { return false; }
  /// What the room begins with; its world is there only while the logic is being built.
  virtual const SavedRoom& saved() const {
    static const SavedRoom nothing;
    return nothing;
  }
  /// True: the next cut takes the world along (RoomLogic::save_world), so that one is wanted even when nothing else is to
  /// be kept. Taken care of by `keep`.
  virtual bool checkpoint_due() const { return false; }
  /// As Keeper::keep; the answer is RoomLogic::cut_done.
  virtual bool keep(Cut) { return false; }
  /// As PostOffice::ask, the room's name added; the answer is RoomLogic::post_replied. False: there is no mail here.
  virtual bool ask_post(PostRequest) { return false; }
  /// As PartyRegistry::ask, the room's name added; the answer is RoomLogic::party_replied. False: no party is kept here.
  virtual bool ask_parties(PartyRequest) { return false; }
  virtual std::int64_t unix_milliseconds() const = 0;
  /// What the parts of a tick and of a patch tell of themselves.
  virtual TickTimer& tick_timer() = 0;
};

/// One room's rules. All calls on the room's thread; slots are those of the Room's sessions.
class RoomLogic {
 public:
  virtual ~RoomLogic() = default;

  /// False: the room has no synchronised state (serializer `none`), and no ticks.
  virtual bool has_state() const = 0;
  /// Operations of the handshake, as encode_reflection gives them.
  virtual ByteSpan reflection() const { return {}; }
  /// Every type of message that `message` understands; at most Session::kRatesMax.
  virtual std::vector<AcceptedMessage> accepted_messages() const = 0;

  /// A socket has taken the seat. A refusal ends the join with its code.
  virtual std::optional<Refusal> join(SessionSlot slot, const JoinOptions& options) = 0;
  /// The client has its state (or, without state, has acknowledged): it may be told things.
  virtual void entered(SessionSlot) {}
  /// The socket is gone; the session may come back (`entered` again) or end (`leave`).
  virtual void dropped(SessionSlot) {}
  /// The session is over, for whatever reason. Only for slots that joined.
  virtual void leave(SessionSlot slot) = 0;
  /// A Data, Bytes or Request frame of a session that has joined; its views live during the call.
  virtual MessageVerdict message(SessionSlot slot, const protocol::ClientFrame& frame) = 0;
  virtual void directory_changed(const DirectoryChange&) {}

  /// The seat that was sought, or null when there is none. Only for sessions that are still there.
  virtual void seat_found(SessionSlot, const TravelSeat*) {}

  /// One step of the simulation.
  virtual void tick() {}
  /// Encodes what changed since the last patch; the views below then refer to this moment.
  virtual void begin_patch() {}
  /// Messages for a session that is about to be served its patch.
  virtual void before_patch(SessionSlot) {}
  /// True once the joined session can be shown its state.
  virtual bool can_show(SessionSlot) const { return true; }
  /// True: the session has nothing more to see here. One that comes back is `entered` without a state, and what waited
  /// for it is forgotten: it is about what it has left.
  virtual bool has_gone(SessionSlot) const { return false; }
  /// Whole frames into the cleared buffer, opcode included.
  virtual void write_prune(SessionSlot, FrameBuffer&) {}
  virtual void write_snapshot(SessionSlot, FrameBuffer&) {}
  /// Leaves the frame empty when there is nothing to tell.
  virtual void write_patch(SessionSlot, FrameBuffer&) {}
  /// Goes on with another version of the content, between two ticks.
  virtual void adopt_content(const SharedContent&) {}
  /// Nothing: the room has no content.
  virtual std::optional<ContentStatus> content_status() const { return std::nullopt; }
  /// Whether it goes on from the world in RoomControl::saved; false: there was none, or it could not be read.
  virtual bool carried_on() const { return false; }
  /// The world at the end of the last tick, for a checkpoint.
  virtual std::vector<std::uint8_t> save_world() const { return {}; }
  /// Somebody newer comes for this account. Its sessions are over; a body of it that still stands here goes now, and its
  /// character is released with the next cut.
  virtual void let_go(AccountId) {}
  /// What RoomControl::keep took is durable.
  virtual void cut_done(const CutOutcome&) {}
  /// The answer to RoomControl::ask_post, as long as the room has not ended.
  virtual void post_replied(const PostReply&) {}
  /// Somebody has got mail, maybe somebody who plays here.
  virtual void mail_arrived(CharacterId) {}
  /// The answer to RoomControl::ask_parties, as long as the room has not ended.
  virtual void party_replied(const PartyReply&) {}
  /// A party has changed, maybe of somebody who plays here.
  virtual void party_told(const PartyTold&) {}
  /// The room ends: last bytes of a recording and the like.
  virtual void dispose() {}
  /// Asked several times a second after `dispose`, and after each `cut_done`: whether everything is kept. Hands over what
  /// is not; the room goes when it is.
  virtual bool finished() { return true; }
};

}  // namespace throng::room
