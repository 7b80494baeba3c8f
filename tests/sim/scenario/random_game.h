#pragma once
// Players who do everything there is to do, at random and the same for the same seed; some of it is nonsense.

#include <vector>

#include "sim/character_sheet.h"
#include "sim/scenario/playable_content.h"
#include "sim/trade/parcel.h"

namespace throng::sim::test {

class RandomGame {
 public:
  /// @param trades  they exchange things with each other, too
  explicit RandomGame(std::uint64_t seed, bool trades = false) : rng_(seed), trades_(trades) {}

  std::vector<Intent> next(const World& world) {
    std::vector<Intent> intents;
    for (std::uint32_t i = rng_.below(9); i > 0; --i) intents.push_back(next_intent(world));
    return intents;
  }

 private:
  static constexpr std::uint32_t kKeys = 14;

  PlayerKey key() { return {rng_.below(kKeys)}; }
  std::uint32_t request() { return rng_.below(1'000); }
  template <typename Ref>
  Ref number(std::size_t count) {  // now and then of nothing
    return Ref{static_cast<std::uint16_t>(rng_.below(static_cast<std::uint32_t>(count) + 2))};
  }
  Position place(const World& world) {
    const std::int32_t x = rng_.between(-1'000, world.map().width.value + 1'000);
    const std::int32_t y = rng_.between(-1'000, world.map().height.value + 1'000);
    return {{x}, {y}};
  }
  /// Somebody or something that lives, or lived, or never did.
  EntityId anybody(const World& world) {
    const std::uint32_t indexes = world.entities().high_water();
    if (indexes == 0 || rng_.below(20) == 0) return {rng_.below(5'000)};
    return world.entities().id(EntityIndex{rng_.below(indexes)});
  }
  EntityId any_of(const World& world, EntityKind kind) {
    const auto indexes = world.entities().indexes(kind);
    if (indexes.empty()) return anybody(world);
    return world.entities().id(indexes[rng_.below(static_cast<std::uint32_t>(indexes.size()))]);
  }

  Intent next_intent(const World& world) {
    switch (rng_.below(12)) {
      case 0: return come_or_go(world);
      case 1:
      case 2: return walk();
      case 3:
      case 4:
      case 5: return fight(world);
      case 6: return PickUp{key(), any_of(world, EntityKind::Drop), request()};
      case 7: return handle_items(world);
      case 8: return meet_people(world);
      case 9: return trades_ && rng_.below(2) == 0 ? trade(world) : party();
      case 10: return grant(world);
      default: return walk();
    }
  }

  Intent come_or_go(const World& world) {
    const std::uint32_t choice = rng_.below(5);
    if (choice == 0) return RemovePlayer{key()};
    SpawnPlayer spawn{.key = key(), .name = {"hero"}, .at = {}, .spawn_name = {"default"}, .sheet = nullptr};
    if (choice <= 2) spawn.at = place(world);
    if (choice == 2) spawn.sheet = sheet();
    return spawn;
  }
  std::shared_ptr<const CharacterSheet> sheet() {
    CharacterSheet sheet;
    sheet.experience = rng_.between(0, 900);
    sheet.coins = rng_.between(0, 50);
    sheet.bag = {{"gel", 4, 0, false, 3}, {"gone_item", 2, 0, false, 5}};
    sheet.equipment = {{"sword", 1, 9, false, 0}};
    sheet.skills = {{"cleanse", 500}, {"gone_skill", 1}};
    return std::make_shared<const CharacterSheet>(std::move(sheet));
  }
  Intent walk() {
    const PlayerKey who = key();
    const std::int32_t dx = rng_.between(-11'000, 11'000);
    const std::int32_t dy = rng_.between(-11'000, 11'000);
    return Move{who, {dx}, {dy}, seq_++ - rng_.below(3)};
  }
  Intent fight(const World& world) {
    Attack attack{.key = key(), .target = {}, .aim = {}, .request = request()};
    const std::uint32_t choice = rng_.below(6);
    if (choice < 4) attack.target = any_of(world, EntityKind::Monster);
    if (choice == 4) attack.target = anybody(world);
    if (rng_.below(2) == 0) attack.skill = number<content::SkillRef>(world.content().skills.size());
    if (rng_.below(3) == 0) attack.aim = place(world);
    return attack;
  }
  Intent handle_items(const World& world) {
    const auto item = number<content::ItemRef>(world.content().items.size());
    const PlayerKey who = key();
    const auto from = static_cast<BagSlot>(rng_.below(45));
    const auto to = static_cast<BagSlot>(rng_.below(8));
    switch (rng_.below(4)) {
      case 0: return UseItem{who, item, request()};
      case 1: return Equip{who, item, request()};
      case 2: return Unequip{who, static_cast<content::EquipmentSlot>(rng_.below(8)), request()};
      default:
        return ArrangeBag{who, static_cast<BagAction>(rng_.below(4)),     from,
                          to,  static_cast<std::uint16_t>(rng_.below(3)), request()};
    }
  }
  Intent meet_people(const World& world) {
    const PlayerKey who = key();
    const auto npc = number<content::NpcRef>(world.content().npcs.size());
    const auto item = number<content::ItemRef>(world.content().items.size());
    const auto action = static_cast<ShopAction>(rng_.below(4));
    const auto slot = static_cast<BagSlot>(rng_.below(6));
    switch (rng_.below(4)) {
      case 0: return Talk{who, npc, request()};
      case 1: return NoteChat{who};
      case 2: {
        const auto quest = number<content::QuestRef>(world.content().quests.size());
        return QuestStep{who, quest, static_cast<QuestAction>(rng_.below(3)), request()};
      }
      default: return Trade{who, action, npc, item, slot, static_cast<std::uint16_t>(rng_.below(4)), request()};
    }
  }
  Intent party() {
    const PlayerKey who = key();
    const PlayerKey other = key();
    if (trades_ && rng_.below(5) == 0) return SetParty{who, {rng_.below(4)}, static_cast<LootRule>(rng_.below(2))};
    return PartyStep{who, static_cast<PartyAction>(rng_.below(8)), other, request()};
  }
  /// Few keys, so that two of them find each other.
  Intent trade(const World& world) {
    const PlayerKey who{rng_.below(4)};
    if (rng_.below(4) == 0) return mail(world, who);
    const PlayerKey other{rng_.below(4)};
    TradeStep step{.key = who, .action = static_cast<TradeAction>(rng_.below(6)), .other = other, .request = request()};
    step.slot = static_cast<BagSlot>(rng_.below(8));
    step.count = static_cast<std::uint16_t>(rng_.below(3));
    step.coins = rng_.between(-2, 20);
    return step;
  }
  /// What is sent is what a slot holds, more or less.
  Intent mail(const World& world, PlayerKey who) {
    MailParcel parcel;
    parcel.coins = rng_.between(-2, 20);
    const std::optional<EntityIndex> player = world.state().players_by_key.find(who);
    for (std::uint32_t i = rng_.below(3); i > 0; --i) {
      const auto slot = static_cast<BagSlot>(rng_.below(8));
      ItemStack stack = player ? world.state().inventory(*player).bag[slot] : ItemStack{};
      if (rng_.below(3) == 0) stack = {number<content::ItemRef>(world.content().items.size()), 1};
      parcel.things.push_back({slot, stack});
    }
    const auto action = rng_.below(2) == 0 ? MailAction::Send : MailAction::Take;
    if (action == MailAction::Take) {  // what is taken has not been here
      for (TradeOffer& thing : parcel.things) thing.stack.uid = 0;
    }
    return MailStep{who, action, std::make_shared<const MailParcel>(std::move(parcel)), request()};
  }
  Intent grant(const World& world) {
    const PlayerKey who = key();
    const auto item = number<content::ItemRef>(world.content().items.size());
    const auto monster = number<content::MonsterRef>(world.content().monsters.size());
    const std::int32_t amount = rng_.between(-20, 60);
    switch (rng_.below(5)) {
      case 0: return GrantItem{who, item, static_cast<std::uint16_t>(rng_.below(5))};
      case 1: return GrantExperience{who, amount};
      case 2: return GrantCoins{who, amount};
      case 3: return SummonMonster{monster, place(world)};
      default: break;
    }
    if (rng_.below(2) == 0) return SetEconomyOpen{rng_.below(10) != 0};
    return ExplainMonster{any_of(world, EntityKind::Monster)};
  }

  Rng rng_;
  bool trades_;
  std::uint32_t seq_ = 0xffff'ff00u;  // wraps round on the way
};

}  // namespace throng::sim::test
