#pragma once
// Which entities exist. An entity has an id, which is never reused, and an index, which is: arrays are indexed
// by it, and so are the ids on the wire.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/strong.h"
#include "base/units.h"
#include "sim/entity_kind.h"
#include "sim/index_lookup.h"

namespace throng::sim {

/// A place in the world's arrays: dense, and stable while the entity lives.
using EntityIndex = Id<struct EntityIndexTag, std::uint32_t>;

/// Hands out indexes below `capacity`. An index serves one kind for ever, and rests for `quarantine` ticks
/// between two entities: a client may still hold the old one under the same wire id (SPEC 10.4).
/// Memory: under 70 bytes per index ever used. One room's thread.
class EntityPool {
 public:
  EntityPool(std::uint32_t capacity, Tick quarantine);

  /// The index that rested longest, else a fresh one; nothing when all indexes are in use, at rest, or another
  /// kind's. `now` never goes back.
  std::optional<EntityIndex> allocate(EntityKind kind, Tick now);
  /// Ends a living entity.
  void release(EntityIndex index, Tick now);

  bool alive(EntityIndex index) const { return index.value < alive_.size() && alive_[index.value] != 0; }
  /// Of the entity that lives there, or lived there last. The index is below `high_water`.
  EntityKind kind(EntityIndex index) const { return kinds_[index.value]; }
  EntityId id(EntityIndex index) const { return ids_[index.value]; }

  /// The living entity with this id.
  std::optional<EntityIndex> find(EntityId id) const { return by_id_.find(id); }

  /// Number of indexes ever used; the length of every array that is indexed by EntityIndex.
  std::uint32_t high_water() const { return static_cast<std::uint32_t>(alive_.size()); }
  std::uint32_t capacity() const { return capacity_; }
  std::uint32_t alive_count() const { return alive_count_; }
  std::uint32_t alive_count(EntityKind kind) const { return of(kind).alive; }

  /// One byte per index below `high_water`: 1 is alive, 0 is not.
  std::span<const std::uint8_t> alive_flags() const { return alive_; }
  /// Position of the index among those of its kind; arrays of one kind are indexed by it. Never changes.
  std::uint32_t slot(EntityIndex index) const { return slots_[index.value]; }
  /// All indexes of a kind, alive or not, by slot; ascending.
  std::span<const EntityIndex> indexes(EntityKind kind) const { return of(kind).indexes; }

  void digest(Digest& digest) const;
  void save(ByteWriter& out) const;
  /// Capacity and quarantine come from the settings. Fails on anything that `save` cannot have written.
  static Result<EntityPool> restore(ByteReader& in, std::uint32_t capacity, Tick quarantine);

 private:
  static constexpr std::uint32_t kNone = 0xffff'ffffu;

  struct OfKind {
    std::vector<EntityIndex> indexes;
    // Queue of resting indexes in order of release, linked through next_resting_.
    std::uint32_t first_resting = kNone;
    std::uint32_t last_resting = kNone;
    std::uint32_t alive = 0;
  };

  const OfKind& of(EntityKind kind) const { return by_kind_[static_cast<std::size_t>(kind)]; }
  OfKind& of(EntityKind kind) { return by_kind_[static_cast<std::size_t>(kind)]; }
  bool has_rested(std::uint32_t index, Tick now) const;
  EntityIndex append(EntityKind kind);
  void append_resting(EntityKind kind, std::uint32_t index);
  std::uint32_t pop_resting(OfKind& of_kind);
  Result<void> restore_indexes(ByteReader& in);
  Result<void> restore_resting(ByteReader& in);

  std::uint32_t capacity_;
  Tick quarantine_;
  std::uint32_t next_id_ = 1;
  std::uint32_t alive_count_ = 0;
  std::vector<std::uint8_t> alive_;
  std::vector<EntityKind> kinds_;
  std::vector<EntityId> ids_;
  std::vector<std::uint32_t> slots_;
  std::vector<Tick> released_at_;
  std::vector<std::uint32_t> next_resting_;
  std::array<OfKind, kEntityKinds> by_kind_;
  IndexLookup<EntityId, EntityIndex> by_id_;  // the living
};

}  // namespace throng::sim
