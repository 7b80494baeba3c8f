#include "sim/entity_pool.h"

#include <algorithm>

#include "base/assert.h"

namespace throng::sim {
namespace {

/// kind, alive, id, tick of release
constexpr std::size_t kSavedIndexBytes = 1 + 1 + 4 + 4;

}  // namespace

EntityPool::EntityPool(std::uint32_t capacity, Tick quarantine) : capacity_(capacity), quarantine_(quarantine) {}

bool EntityPool::has_rested(std::uint32_t index, Tick now) const { return now - released_at_[index] >= quarantine_; }

std::optional<EntityIndex> EntityPool::allocate(EntityKind kind, Tick now) {
  if (next_id_ == 0) return std::nullopt;  // 2^32 entities have lived here
  OfKind& of_kind = of(kind);
  EntityIndex index{kNone};
  if (of_kind.first_resting != kNone && has_rested(of_kind.first_resting, now)) {
    index.value = pop_resting(of_kind);
  } else if (high_water() < capacity_) {
    index = append(kind);
  } else {
    return std::nullopt;
  }
  alive_[index.value] = 1;
  ids_[index.value] = EntityId{next_id_++};
  by_id_.insert(ids_[index.value], index);
  ++of_kind.alive;
  ++alive_count_;
  return index;
}

void EntityPool::release(EntityIndex index, Tick now) {
  THRONG_ASSERT(alive(index), "released an entity that does not live");
  alive_[index.value] = 0;
  by_id_.erase(ids_[index.value]);
  released_at_[index.value] = now;
  const EntityKind kind = kinds_[index.value];
  append_resting(kind, index.value);
  --of(kind).alive;
  --alive_count_;
}

EntityIndex EntityPool::append(EntityKind kind) {
  const EntityIndex index{high_water()};
  slots_.push_back(static_cast<std::uint32_t>(of(kind).indexes.size()));
  of(kind).indexes.push_back(index);
  alive_.push_back(0);
  kinds_.push_back(kind);
  ids_.push_back({});
  released_at_.push_back({});
  next_resting_.push_back(kNone);
  return index;
}

void EntityPool::append_resting(EntityKind kind, std::uint32_t index) {
  OfKind& of_kind = of(kind);
  next_resting_[index] = kNone;
  if (of_kind.last_resting == kNone) {
    of_kind.first_resting = index;
  } else {
    next_resting_[of_kind.last_resting] = index;
  }
  of_kind.last_resting = index;
}

std::uint32_t EntityPool::pop_resting(OfKind& of_kind) {
  const std::uint32_t index = of_kind.first_resting;
  of_kind.first_resting = next_resting_[index];
  if (of_kind.first_resting == kNone) of_kind.last_resting = kNone;
  return index;
}

void EntityPool::digest(Digest& digest) const {
  digest.add(next_id_);
  digest.add(high_water());
  for (std::uint32_t i = 0; i < high_water(); ++i) {
    digest.add(std::uint64_t{ids_[i].value} << 16 | std::uint64_t{alive_[i]} << 8 |
               static_cast<std::uint64_t>(kinds_[i]));
    digest.add(released_at_[i].value);
  }
  for (const OfKind& of_kind : by_kind_) {
    for (std::uint32_t i = of_kind.first_resting; i != kNone; i = next_resting_[i]) digest.add(i);
  }
}

void EntityPool::save(ByteWriter& out) const {
  out.put(next_id_);
  out.put(high_water());
  for (std::uint32_t i = 0; i < high_water(); ++i) {
    out.put(kinds_[i]);
    out.put(alive_[i]);
    out.put(ids_[i].value);
    out.put(released_at_[i].value);
  }
  // The order of rest; how many there are follows from the flags.
  for (const OfKind& of_kind : by_kind_) {
    for (std::uint32_t i = of_kind.first_resting; i != kNone; i = next_resting_[i]) out.put(i);
  }
}

Result<EntityPool> EntityPool::restore(ByteReader& in, std::uint32_t capacity, Tick quarantine) {
  EntityPool pool(capacity, quarantine);
  pool.next_id_ = in.get<std::uint32_t>().value_or(0);
  THRONG_CHECK(pool.restore_indexes(in));
  THRONG_CHECK(pool.restore_resting(in));
  return pool;
}

Result<void> EntityPool::restore_indexes(ByteReader& in) {
  const std::uint32_t count = in.get<std::uint32_t>().value_or(0);
  if (in.failed() || count > capacity_ || count > in.remaining() / kSavedIndexBytes) {
    return fail("the saved entities are damaged: impossible number of indexes");
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto kind = in.get<std::uint8_t>().value_or(0);
    const auto alive = in.get<std::uint8_t>().value_or(0);
    const auto id = in.get<std::uint32_t>().value_or(0);
    const auto released_at = in.get<std::uint32_t>().value_or(0);
    const bool id_was_given = id != 0 && (next_id_ == 0 || id < next_id_);
    if (kind >= kEntityKinds || alive > 1 || !id_was_given) {
      return fail("the saved entities are damaged: impossible entity");
    }
    append(static_cast<EntityKind>(kind));
    alive_[i] = alive;
    ids_[i] = EntityId{id};
    released_at_[i] = Tick{released_at};
    alive_count_ += alive;
    of(static_cast<EntityKind>(kind)).alive += alive;
  }
  std::vector<EntityId> sorted = ids_;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    return fail("the saved entities are damaged: two have the same id");
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    if (alive_[i] != 0) by_id_.insert(ids_[i], EntityIndex{i});
  }
  return {};
}

Result<void> EntityPool::restore_resting(ByteReader& in) {
  std::vector<std::uint8_t> queued(alive_.size());
  for (std::size_t kind = 0; kind < kEntityKinds; ++kind) {
    const OfKind& of_kind = by_kind_[kind];
    Tick last_release{0};
    for (std::size_t left = of_kind.indexes.size() - of_kind.alive; left > 0; --left) {
      const std::uint32_t index = in.get<std::uint32_t>().value_or(kNone);
      const bool rests = index < high_water() && alive_[index] == 0 && queued[index] == 0 &&
                         kinds_[index] == static_cast<EntityKind>(kind) && released_at_[index] >= last_release;
      if (!rests) return fail("the saved entities are damaged: impossible order of rest");
      queued[index] = 1;
      last_release = released_at_[index];
      append_resting(static_cast<EntityKind>(kind), index);
    }
  }
  return {};
}

}  // namespace throng::sim
