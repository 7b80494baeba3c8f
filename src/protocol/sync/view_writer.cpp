#include "protocol/sync/view_writer.h"

#include <algorithm>
#include <cstring>

#include "base/counters.h"
#include "protocol/frames.h"

namespace throng::protocol {
namespace {

/// Assumed size of an ADD with a complete body when enters are held to the budget.
constexpr std::size_t kEnterBytesTypical = 64;

bool contains(std::span<const EntityIndex> list, EntityIndex index) {
  return std::find(list.begin(), list.end(), index) != list.end();
}

/// Removes from `list`, in order, what `leaves` names. Both are short.
void erase_all(std::vector<EntityIndex>& list, std::span<const EntityIndex> leaves) {
  if (list.empty() || leaves.empty()) return;
  std::erase_if(list, [&](EntityIndex index) { return contains(leaves, index); });
}

}  // namespace

void ViewWriter::write_snapshot(Viewer& viewer, const Eye& eye, const sim::SpatialGrid& grid, const FrameParts& parts,
                                FrameBuffer& frame) {
  refresh_view(viewer, eye, grid);
  viewer.stale.clear();
  viewer.last_patch = sync_.patch();
  frame.append(static_cast<std::uint8_t>(Opcode::RoomState));
  frame.append(parts.root);
  count(Counter::InterestEnters, viewer.visible.size());
  write_map_part(frame, {}, viewer.visible);
  write_bodies(frame, viewer.visible);
  frame.append(parts.own);
}

void ViewWriter::look(Viewer& viewer, const Eye& eye, bool refresh, const sim::SpatialGrid& grid,
                      std::span<const Position> positions) {
  const bool missed_patches = viewer.last_patch + 1 != sync_.patch();
  change_.enters.clear();
  change_.leaves.clear();
  stays_ = viewer.visible.size();
  if (refresh || missed_patches) {
    stays_ = refresh_view(viewer, eye, grid);
    bound_enters(eye, positions);
    viewer.visible.resize(stays_);
    viewer.visible.insert(viewer.visible.end(), change_.enters.begin(), change_.enters.end());
  } else if (sync_.any_removed()) {
    stays_ = drop_dead(viewer);
  }
  if (missed_patches)
    viewer.stale.assign(viewer.visible.begin(), viewer.visible.begin() + static_cast<std::ptrdiff_t>(stays_));
  viewer.last_patch = sync_.patch();
}

void ViewWriter::write_seen(Viewer& viewer, const Eye& eye, std::span<const Position> positions,
                            const FrameParts& parts, FrameBuffer& frame) {
  frame.append(static_cast<std::uint8_t>(Opcode::RoomStatePatch));
  frame.append(parts.root);
  count(Counter::InterestEnters, change_.enters.size());
  count(Counter::InterestLeaves, change_.leaves.size());
  write_map_part(frame, change_.leaves, change_.enters);
  write_bodies(frame, change_.enters);
  const std::size_t used = frame.size() + parts.own.size();
  const std::size_t bytes_max = limits_.patch_bytes_max > used ? limits_.patch_bytes_max - used : 0;
  const std::span<const EntityIndex> held(viewer.visible.data(), stays_);
  if (!gather_all(frame, held, bytes_max)) gather_nearest(frame, viewer, stays_, eye, positions, bytes_max);
  const std::size_t own_bytes = std::min(parts.own.size(), limits_.patch_bytes_max);
  if (!viewer.stale.empty()) write_stale(frame, viewer, limits_.patch_bytes_max - own_bytes);
  frame.append(parts.own);
}

void ViewWriter::write_prune(Viewer& viewer, const Eye& eye, const sim::SpatialGrid& grid, const FrameParts& parts,
                             FrameBuffer& frame) {
  prune_ = viewer.visible;
  const std::size_t stays = refresh_view(viewer, eye, grid);
  viewer.visible.resize(stays);
  if (viewer.recent_leaves_lost) {
    prune_.clear();
    for (std::uint32_t i = 0; i < sync_.index_count(); ++i) prune_.push_back(EntityIndex{i});
  } else {
    for (const RecentLeave& recent : viewer.recent_leaves) prune_.push_back(recent.index);
  }
  // What both stays and left a moment ago is pruned too: its index may have changed hands in between, and the client
  // may have seen neither.
  std::vector<EntityIndex>& kept = change_.stays;  // free to use: its content is in viewer.visible
  kept = viewer.visible;
  std::erase_if(kept, [&](EntityIndex index) {
    return std::any_of(viewer.recent_leaves.begin(), viewer.recent_leaves.end(),
                       [&](const RecentLeave& r) { return r.index == index; });
  });
  std::sort(kept.begin(), kept.end());
  std::sort(prune_.begin(), prune_.end());
  prune_.erase(std::unique(prune_.begin(), prune_.end()), prune_.end());
  std::erase_if(prune_, [&](EntityIndex index) { return std::binary_search(kept.begin(), kept.end(), index); });
  viewer.recent_leaves.clear();
  viewer.recent_leaves_lost = false;

  frame.append(static_cast<std::uint8_t>(Opcode::RoomStatePatch));
  frame.append(parts.root);
  count(Counter::InterestLeaves, prune_.size());
  write_map_part(frame, prune_, {});
}

/// Works out the visible set anew: afterwards `viewer.visible` is what stays followed by what enters, and `change_` holds
/// enters and leaves. Returns how many stay.
std::size_t ViewWriter::refresh_view(Viewer& viewer, const Eye& eye, const sim::SpatialGrid& grid) {
  finder_.refresh(grid, eye.position, eye.self, limits_.interest, viewer.visible, change_);
  set_aside_reborn(viewer);
  const std::size_t stays = change_.stays.size();
  viewer.visible.assign(change_.stays.begin(),
                        change_.stays.end());  // not swapped: capacities would wander and grow for ever
  viewer.visible.insert(viewer.visible.end(), change_.enters.begin(), change_.enters.end());
  note_leaves(viewer);
  return stays;
}

/// An index that was given to another entity while the client was not looking must be seen to leave before it may enter
/// (SPEC 10.4): it leaves now and enters with the next refresh. What has died since the grid was built does not enter.
void ViewWriter::set_aside_reborn(const Viewer& viewer) {
  std::erase_if(change_.enters, [&](EntityIndex index) { return !sync_.live(index); });
  std::erase_if(change_.stays, [&](EntityIndex index) {
    const bool reborn = !sync_.same_since(index, viewer.last_patch);
    if (reborn) change_.leaves.push_back(index);
    return reborn;
  });
}

/// Between refreshes only the dead leave. Returns how many stay, which is then all of `viewer.visible`.
std::size_t ViewWriter::drop_dead(Viewer& viewer) {
  std::erase_if(viewer.visible, [&](EntityIndex index) {
    const bool dead = !sync_.live(index);
    if (dead) change_.leaves.push_back(index);
    return dead;
  });
  note_leaves(viewer);
  return viewer.visible.size();
}

/// A client that turns up in a crowd sees the nearest first; the others enter with the next refreshes.
void ViewWriter::bound_enters(const Eye& eye, std::span<const Position> positions) {
  const std::size_t enters_max = std::max<std::size_t>(limits_.patch_bytes_max / kEnterBytesTypical, 8);
  if (change_.enters.size() <= enters_max) return;
  rank(change_.enters, eye, positions);
  change_.enters.clear();
  for (std::size_t i = 0; i < enters_max; ++i) change_.enters.push_back(ranked_[i].index);
}

/// Whoever left is no longer stale, and is remembered in case the frame that says so gets lost with the connection.
void ViewWriter::note_leaves(Viewer& viewer) {
  if (change_.leaves.empty()) return;
  erase_all(viewer.stale, change_.leaves);
  const auto too_old = [&](const RecentLeave& recent) { return recent.patch + limits_.recent_patches < sync_.patch(); };
  const auto first_young = std::find_if_not(viewer.recent_leaves.begin(), viewer.recent_leaves.end(), too_old);
  viewer.recent_leaves.erase(viewer.recent_leaves.begin(), first_young);
  for (const EntityIndex index : change_.leaves) {
    if (viewer.recent_leaves.size() >= Viewer::kRecentLeavesMax) {
      viewer.recent_leaves_lost = true;
      return;
    }
    viewer.recent_leaves.push_back({index, sync_.patch()});
  }
}

void ViewWriter::write_map_part(FrameBuffer& frame, std::span<const EntityIndex> leaves,
                                std::span<const EntityIndex> enters) {
  if (leaves.empty() && enters.empty()) return;
  for (std::size_t number = 0; number < sync_.map_count(); ++number) {
    const auto map = static_cast<EntitySync::MapNumber>(number);
    std::uint8_t* at = frame.reserve(6 + leaves.size() * 6);
    std::uint8_t* const start = at;
    *at++ = kSwitch;
    at = write_num(at, std::int64_t{sync_.map_ref(map)});
    std::uint8_t* const empty = at;
    for (const EntityIndex index : leaves) {
      if (sync_.map_of(index) != map) continue;
      *at++ = kDelete;
      at = write_num(at, std::int64_t{index.value});
    }
    bool any = at != empty;
    frame.commit(at);
    for (const EntityIndex index : enters) {
      if (sync_.map_of(index) != map) continue;
      frame.append(sync_.entering(index).add);
      any = true;
    }
    if (!any) frame.commit(start);
  }
}

void ViewWriter::write_bodies(FrameBuffer& frame, std::span<const EntityIndex> entities) {
  for (const EntityIndex index : entities) frame.append(sync_.entering(index).body);
}

/// Every delta of what the client holds. Returns false, writing nothing, when it comes to more than `bytes_max`.
bool ViewWriter::gather_all(FrameBuffer& frame, std::span<const EntityIndex> stays, std::size_t bytes_max) {
  if (is_shared(stays)) {
    shared_misses_ = 0;
    if (shared_bytes_.size() > bytes_max) return false;
    frame.append(ByteSpan(shared_bytes_));
    return true;
  }
  std::uint8_t* const start =
      frame.reserve(stays.size() * sizeof(DeltaSlot) + sync_.elsewhere_bytes() + sizeof(DeltaSlot));
  std::uint8_t* const end = copy_deltas(stays, start);
  if (stays.size() >= kSharedViewMin) share(stays, {start, static_cast<std::size_t>(end - start)});
  if (static_cast<std::size_t>(end - start) > bytes_max) return false;
  frame.commit(end);
  return true;
}

/// The common case, hence the whole-slot copies: a slot is 32 bytes long and the next copy overwrites what was too much.
std::uint8_t* ViewWriter::copy_deltas(std::span<const EntityIndex> stays, std::uint8_t* at) const {
  const DeltaSlot* const slots = sync_.slots();
  if (sync_.elsewhere_bytes() == 0) {
    for (const EntityIndex index : stays) {
      std::memcpy(at, &slots[index.value], sizeof(DeltaSlot));
      at += slots[index.value].size;
    }
    return at;
  }
  for (const EntityIndex index : stays) {
    const DeltaSlot& slot = slots[index.value];
    const ByteSpan delta = slot.size == DeltaSlot::kElsewhere ? sync_.elsewhere(slot) : ByteSpan(slot.bytes, slot.size);
    if (!delta.empty()) std::memcpy(at, delta.data(), delta.size());
    at += delta.size();
  }
  return at;
}

bool ViewWriter::is_shared(std::span<const EntityIndex> stays) const {
  return stays.size() >= kSharedViewMin && shared_patch_ == sync_.patch() && stays.size() == shared_view_.size() &&
         std::memcmp(stays.data(), shared_view_.data(), stays.size_bytes()) == 0;
}

void ViewWriter::share(std::span<const EntityIndex> stays, ByteSpan bytes) {
  if (++shared_misses_ > kSharedMissesMax && shared_misses_ % kSharedMissesMax != 0) return;
  shared_view_.assign(stays.begin(), stays.end());
  shared_bytes_.assign(bytes.begin(), bytes.end());
  shared_patch_ = sync_.patch();
}

/// Over budget: the nearest get their deltas from three quarters of it; whom it does not reach becomes stale and is
/// brought up to date by complete bodies, oldest first, so that nobody starves.
void ViewWriter::gather_nearest(FrameBuffer& frame, Viewer& viewer, std::size_t stays, const Eye& eye,
                                std::span<const Position> positions, std::size_t bytes_max) {
  count(Counter::PatchesOverBudget);
  rank({viewer.visible.data(), stays}, eye, positions);
  std::size_t left = bytes_max / 4 * 3;
  sorted_stale_ = viewer.stale;
  std::sort(sorted_stale_.begin(), sorted_stale_.end());
  for (const Ranked& ranked : ranked_) {
    const DeltaSlot& slot = sync_.slots()[ranked.index.value];
    if (slot.size == 0) continue;
    const ByteSpan delta = slot.size == DeltaSlot::kElsewhere ? sync_.elsewhere(slot) : ByteSpan(slot.bytes, slot.size);
    if (delta.size() <= left) {
      frame.append(delta);
      left -= delta.size();
    } else if (!std::binary_search(sorted_stale_.begin(), sorted_stale_.end(), ranked.index)) {
      viewer.stale.push_back(ranked.index);
    }
  }
}

void ViewWriter::write_stale(FrameBuffer& frame, Viewer& viewer, std::size_t bytes_max) {
  std::size_t written = 0;
  for (; written < viewer.stale.size(); ++written) {
    const ByteSpan body = sync_.entering(viewer.stale[written]).body;
    if (frame.size() + body.size() > bytes_max) break;
    frame.append(body);
  }
  viewer.stale.erase(viewer.stale.begin(), viewer.stale.begin() + static_cast<std::ptrdiff_t>(written));
}

void ViewWriter::rank(std::span<const EntityIndex> entities, const Eye& eye, std::span<const Position> positions) {
  ranked_.clear();
  for (const EntityIndex index : entities) {
    const std::int64_t distance = index == eye.self ? -1 : distance_squared(eye.position, positions[index.value]);
    ranked_.push_back({distance, index});
  }
  std::sort(ranked_.begin(), ranked_.end(), [](const Ranked& a, const Ranked& b) {
    return a.distance_squared != b.distance_squared ? a.distance_squared < b.distance_squared : a.index < b.index;
  });
}

}  // namespace throng::protocol
