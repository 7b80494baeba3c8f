// A character's sheet as bytes.

#include <fmt/format.h>

#include "sim/character_sheet.h"
#include "sim/save/rows.h"
#include "sim/text_codec.h"

namespace throng::sim {
namespace {

constexpr std::size_t kSheetListMax = 4'000;
constexpr std::uint16_t kOldestSheetVersion = 1;
/// A full bag, and as much that the content did not know.
constexpr std::size_t kSheetStacksMax = 2 * content::kBagCapacityMax;
constexpr std::size_t kSheetCountsMax = content::kObjectivesMax;

class SheetWriter {
 public:
  static constexpr bool kReads = false;
  explicit SheetWriter(ByteWriter& out) : out_(out) {}

  /// Whether the format has what came with this version.
  bool since(std::uint16_t) const { return true; }

  template <typename T>
  void number(const T& value) {
    out_.put(value);
  }
  void flag(bool value) { out_.put(static_cast<std::uint8_t>(value)); }
  template <typename Enum>
  void choice(Enum value, std::size_t) {
    out_.put(value);
  }
  void uid(std::int64_t value) { out_.put(value); }
  void place(const std::optional<Position>& place) {
    flag(place.has_value());
    if (!place) return;
    out_.put(place->x.value);
    out_.put(place->y.value);
  }
  void text(const std::string& text) { put_short_text(out_, text); }
  template <typename T>
  void list(const std::vector<T>& rows, std::size_t) {
    out_.put(static_cast<std::uint16_t>(rows.size()));
    for (const T& row : rows) visit_sheet(*this, row);
  }

 private:
  ByteWriter& out_;
};

class SheetReader {
 public:
  static constexpr bool kReads = true;
  SheetReader(ByteReader& in, std::uint16_t version) : in_(in), version_(version) {}

  bool since(std::uint16_t version) const { return version_ >= version; }
  bool damaged() const { return damaged_ || in_.failed(); }

  template <typename T>
  void number(T& value) {
    value = in_.get<T>().value_or(T{});
  }
  void flag(bool& value) {
    const auto byte = in_.get<std::uint8_t>().value_or(0);
    damaged_ |= byte > 1;
    value = byte != 0;
  }
  template <typename Enum>
  void choice(Enum& value, std::size_t count) {
    const auto byte = in_.get<std::uint8_t>().value_or(0);
    damaged_ |= byte >= count;
    value = static_cast<Enum>(byte < count ? byte : 0);
  }
  void uid(std::int64_t& value) {
    number(value);
    damaged_ |= value < 0;
  }
  void place(std::optional<Position>& place) {
    bool known = false;
    flag(known);
    if (!known) return;
    place.emplace();
    number(place->x.value);
    number(place->y.value);
  }
  void text(std::string& text) { text = get_short_text(in_); }
  template <typename T>
  void list(std::vector<T>& rows, std::size_t max) {
    const std::size_t count = in_.get<std::uint16_t>().value_or(0);
    damaged_ |= count > max || count > in_.remaining();
    for (std::size_t i = 0; i < count && !damaged(); ++i) visit_sheet(*this, rows.emplace_back());
  }

 private:
  ByteReader& in_;
  const std::uint16_t version_;
  bool damaged_ = false;
};

template <typename Codec, typename T>
using SheetPart = std::conditional_t<Codec::kReads, T, const T>;

template <typename Codec>
void visit_sheet(Codec& codec, SheetPart<Codec, std::uint16_t>& count) {
  codec.number(count);
}
template <typename Codec>
void visit_sheet(Codec& codec, SheetPart<Codec, SavedStack>& stack) {
  codec.text(stack.item);
  codec.number(stack.count);
  codec.number(stack.durability);
  codec.flag(stack.bound);
  codec.number(stack.slot);
  if (codec.since(2)) codec.uid(stack.uid);
}
template <typename Codec>
void visit_sheet(Codec& codec, SheetPart<Codec, SavedSkill>& skill) {
  codec.text(skill.skill);
  codec.number(skill.ready_in_ms);
}
template <typename Codec>
void visit_sheet(Codec& codec, SheetPart<Codec, SavedQuest>& quest) {
  codec.text(quest.quest);
  codec.choice(quest.state, kQuestStates);
  codec.list(quest.counts, kSheetCountsMax);
  codec.number(quest.times_completed);
}
template <typename Codec>
void visit_sheet(Codec& codec, SheetPart<Codec, SavedDeed>& deed) {
  codec.text(deed.achievement);
  codec.number(deed.count);
  codec.flag(deed.earned);
}
template <typename Codec>
void visit_sheet(Codec& codec, SheetPart<Codec, SavedBuff>& buff) {
  codec.text(buff.status);
  codec.text(buff.skill);
  codec.choice(buff.kind, kStatusKinds);
  codec.choice(buff.stat, content::kStats);
  codec.choice(buff.element, content::kElements);
  codec.flag(buff.harmful);
  codec.number(buff.stacks);
  codec.number(buff.amount);
  codec.number(buff.rest_ms);
  codec.number(buff.next_step_in_ms);
  codec.number(buff.interval_ms);
}
template <typename Codec>
void visit_sheet(Codec& codec, SheetPart<Codec, CharacterSheet>& sheet) {
  codec.number(sheet.experience);
  codec.number(sheet.hp);
  codec.number(sheet.mana);
  codec.number(sheet.coins);
  codec.list(sheet.bag, kSheetStacksMax);
  codec.list(sheet.equipment, content::kEquipmentSlots);
  codec.list(sheet.skills, kKnownSkillsMax);
  codec.list(sheet.quests, kQuestEntriesMax);
  codec.list(sheet.deeds, kSheetListMax);
  if (!codec.since(2)) return;
  codec.number(sheet.consumable_ready_in_ms);
  codec.list(sheet.buffs, kStatusesMax);
  codec.place(sheet.place);
}

}  // namespace

std::vector<std::uint8_t> save_sheet(const CharacterSheet& sheet) {
  ByteWriter out;
  out.put(kSheetVersion);
  SheetWriter writer(out);
  visit_sheet(writer, sheet);
  return out.take();
}

Result<CharacterSheet> restore_sheet(ByteSpan saved) {
  if (saved.size() > kSheetBytesMax) {
    return fail(fmt::format("the character's sheet has {} bytes, at most {} are read", saved.size(), kSheetBytesMax));
  }
  ByteReader in(saved);
  const auto version = in.get<std::uint16_t>().value_or(0);
  if (version < kOldestSheetVersion || version > kSheetVersion) {
    return fail(fmt::format("the character's sheet has version {}, this program reads {} to {}", version,
                            kOldestSheetVersion, kSheetVersion));
  }
  CharacterSheet sheet;
  SheetReader reader(in, version);
  visit_sheet(reader, sheet);
  if (reader.damaged() || in.remaining() != 0) return fail("the character's sheet is damaged");
  return sheet;
}

}  // namespace throng::sim
