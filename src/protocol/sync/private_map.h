#pragma once
// A map of rows inside one client's private structure: what it was shown, and what it must be told.

#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "base/frame_buffer.h"
#include "base/inline_string.h"
#include "protocol/schema/row.h"
#include "protocol/state/ref_ids.h"
#include "protocol/wire/codec.h"

namespace throng::protocol {

/// Only grows: an entry that means nothing any more keeps its key and gets a row that says so, because a refId that is
/// given away must not come back at once (SPEC 10.4). Costs nothing while nothing changes. Room's thread.
template <typename Row, PrivateMapRefs kRefs>
class PrivateMap {
 public:
  static constexpr std::size_t kEntriesMax = kRefs.entries;
  static_assert(kEntriesMax <= 64, "what has changed is one word of bits");
  using Key = InlineString<32>;

  std::size_t size() const { return entries_.size(); }
  const Row& row(std::size_t number) const { return entries_[number].now; }
  std::string_view key(std::size_t number) const { return entries_[number].key.view(); }

  /// The number of the entry with this key.
  std::optional<std::size_t> find(std::string_view key) const {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].key.view() == key) return i;
    }
    return std::nullopt;
  }
  /// A further entry, with a default row; the key is new. Nothing when the map is full.
  std::optional<std::size_t> append(std::string_view key) {
    if (entries_.size() >= kEntriesMax) return std::nullopt;
    entries_.push_back({Key(key), {}, {}});
    return entries_.size() - 1;
  }
  void set(std::size_t number, const Row& row) {
    if (entries_[number].now == row) return;
    entries_[number].now = row;
    changed_ |= std::uint64_t{1} << number;
  }

  bool has_news() const { return changed_ != 0 || introduced_ < entries_.size(); }

  /// What the client has not been told yet, which then counts as told. Wire that begins with its own switch.
  void write_changes(FrameBuffer& frame) {
    if (!has_news()) return;
    const std::size_t first_new = introduced_;
    write_adds(frame, first_new);
    for (std::uint64_t left = changed_; left != 0; left &= left - 1) {
      const auto number = static_cast<std::size_t>(std::countr_zero(left));
      if (number < first_new) write_delta(frame, number);
    }
    for (std::size_t number = first_new; number < entries_.size(); ++number) write_body(frame, number);
    note_told();
  }
  /// Everything, for a snapshot.
  void write_complete(FrameBuffer& frame) {
    write_adds(frame, 0);
    for (std::size_t number = 0; number < entries_.size(); ++number) write_body(frame, number);
    note_told();
  }

 private:
  struct Entry {
    Key key;
    Row told;
    Row now;
  };

  void write_adds(FrameBuffer& frame, std::size_t from) const {
    if (from >= entries_.size()) return;
    std::uint8_t* at = frame.reserve(kSwitchBytesMax + (entries_.size() - from) * (1 + 2 * 5 + 2 + 32));
    at = write_switch(at, kRefs.map);
    for (std::size_t number = from; number < entries_.size(); ++number) {
      *at++ = kAdd;
      at = write_num(at, static_cast<std::int64_t>(number));
      at = write_str(at, entries_[number].key.view());
      at = write_num(at, static_cast<std::int64_t>(kRefs.first_entry + number));
    }
    frame.commit(at);
  }
  void write_body(FrameBuffer& frame, std::size_t number) const {
    std::uint8_t* at = frame.reserve(kSwitchBytesMax + kRowBytesMax<Row>);
    at = write_switch(at, static_cast<std::uint32_t>(kRefs.first_entry + number));
    frame.commit(encode_complete(entries_[number].now, at));
  }
  void write_delta(FrameBuffer& frame, std::size_t number) const {
    std::uint8_t* const start = frame.reserve(kSwitchBytesMax + kRowBytesMax<Row>);
    std::uint8_t* const body = write_switch(start, static_cast<std::uint32_t>(kRefs.first_entry + number));
    std::uint8_t* const end = encode_changes(entries_[number].told, entries_[number].now, body);
    frame.commit(end == body ? start : end);  // changed and changed back
  }
  void note_told() {
    for (std::uint64_t left = changed_; left != 0; left &= left - 1) {
      Entry& entry = entries_[static_cast<std::size_t>(std::countr_zero(left))];
      entry.told = entry.now;
    }
    changed_ = 0;
    introduced_ = entries_.size();
  }

  std::vector<Entry> entries_;     // bound: kEntriesMax
  std::uint64_t changed_ = 0;      // one bit per entry
  std::size_t introduced_ = 0;     // entries that the client holds
};

}  // namespace throng::protocol
