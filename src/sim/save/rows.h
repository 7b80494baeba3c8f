#pragma once
// What a row consists of, once for digest, save and restore. A new member of a row is one line here, and a new
// kWorldSaveVersion. `possible_rows.h` says what must hold between members.

#include "content/game/balance.h"
#include "sim/save/archives.h"
#include "sim/world_state.h"

namespace throng::sim {

inline constexpr std::int32_t kPointsMax = 1'000'000'000;  ///< health, mana, stats; far beyond what content reaches
inline constexpr std::int64_t kExperienceMax = 1'000'000'000'000'000;
inline constexpr std::int64_t kThreatMax = 1'000'000'000'000;
inline constexpr int kStackCountMax = 999;
inline constexpr std::size_t kStatusKinds = 8;
inline constexpr std::size_t kActivities = 5;
inline constexpr std::size_t kQuestStates = 4;
inline constexpr std::size_t kLootRules = 2;
inline constexpr std::size_t kTradeStages = 3;
inline constexpr std::size_t kDeedEntriesMax = content::kDefsPerKindMax;

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, Position>& at) {
  archive.position(at);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, Tick>& tick) {
  archive.any(tick.value);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, PlayerKey>& key) {
  archive.any(key.value);
}

// ---- bodies and fighters -----------------------------------------------------------------------------------------

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, Motion>& motion) {
  archive.any(motion.step_x);
  archive.any(motion.step_y);
  archive.any(motion.part_x);
  archive.any(motion.part_y);
  archive.any(motion.carried_x);
  archive.any(motion.carried_y);
  archive.number(motion.stalled, 0, 1);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, Cast>& cast) {
  archive.ref(cast.skill);
  if (!cast.active()) return;
  archive.actor(cast.target);
  archive.position(cast.aim);
  archive.any(cast.done.value);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, Fighter>& fighter) {
  archive.number(fighter.level, 1, content::kLevelMax);
  archive.number(fighter.hp, 0, kPointsMax);
  archive.number(fighter.mana, 0, kPointsMax);
  archive.number(fighter.shield, 0, kPointsMax);
  for (auto& value : fighter.stats.values) archive.number(value, 0, kPointsMax);
  for (auto* tick : {&fighter.combat_until, &fighter.global_ready, &fighter.attack_ready, &fighter.stunned_until,
                     &fighter.rooted_until, &fighter.silenced_until}) {
    archive.any(tick->value);
  }
  archive.number(fighter.regen_hp_part, 0, 100 * kTickRateMaxHz);
  archive.number(fighter.regen_mana_part, 0, 100 * kTickRateMaxHz);
  visit_row(archive, fighter.cast);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, ActiveStatus>& status) {
  archive.required(status.status);
  archive.choice(status.kind, kStatusKinds);
  archive.choice(status.stat, content::kStats);
  archive.choice(status.element, content::kElements);
  archive.flag(status.harmful);
  archive.number(status.stacks, 1, 255);
  archive.number(status.amount, -kPointsMax, kPointsMax);
  archive.any(status.until.value);
  archive.any(status.next_step.value);
  archive.any(status.interval.value);
  archive.ref(status.skill);
  archive.actor(status.source);
}

// ---- players -----------------------------------------------------------------------------------------------------

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, KnownSkill>& known) {
  archive.required(known.skill);
  archive.any(known.ready.value);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, PlayerState>& player) {
  archive.any(player.key.value);
  archive.text(player.name);
  archive.choice(player.activity, kActivities);
  archive.flag(player.has_moved);
  archive.number(player.direction_x.value, -kBasisPointsWhole, kBasisPointsWhole);
  archive.number(player.direction_y.value, -kBasisPointsWhole, kBasisPointsWhole);
  archive.any(player.move_seq);
  archive.number(player.experience, 0, kExperienceMax);
  archive.actor(player.auto_target);
  archive.any(player.respawn_at.value);
  archive.any(player.consumable_ready.value);
  archive.any(player.party);
  archive.ref(player.talked_to);
  archive.any(player.talk_line);
  archive.any(player.inside_portal);
  archive.counted(player.skills, player.skill_count);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, ItemStack>& stack) {
  archive.number(stack.count, 0, kStackCountMax);
  if (stack.empty()) return;
  archive.required(stack.item);
  archive.any(stack.durability);
  archive.flag(stack.bound);
  archive.number(stack.uid, 0, std::numeric_limits<std::int64_t>::max());
  // A stack of what is gone leaves its slot empty; the rest of the row stays.
  if constexpr (Archive::kRestores) {
    if (stack.count != 1) stack.uid = 0;
    if (archive.take_lost()) stack = {};
  }
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, BuyBack>& sold) {
  visit_row(archive, sold.stack);
  archive.number(sold.price, 0, kCoinsMax);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, Inventory>& inventory) {
  for (auto& stack : inventory.bag) visit_row(archive, stack);
  for (auto& stack : inventory.worn) visit_row(archive, stack);
  archive.number(inventory.coins, 0, kCoinsMax);
  archive.list(inventory.buy_back, kBuyBackMax);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, QuestEntry>& entry) {
  archive.required(entry.quest);
  archive.choice(entry.state, kQuestStates);
  for (auto& count : entry.counts) archive.any(count);
  archive.any(entry.times_completed);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, DeedEntry>& entry) {
  archive.required(entry.achievement);
  archive.number(entry.count, 0, std::numeric_limits<std::int64_t>::max());
  archive.flag(entry.earned);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, Journal>& journal) {
  archive.keyed(journal.quests, kQuestEntriesMax, &QuestEntry::quest);
  archive.keyed(journal.deeds, kDeedEntriesMax, &DeedEntry::achievement);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, PartyState>& party) {
  archive.list(party.members, content::kPartySizeMax);
  archive.list(party.invited, content::kPartySizeMax);
  archive.choice(party.loot_rule, kLootRules);
  archive.number(party.next_looter, 0, content::kPartySizeMax);
  archive.any(party.kept.value);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, TradeOffer>& offer) {
  archive.number(offer.slot, 0, content::kBagCapacityMax - 1);
  visit_row(archive, offer.stack);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, TradeState>& trade) {
  for (auto& side : trade.sides) {
    archive.any(side.key.value);
    archive.choice(side.stage, kTradeStages);
    archive.number(side.coins, 0, kCoinsMax);
    archive.counted(side.offers, side.count);
  }
  archive.flag(trade.begun);
  archive.any(trade.answer_until.value);
}

// ---- monsters, people, things ------------------------------------------------------------------------------------

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, MonsterState>& monster) {
  archive.required(monster.kind);
  archive.ref(monster.spawn);
  archive.choice(monster.ai, kAiStates);
  archive.number(monster.phase, 0, content::kBossPhasesMax);
  archive.actor(monster.owner);
  archive.any(monster.expires.value);
  archive.position(monster.home);
  archive.position(monster.chase_from);
  archive.position(monster.destination);
  archive.any(monster.decide_at.value);
  archive.any(monster.state_since.value);
  archive.actor(monster.target);
  archive.any(monster.unreachable_since.value);
  archive.any(monster.path_due.value);
  archive.flag(monster.path_wanted);
  archive.flag(monster.fled);
  archive.flag(monster.phase_cast_due);
  archive.number(monster.waypoint, 0, content::kRouteWaypointsMax);
  archive.flag(monster.route_back);
  archive.counted(monster.path, monster.path_length);
  archive.number(monster.path_next, 0, kMonsterPathMax);
  for (auto& ready : monster.skill_ready) archive.any(ready.value);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, ThreatTable::Entry>& entry) {
  archive.actor(entry.actor);
  archive.number(entry.threat, 0, kThreatMax);
  archive.number(entry.damage, 0, kThreatMax);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, ThreatTable>& threat) {
  archive.counted(threat.entries, threat.count);
  archive.any(threat.taunted_until.value);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, NpcState>& npc) {
  archive.required(npc.npc);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, DropState>& drop) {
  visit_row(archive, drop.stack);
  archive.number(drop.coins, 0, kCoinsMax);
  archive.any(drop.owner.value);
  archive.any(drop.party);
  archive.any(drop.free_at.value);
  archive.any(drop.gone_at.value);
}

template <typename Archive>
void visit_row(Archive& archive, RowOf<Archive, SpawnerState>& spawner) {
  archive.required(spawner.spawn);
  archive.number(spawner.alive, 0, content::kMonsterSpawnCountMax);
  archive.list(spawner.due, content::kMonsterSpawnCountMax);
}

// ---- the whole ---------------------------------------------------------------------------------------------------

constexpr bool is_fighter(EntityKind kind) { return kind == EntityKind::Player || kind == EntityKind::Monster; }

/// Calls `visit` for every living entity of a kind, in the order of their indexes.
template <typename Visit>
void for_each_living(const EntityPool& entities, EntityKind kind, Visit&& visit) {
  for (const EntityIndex index : entities.indexes(kind)) {
    if (entities.alive(index)) visit(index);
  }
}

template <typename Archive>
void visit_bodies(Archive& archive, RowOf<Archive, WorldState>& state) {
  archive.begin("bodies");
  for (std::uint32_t i = 0; i < state.entities.high_water(); ++i) {
    const EntityIndex index{i};
    if (!state.entities.alive(index)) continue;
    archive.position(state.positions[i]);
    visit_row(archive, state.motions[i]);
    if (!is_fighter(state.entities.kind(index))) continue;
    visit_row(archive, state.fighters[i]);
    archive.counted(state.statuses[i], state.fighters[i].status_count);
  }
}

/// The rows of everybody who lives; rows of the gone are no state. The entities, and the arrays in their sizes, are
/// there already.
template <typename Archive>
void visit_rows(Archive& archive, RowOf<Archive, WorldState>& state) {
  archive.begin("world");
  archive.number(state.next_item_uid, 1, std::numeric_limits<std::int64_t>::max());
  archive.flag(state.economy_open);
  visit_bodies(archive, state);
  archive.begin("players");
  for_each_living(state.entities, EntityKind::Player, [&](EntityIndex index) {
    visit_row(archive, state.player(index));
    visit_row(archive, state.inventory(index));
    visit_row(archive, state.journal(index));
  });
  archive.begin("monsters");
  for_each_living(state.entities, EntityKind::Monster, [&](EntityIndex index) {
    visit_row(archive, state.monster(index));
    archive.end_entity(index);
    visit_row(archive, state.threat(index));
  });
  archive.begin("npcs");
  for_each_living(state.entities, EntityKind::Npc, [&](EntityIndex index) {
    visit_row(archive, state.npc(index));
    archive.end_entity(index);
  });
  archive.begin("drops");
  for_each_living(state.entities, EntityKind::Drop, [&](EntityIndex index) { visit_row(archive, state.drop(index)); });
  archive.begin("spawners");
  archive.keyed(state.spawners, content::kDefsPerKindMax, &SpawnerState::spawn);
  archive.begin("parties");
  archive.list(state.parties, kPartiesMax);
  archive.begin("trades");
  archive.rare_list(state.trades, kTradesMax);
}

}  // namespace throng::sim
