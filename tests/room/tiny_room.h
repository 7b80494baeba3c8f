#pragma once
// A Room with the smallest logic that shows what the Room does with it.

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <gtest/gtest.h>

#include "room/fake_surroundings.h"
#include "room/room.h"

namespace throng::room::test {

/// What a TinyLogic does, and what it was asked; outlives it.
struct TinyScript {
  bool has_state = true;
  bool can_show = true;
  bool has_news = true;  ///< whether patches have anything in them
  std::optional<Refusal> refusal;
  std::vector<std::string> calls;
  RoomControl* control = nullptr;
  int patch = 0;
  bool has_gone = false;
  std::optional<ContentStatus> content;  ///< as it is reported; its version is that of the last content adopted

  int count(const std::string& call) const { return static_cast<int>(std::count(calls.begin(), calls.end(), call)); }
};

/// Takes `say` (and `shout`, which has a small rate); `pay` is refused, `mumble` cannot be read.
class TinyLogic final : public RoomLogic {
 public:
  TinyLogic(RoomControl& control, TinyScript& script) : script_(script) { script.control = &control; }

  bool has_state() const override { return script_.has_state; }
  ByteSpan reflection() const override { return as_bytes("reflection"); }
  std::vector<AcceptedMessage> accepted_messages() const override { return {{"say", 1000, 1000}, {"shout", 1, 2}}; }

  std::optional<Refusal> join(SessionSlot slot, const JoinOptions&) override {
    if (script_.refusal) return script_.refusal;
    note("join", slot);
    return std::nullopt;
  }
  void entered(SessionSlot slot) override { note("entered", slot); }
  void dropped(SessionSlot slot) override { note("dropped", slot); }
  void leave(SessionSlot slot) override { note("leave", slot); }
  MessageVerdict message(SessionSlot, const protocol::ClientFrame& frame) override {
    const std::string_view type = frame.type.text;
    script_.calls.push_back("message " + std::string(type));
    if (type == "pay") return {MessageVerdict::Kind::Refused, "too_poor", "You cannot pay."};
    if (type == "mumble") return {MessageVerdict::Kind::Undecodable, {}, {}};
    if (type == "say" || type == "shout") return {};
    return {MessageVerdict::Kind::UnknownType, {}, {}};
  }

  bool has_gone(SessionSlot) const override { return script_.has_gone; }
  void seat_found(SessionSlot slot, const TravelSeat* seat) override { note(seat ? "seat" : "no seat", slot); }
  void adopt_content(const SharedContent& content) override { script_.content->version = content->version; }
  std::optional<ContentStatus> content_status() const override { return script_.content; }

  void directory_changed(const DirectoryChange& change) override {
    script_.calls.push_back("changed " + change.room_id);
  }
  void tick() override { script_.calls.push_back("tick"); }
  void begin_patch() override { ++script_.patch; }
  bool can_show(SessionSlot) const override { return script_.can_show; }
  void write_prune(SessionSlot, FrameBuffer& frame) override { write(protocol::Opcode::RoomStatePatch, 0xff, frame); }
  void write_snapshot(SessionSlot, FrameBuffer& frame) override {
    write(protocol::Opcode::RoomState, script_.patch, frame);
  }
  void write_patch(SessionSlot, FrameBuffer& frame) override {
    if (script_.has_news) write(protocol::Opcode::RoomStatePatch, script_.patch, frame);
  }
  void dispose() override { script_.calls.push_back("dispose"); }

 private:
  void note(const char* what, SessionSlot slot) {
    script_.calls.push_back(std::string(what) + " " + std::to_string(slot.value));
  }
  static void write(protocol::Opcode opcode, int number, FrameBuffer& frame) {
    frame.append(static_cast<std::uint8_t>(opcode));
    frame.append(static_cast<std::uint8_t>(number));
  }

  TinyScript& script_;
};

inline content::RoomKindDef tiny_def() {
  content::RoomKindDef def;
  def.name = "tiny";
  def.kind = content::RoomKind::Mmo;
  def.max_clients = 4;
  return def;
}

/// One room and its surroundings. Links are small numbers that the test chooses.
class TinyRoom {
 public:
  explicit TinyRoom(const content::RoomKindDef& def = tiny_def(), bool permanent = false, TinyScript begin = {})
      : script(std::move(begin)),
        room({.room_id = "room1", .process_id = "process", .filter = "", .permanent = permanent}, def,
             RoomContext{clock, transport, directory, listings, scratch},
             [this](RoomControl& control) { return std::make_unique<TinyLogic>(control, script); }) {}

  Connected connect(std::uint64_t link, const std::string& session, const std::string& token = {}) {
    return room.connect({link}, {.room_id = "room1", .session_id = session, .reconnection_token = token});
  }
  /// Seat, socket and acknowledgement; the state comes with the next patch.
  SessionSlot enter(std::uint64_t link, const std::string& session, JoinOptions options = {}) {
    EXPECT_TRUE(room.reserve_seat(session, std::move(options)));
    const Connected connected = connect(link, session);
    EXPECT_TRUE(connected.accepted);
    room.on_frame(connected.slot, {link}, ack_frame());
    return connected.slot;
  }
  /// The same, and the state.
  SessionSlot play(std::uint64_t link, const std::string& session) {
    const SessionSlot slot = enter(link, session);
    patch();
    return slot;
  }
  void patch() {
    room.tick();
    while (room.flush_group()) {
    }
  }
  std::string token(std::uint64_t link) { return token_of(transport.to({link}, protocol::Opcode::JoinRoom).back()); }
  std::vector<std::string> texts(std::uint64_t link, const std::string& type, const std::string& key) {
    return transport.texts({link}, type, key);
  }

  ManualClock clock;
  RecordingTransport transport;
  RecordingDirectory directory;
  std::unordered_map<std::string, RoomListing> listings;
  FrameBuffer scratch;
  TinyScript script;
  Room room;
};

}  // namespace throng::room::test
