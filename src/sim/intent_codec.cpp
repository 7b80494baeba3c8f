#include "sim/intent_codec.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "sim/character_sheet.h"
#include "sim/text_codec.h"

namespace throng::sim {
namespace {

// The number of an intent in the bytes is its place in the variant, plus one. New intents go at its end.
template <std::size_t I>
using IntentAt = std::variant_alternative_t<I, Intent>;

/// Writes the members that `visit_intent` lists.
class IntentWriter {
 public:
  static constexpr bool kReads = false;
  explicit IntentWriter(ByteWriter& out) : out_(out) {}

  template <typename T>
  void number(const T& value) {
    out_.put(value);
  }
  template <std::size_t N>
  void text(const InlineString<N>& text) {
    put_short_text(out_, text.view());
  }
  void direction(BasisPoints part) {
    out_.put(static_cast<std::int16_t>(std::clamp(part.value, -kBasisPointsWhole, kBasisPointsWhole)));
  }
  void place(const std::optional<Position>& at) {
    out_.put(static_cast<std::uint8_t>(at.has_value()));
    if (!at) return;
    out_.put(at->x.value);
    out_.put(at->y.value);
  }
  template <typename Enum>
  void choice(Enum value, std::size_t) {
    out_.put(value);
  }
  void sheet(const std::shared_ptr<const CharacterSheet>& sheet) {
    const std::vector<std::uint8_t> bytes = sheet ? save_sheet(*sheet) : std::vector<std::uint8_t>{};
    out_.put(static_cast<std::uint32_t>(bytes.size()));
    out_.append(bytes);
  }

 private:
  ByteWriter& out_;
};

class IntentReader {
 public:
  static constexpr bool kReads = true;
  explicit IntentReader(ByteReader& in) : in_(in) {}

  bool is_nonsense() const { return nonsense_; }

  template <typename T>
  void number(T& value) {
    value = in_.get<T>().value_or(T{});
  }
  template <std::size_t N>
  void text(InlineString<N>& text) {
    text.assign(get_short_text(in_));
  }
  void direction(BasisPoints& part) { part.value = in_.get<std::int16_t>().value_or(0); }
  void place(std::optional<Position>& at) {
    if (in_.get<std::uint8_t>().value_or(0) == 0) return;
    at.emplace();
    number(at->x.value);
    number(at->y.value);
  }
  template <typename Enum>
  void choice(Enum& value, std::size_t count) {
    const auto number = in_.get<std::uint8_t>().value_or(0);
    nonsense_ |= number >= count;
    value = static_cast<Enum>(number < count ? number : 0);
  }
  void sheet(std::shared_ptr<const CharacterSheet>& sheet) {
    const auto bytes = in_.take(in_.get<std::uint32_t>().value_or(0));
    if (!bytes || bytes->empty()) return;
    Result<CharacterSheet> restored = restore_sheet(*bytes);
    if (restored) sheet = std::make_shared<const CharacterSheet>(*std::move(restored));
    nonsense_ |= sheet == nullptr;
  }

 private:
  ByteReader& in_;
  bool nonsense_ = false;
};

template <typename Codec, typename T>
using PartOf = std::conditional_t<Codec::kReads, T, const T>;

template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, SpawnPlayer>& intent) {
  codec.text(intent.name);
  codec.place(intent.at);
  codec.text(intent.spawn_name);
  codec.sheet(intent.sheet);
}
template <typename Codec>
void visit_intent(Codec&, PartOf<Codec, RemovePlayer>&) {}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, Move>& intent) {
  codec.direction(intent.dx);
  codec.direction(intent.dy);
  codec.number(intent.seq);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, Attack>& intent) {
  codec.number(intent.target.value);
  codec.number(intent.skill.value);
  codec.place(intent.aim);
  codec.number(intent.request);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, PickUp>& intent) {
  codec.number(intent.drop.value);
  codec.number(intent.request);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, UseItem>& intent) {
  codec.number(intent.item.value);
  codec.number(intent.request);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, Equip>& intent) {
  codec.number(intent.item.value);
  codec.number(intent.request);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, Unequip>& intent) {
  codec.choice(intent.slot, content::kEquipmentSlots);
  codec.number(intent.request);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, ArrangeBag>& intent) {
  codec.choice(intent.action, 4);
  codec.number(intent.from);
  codec.number(intent.to);
  codec.number(intent.count);
  codec.number(intent.request);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, Trade>& intent) {
  codec.choice(intent.action, 4);
  codec.number(intent.npc.value);
  codec.number(intent.item.value);
  codec.number(intent.slot);
  codec.number(intent.count);
  codec.number(intent.request);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, Talk>& intent) {
  codec.number(intent.npc.value);
  codec.number(intent.request);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, QuestStep>& intent) {
  codec.number(intent.quest.value);
  codec.choice(intent.action, 3);
  codec.number(intent.request);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, PartyStep>& intent) {
  codec.choice(intent.action, 8);
  codec.number(intent.other.value);
  codec.number(intent.request);
}
template <typename Codec>
void visit_intent(Codec&, PartOf<Codec, NoteChat>&) {}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, GrantItem>& intent) {
  codec.number(intent.item.value);
  codec.number(intent.count);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, GrantExperience>& intent) {
  codec.number(intent.experience);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, GrantCoins>& intent) {
  codec.number(intent.coins);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, SummonMonster>& intent) {
  codec.number(intent.monster.value);
  codec.number(intent.at.x.value);
  codec.number(intent.at.y.value);
}
template <typename Codec>
void visit_intent(Codec& codec, PartOf<Codec, ExplainMonster>& intent) {
  codec.number(intent.monster.value);
}

/// Whose intent it is comes first; a few are nobody's.
template <typename T>
concept OfPlayer = requires(T intent) { intent.key; };

template <typename Codec, typename T>
void visit_whole(Codec& codec, T& intent) {
  if constexpr (OfPlayer<T>) codec.number(intent.key.value);
  visit_intent(codec, intent);
}

template <std::size_t I>
Intent read_intent(IntentReader& reader) {
  IntentAt<I> intent{};
  visit_whole(reader, intent);
  return intent;
}

using ReadIntent = Intent (*)(IntentReader&);

template <std::size_t... Is>
constexpr std::array<ReadIntent, sizeof...(Is)> all_readers(std::index_sequence<Is...>) {
  return {read_intent<Is>...};
}

constexpr auto kReaders = all_readers(std::make_index_sequence<std::variant_size_v<Intent>>());

}  // namespace

void put_intent(ByteWriter& out, const Intent& intent) {
  out.put(static_cast<std::uint8_t>(intent.index() + 1));
  IntentWriter writer(out);
  std::visit([&](const auto& which) { visit_whole(writer, which); }, intent);
}

std::optional<Intent> get_intent(ByteReader& in) {
  const std::size_t tag = in.get<std::uint8_t>().value_or(0);
  if (tag == 0 || tag > kReaders.size()) return std::nullopt;
  IntentReader reader(in);
  Intent intent = kReaders[tag - 1](reader);
  if (in.failed() || reader.is_nonsense()) return std::nullopt;
  return intent;
}

}  // namespace throng::sim
