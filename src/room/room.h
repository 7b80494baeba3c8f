#pragma once
// The runtime around one world: seats and sessions, the frames of its clients, and the pace of ticks and patches.

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/frame_buffer.h"
#include "base/trace.h"
#include "content/server/rooms_def.h"
#include "protocol/frames.h"
#include "protocol/wire/msgpack.h"
#include "room/admission.h"
#include "room/party_registry.h"
#include "room/ports.h"
#include "room/post_office.h"
#include "room/room_logic.h"
#include "room/room_metrics.h"
#include "room/saved_rooms.h"
#include "room/session.h"
#include "room/tick_timer.h"

namespace throng::room {

/// Makes the logic of a room; runs while the Room is being built, so it may keep the control but not use it yet.
using MakeLogic = std::function<std::unique_ptr<RoomLogic>(RoomControl&)>;

/// What the room's surroundings lend it for its whole life.
struct RoomContext {
  const Clock& clock;
  SessionTransport& transport;
  DirectoryOutlet& directory;
  const std::unordered_map<std::string, RoomListing>& listings;  ///< all rooms that this thread has heard of
  FrameBuffer& scratch;                                          ///< one per thread; contents do not survive a send
  Travel* travel = nullptr;                                      ///< null: nobody can go anywhere
  Keeper* keeper = nullptr;                                      ///< null: characters are not kept
  Admission* admission = nullptr;                                ///< null: nobody comes with a character
  TickReader* tick_reader = nullptr;                             ///< null: ticks are not timed
  PostOffice* post_office = nullptr;                             ///< null: there is no mail
  PartyRegistry* parties = nullptr;                              ///< null: no party is kept
};

/// What tells this room from others.
struct RoomIdentity {
  std::string room_id;
  std::string process_id;
  std::string filter;      ///< see RoomListing
  bool permanent = false;  ///< stays when it is empty
  std::string place = {};  ///< kind/map/number: the same after a restart; empty: a room that always begins anew
};

/// How a socket's wish to join or to come back ended.
struct Connected {
  bool accepted = false;
  SessionSlot slot{};
};

/// One room. Lives and dies on one thread; nothing here blocks.
class Room final : public RoomControl {
 public:
  /// How long a client may take to acknowledge JOIN_ROOM.
  static constexpr std::chrono::seconds kAckTimeout{10};
  /// A tick's patches are sent in up to so many groups, spread over the interval, so that thousands of sends do not make
  /// the input of the others wait, and a slow tick delays nobody twice.
  static constexpr std::uint32_t kFlushGroupsMax = 10;
  static constexpr std::uint32_t kSessionsPerFlushGroup = 100;

  Room(RoomIdentity identity, const content::RoomKindDef& def, RoomContext context, const MakeLogic& make_logic,
       SavedRoom saved = {});
  ~Room() override;

  // Match-making.
  bool reserve_seat(std::string session_id, JoinOptions options);
  /// Session id of the dropped or live session that holds `token`.
  std::optional<std::string> session_of_token(std::string_view token) const;
  RoomListing listing() const;

  // Links. Every frame that can end the session may free its slot.
  Connected connect(LinkId link, const ConnectRequest& request);
  void on_frame(SessionSlot slot, LinkId link, ByteSpan frame);
  void on_link_drained(SessionSlot slot, LinkId link);
  void on_link_closed(SessionSlot slot, LinkId link, std::uint16_t code);

  // Pace, called by the host.
  bool has_ticks() const { return logic_->has_state(); }
  Nanoseconds tick_interval() const { return tick_interval_; }
  /// @param due  when it should have begun; nothing: now
  void tick(std::optional<MonotonicTime> due = std::nullopt);
  /// Sends one group of sessions their patch. Returns the time from the tick to the next group, or nothing when all are served.
  std::optional<Nanoseconds> flush_group();
  bool flushing() const { return next_group_ < group_count_; }
  /// Seats and grace periods that ran out, clients that do not read; several times a second.
  void sweep();
  /// True when the room has been empty long enough to go.
  bool disposable() const;
  /// Closes every session with 4001.
  void drain();
  /// After it the room gets nothing but `cut_done` and `finished`, until that is true.
  void dispose();
  bool finished() { return logic_->finished(); }
  void cut_done(const CutOutcome& outcome);
  /// Whether it goes on from what was saved of it.
  bool carried_on() const { return logic_->carried_on(); }
  void post_replied(const PostReply& reply) { logic_->post_replied(reply); }
  void mail_arrived(CharacterId recipient) { logic_->mail_arrived(recipient); }
  void party_replied(const PartyReply& reply) { logic_->party_replied(reply); }
  void party_told(const PartyTold& told) { logic_->party_told(told); }

  void adopt_content(const SharedContent& content) { logic_->adopt_content(content); }
  /// Answer to a seat that was sought; null: there is none. False: nobody waits for it any more.
  bool seat_found(const std::string& session_id, const TravelSeat* seat);
  std::optional<ContentStatus> content_status() const { return logic_->content_status(); }
  void expel_account(AccountId account, std::string_view text);

  void directory_changed(const DirectoryChange& change) { logic_->directory_changed(change); }
  std::size_t linked_count() const { return linked_; }

  // RoomControl
  const std::string& room_id() const override { return identity_.room_id; }
  const content::RoomKindDef& def() const override { return def_; }
  const std::string& session_id(SessionSlot slot) const override { return sessions_[slot.value].id; }
  void send(SessionSlot slot, std::string_view type, ByteSpan payload) override;
  void broadcast(std::string_view type, ByteSpan payload) override;
  void answer(SessionSlot slot, const Question& question, const MessageVerdict& verdict) override;
  void seek_seat(SessionSlot slot, const std::string& map, std::shared_ptr<const Arrival> arrival) override;
  void dismiss(SessionSlot slot, std::string_view reason) override;
  void expel(SessionSlot slot, int code, std::string_view text) override;
  std::vector<RoomListing> listings() const override;
  bool keeps() const override { return context_.keeper != nullptr; }
  bool keep(Cut cut) override;
  bool ask_post(PostRequest request) override;
  bool ask_parties(PartyRequest request) override;
  TickTimer& tick_timer() override { return timer_; }
  const SavedRoom& saved() const override { return saved_; }
  bool checkpoint_due() const override;
  std::int64_t unix_milliseconds() const override { return context_.clock.unix_milliseconds(); }

 private:
  // room.cpp: seats, sessions, links
  std::optional<SessionSlot> free_slot();
  Session* session_on(SessionSlot slot, LinkId link);
  Connected take_seat(SessionSlot slot, LinkId link, const ConnectRequest& request);
  Connected take_up_again(SessionSlot slot, LinkId link, const ConnectRequest& request);
  void greet(Session& session, LinkId link, bool skip_handshake);
  void refuse(LinkId link, int code, std::string_view text, std::uint16_t close_code);
  Span joining_span(std::string_view name, const Session& session, const ConnectRequest& request) const;
  void end_session(SessionSlot slot);
  void close_session(SessionSlot slot, std::uint16_t code, std::string_view reason);
  void detach_link(Session& session);
  void publish_if_changed();
  void sweep_session(SessionSlot slot, MonotonicTime now);
  MonotonicTime now() const { return context_.clock.now(); }
  std::int64_t now_ms() const;
  void give_back(const Session& session);

  // room_checkpoint.cpp
  void add_checkpoint(Cut& cut);
  std::chrono::milliseconds checkpoint_interval() const;

  // room_frames.cpp: what clients send
  void on_ack(SessionSlot slot);
  void on_message(SessionSlot slot, const protocol::ClientFrame& frame);
  void on_request(SessionSlot slot, const protocol::ClientFrame& frame);
  bool within_rates(SessionSlot slot, const protocol::MessageType& type, bool& flood);
  MessageVerdict judge(SessionSlot slot, const protocol::ClientFrame& frame);
  void respond(SessionSlot slot, std::uint32_t request_id, const protocol::MessageType& type,
               const MessageVerdict& verdict);
  void report(SessionSlot slot, const protocol::MessageType& type, const MessageVerdict& verdict);
  void flush_waiting(SessionSlot slot);

  // room_flush.cpp: what clients are sent
  void send_frame(SessionSlot slot);
  void serve(SessionSlot slot);
  void show_state(SessionSlot slot);

  const RoomIdentity identity_;
  const content::RoomKindDef def_;
  RoomContext context_;
  const Nanoseconds tick_interval_;
  const std::int64_t created_at_ms_;
  SavedRoom saved_;  // without the world once the logic has it
  RoomMetrics metrics_;
  TickTimer timer_;
  std::unique_ptr<RoomLogic> logic_;
  std::vector<AcceptedMessage> accepted_messages_;
  std::vector<Session> sessions_;  // bound: def_.max_clients
  std::vector<SessionSlot> free_slots_;
  std::unordered_map<std::string, SessionSlot> slot_of_session_id_;
  std::size_t linked_ = 0;
  std::uint32_t ticks_until_patch_ = 1;
  std::uint32_t next_group_ = 0;
  std::uint32_t group_count_ = 0;
  std::uint32_t flush_sessions_ = 0;  // places when the patch began: who comes later must not shift the groups
  MonotonicTime empty_since_;
  MonotonicTime checkpoint_at_;  // when the next is due
  bool old_checkpoint_aside_ = false;  // it could not be read
  Span checkpoint_span_;  // from handing it over until it is durable
  bool draining_ = false;
  bool disposed_ = false;
  bool last_checkpoint_kept_ = false;
  RoomListing published_;
  MonotonicTime published_at_{};
};

}  // namespace throng::room
