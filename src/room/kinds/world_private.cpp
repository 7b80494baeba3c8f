#include "room/kinds/world_private.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "room/kinds/world_rows.h"
#include "sim/combat/combat_stats.h"
#include "sim/progress/experience.h"

namespace throng::room {
namespace {

using content::GameContent;
using protocol::PartyMemberRow;
using protocol::PrivateState;

std::uint32_t at_least_zero(std::int32_t value) { return static_cast<std::uint32_t>(std::max(0, value)); }

protocol::ItemSlotRow slot_row(const GameContent& content, const sim::ItemStack& stack) {
  if (stack.empty()) return {};
  return {.item = InlineString<32>(content.item(stack.item).id),
          .count = stack.count,
          .durability = stack.durability,
          .bound = stack.bound};
}

/// Slots come up to the last one that was ever used, so that an empty bag costs nothing.
void fill_bag(const GameContent& content, std::span<const sim::ItemStack> bag, PrivateState& out) {
  std::size_t used = bag.size();
  while (used > out.bag.size() && bag[used - 1].empty()) --used;
  for (std::size_t slot = out.bag.size(); slot < used; ++slot) out.bag.append(fmt::format_int(slot).str());
  for (std::size_t slot = 0; slot < out.bag.size(); ++slot) out.bag.set(slot, slot_row(content, bag[slot]));
}

void fill_equipment(const GameContent& content, std::span<const sim::ItemStack> worn, PrivateState& out) {
  for (std::size_t slot = 0; slot < content::kEquipmentSlots; ++slot) {
    const std::string_view name = content::equipment_slot_name(static_cast<content::EquipmentSlot>(slot));
    std::optional<std::size_t> entry = out.equipment.find(name);
    if (!entry && worn[slot].empty()) continue;
    if (!entry) entry = out.equipment.append(name);
    out.equipment.set(*entry, slot_row(content, worn[slot]));
  }
}

/// When a skill is ready shows at once; that it is known does not.
void fill_skills(const GameContent& content, std::span<const sim::KnownSkill> skills, const sim::PlayerState& player,
                 PrivateState& out) {
  for (sim::KnownSkill known : skills) {
    const auto own_end = player.skills.begin() + player.skill_count;
    const auto own = std::find_if(player.skills.begin(), own_end,
                                  [&](const sim::KnownSkill& one) { return one.skill == known.skill; });
    if (own != own_end) known.ready = own->ready;
    const InlineString<32> id(content.skill(known.skill).id);
    std::optional<std::size_t> entry = out.skills.find(id.view());
    if (!entry) entry = out.skills.append(id.view());
    if (entry) out.skills.set(*entry, {.ready_at = known.ready.value});
  }
}

void fill_buffs(const GameContent& content, std::span<const sim::ActiveStatus> statuses, PrivateState& out) {
  while (out.buffs.size() < statuses.size()) out.buffs.append(fmt::format_int(out.buffs.size()).str());
  for (std::size_t i = 0; i < out.buffs.size(); ++i) {
    if (i >= statuses.size()) {
      out.buffs.set(i, {});
      continue;
    }
    const sim::ActiveStatus& status = statuses[i];
    out.buffs.set(i, {.status = InlineString<32>(content.statuses[status.status.value]),
                      .stacks = status.stacks,
                      .until = status.until.value,
                      .harmful = status.harmful});
  }
}

protocol::QuestRow quest_row(const sim::QuestEntry& entry) {
  static_assert(content::kObjectivesMax == 4, "a row has a field for each objective");
  return {.state = static_cast<std::uint8_t>(entry.state),
          .c0 = entry.counts[0],
          .c1 = entry.counts[1],
          .c2 = entry.counts[2],
          .c3 = entry.counts[3],
          .completed = entry.times_completed};
}

/// Completed quests of earlier days leave room for the ones that are still to come.
constexpr std::size_t kOldQuestsShownMax = 8;

void fill_quests(const GameContent& content, std::span<const sim::QuestEntry> quests, PrivateState& out) {
  const auto is_open = [](const sim::QuestEntry& quest) {
    return quest.state == sim::QuestState::Active || quest.state == sim::QuestState::Ready;
  };
  std::size_t old_left = out.quests.size() == 0 ? kOldQuestsShownMax : 0;
  for (const bool open : {true, false}) {
    for (const sim::QuestEntry& quest : quests) {
      if (is_open(quest) != open) continue;
      const InlineString<32> id(content.quest(quest.quest).id);
      std::optional<std::size_t> entry = out.quests.find(id.view());
      if (!entry && !open && old_left == 0) continue;
      if (!entry && !open) --old_left;
      if (!entry) entry = out.quests.append(id.view());
      if (entry) out.quests.set(*entry, quest_row(quest));
    }
  }
}

/// Quests that the journal no longer has were given up.
void forget_quests(const GameContent& content, std::span<const sim::QuestEntry> quests, PrivateState& out) {
  for (std::size_t i = 0; i < out.quests.size(); ++i) {
    const bool kept = std::any_of(quests.begin(), quests.end(), [&](const sim::QuestEntry& quest) {
      return InlineString<32>(content.quest(quest.quest).id).view() == out.quests.key(i);
    });
    if (!kept) out.quests.set(i, {});
  }
}

void fill_experience(const GameContent& content, const PossessionsView& has, protocol::MeRow& me) {
  const std::int32_t level = has.level;
  me.experience = static_cast<double>(has.experience);
  me.experience_level = static_cast<double>(sim::experience_at(content.balance, level));
  me.experience_next = level >= content.balance.experience.level_max
                           ? 0.0
                           : static_cast<double>(sim::experience_at(content.balance, level + 1));
}

PartyMemberRow row_of_player(const sim::World& world, const WorldMembers& members, const WorldKeeping& keeping,
                             sim::PlayerKey key, bool leads) {
  const std::optional<sim::EntityIndex> index = world.find_player(key);
  if (!index) return {};
  const sim::Fighter& fighter = world.fighter(*index);
  return {.session_id = InlineString<32>(members.session_id(key)),
          .name = world.player(*index).name,
          .leader = leads,
          .level = static_cast<std::uint16_t>(keeping.shown(key, *index).level),
          .hp = at_least_zero(fighter.hp),
          .max_hp = at_least_zero(fighter.max_hp()),
          .map = InlineString<32>(world.map().name)};
}

PartyMemberRow row_of_absent(const PartyMate& mate, bool leads) {
  return {.session_id = {},
          .name = InlineString<32>(mate.name),
          .leader = leads,
          .level = static_cast<std::uint16_t>(mate.level),
          .hp = 0,
          .max_hp = 0,
          .map = InlineString<32>(mate.map)};
}

/// Of a member of the party who is in this world.
std::optional<sim::PlayerKey> key_of(const WorldMembers& members, const sim::PartyState& party, CharacterId character) {
  for (const sim::PlayerKey key : party.members) {
    const std::optional<SessionSlot> slot = members.slot_of(key);
    if (slot && members.at(*slot).lease.character == character) return key;
  }
  return std::nullopt;
}

}  // namespace

void fill_me(const sim::World& world, sim::EntityIndex player, const PossessionsView& has, protocol::MeRow& me) {
  const GameContent& content = world.content();
  const sim::PlayerState& state = world.player(player);
  const sim::Fighter& fighter = world.fighter(player);
  const Position at = world.positions()[player.value];
  me.entity_id = world.entities().id(player).value;
  me.seq = state.move_seq;
  me.x = to_world_units(at.x);
  me.y = to_world_units(at.y);
  me.speed = to_world_units(sim::player_speed(world.state(), player));
  me.mana = at_least_zero(fighter.mana);
  me.max_mana = at_least_zero(fighter.max_mana());
  me.shield = at_least_zero(fighter.shield);
  me.attack = at_least_zero(fighter.stats[content::Stat::Attack]);
  me.defence = at_least_zero(fighter.stats[content::Stat::Defence]);
  fill_experience(content, has, me);
  me.coins = static_cast<double>(has.coins);
  me.bag_size = static_cast<std::uint16_t>(content.balance.bag_capacity);
  const bool casting = fighter.cast.active();
  me.casting = casting ? InlineString<32>(content.skill(fighter.cast.skill).id) : InlineString<32>();
  me.cast_ends_at = casting ? fighter.cast.done.value : 0;
  me.ready_at = fighter.global_ready.value;
  me.respawn_at = fighter.dead() ? state.respawn_at.value : 0;
  me.in_combat = fighter.combat_until > world.now();
  me.party = state.party == sim::kNoParty ? std::uint16_t{0} : static_cast<std::uint16_t>(state.party + 1);
}

void fill_party(const sim::World& world, const WorldMembers& members, const WorldKeeping& keeping, const Member& player,
                PrivateState& out) {
  const std::uint16_t number = world.player(player.index).party;
  const sim::PartyState nobody;
  const sim::PartyState& party = number == sim::kNoParty ? nobody : world.state().parties[number];
  std::size_t shown = 0;
  const auto show = [&](const PartyMemberRow& row) {
    if (shown >= decltype(out.party)::kEntriesMax) return;
    if (shown >= out.party.size()) out.party.append(fmt::format_int(shown).str());
    out.party.set(shown++, row);
  };
  if (player.party != nullptr) {
    for (const PartyMate& mate : player.party->mates) {
      const bool leads = mate.character == player.party->mates.front().character;
      const std::optional<sim::PlayerKey> here = key_of(members, party, mate.character);
      show(here ? row_of_player(world, members, keeping, *here, leads) : row_of_absent(mate, leads));
    }
  } else {
    for (const sim::PlayerKey key : party.members)
      show(row_of_player(world, members, keeping, key, key == party.members.front()));
  }
  while (shown < out.party.size()) show({});
}

std::vector<protocol::WhyRow> why_rows(const sim::WhyLog& log) {
  std::vector<protocol::WhyRow> rows;
  for (const sim::WhyEntry& entry : log.entries) {
    protocol::WhyRow row{.tick = entry.tick.value,
                         .before = sim::ai_state_name(entry.before),
                         .after = sim::ai_state_name(entry.after),
                         .target = entry.target.id.value,
                         .hp = entry.hp,
                         .distance = -1,
                         .options = {}};
    if (entry.target_distance_mu >= 0)
      row.distance = static_cast<double>(entry.target_distance_mu) / kMilliunitsPerUnit;
    for (std::size_t i = 0; i < entry.option_count; ++i) {
      const sim::WhyOption& option = entry.options[i];
      row.options.push_back({option.what, option.verdict, option.value});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

void fill_private(const sim::World& world, sim::EntityIndex player, const PossessionsView& has, PrivateState& out) {
  const GameContent& content = world.content();
  fill_me(world, player, has, out.me);
  fill_bag(content, has.bag, out);
  fill_equipment(content, has.worn, out);
  fill_skills(content, has.skills, world.player(player), out);
  fill_buffs(content, world.statuses(player), out);
  fill_quests(content, has.quests, out);
  forget_quests(content, has.quests, out);
}

}  // namespace throng::room
