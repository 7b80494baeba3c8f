#include "room/kinds/world_room.h"

#include <cmath>

#include <fmt/format.h>

#include "base/assert.h"
#include "base/counters.h"
#include "base/random_id.h"
#include "protocol/codes.h"
#include "protocol/messages/chat.h"
#include "protocol/messages/move.h"
#include "protocol/messages/server_messages.h"
#include "protocol/wire/utf8.h"
#include "room/kinds/accepted.h"
#include "room/kinds/entity_views.h"
#include "room/kinds/world_recorder.h"
#include "room/kinds/world_rows.h"
#include "sim/world.h"

namespace throng::room {
namespace {

using sim::EntityIndex;

/// One session's body and what its private structure looked like when it was sent last.
struct Member {
  sim::PlayerKey key{};
  EntityIndex index = sim::kNoEntity;  ///< none until the world has spawned it
  InlineString<32> name;
  protocol::MeRow me_sent;
  std::uint32_t next_seq = 0;          ///< for clients that do not count their moves
  bool present = false;
};

sim::WorldSettings world_settings(const content::RoomKindDef& def) {
  sim::WorldSettings settings;
  settings.tick_rate_hz = def.tick_rate_hz;
  settings.player_speed = def.world->player_speed;
  settings.entities_max = static_cast<std::uint32_t>(def.entities_max);
  // An index must rest longer than the longest gap between two patches (SPEC 10.4).
  settings.index_quarantine_ms = std::max(2'000u, 3'000u / static_cast<std::uint32_t>(def.patch_rate_hz));
  return settings;
}

BasisPoints deflection(double axis) { return {static_cast<std::int32_t>(std::lround(axis * kBasisPointsWhole))}; }

/// One to 32 code points, none of them a control character.
bool fit_to_show(std::string_view name) {
  const std::optional<std::size_t> length = protocol::count_code_points(name);
  if (!length || *length == 0 || *length > 32) return false;
  while (const std::optional<char32_t> c = protocol::take_code_point(name)) {
    if (protocol::is_control(*c)) return false;
  }
  return true;
}

/// The name that the client wishes for, if it is fit to be shown.
InlineString<32> shown_name(const JoinOptions& options) {
  const std::string_view wish = options.text("name").value_or("");
  if (fit_to_show(wish)) return InlineString<32>(wish);
  return InlineString<32>("guest-" + random_id(4));
}

class WorldRoom final : public RoomLogic {
 public:
  /// Intents that may wait for one tick; beyond it moves are dropped (joins and leaves never are: seats bound them).
  static constexpr std::size_t kInboxMax = 32'768;

  WorldRoom(RoomControl& control, const WorldRoomSettings& settings)
      : control_(control),
        world_(settings.map, settings.monsters, world_settings(control.def()), settings.seed),
        recorder_(settings.recordings, control.room_id(), world_),
        views_(control.def()),
        rows_(views_.sync(), world_),
        reflection_(protocol::encode_reflection(protocol::describe_world_state())) {}

  bool has_state() const override { return true; }
  ByteSpan reflection() const override { return reflection_; }
  std::vector<AcceptedMessage> accepted_messages() const override {
    return {accepted(protocol::move_message()), accepted(protocol::chat_message())};
  }

  std::optional<Refusal> join(SessionSlot slot, const JoinOptions& options) override {
    if (slot.value >= members_.size()) members_.resize(slot.value + 1);
    Member& member = members_[slot.value];
    member = Member{};
    member.key = {next_key_++};
    member.name = shown_name(options);
    member.present = true;
    slot_of_key_[member.key] = slot;
    views_.open(slot);
    inbox_.push_back(sim::SpawnPlayer{member.key, member.name, std::nullopt, {}});
    return std::nullopt;
  }

  void dropped(SessionSlot slot) override {  // the body stays, but stops
    Member& member = members_[slot.value];
    post(sim::Move{member.key, {0}, {0}, member.next_seq});
  }

  void leave(SessionSlot slot) override {
    Member& member = members_[slot.value];
    slot_of_key_.erase(member.key);
    inbox_.push_back(sim::RemovePlayer{member.key});
    member = Member{};
  }

  MessageVerdict message(SessionSlot slot, const protocol::ClientFrame& frame) override {
    if (frame.type.text == "move") return move(slot, frame);
    if (frame.type.text == "chat") return chat(slot, frame);
    return {MessageVerdict::Kind::UnknownType, {}, {}};
  }

  void tick() override {
    inbox_.swap(applied_);  // what an event makes a session ask for belongs to the next tick
    const sim::TickOutput& output = world_.tick(applied_);
    recorder_.record(applied_, world_);
    applied_.clear();
    for (const sim::Event& event : output.events) on_event(event);
  }

  void begin_patch() override {
    rows_.encode(control_.unix_milliseconds(), [this](sim::PlayerKey key) -> std::string_view {
      const auto found = slot_of_key_.find(key);
      return found == slot_of_key_.end() ? std::string_view("gone")
                                         : std::string_view(control_.session_id(found->second));
    });
  }

  bool can_show(SessionSlot slot) const override {
    const Member& member = members_[slot.value];
    return member.index != sim::kNoEntity && views_.shows(member.index);
  }

  void write_prune(SessionSlot slot, FrameBuffer& frame) override {
    views_.write_prune(slot, eye(slot), scene(), {rows_.links(), {}}, frame);
  }

  void write_snapshot(SessionSlot slot, FrameBuffer& frame) override {
    Member& member = members_[slot.value];
    member.me_sent = me_row(member);
    own_part_.clear();
    std::uint8_t* at = protocol::write_num(begin_own_part(), protocol::kMeRef);
    commit_own_part(protocol::encode_complete(member.me_sent, at));
    views_.write_snapshot(slot, eye(slot), scene(), {rows_.root_complete(), own_part_.view()}, frame);
  }

  void write_patch(SessionSlot slot, FrameBuffer& frame) override {
    Member& member = members_[slot.value];
    if (!can_show(slot)) return;
    const protocol::MeRow me = me_row(member);
    own_part_.clear();
    std::uint8_t* const start = protocol::write_num(begin_own_part(), protocol::kMeRef);
    std::uint8_t* const end = protocol::encode_changes(member.me_sent, me, start);
    if (end != start) commit_own_part(end);
    member.me_sent = me;
    views_.write_patch(slot, eye(slot), scene(), {rows_.root_changes(), own_part_.view()}, frame);
  }

  void dispose() override { recorder_.finish(); }

 private:
  MessageVerdict move(SessionSlot slot, const protocol::ClientFrame& frame) {
    const auto wanted = protocol::decode_message<protocol::MoveMessage>(frame, scratch_);
    if (!wanted) return verdict_of(wanted.refusal());
    Member& member = members_[slot.value];
    const std::uint32_t seq = wanted->seq.value_or(member.next_seq);
    member.next_seq = seq + 1;
    post(sim::Move{member.key, deflection(wanted->x), deflection(wanted->y), seq});
    return {};
  }

  MessageVerdict chat(SessionSlot slot, const protocol::ClientFrame& frame) {
    const auto said = protocol::decode_message<protocol::ChatMessage>(frame, scratch_);
    if (!said) return verdict_of(said.refusal());
    const std::string_view channel = said->channel ? std::string_view(*said->channel) : protocol::kDefaultChatChannel;
    if (channel != protocol::kDefaultChatChannel) {
      return {MessageVerdict::Kind::Refused, "unknown_channel", fmt::format("There is no channel '{}' here.", channel)};
    }
    ByteWriter payload;
    protocol::MsgpackWriter writer(payload);
    protocol::encode(writer, protocol::ChatLine{control_.session_id(slot), members_[slot.value].name.view(),
                                                said->message, channel});
    control_.broadcast(protocol::kServerChat, payload.view());
    return {};
  }

  void post(const sim::Intent& intent) {
    if (inbox_.size() >= kInboxMax) return count(Counter::InboxFull);
    inbox_.push_back(intent);
  }

  void on_event(const sim::Event& event) {
    if (const auto* spawned = std::get_if<sim::PlayerSpawned>(&event)) {
      const auto found = slot_of_key_.find(spawned->key);
      if (found != slot_of_key_.end()) members_[found->second.value].index = spawned->index;
    } else if (const auto* refused = std::get_if<sim::SpawnRefused>(&event)) {
      const auto found = slot_of_key_.find(refused->key);
      if (found != slot_of_key_.end())
        control_.expel(found->second, protocol::kErrorApplication, "There is no room left in this world.");
    } else if (const auto* removed = std::get_if<sim::EntityRemoved>(&event)) {
      views_.sync().remove(removed->index);
    }
  }

  protocol::MeRow me_row(const Member& member) const {
    const Position at = world_.positions()[member.index.value];
    return {.entity_id = world_.entities().id(member.index).value,
            .seq = world_.player(member.index).move_seq,
            .x = to_world_units(at.x),
            .y = to_world_units(at.y),
            .speed = to_world_units(world_.settings().player_speed)};
  }

  protocol::Eye eye(SessionSlot slot) const {
    const EntityIndex self = members_[slot.value].index;
    return {world_.positions()[self.value], self};
  }
  EntityScene scene() const { return {world_.grid(), world_.positions()}; }

  std::uint8_t* begin_own_part() {
    std::uint8_t* at = own_part_.reserve(protocol::kSwitchBytesMax + protocol::kRowBytesMax<protocol::MeRow>);
    *at = protocol::kSwitch;
    return at + 1;
  }
  void commit_own_part(const std::uint8_t* end) { own_part_.commit(end); }

  RoomControl& control_;
  sim::World world_;
  WorldRecorder recorder_;
  EntityViews views_;
  WorldRows rows_;
  const std::vector<std::uint8_t> reflection_;
  std::vector<sim::Intent> inbox_;    // for the next tick; bound: kInboxMax, and two per seat
  std::vector<sim::Intent> applied_;  // those of the current tick
  std::vector<Member> members_;  // by session slot
  std::unordered_map<sim::PlayerKey, SessionSlot> slot_of_key_;
  std::uint32_t next_key_ = 1;
  FrameBuffer own_part_;
  protocol::MsgpackDocument scratch_;
};

}  // namespace

std::unique_ptr<RoomLogic> make_world_room(RoomControl& control, const WorldRoomSettings& settings) {
  return std::make_unique<WorldRoom>(control, settings);
}

}  // namespace throng::room
