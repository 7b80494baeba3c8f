#include "protocol/sync/entity_sync.h"

namespace throng::protocol {
namespace {

/// ADD byte, index, key with its prefix, refId.
constexpr std::size_t kAddBytesMax = 1 + 5 + 2 + 15 + 5;

}  // namespace

EntitySync::MapNumber EntitySync::add_map(std::uint32_t map_ref, std::size_t body_bytes_max, EncodeComplete encode,
                                          const void* table) {
  THRONG_ASSERT(maps_.size() < kMapsMax, "a state has at most eight entity maps");
  maps_.push_back({map_ref, body_bytes_max, encode, table});
  return static_cast<MapNumber>(maps_.size() - 1);
}

void EntitySync::begin_patch() {
  ++patch_;
  removed_in_patch_ = removed_pending_;
  removed_pending_ = 0;
  bodies_.clear();
  overflow_.clear();
}

void EntitySync::appear(EntityIndex index, MapNumber map, std::string_view key) {
  THRONG_ASSERT(index.value < kEntitiesMax, "more entities than the wire ids allow");
  if (index.value >= entries_.size()) {
    entries_.resize(index.value + 1);
    slots_.resize(index.value + 1);
    keys_.resize(index.value + 1);
  }
  Entry& entry = entries_[index.value];
  THRONG_ASSERT(!entry.live, "an entity appeared twice");
  entry = Entry{};
  entry.born_patch = patch_;
  entry.map = map;
  entry.live = true;
  keys_[index.value].assign(key);
  slots_[index.value].size = 0;
}

void EntitySync::remove(EntityIndex index) {
  if (!live(index)) return;  // born and gone between two patches: no client ever held it
  entries_[index.value].live = false;
  slots_[index.value].size = 0;
  ++removed_pending_;
}

void EntitySync::set_delta(EntityIndex index, ByteSpan changes) {
  DeltaSlot& slot = slots_[index.value];
  if (changes.empty()) {
    slot.size = 0;
    return;
  }
  if (changes.size() + kSwitchBytes <= DeltaSlot::kBytes) {
    write_switch(slot.bytes, index);
    std::memcpy(slot.bytes + kSwitchBytes, changes.data(), changes.size());
    slot.size = static_cast<std::uint8_t>(kSwitchBytes + changes.size());
    return;
  }
  const auto offset = static_cast<std::uint32_t>(overflow_.size());
  const auto size = static_cast<std::uint32_t>(kSwitchBytes + changes.size());
  overflow_.resize(offset + size);
  write_switch(overflow_.data() + offset, index);
  std::memcpy(overflow_.data() + offset + kSwitchBytes, changes.data(), changes.size());
  write_u32(write_u32(slot.bytes, offset), size);
  slot.size = DeltaSlot::kElsewhere;
}

ByteSpan EntitySync::elsewhere(const DeltaSlot& slot) const {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  std::memcpy(&offset, slot.bytes, sizeof offset);
  std::memcpy(&size, slot.bytes + sizeof offset, sizeof size);
  return ByteSpan(overflow_).subspan(offset, size);
}

EntitySync::Entering EntitySync::entering(EntityIndex index) {
  Entry& entry = entries_[index.value];
  THRONG_ASSERT(entry.live, "a dead entity cannot enter a view");
  if (entry.encoded_patch != patch_) encode_entering(index, entry);
  const std::uint8_t* at = bodies_.data() + entry.offset;
  return {{at, entry.add_size}, {at + entry.add_size, entry.body_size}};
}

void EntitySync::encode_entering(EntityIndex index, Entry& entry) {
  const Map& map = maps_[entry.map];
  const std::size_t offset = bodies_.size();
  bodies_.resize(offset + kAddBytesMax + kSwitchBytes + map.body_bytes_max);
  std::uint8_t* const start = bodies_.data() + offset;
  std::uint8_t* at = start;
  *at++ = kAdd;
  at = write_num(at, std::int64_t{index.value});
  at = write_str(at, keys_[index.value].view());
  at = write_num_u16(at, static_cast<std::uint16_t>(kFirstEntityRef + index.value));
  std::uint8_t* const body = at;
  at = write_switch(at, index);
  at = map.encode(map.table, index, at);
  entry.encoded_patch = patch_;
  entry.offset = static_cast<std::uint32_t>(offset);
  entry.add_size = static_cast<std::uint16_t>(body - start);
  entry.body_size = static_cast<std::uint16_t>(at - body);
  bodies_.resize(offset + static_cast<std::size_t>(at - start));
}

}  // namespace throng::protocol
