#include "load/watcher.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace throng::bench {
namespace {

constexpr float kStepMin = 0.05F;      // units; smaller displacements are rounding
constexpr float kPlaceTolerance = 0.01F;  // units; servers may keep places as whole thousandths
constexpr float kSameHeading = 0.95F;  // cosine

std::int64_t microseconds(Nanoseconds span) {
  return std::chrono::duration_cast<std::chrono::microseconds>(span).count();
}

std::size_t field_named(const StructureType& type, std::string_view name) {
  const auto found = std::find_if(type.fields.begin(), type.fields.end(),
                                  [name](const FieldType& field) { return field.name == name; });
  return static_cast<std::size_t>(found - type.fields.begin());
}

}  // namespace

Watcher::Watcher(StateTypes types, std::string session_id, MoveStyle style, float spawn_x, float spawn_y)
    : decoder_(std::move(types)), session_id_(std::move(session_id)), style_(style), last_{spawn_x, spawn_y} {}

void Watcher::on_state(ByteSpan body, MonotonicTime now, Tally& tally) {
  if (broken_) return;
  const DecodeVerdict verdict = decoder_.apply(body);
  if (verdict != DecodeVerdict::Ok) {
    broken_ = true;
    const bool unknown = verdict == DecodeVerdict::UnknownReference;
    tally.fault(unknown ? Fault::UnknownReference : Fault::BadState,
                fmt::format("session {}, a state frame of {} bytes", session_id_, body.size()));
    return;
  }
  if (self_ == 0) look_for_self();
  if (tally.measuring) {
    ++tally.watched_frames;
    tally.watched_entities += count_entities();
  }
  const Structure* self = self_ == 0 ? nullptr : decoder_.find(self_);
  if (self == nullptr) {
    self_ = 0;
    return;
  }
  const Place at{static_cast<float>(self->fields[x_field_].number), static_cast<float>(self->fields[y_field_].number)};
  if (style_ == MoveStyle::Absolute) {
    match_absolute(at, now, tally);
  } else {
    match_direction(at, now, tally);
  }
  last_ = at;
}

void Watcher::on_move(float x, float y, MonotonicTime now, Tally& tally) {
  if (broken_ || self_ == 0) return;
  if (pending_.size() >= kPendingMax) {
    pending_.pop_front();
    if (tally.measuring) ++tally.moves_not_seen;
  }
  pending_.push_back({x, y, now});
}

void Watcher::look_for_self() {
  const StructureType& root = decoder_.types().types[static_cast<std::size_t>(decoder_.types().root)];
  for (std::size_t i = 0; i < root.fields.size(); ++i) {
    if (root.fields[i].kind != ValueKind::Map || root.fields[i].child_kind != ValueKind::Structure) continue;
    const StateValue& slot = decoder_.root().fields[i];
    const Structure* map = slot.present ? decoder_.find(slot.reference) : nullptr;
    if (map == nullptr) continue;
    for (const auto& [index, entry] : map->entries) {
      const Structure* entity = decoder_.find(entry.value.reference);
      if (entity != nullptr && adopt(*map, *entity, entry)) return;
    }
  }
}

bool Watcher::adopt(const Structure& map, const Structure& entity, const MapEntry& entry) {
  const StructureType& type = decoder_.types().types[static_cast<std::size_t>(map.type)];
  const std::size_t x = field_named(type, "x");
  const std::size_t y = field_named(type, "y");
  if (x >= entity.fields.size() || y >= entity.fields.size()) return false;
  const bool at_spawn = style_ == MoveStyle::Absolute && static_cast<float>(entity.fields[x].number) == last_.x &&
                        static_cast<float>(entity.fields[y].number) == last_.y;
  if (entry.key != session_id_ && !at_spawn) return false;
  self_ = entry.value.reference;
  x_field_ = x;
  y_field_ = y;
  return true;
}

std::uint64_t Watcher::count_entities() const {
  std::uint64_t count = 0;
  for (const StateValue& slot : decoder_.root().fields) {
    const Structure* map = slot.reference == 0 ? nullptr : decoder_.find(slot.reference);
    if (map != nullptr && map->kind == ValueKind::Map) count += map->entries.size();
  }
  return count;
}

// The newest move that the server shows; older ones were overtaken within the same tick.
void Watcher::match_absolute(Place at, MonotonicTime now, Tally& tally) {
  const auto shown = std::find_if(pending_.rbegin(), pending_.rend(), [at](const Pending& move) {
    return std::abs(move.x - at.x) <= kPlaceTolerance && std::abs(move.y - at.y) <= kPlaceTolerance;
  });
  if (shown == pending_.rend()) return;
  if (tally.measuring) tally.move_visible_us.record(microseconds(now - shown->sent));
  pending_.erase(pending_.begin(), shown.base());
}

// A direction is visible once the figure has gone that way.
void Watcher::match_direction(Place at, MonotonicTime now, Tally& tally) {
  const float dx = at.x - last_.x;
  const float dy = at.y - last_.y;
  const float step = std::hypot(dx, dy);
  if (pending_.empty() || step < kStepMin) return;
  const Pending& move = pending_.back();
  const float wanted = std::hypot(move.x, move.y);
  if (wanted <= 0 || (dx * move.x + dy * move.y) / (step * wanted) < kSameHeading) return;
  if (tally.measuring) tally.move_visible_us.record(microseconds(now - move.sent));
  pending_.clear();
}

}  // namespace throng::bench
