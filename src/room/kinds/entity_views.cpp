#include "room/kinds/entity_views.h"

#include <algorithm>

namespace throng::room {
namespace {

/// A dying connection is noticed after at most two missed pongs, nine seconds; what left the view in that time may not
/// have reached the client.
constexpr std::uint32_t kLostFramesSeconds = 12;

protocol::ViewLimits limits_of(const content::RoomKindDef& def) {
  return {.interest = {units(def.interest.radius_units), units(def.interest.margin_units),
                       static_cast<std::uint32_t>(def.interest.visible_max)},
          .patch_bytes_max = static_cast<std::size_t>(def.patch_bytes_max),
          .recent_patches = kLostFramesSeconds * static_cast<std::uint32_t>(def.patch_rate_hz)};
}

}  // namespace

EntityViews::EntityViews(const content::RoomKindDef& def)
    : writer_(sync_, limits_of(def)),
      patches_per_refresh_(
          static_cast<std::uint32_t>(std::max(1, def.interest.refresh_ticks / def.ticks_per_patch()))) {}

bool EntityViews::sees(SessionSlot slot, sim::EntityIndex index) const {
  if (slot.value >= viewers_.size() || !sync_.live(index)) return false;
  const std::vector<sim::EntityIndex>& visible = viewers_[slot.value].visible;
  return std::find(visible.begin(), visible.end(), index) != visible.end();
}

void EntityViews::open(SessionSlot slot) {
  if (slot.value >= viewers_.size()) viewers_.resize(slot.value + 1);
  protocol::Viewer& viewer = viewers_[slot.value];
  viewer = protocol::Viewer{};
  // What a view usually comes to, so that the steady state does not allocate bit by bit.
  viewer.visible.reserve(64);
  viewer.recent_leaves.reserve(128);
}

void EntityViews::write_prune(SessionSlot slot, const protocol::Eye& eye, const EntityScene& scene,
                              const protocol::FrameParts& parts, FrameBuffer& frame) {
  writer_.write_prune(viewers_[slot.value], eye, scene.grid, parts, frame);
}

void EntityViews::write_snapshot(SessionSlot slot, const protocol::Eye& eye, const EntityScene& scene,
                                 const protocol::FrameParts& parts, FrameBuffer& frame) {
  writer_.write_snapshot(viewers_[slot.value], eye, scene.grid, parts, frame);
}

void EntityViews::write_patch(SessionSlot slot, const protocol::Eye& eye, const EntityScene& scene,
                              const protocol::FrameParts& parts, FrameBuffer& frame, TickTimer& timer) {
  const bool refresh = (sync_.patch() + slot.value) % patches_per_refresh_ == 0;
  timer.begin(RoomPhase::Interest);
  writer_.look(viewers_[slot.value], eye, refresh, scene.grid, scene.positions);
  timer.begin(RoomPhase::Encode);
  writer_.write_seen(viewers_[slot.value], eye, scene.positions, parts, frame);
}

}  // namespace throng::room
