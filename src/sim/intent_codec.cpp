#include "sim/intent_codec.h"

#include <algorithm>
#include <concepts>
#include <tuple>
#include <type_traits>
#include <utility>

#include "sim/character_sheet.h"
#include "sim/text_codec.h"
#include "sim/trade/parcel.h"

namespace throng::sim {
namespace {

// The number of an intent in the bytes is its place in the variant, plus one. New intents go at its end.
template <std::size_t I>
using IntentAt = std::variant_alternative_t<I, Intent>;

template <typename T, typename Part>
concept Like = std::same_as<std::remove_const_t<T>, Part>;

// What an intent consists of, in the order of the bytes, beside its key.
auto parts_of(Like<SpawnPlayer> auto& i) { return std::tie(i.name, i.at, i.spawn_name, i.sheet); }
auto parts_of(Like<RemovePlayer> auto&) { return std::tie(); }
auto parts_of(Like<Move> auto& i) { return std::tie(i.dx, i.dy, i.seq); }
auto parts_of(Like<Attack> auto& i) { return std::tie(i.target, i.skill, i.aim, i.request); }
auto parts_of(Like<PickUp> auto& i) { return std::tie(i.drop, i.request); }
auto parts_of(Like<UseItem> auto& i) { return std::tie(i.item, i.request); }
auto parts_of(Like<Equip> auto& i) { return std::tie(i.item, i.request); }
auto parts_of(Like<Unequip> auto& i) { return std::tie(i.slot, i.request); }
auto parts_of(Like<ArrangeBag> auto& i) { return std::tie(i.action, i.from, i.to, i.count, i.request); }
auto parts_of(Like<Trade> auto& i) { return std::tie(i.action, i.npc, i.item, i.slot, i.count, i.request); }
auto parts_of(Like<Talk> auto& i) { return std::tie(i.npc, i.request); }
auto parts_of(Like<QuestStep> auto& i) { return std::tie(i.quest, i.action, i.request); }
auto parts_of(Like<PartyStep> auto& i) { return std::tie(i.action, i.other, i.request); }
auto parts_of(Like<NoteChat> auto&) { return std::tie(); }
auto parts_of(Like<GrantItem> auto& i) { return std::tie(i.item, i.count); }
auto parts_of(Like<GrantExperience> auto& i) { return std::tie(i.experience); }
auto parts_of(Like<GrantCoins> auto& i) { return std::tie(i.coins); }
auto parts_of(Like<SummonMonster> auto& i) { return std::tie(i.monster, i.at.x, i.at.y); }
auto parts_of(Like<ExplainMonster> auto& i) { return std::tie(i.monster); }
auto parts_of(Like<SetEconomyOpen> auto& i) { return std::tie(i.open); }
auto parts_of(Like<TradeStep> auto& i) { return std::tie(i.action, i.other, i.slot, i.count, i.coins, i.request); }
auto parts_of(Like<MailStep> auto& i) { return std::tie(i.action, i.parcel, i.request); }
auto parts_of(Like<SetParty> auto& i) { return std::tie(i.kept, i.loot_rule); }

/// The last value of each enumeration.
constexpr content::EquipmentSlot last_of(content::EquipmentSlot) {
  return static_cast<content::EquipmentSlot>(content::kEquipmentSlots - 1);
}
constexpr BagAction last_of(BagAction) { return BagAction::Sort; }
constexpr ShopAction last_of(ShopAction) { return ShopAction::Repair; }
constexpr QuestAction last_of(QuestAction) { return QuestAction::Abandon; }
constexpr PartyAction last_of(PartyAction) { return PartyAction::LootRoundRobin; }
constexpr LootRule last_of(LootRule) { return LootRule::RoundRobin; }
constexpr TradeAction last_of(TradeAction) { return TradeAction::Confirm; }
constexpr MailAction last_of(MailAction) { return MailAction::Take; }

/// Ids, references and units.
template <typename T>
concept StrongNumber = requires(T number) { number.value; };
template <typename T>
concept PlainNumber = std::integral<T> && !std::same_as<T, bool>;
template <typename T>
concept Choice = std::is_enum_v<T>;

class IntentWriter {
 public:
  explicit IntentWriter(ByteWriter& out) : out_(out) {}

  void part(PlainNumber auto number) { out_.put(number); }
  void part(StrongNumber auto number) { out_.put(number.value); }
  void part(Choice auto choice) { out_.put(choice); }
  void part(Like<bool> auto flag) { out_.put(static_cast<std::uint8_t>(flag)); }
  /// Of a direction: what the world would cut off is cut off here, so that it fits two bytes.
  void part(BasisPoints share) {
    out_.put(static_cast<std::int16_t>(std::clamp(share.value, -kBasisPointsWhole, kBasisPointsWhole)));
  }
  template <std::size_t N>
  void part(const InlineString<N>& text) {
    put_short_text(out_, text.view());
  }
  void part(const std::optional<Position>& at) {
    part(at.has_value());
    if (!at) return;
    part(at->x);
    part(at->y);
  }
  void part(const std::shared_ptr<const CharacterSheet>& sheet) {
    const std::vector<std::uint8_t> bytes = sheet ? save_sheet(*sheet) : std::vector<std::uint8_t>{};
    part(static_cast<std::uint32_t>(bytes.size()));
    out_.append(bytes);
  }
  void part(const std::shared_ptr<const MailParcel>& parcel) {
    part(static_cast<std::uint8_t>(parcel ? parcel->things.size() : 0));
    if (!parcel) return part(std::int64_t{0});
    for (const TradeOffer& thing : parcel->things) {
      std::apply([this](const auto&... parts) { (part(parts), ...); },
                 std::tie(thing.slot, thing.stack.item, thing.stack.count, thing.stack.durability, thing.stack.bound,
                          thing.stack.uid));
    }
    part(parcel->coins);
  }

 private:
  ByteWriter& out_;
};

class IntentReader {
 public:
  explicit IntentReader(ByteReader& in) : in_(in) {}

  bool is_nonsense() const { return nonsense_; }

  template <PlainNumber T>
  void part(T& number) {
    number = in_.get<T>().value_or(T{});
  }
  template <StrongNumber T>
  void part(T& number) {
    part(number.value);
  }
  template <Choice T>
  void part(T& choice) {
    const auto number = in_.get<std::uint8_t>().value_or(0);
    const bool known = number <= static_cast<std::uint8_t>(last_of(T{}));
    nonsense_ |= !known;
    choice = static_cast<T>(known ? number : 0);
  }
  void part(bool& flag) {
    const auto byte = in_.get<std::uint8_t>().value_or(0);
    nonsense_ |= byte > 1;
    flag = byte != 0;
  }
  void part(BasisPoints& share) { share.value = in_.get<std::int16_t>().value_or(0); }
  template <std::size_t N>
  void part(InlineString<N>& text) {
    text.assign(get_short_text(in_));
  }
  void part(std::optional<Position>& at) {
    if (in_.get<std::uint8_t>().value_or(0) == 0) return;
    at.emplace();
    part(at->x);
    part(at->y);
  }
  void part(std::shared_ptr<const CharacterSheet>& sheet) {
    const auto bytes = in_.take(in_.get<std::uint32_t>().value_or(0));
    if (!bytes || bytes->empty()) return;
    Result<CharacterSheet> restored = restore_sheet(*bytes);
    if (restored) sheet = std::make_shared<const CharacterSheet>(*std::move(restored));
    nonsense_ |= sheet == nullptr;
  }
  void part(std::shared_ptr<const MailParcel>& parcel) {
    MailParcel read;
    read.things.resize(in_.get<std::uint8_t>().value_or(0));
    for (TradeOffer& thing : read.things) {
      std::apply([this](auto&... parts) { (part(parts), ...); },
                 std::tie(thing.slot, thing.stack.item, thing.stack.count, thing.stack.durability, thing.stack.bound,
                          thing.stack.uid));
    }
    part(read.coins);
    nonsense_ |= read.things.size() > kParcelThingsMax;
    parcel = std::make_shared<const MailParcel>(std::move(read));
  }

 private:
  ByteReader& in_;
  bool nonsense_ = false;
};

/// Whose intent it is comes first; a few are nobody's.
template <typename Codec, typename T>
void visit_whole(Codec& codec, T& intent) {
  if constexpr (requires { intent.key; }) codec.part(intent.key);
  std::apply([&](auto&... parts) { (codec.part(parts), ...); }, parts_of(intent));
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
