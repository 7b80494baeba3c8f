#pragma once
// Encode once: what changed of each entity since the last patch, and its complete body when somebody starts to see it,
// as bytes that are the same for every client of the room (SPEC section 12).

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "base/assert.h"
#include "base/bytes.h"
#include "base/inline_string.h"
#include "protocol/schema/row.h"
#include "protocol/state/ref_ids.h"
#include "protocol/wire/codec.h"
#include "sim/entity_pool.h"

namespace throng::protocol {

using sim::EntityIndex;

/// One entity's changes since the last patch, switch included. Fixed size, so that gathering a client's view is a
/// row of 32-byte copies; what does not fit lies in EntitySync's overflow and is marked kElsewhere.
struct alignas(32) DeltaSlot {
  static constexpr std::size_t kBytes = 31;
  static constexpr std::uint8_t kElsewhere = 255;
  std::uint8_t bytes[kBytes];
  std::uint8_t size;  // 0: nothing changed
};
static_assert(sizeof(DeltaSlot) == 32);

/// The encoded entities of one room. The wire ids of an entity follow from its index: map index = entity index,
/// refId = kFirstEntityRef + entity index. Room's thread only. Memory: 32 + 32 bytes per entity index, plus the
/// bodies that were asked for in the current patch.
class EntitySync {
 public:
  static constexpr std::uint32_t kEntitiesMax = 65'000;  // keeps refIds in the three-byte form
  static constexpr std::size_t kMapsMax = 8;
  using MapNumber = std::uint8_t;
  using Key = InlineString<15>;
  using EncodeComplete = std::uint8_t* (*)(const void* table, EntityIndex index, std::uint8_t* at);

  /// A piece of the wire that two parts of a frame share: the map's ADD operation, and the body that follows later.
  struct Entering {
    ByteSpan add;
    ByteSpan body;
  };

  MapNumber add_map(std::uint32_t map_ref, std::size_t body_bytes_max, EncodeComplete encode, const void* table);
  std::size_t map_count() const { return maps_.size(); }
  std::uint32_t map_ref(MapNumber map) const { return maps_[map].ref; }

  /// Starts patch number `patch()`: what was removed until now belongs to it, all deltas are rewritten by the tables.
  void begin_patch();
  std::uint32_t patch() const { return patch_; }

  void appear(EntityIndex index, MapNumber map, std::string_view key);
  void remove(EntityIndex index);

  bool live(EntityIndex index) const { return index.value < entries_.size() && entries_[index.value].live; }
  /// True when the entity that now holds `index` is the one that a client whose last patch was `seen` holds.
  bool same_since(EntityIndex index, std::uint32_t seen) const {
    return live(index) && entries_[index.value].born_patch <= seen;
  }
  /// Whether a viewer may hold something that is gone: removed before this patch, or since its bytes were encoded (a
  /// session can end between two groups of the same patch).
  bool any_removed() const { return removed_in_patch_ + removed_pending_ > 0; }
  MapNumber map_of(EntityIndex index) const { return entries_[index.value].map; }
  std::uint32_t index_count() const { return static_cast<std::uint32_t>(entries_.size()); }

  /// Takes one entity's changes, without the switch; empty when nothing changed.
  void set_delta(EntityIndex index, ByteSpan changes);

  const DeltaSlot* slots() const { return slots_.data(); }
  /// Bytes of deltas that did not fit their slot; zero in nearly every patch.
  std::size_t elsewhere_bytes() const { return overflow_.size(); }
  /// The delta behind a slot that is marked kElsewhere.
  ByteSpan elsewhere(const DeltaSlot& slot) const;

  /// ADD operation and complete body as of the current patch; encoded on the first demand in a patch.
  /// The spans live until the next call.
  Entering entering(EntityIndex index);

  static std::uint8_t* write_switch(std::uint8_t* at, EntityIndex index) {
    *at++ = kSwitch;
    return write_num_u16(at, static_cast<std::uint16_t>(kFirstEntityRef + index.value));
  }
  static constexpr std::size_t kSwitchBytes = 4;

 private:
  struct Map {
    std::uint32_t ref;
    std::size_t body_bytes_max;
    EncodeComplete encode;
    const void* table;
  };
  struct Entry {
    std::uint32_t born_patch = 0;
    std::uint32_t encoded_patch = 0;  // patch for which `offset` is valid
    std::uint32_t offset = 0;
    std::uint16_t add_size = 0;
    std::uint16_t body_size = 0;
    MapNumber map = 0;
    bool live = false;
  };
  void encode_entering(EntityIndex index, Entry& entry);

  std::vector<Map> maps_;
  std::vector<DeltaSlot> slots_;
  std::vector<Entry> entries_;
  std::vector<Key> keys_;
  std::vector<std::uint8_t> bodies_;  // arena of this patch's complete bodies
  std::vector<std::uint8_t> overflow_;  // deltas that did not fit; their slot holds offset and size
  std::uint32_t patch_ = 1;
  std::uint32_t removed_in_patch_ = 0;
  std::uint32_t removed_pending_ = 0;
};

/// The last sent row of every entity of one map, and the door through which new values come in.
template <typename Row>
class RowTable {
 public:
  RowTable(EntitySync& sync, std::uint32_t map_ref)
      : sync_(sync), map_(sync.add_map(map_ref, kRowBytesMax<Row>, &RowTable::encode_body, this)) {}
  RowTable(const RowTable&) = delete;
  RowTable& operator=(const RowTable&) = delete;

  /// Files a row. An index that holds no living entity appears under `key()`; otherwise the difference to the row
  /// that was filed last becomes the entity's delta. Call once per living entity and patch, in order of index.
  template <typename MakeKey>
  void put(EntityIndex index, const Row& row, MakeKey&& key) {
    if (!sync_.live(index)) {
      if (index.value >= rows_.size()) rows_.resize(index.value + 1);
      rows_[index.value] = row;
      sync_.appear(index, map_, key());
      return;
    }
    std::uint8_t changes[kRowBytesMax<Row> + 1];
    std::uint8_t* end = encode_changes(rows_[index.value], row, changes);
    sync_.set_delta(index, {changes, static_cast<std::size_t>(end - changes)});
    rows_[index.value] = row;
  }

  const Row& row(EntityIndex index) const { return rows_[index.value]; }

 private:
  static std::uint8_t* encode_body(const void* table, EntityIndex index, std::uint8_t* at) {
    return encode_complete(static_cast<const RowTable*>(table)->rows_[index.value], at);
  }

  EntitySync& sync_;
  EntitySync::MapNumber map_;
  std::vector<Row> rows_;  // by entity index; bound: EntitySync::kEntitiesMax
};

}  // namespace throng::protocol
