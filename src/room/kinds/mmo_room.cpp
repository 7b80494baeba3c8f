#include "room/kinds/mmo_room.h"

#include <cmath>

#include <fmt/format.h>

#include "protocol/messages/move.h"
#include "protocol/state/mmo_state.h"
#include "room/kinds/accepted.h"
#include "room/kinds/entity_views.h"

namespace throng::room {
namespace {

using protocol::EntityRow;
using sim::EntityIndex;

Milliunits mmo_milliunits(double world_units) {
  return {static_cast<std::int32_t>(std::lround(world_units * kMilliunitsPerUnit))};
}

float to_units(Milliunits value) { return static_cast<float>(value.value) / static_cast<float>(kMilliunitsPerUnit); }

class MmoRoom final : public RoomLogic {
 public:
  MmoRoom(RoomControl& control, const MmoSettings& settings, std::uint64_t seed)
      : control_(control),
        world_(settings, seed),
        views_(control.def()),
        rows_(views_.sync(), protocol::kEntitiesRef),
        reflection_(protocol::encode_reflection(protocol::describe_mmo_state())) {
    links_.resize(protocol::kMmoLinksBytesMax);
    const std::uint8_t* end = protocol::encode_mmo_links(links_.data());
    links_.resize(static_cast<std::size_t>(end - links_.data()));
  }

  bool has_state() const override { return true; }
  ByteSpan reflection() const override { return reflection_; }
  std::vector<AcceptedMessage> accepted_messages() const override { return {accepted(protocol::move_to_message())}; }

  std::optional<Refusal> join(SessionSlot slot, const JoinOptions& options) override {
    const double limit = protocol::kMoveCoordinateMax;
    const double x = std::clamp(options.number("x").value_or(0), 0.0, limit);
    const double y = std::clamp(options.number("y").value_or(0), 0.0, limit);
    const std::optional<EntityIndex> index = world_.add_player({mmo_milliunits(x), mmo_milliunits(y)});
    if (!index) return Refusal{526, "the world is full"};
    if (slot.value >= player_of_slot_.size()) player_of_slot_.resize(slot.value + 1, sim::kNoEntity);
    player_of_slot_[slot.value] = *index;
    if (index->value >= slot_of_player_.size()) slot_of_player_.resize(index->value + 1);
    slot_of_player_[index->value] = slot;
    views_.open(slot);
    return std::nullopt;
  }

  void leave(SessionSlot slot) override {
    views_.sync().remove(player_of_slot_[slot.value]);
    world_.remove_player(player_of_slot_[slot.value]);
    player_of_slot_[slot.value] = sim::kNoEntity;
  }

  MessageVerdict message(SessionSlot slot, const protocol::ClientFrame& frame) override {
    if (frame.type.text != "move") return {MessageVerdict::Kind::UnknownType, {}, {}};
    const auto move = protocol::decode_message<protocol::MoveToMessage>(frame, scratch_);
    if (!move) return verdict_of(move.refusal());
    world_.move_player(player_of_slot_[slot.value], {mmo_milliunits(move->x), mmo_milliunits(move->y)});
    return {};
  }

  void tick() override {
    control_.tick_timer().begin(RoomPhase::Movement);
    world_.tick();
    control_.tick_timer().profile().entities = world_.entities().alive_count();
  }

  void begin_patch() override {
    views_.sync().begin_patch();
    const std::uint32_t count = world_.entities().high_water();
    for (std::uint32_t i = 0; i < count; ++i) {
      if (world_.alive()[i] != 0) put_row(EntityIndex{i});
    }
  }

  bool can_show(SessionSlot slot) const override { return views_.shows(player_of_slot_[slot.value]); }
  void write_prune(SessionSlot slot, FrameBuffer& frame) override {
    views_.write_prune(slot, eye(slot), scene(), {links_, {}}, frame);
  }
  void write_snapshot(SessionSlot slot, FrameBuffer& frame) override {
    views_.write_snapshot(slot, eye(slot), scene(), {links_, {}}, frame);
  }
  void write_patch(SessionSlot slot, FrameBuffer& frame) override {
    views_.write_patch(slot, eye(slot), scene(), {}, frame, control_.tick_timer());
    if (frame.size() == 1) frame.clear();  // the opcode alone: nothing in view has changed
  }

 private:
  void put_row(EntityIndex index) {
    const Position at = world_.positions()[index.value];
    const MmoWorld::Vitals& vitals = world_.vitals(index);
    EntityRow row{.id = world_.entities().id(index).value,
                  .x = to_units(at.x),
                  .y = to_units(at.y),
                  .hp = vitals.hp,
                  .state = vitals.state,
                  .name = {}};
    const bool is_player = world_.entities().kind(index) == sim::EntityKind::Player;
    row.name.assign(is_player ? "player" : "monster");
    rows_.put(index, row, [&] {
      return is_player ? control_.session_id(slot_of_player_[index.value]) : fmt::format("{}", row.id);
    });
  }

  protocol::Eye eye(SessionSlot slot) const {
    const EntityIndex self = player_of_slot_[slot.value];
    return {world_.positions()[self.value], self};
  }
  EntityScene scene() const { return {world_.grid(), world_.positions()}; }

  RoomControl& control_;
  MmoWorld world_;
  EntityViews views_;
  protocol::RowTable<EntityRow> rows_;
  const std::vector<std::uint8_t> reflection_;
  std::vector<std::uint8_t> links_;
  std::vector<EntityIndex> player_of_slot_;
  std::vector<SessionSlot> slot_of_player_;  // by entity index
  protocol::MsgpackDocument scratch_;
};

}  // namespace

std::unique_ptr<RoomLogic> make_mmo_room(RoomControl& control, const MmoSettings& settings, std::uint64_t seed) {
  return std::make_unique<MmoRoom>(control, settings, seed);
}

}  // namespace throng::room
