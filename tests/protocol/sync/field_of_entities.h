#pragma once
// Entities of the mmo state on a square, and a client that is shown them through a ViewWriter and decodes strictly.

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "load/state_decoder.h"
#include "protocol/state/mmo_state.h"
#include "protocol/sync/entity_sync.h"
#include "protocol/sync/view_writer.h"

namespace throng::protocol::testing {

/// 2,000 units square. Indexes are handed out in order and reused only when a test says so.
class Field {
 public:
  EntityIndex add(int x, int y) {
    positions.push_back({units(x), units(y)});
    alive.push_back(1);
    values.push_back(EntityRow{.id = ++last_id_, .hp = 100, .name = InlineString<32>("entity")});
    return EntityIndex{static_cast<std::uint32_t>(positions.size() - 1)};
  }
  void kill(EntityIndex index) {
    alive[index.value] = 0;
    sync.remove(index);
  }
  /// Another entity gets the index.
  void reuse(EntityIndex index) {
    alive[index.value] = 1;
    values[index.value] = EntityRow{.id = ++last_id_, .hp = 50, .name = InlineString<32>("another")};
  }
  void move(EntityIndex index, int dx, int dy) {
    positions[index.value].x += units(dx);
    positions[index.value].y += units(dy);
  }

  void begin_patch() {
    sync.begin_patch();
    grid.rebuild(positions, alive);
    for (std::uint32_t i = 0; i < positions.size(); ++i) {
      if (alive[i] == 0) continue;
      values[i].x = static_cast<float>(positions[i].x.value) / 1000;
      values[i].y = static_cast<float>(positions[i].y.value) / 1000;
      rows.put(EntityIndex{i}, values[i], [this, i] { return std::to_string(values[i].id); });
    }
  }

  EntitySync sync;
  RowTable<EntityRow> rows{sync, kEntitiesRef};
  sim::SpatialGrid grid{units(2000), units(2000), units(100)};
  std::vector<Position> positions;  // these three by entity index
  std::vector<std::uint8_t> alive;
  std::vector<EntityRow> values;

 private:
  std::uint32_t last_id_ = 0;
};

inline ViewLimits limits_of(std::size_t patch_bytes_max = 1 << 20) {
  return {.interest = {units(256), units(32), 2048}, .patch_bytes_max = patch_bytes_max};
}

class Client {
 public:
  explicit Client(Field& field, ViewLimits limits = limits_of(), Position at = {units(1000), units(1000)})
      : eye{at},
        writer(field.sync, limits),
        field_(field),
        decoder_(*bench::parse_reflection(encode_reflection(describe_mmo_state()))) {}

  void snapshot() {
    frame.clear();
    writer.write_snapshot(viewer, eye, field_.grid, {links(), {}}, frame);
    apply();
  }
  void patch(bool refresh = true) {
    frame.clear();
    writer.write_patch(viewer, eye, refresh, field_.grid, field_.positions, {}, frame);
    apply();
  }
  void prune() {
    frame.clear();
    writer.write_prune(viewer, eye, field_.grid, {links(), {}}, frame);
    apply();
  }

  /// Entity ids that the client holds.
  std::set<std::string> sees() const {
    std::set<std::string> keys;
    if (const bench::Structure* map = decoder_.find(kEntitiesRef)) {
      for (const auto& [index, entry] : map->entries) keys.insert(entry.key);
    }
    return keys;
  }
  bool sees(EntityIndex index) const { return sees().contains(std::to_string(field_.values[index.value].id)); }
  /// The client's copy of an entity, by the names of EntityRow.
  EntityRow copy(EntityIndex index) const {
    const bench::Structure* held = decoder_.find(entity_ref(index.value));
    if (held == nullptr) return {};
    const auto number = [&](std::size_t field) { return held->fields[field].number; };
    return {.id = static_cast<std::uint32_t>(number(0)),
            .x = static_cast<float>(number(1)),
            .y = static_cast<float>(number(2)),
            .hp = static_cast<std::uint16_t>(number(3)),
            .state = static_cast<std::uint8_t>(number(4)),
            .name = InlineString<32>(held->fields[5].text)};
  }
  bool agrees_on(EntityIndex index) const {
    const EntityRow mine = copy(index);
    const EntityRow& real = field_.values[index.value];
    return mine.id == real.id && mine.x == real.x && mine.y == real.y && mine.hp == real.hp &&
           mine.state == real.state && mine.name == real.name;
  }

  /// How often, and where first, the last frame turns to an entity's body or delta.
  int switches_to(EntityIndex index) const { return occurrences(switch_bytes(index)); }
  std::size_t first_switch_to(EntityIndex index) const { return first(switch_bytes(index)); }
  /// Where the last frame adds or deletes an index of the map; indexes below 128 only.
  std::size_t first_add_of(EntityIndex index) const {
    return first({kAdd, static_cast<std::uint8_t>(index.value), 0xa1});
  }
  bool deletes(EntityIndex index) const {
    return first({kDelete, static_cast<std::uint8_t>(index.value)}) != std::string::npos;
  }

  Eye eye;
  Viewer viewer;
  ViewWriter writer;
  FrameBuffer frame;

 private:
  static ByteSpan links() {
    static const std::vector<std::uint8_t> bytes = [] {
      std::vector<std::uint8_t> made(kMmoLinksBytesMax);
      made.resize(static_cast<std::size_t>(encode_mmo_links(made.data()) - made.data()));
      return made;
    }();
    return bytes;
  }
  void apply() {
    ASSERT_EQ(decoder_.apply(frame.view().subspan(1)), bench::DecodeVerdict::Ok) << "patch " << field_.sync.patch();
  }
  static std::vector<std::uint8_t> switch_bytes(EntityIndex index) {
    const std::uint32_t ref = entity_ref(index.value);
    return {kSwitch, 0xcd, static_cast<std::uint8_t>(ref & 0xff), static_cast<std::uint8_t>(ref >> 8)};
  }
  std::size_t first(const std::vector<std::uint8_t>& wanted) const {
    return as_text(frame.view()).find(as_text(wanted));
  }
  int occurrences(const std::vector<std::uint8_t>& wanted) const {
    int count = 0;
    const std::string_view text = as_text(frame.view());
    for (std::size_t at = text.find(as_text(wanted)); at != std::string_view::npos;
         at = text.find(as_text(wanted), at + 1))
      ++count;
    return count;
  }

  Field& field_;
  bench::StateDecoder decoder_;
};

}  // namespace throng::protocol::testing
