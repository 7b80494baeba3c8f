#pragma once
// Three readers of one description (save/rows.h): a row goes into a digest, into bytes, or comes back out of bytes.
// They share their member functions:
//   number, any, flag, choice, position, actor, text   plain values; ranges are checked when they come back
//   ref        a definition, or none; one that the content no longer has becomes none
//   required   a definition that its row is about; when the content no longer has it, the row is lost
//   list       a vector whose order means something
//   counted    the first rows of an array, and their number
//   keyed      a vector in the order of a ref; its digest does not depend on that order
//   begin      what follows, for error messages
//   end_entity the row of an entity has been visited

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/inline_string.h"
#include "base/units.h"
#include "sim/actors.h"
#include "sim/save/content_names.h"
#include "sim/text_codec.h"

namespace throng::sim {

/// The row as an archive sees it.
template <typename Archive, typename Row>
using RowOf = std::conditional_t<Archive::kRestores, Row, const Row>;

/// Places that the simulation can calculate with, whether or not they are on the map.
inline constexpr std::int32_t kPlaceMax = 1'000'000'000;

class DigestArchive {
 public:
  static constexpr bool kRestores = false;
  DigestArchive(Digest& digest, const content::GameContent& content) : digest_(digest), content_(content) {}

  template <typename T>
  void number(const T& value, std::int64_t, std::int64_t) {
    digest_.add(static_cast<std::uint64_t>(value));
  }
  template <typename T>
  void any(const T& value) {
    digest_.add(static_cast<std::uint64_t>(value));
  }
  void flag(bool value) { digest_.add(value ? 1 : 0); }
  template <typename Enum>
  void choice(Enum value, std::size_t) {
    digest_.add(static_cast<std::uint64_t>(value));
  }
  void position(Position at) {
    digest_.add(static_cast<std::uint64_t>(static_cast<std::uint32_t>(at.x.value)) << 32 |
                static_cast<std::uint32_t>(at.y.value));
  }
  void actor(ActorRef actor) {
    digest_.add(actor.named() ? std::uint64_t{actor.index.value} << 32 | actor.id.value : 0);
  }
  template <std::size_t N>
  void text(const InlineString<N>& text) {
    digest_.add_bytes(as_bytes(text.view()));
  }
  template <typename Ref>
  void ref(Ref ref) {
    if (!content::is_set(ref)) return digest_.add(0);
    digest_.add_bytes(as_bytes(id_of(content_, named_kind(ref), ref.value)));
  }
  template <typename Ref>
  void required(Ref ref) {
    this->ref(ref);
  }
  void begin(const char*) {}
  void end_entity(EntityIndex) {}

  template <typename Row>
  void list(const std::vector<Row>& rows, std::size_t) {
    digest_.add(rows.size());
    for (const Row& row : rows) visit_row(*this, row);
  }
  /// What most worlds have none of does not change the digest of those.
  template <typename Row>
  void rare_list(const std::vector<Row>& rows, std::size_t max) {
    if (!rows.empty()) list(rows, max);
  }
  template <typename Row, std::size_t N>
  void counted(const std::array<Row, N>& rows, std::uint8_t count) {
    digest_.add(count);
    for (std::size_t i = 0; i < count; ++i) visit_row(*this, rows[i]);
  }
  template <typename Row, typename Key>
  void keyed(const std::vector<Row>& rows, std::size_t, Key Row::*) {
    std::uint64_t sum = rows.size();
    for (const Row& row : rows) {
      Digest of_row;
      DigestArchive archive(of_row, content_);
      visit_row(archive, row);
      sum += of_row.value();
    }
    digest_.add(sum);
  }

 private:
  Digest& digest_;
  const content::GameContent& content_;
};

class SaveArchive {
 public:
  static constexpr bool kRestores = false;
  explicit SaveArchive(ByteWriter& out) : out_(out) {}

  template <typename T>
  void number(const T& value, std::int64_t, std::int64_t) {
    out_.put(value);
  }
  template <typename T>
  void any(const T& value) {
    out_.put(value);
  }
  void flag(bool value) { out_.put(static_cast<std::uint8_t>(value)); }
  template <typename Enum>
  void choice(Enum value, std::size_t) {
    out_.put(value);
  }
  void position(Position at) {
    out_.put(at.x.value);
    out_.put(at.y.value);
  }
  void actor(ActorRef actor) {
    out_.put(actor.id.value);
    if (actor.named()) out_.put(actor.index.value);
  }
  template <std::size_t N>
  void text(const InlineString<N>& text) {
    put_short_text(out_, text.view());
  }
  template <typename Ref>
  void ref(Ref ref) {
    out_.put(ref.value);
  }
  template <typename Ref>
  void required(Ref ref) {
    out_.put(ref.value);
  }
  void begin(const char*) {}
  void end_entity(EntityIndex) {}

  template <typename Row>
  void list(const std::vector<Row>& rows, std::size_t) {
    out_.put(static_cast<std::uint32_t>(rows.size()));
    for (const Row& row : rows) visit_row(*this, row);
  }
  template <typename Row>
  void rare_list(const std::vector<Row>& rows, std::size_t max) {
    list(rows, max);
  }
  template <typename Row, std::size_t N>
  void counted(const std::array<Row, N>& rows, std::uint8_t count) {
    out_.put(count);
    for (std::size_t i = 0; i < count; ++i) visit_row(*this, rows[i]);
  }
  template <typename Row, typename Key>
  void keyed(const std::vector<Row>& rows, std::size_t max, Key Row::*) {
    list(rows, max);
  }

 private:
  ByteWriter& out_;
};

/// Values out of their range and impossible numbers make the whole save damaged; what is read afterwards means nothing,
/// but is within its range all the same.
class RestoreArchive {
 public:
  static constexpr bool kRestores = true;
  /// @param indexes  entity indexes below this one exist
  RestoreArchive(ByteReader& in, const NumberMap& numbers, std::uint32_t indexes)
      : in_(in), numbers_(numbers), indexes_(indexes) {}

  bool damaged() const { return damaged_ || in_.failed(); }
  /// Where it was found to be damaged, at the latest.
  const char* subject() const { return subject_; }
  /// Entities whose required definition is gone.
  const std::vector<EntityIndex>& lost_entities() const { return lost_entities_; }

  void begin(const char* subject) {
    if (!damaged()) subject_ = subject;
  }
  void end_entity(EntityIndex index) {
    if (take_lost()) lost_entities_.push_back(index);
  }
  /// Whether a required definition is gone; asked once per row.
  bool take_lost() { return std::exchange(lost_, false); }

  template <typename T>
  void number(T& value, std::int64_t low, std::int64_t high) {
    value = read<T>();
    if (value >= low && value <= high) return;
    damaged_ = true;
    value = static_cast<T>(low);
  }
  template <typename T>
  void any(T& value) {
    value = read<T>();
  }
  void flag(bool& value) {
    const auto byte = read<std::uint8_t>();
    damaged_ |= byte > 1;
    value = byte != 0;
  }
  template <typename Enum>
  void choice(Enum& value, std::size_t count) {
    auto number = read<std::underlying_type_t<Enum>>();
    if (number >= count) damaged_ = true, number = 0;
    value = static_cast<Enum>(number);
  }
  void position(Position& at) {
    number(at.x.value, -kPlaceMax, kPlaceMax);
    number(at.y.value, -kPlaceMax, kPlaceMax);
  }
  void actor(ActorRef& actor) {
    actor = {};
    actor.id.value = read<std::uint32_t>();
    if (!actor.named()) return;
    actor.index.value = read<std::uint32_t>();
    damaged_ |= actor.index.value >= indexes_;
  }
  template <std::size_t N>
  void text(InlineString<N>& text) {
    const std::string_view saved = get_short_text(in_);
    text.assign(saved);
    damaged_ |= text.view() != saved;
  }
  template <typename Ref>
  void ref(Ref& ref) {
    const auto saved = read<std::uint16_t>();
    const std::vector<std::uint16_t>& numbers = numbers_.now[static_cast<std::size_t>(named_kind(Ref{}))];
    ref = Ref{content::kNoNumber};
    if (saved == content::kNoNumber) return;
    if (saved >= numbers.size()) {
      damaged_ = true;
      return;
    }
    ref.value = numbers[saved];
  }
  template <typename Ref>
  void required(Ref& ref) {
    this->ref(ref);
    lost_ |= !content::is_set(ref);
  }

  template <typename Row>
  void list(std::vector<Row>& rows, std::size_t max) {
    const auto count = read<std::uint32_t>();
    rows.clear();
    if (count > max || count > in_.remaining()) {
      damaged_ = true;
      return;
    }
    const bool outer_lost = take_lost();  // of the row that this list is a member of
    for (std::uint32_t i = 0; i < count && !damaged(); ++i) {
      Row row{};
      visit_row(*this, row);
      if (!take_lost()) rows.push_back(std::move(row));
    }
    lost_ = outer_lost;
  }
  template <typename Row>
  void rare_list(std::vector<Row>& rows, std::size_t max) {
    list(rows, max);
  }
  template <typename Row, std::size_t N>
  void counted(std::array<Row, N>& rows, std::uint8_t& count) {
    const auto saved = read<std::uint8_t>();
    damaged_ |= saved > N;
    count = 0;
    const bool outer_lost = take_lost();
    for (std::size_t i = 0; i < std::min<std::size_t>(saved, N) && !damaged(); ++i) {
      Row row{};
      visit_row(*this, row);
      if (!take_lost()) rows[count++] = row;
    }
    lost_ = outer_lost;
  }
  template <typename Row, typename Key>
  void keyed(std::vector<Row>& rows, std::size_t max, Key Row::* key) {
    list(rows, max);
    std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return a.*key < b.*key; });
    const auto twice =
        std::adjacent_find(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return a.*key == b.*key; });
    damaged_ |= twice != rows.end();
  }

 private:
  template <typename T>
  T read() {
    return in_.get<T>().value_or(T{});
  }

  ByteReader& in_;
  const NumberMap& numbers_;
  std::uint32_t indexes_;
  const char* subject_ = "rows";
  bool damaged_ = false;
  bool lost_ = false;
  std::vector<EntityIndex> lost_entities_;
};

}  // namespace throng::sim
